//! Identity by card: challenge, the card's signature, and what exactly is signed.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What the identity check is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Looking up a person's information.
    View,
    /// 本人確認 for a 届出.
    File,
}

/// Asks for a challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChallengeRequest {
    /// What for.
    pub purpose: Purpose,
}

/// A challenge; good once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChallengeResponse {
    /// Names this check.
    pub transaction: String,
    /// 32 random bytes, base64url without padding.
    pub nonce: String,
    /// Seconds it is good for.
    pub expires_in_s: u32,
}

/// The card's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssertionRequest {
    /// From the challenge.
    pub transaction: String,
    /// The page's origin, which is part of what was signed: `https://kaigo.example.jp`.
    pub origin: String,
    /// The card's 利用者証明用証明書, DER in base64url without padding. Not verified by having been sent.
    pub unverified_certificate: String,
    /// RSASSA-PKCS1-v1_5 with SHA-256 over [`signed_digest`], base64url without padding.
    pub signature: String,
}

/// The 32-byte hash the card signs: SHA-256 of a label and the SHA-256 of each part, so that no part can
/// run into its neighbour.
///
/// `device` is the thumbprint of the device's key (RFC 7638, base64url), which ties the check to the
/// browser it was made in.
pub fn signed_digest(origin: &str, nonce: &str, transaction: &str, device: &str) -> [u8; 32] {
    let mut whole = Sha256::new();
    whole.update(b"kakehashi-card-v1\0");
    for part in [origin, nonce, transaction, device] {
        whole.update(Sha256::digest(part.as_bytes()));
    }
    whole.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_counts_and_none_runs_into_the_next() {
        let base = signed_digest("https://a.example", "nonce", "tx", "device");
        assert_ne!(base, signed_digest("https://b.example", "nonce", "tx", "device"));
        assert_ne!(base, signed_digest("https://a.example", "noncet", "x", "device"));
        assert_ne!(base, signed_digest("https://a.example", "nonce", "txd", "evice"));
        assert_ne!(base, signed_digest("https://a.example", "nonce", "tx", "other"));
        assert_eq!(base, signed_digest("https://a.example", "nonce", "tx", "device"));
    }
}
