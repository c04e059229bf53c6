//! BER-TLV (ISO/IEC 8825-1), as far as cards use it: certificate lengths, two-byte tags such as `FF20`.

use std::fmt;

/// The head of a TLV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// The tag's bytes, `0x30` or `0xFF20`.
    pub tag: u32,
    /// Bytes of tag and length.
    pub size: usize,
    /// Bytes of the value.
    pub length: usize,
}

/// Why bytes are no TLV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlvError {
    /// They end too early.
    Incomplete,
    /// A tag of more than four bytes, or a length of no definite form or more than three bytes.
    Unsupported,
}

impl fmt::Display for TlvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Incomplete => "the data ends too early",
            Self::Unsupported => "this form of tag or length is not used by cards",
        })
    }
}

impl std::error::Error for TlvError {}

impl Header {
    /// Reads the head at the beginning of `bytes`.
    ///
    /// # Errors
    /// When they end too early or hold a form that cards do not use.
    pub fn parse(bytes: &[u8]) -> Result<Self, TlvError> {
        let mut rest = bytes.iter().copied();
        let mut next = || rest.next().ok_or(TlvError::Incomplete);
        let first = next()?;
        let mut tag = u32::from(first);
        let mut size = 1;
        if first & 0x1F == 0x1F {
            loop {
                let byte = next()?;
                size += 1;
                tag = tag << 8 | u32::from(byte);
                match byte & 0x80 {
                    0 => break,
                    _ if size == 4 => return Err(TlvError::Unsupported),
                    _ => {}
                }
            }
        }
        let mut length = usize::from(next()?);
        size += 1;
        if length >= 0x80 {
            let bytes = length - 0x80;
            if !(1..=3).contains(&bytes) {
                return Err(TlvError::Unsupported);
            }
            length = 0;
            for _ in 0..bytes {
                length = length << 8 | usize::from(next()?);
                size += 1;
            }
        }
        Ok(Self { tag, size, length })
    }

    /// Bytes of the whole: tag, length and value.
    pub const fn total(&self) -> usize {
        self.size + self.length
    }
}

/// Walks over the TLVs of a value: tag and value each. Filler bytes (`00`, `FF FF`) between and after them
/// are skipped; the first fault ends the walk.
#[derive(Debug, Clone)]
pub struct Tlvs<'a>(&'a [u8]);

impl<'a> Tlvs<'a> {
    /// Over these bytes.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }
}

impl<'a> Iterator for Tlvs<'a> {
    type Item = Result<(u32, &'a [u8]), TlvError>;

    fn next(&mut self) -> Option<Self::Item> {
        while matches!(self.0, [0x00, ..] | [0xFF] | [0xFF, 0xFF, ..]) {
            self.0 = self.0.get(1..).unwrap_or_default();
        }
        if self.0.is_empty() {
            return None;
        }
        let read = Header::parse(self.0).and_then(|header| {
            let (whole, rest) = self.0.split_at_checked(header.total()).ok_or(TlvError::Incomplete)?;
            Ok((header.tag, whole.get(header.size..).unwrap_or_default(), rest))
        });
        Some(match read {
            Ok((tag, value, rest)) => {
                self.0 = rest;
                Ok((tag, value))
            }
            Err(error) => {
                self.0 = &[];
                Err(error)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lengths_of_certificates_and_files() {
        let of = |bytes: &[u8]| Header::parse(bytes).map(|it| (it.tag, it.size, it.length));
        assert_eq!(of(&[0x30, 0x82, 0x03, 0x58]), Ok((0x30, 4, 0x358)));
        assert_eq!(of(&[0xFF, 0x20, 0x65]), Ok((0xFF20, 3, 0x65)));
        assert_eq!(of(&[0xDF, 0x21, 0x81, 0x80]), Ok((0xDF21, 4, 0x80)));
        assert_eq!(of(&[0x7F, 0x21, 0x83, 1, 0, 0]), Ok((0x7F21, 6, 0x1_0000)));
        assert_eq!(of(&[0x30, 0x80]), Err(TlvError::Unsupported));
        assert_eq!(of(&[0x30, 0x84, 0, 0, 0, 1]), Err(TlvError::Unsupported));
        assert_eq!(of(&[0xFF, 0x80, 0x80, 0x80]), Err(TlvError::Unsupported));
        assert_eq!(of(&[0x30, 0x82, 0x03]), Err(TlvError::Incomplete));
        assert_eq!(of(&[]), Err(TlvError::Incomplete));
    }

    #[test]
    fn a_file_is_walked_and_its_filler_skipped() {
        let file = [0xDF, 0x21, 2, 1, 2, 0xDF, 0x25, 1, 0x31, 0xFF, 0xFF, 0xFF];
        let read: Result<Vec<_>, _> = Tlvs::new(&file).collect();
        assert_eq!(read.unwrap(), [(0xDF21, &[1, 2][..]), (0xDF25, &[0x31][..])]);
        let cut: Vec<_> = Tlvs::new(&file[..8]).collect();
        assert_eq!(cut, [Ok((0xDF21, &[1, 2][..])), Err(TlvError::Incomplete)]);
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(Tlvs::new(&bytes).count() <= bytes.len());
        }
    }
}
