//! Originals that are being sent: a long one comes in pieces and is made once for all of them.

use base64ct::{Base64, Encoding};
use kakehashi_domain::upstream::{DocumentId, PdfPiece};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Files kept at one time.
const KEPT: usize = 4;
/// Bytes of a piece, before base64.
const PIECE: usize = 1 << 20;

/// The files sent last.
#[derive(Debug, Default)]
pub(crate) struct Originals(Mutex<VecDeque<(DocumentId, Arc<File>)>>);

/// A file and its SHA-256.
#[derive(Debug)]
pub(crate) struct File {
    bytes: Vec<u8>,
    sha256: String,
}

impl Originals {
    /// The file of this name, made when it is not there.
    pub(super) fn file(&self, id: &DocumentId, make: impl FnOnce() -> Vec<u8>) -> Arc<File> {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept().iter().find(|(name, _)| name == id).map(|(_, file)| Arc::clone(file));
        if let Some(file) = found {
            return file;
        }
        let file = Arc::new(File::new(make()));
        let mut files = kept();
        files.push_back((id.clone(), Arc::clone(&file)));
        while files.len() > KEPT {
            files.pop_front();
        }
        file
    }
}

impl File {
    fn new(bytes: Vec<u8>) -> Self {
        let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Self { bytes, sha256 }
    }

    /// The piece from this byte on; empty past the end.
    pub(super) fn piece(&self, offset: u64) -> PdfPiece {
        let from = usize::try_from(offset).unwrap_or(usize::MAX).min(self.bytes.len());
        let to = (from + PIECE).min(self.bytes.len());
        PdfPiece {
            offset,
            total: self.bytes.len() as u64,
            sha256: self.sha256.clone(),
            data: Base64::encode_string(self.bytes.get(from..to).unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_make_the_file_and_end_empty() {
        let bytes: Vec<u8> = (0..PIECE * 2 + 7).map(|at| at as u8).collect();
        let file = File::new(bytes.clone());
        let (mut whole, mut offset) = (Vec::new(), 0);
        loop {
            let piece = file.piece(offset);
            assert_eq!((piece.offset, piece.total), (offset, bytes.len() as u64));
            let data = Base64::decode_vec(&piece.data).unwrap();
            if data.is_empty() {
                break;
            }
            offset += data.len() as u64;
            whole.extend(data);
        }
        assert!(whole == bytes);
        assert_eq!(file.piece(u64::MAX).data, "");
        assert_eq!(File::new(Vec::new()).sha256.get(..8), Some("e3b0c442"));
    }

    #[test]
    fn a_file_is_made_once_while_it_is_kept_and_few_are() {
        let originals = Originals::default();
        let id = |name: usize| DocumentId(name.to_string());
        originals.file(&id(0), || b"%PDF".to_vec());
        assert_eq!(originals.file(&id(0), Vec::new).bytes, b"%PDF");
        (1..=KEPT).for_each(|name| drop(originals.file(&id(name), Vec::new)));
        assert_eq!(originals.file(&id(0), Vec::new).bytes, b"");
        assert_eq!(originals.0.lock().unwrap().len(), KEPT);
    }
}
