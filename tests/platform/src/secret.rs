//! Random tokens, and the keyed hashes under which they and people's cards are kept.

use crate::PlatformError;
use crate::layout;
use aws_lc_rs::{hmac, rand};
use base64ct::{Base64UrlUnpadded, Encoding};
use std::fmt;
use std::path::Path;

/// A token, a nonce, a handle: so many random bytes, base64url without padding.
///
/// # Errors
/// When the machine has no randomness to give.
pub(crate) fn random_text<const BYTES: usize>() -> Result<String, NoRandomness> {
    random_bytes::<BYTES>().map(|bytes| Base64UrlUnpadded::encode_string(&bytes))
}

/// So many random bytes.
pub(crate) fn random_bytes<const BYTES: usize>() -> Result<[u8; BYTES], NoRandomness> {
    let mut bytes = [0; BYTES];
    rand::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// Bytes as lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A SubjectPublicKeyInfo as PEM.
pub(crate) fn public_key_pem(spki: &[u8]) -> Result<String, der::pem::Error> {
    der::pem::encode_string("PUBLIC KEY", der::pem::LineEnding::LF, spki)
}

/// The machine has no randomness to give.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("no randomness")]
pub(crate) struct NoRandomness;

/// The installation's key. Everything kept under it is worthless in another installation.
#[derive(Clone)]
pub(crate) struct InstallationKey(hmac::Key);

impl InstallationKey {
    /// Reads the key's file.
    pub(crate) fn load(path: &Path) -> Result<Self, PlatformError> {
        let text = layout::read(path)?;
        let bytes = Base64UrlUnpadded::decode_vec(text.trim())
            .ok()
            .filter(|bytes| bytes.len() == 32)
            .ok_or_else(|| PlatformError::content(path, "32バイトの鍵ではありません"))?;
        Ok(Self(hmac::Key::new(hmac::HMAC_SHA256, &bytes)))
    }

    /// Under what a person is bound to a card: the keyed hash of the public key, never a number of the
    /// certificate.
    pub(crate) fn binding(&self, spki: &[u8]) -> [u8; 32] {
        self.hash(b"card", &[spki])
    }

    /// Under what a token is kept.
    pub(crate) fn token(&self, token: &str) -> [u8; 32] {
        self.hash(b"token", &[token.as_bytes()])
    }

    /// Under what a one-time password is kept: with its ticket, for six digits alone are soon guessed.
    pub(crate) fn otp(&self, ticket: &str, otp: &str) -> [u8; 32] {
        self.hash(b"otp", &[ticket.as_bytes(), otp.as_bytes()])
    }

    /// What an office calls something about a person: the same each time, and random to everybody else.
    pub(crate) fn name(&self, what: &str, office: &str, person: i64, parts: &[&str]) -> String {
        let person = person.to_be_bytes();
        let all: Vec<&[u8]> = [office.as_bytes(), &person]
            .into_iter()
            .chain(parts.iter().map(|part| part.as_bytes()))
            .collect();
        let hash = self.hash(what.as_bytes(), &all);
        Base64UrlUnpadded::encode_string(hash.get(..16).unwrap_or_default())
    }

    fn hash(&self, what: &[u8], parts: &[&[u8]]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.0);
        for part in [what].iter().chain(parts) {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        let mut hash = [0; 32];
        hash.copy_from_slice(context.sign().as_ref());
        hash
    }
}

impl fmt::Debug for InstallationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InstallationKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_differ_by_use_and_by_key() {
        let key = |byte| InstallationKey(hmac::Key::new(hmac::HMAC_SHA256, &[byte; 32]));
        assert_ne!(key(1).binding(b"x"), key(1).token("x"));
        assert_ne!(key(1).binding(b"x"), key(2).binding(b"x"));
        assert_ne!(key(1).otp("a", "bc"), key(1).otp("ab", "c"));
        assert_eq!(random_text::<32>().unwrap().len(), 43);
        assert_ne!(random_text::<32>().unwrap(), random_text::<32>().unwrap());
    }
}
