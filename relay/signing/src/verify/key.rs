//! A public key ready to verify with, and the credentials it has signed.

use super::Refusal;
use crate::{Credential, CredentialError, Jwk, UnverifiedCredential};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, ParsedPublicKey};
use std::fmt;

/// A P-256 public key, parsed once: checking that a point lies on the curve costs, so keep it.
#[derive(Clone)]
pub struct VerifyingKey(ParsedPublicKey);

impl VerifyingKey {
    /// Checks that the point lies on the curve.
    pub fn new(key: &Jwk) -> Result<Self, Refusal> {
        ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key.to_point()).map(Self).map_err(|_| Refusal::Key)
    }

    /// Whether `signature` (raw r‖s) is this key's over `message`.
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_sig(message, signature).is_ok()
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VerifyingKey")
    }
}

impl UnverifiedCredential {
    /// Checks issuer and time (unix seconds). `skew` seconds before `iat` are allowed.
    pub fn verify(self, issuer: &VerifyingKey, now: u64, skew: u64) -> Result<Credential, CredentialError> {
        if !issuer.verify(self.signed.as_bytes(), &self.signature) {
            return Err(CredentialError::Issuer);
        }
        if now >= self.credential.exp || now.saturating_add(skew) < self.credential.iat {
            return Err(CredentialError::Expired);
        }
        Ok(self.credential)
    }
}
