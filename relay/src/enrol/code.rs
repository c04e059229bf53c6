//! One-time codes: ten characters of Crockford's base32, 50 bits.

use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// No I, L, O or U: they are mistaken for others.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 10;

#[derive(Debug)]
pub(super) struct Codes {
    folder: PathBuf,
}

impl Codes {
    pub(super) fn new(state: &Path) -> Self {
        Self { folder: state.join("codes") }
    }

    /// Makes a code that is good for some seconds. Returned as people read it: `ABCD-EFGH-JK`.
    pub(super) fn issue(&self, now: u64, seconds: u64) -> io::Result<String> {
        private_folder(&self.folder)?;
        self.tidy(now);
        let mut random = [0; LENGTH];
        aws_lc_rs::rand::fill(&mut random).map_err(|_| io::Error::other("no random numbers"))?;
        // 256 is a multiple of 32, so every character is as likely as any other.
        let code: String = random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
        let mut file = fs::File::create_new(self.folder.join(name(&code)))?;
        write!(file, "{}", now + seconds)?;
        file.sync_all()?;
        Ok([&code[..4], &code[4..8], &code[8..]].join("-"))
    }

    /// Uses a code up. True once for each good code; false for a wrong, used or expired one.
    pub(super) fn redeem(&self, text: &str, now: u64) -> io::Result<bool> {
        let Some(code) = normal(text) else { return Ok(false) };
        let name = name(&code);
        let mut random = [0; 16];
        aws_lc_rs::rand::fill(&mut random).map_err(|_| io::Error::other("no random numbers"))?;
        let used = self.folder.join(format!("{name}.{}", Base64UrlUnpadded::encode_string(&random)));
        match fs::rename(self.folder.join(&name), &used) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error),
        }
        let end = fs::read_to_string(&used)?;
        fs::remove_file(&used)?;
        Ok(end.parse::<u64>().is_ok_and(|end| now < end))
    }

    /// Takes away codes that have expired. One that vanishes meanwhile has been used.
    fn tidy(&self, now: u64) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for path in entries.flatten().map(|entry| entry.path()) {
            let over =
                fs::read_to_string(&path).is_ok_and(|end| end.parse::<u64>().is_ok_and(|end| now >= end));
            if over && let Err(error) = fs::remove_file(&path) {
                tracing::debug!(%error, "An expired enrolment code could not be removed.");
            }
        }
    }
}

/// The file of a code: its hash, so that reading the folder does not give codes away.
fn name(code: &str) -> String {
    Base64UrlUnpadded::encode_string(&Sha256::digest(code.as_bytes()))
}

/// As typed by a person: any case, hyphens and spaces anywhere, look-alikes taken for what they look like.
fn normal(text: &str) -> Option<String> {
    let code: String = text
        .chars()
        .filter(|character| !matches!(character, '-' | ' '))
        .map(|character| match character.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let good = code.len() == LENGTH && code.bytes().all(|byte| ALPHABET.contains(&byte));
    good.then_some(code)
}

/// Makes a folder only this user can look into.
pub(super) fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn once_and_in_time() {
        let state = tempfile::tempdir().unwrap();
        let codes = Codes::new(state.path());
        let code = codes.issue(1000, 60).unwrap();
        assert_eq!(code.len(), 12);
        assert!(codes.redeem(&code.to_lowercase().replace('-', " "), 1059).unwrap());
        assert!(!codes.redeem(&code, 1059).unwrap(), "used");
        let late = codes.issue(1000, 60).unwrap();
        assert!(!codes.redeem(&late, 1060).unwrap(), "expired");
        assert!(!codes.redeem("ABCD-EFGH-JK", 1000).unwrap(), "wrong");
        codes.issue(1000, 60).unwrap();
        codes.issue(2000, 60).unwrap();
        assert_eq!(fs::read_dir(state.path().join("codes")).unwrap().count(), 1, "expired ones are tidied");
    }

    #[test]
    fn many_at_once_and_only_one_wins() {
        let state = tempfile::tempdir().unwrap();
        let code = Codes::new(state.path()).issue(1000, 60).unwrap();
        let wins: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| usize::from(Codes::new(state.path()).redeem(&code, 1000).unwrap())))
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(wins, 1);
    }

    proptest! {
        #[test]
        fn any_text_is_only_wrong(text in "\\PC*") {
            let state = tempfile::tempdir().unwrap();
            prop_assert!(!Codes::new(state.path()).redeem(&text, 0).unwrap());
        }
    }
}
