//! A P-256 public key as a JSON Web Key (RFC 7517) and its thumbprint (RFC 7638).

use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// A P-256 public key. That the point lies on the curve is checked by whoever verifies with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Members", into = "Members")]
pub struct Jwk {
    x: [u8; 32],
    y: [u8; 32],
}

/// Why a JSON Web Key is none of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JwkError {
    /// Not `"kty":"EC","crv":"P-256"`.
    Kind,
    /// A coordinate is not 32 bytes in base64url without padding.
    Coordinate,
}

/// The members as JSON has them. Others (`ext`, `key_ops` of WebCrypto) are passed over.
#[derive(Serialize, Deserialize)]
struct Members {
    kty: String,
    crv: String,
    x: String,
    y: String,
}

impl Jwk {
    /// From the two coordinates.
    pub fn new(x: [u8; 32], y: [u8; 32]) -> Self {
        Self { x, y }
    }

    /// From an uncompressed point: `04 ‖ x ‖ y`.
    pub fn from_point(point: &[u8]) -> Result<Self, JwkError> {
        let coordinates: &[u8; 64] =
            point.strip_prefix(&[4]).and_then(|rest| rest.try_into().ok()).ok_or(JwkError::Coordinate)?;
        let (mut x, mut y) = ([0; 32], [0; 32]);
        x.copy_from_slice(&coordinates[..32]);
        y.copy_from_slice(&coordinates[32..]);
        Ok(Self { x, y })
    }

    /// As an uncompressed point: `04 ‖ x ‖ y`.
    pub fn to_point(&self) -> [u8; 65] {
        let mut point = [4; 65];
        point[1..33].copy_from_slice(&self.x);
        point[33..].copy_from_slice(&self.y);
        point
    }

    /// RFC 7638 thumbprint: SHA-256 of the required members in order, base64url. It is the `keyid`.
    pub fn thumbprint(&self) -> String {
        let [x, y] = [&self.x, &self.y].map(|c| Base64UrlUnpadded::encode_string(c));
        let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        Base64UrlUnpadded::encode_string(&Sha256::digest(members.as_bytes()))
    }
}

impl TryFrom<Members> for Jwk {
    type Error = JwkError;

    fn try_from(members: Members) -> Result<Self, JwkError> {
        if members.kty != "EC" || members.crv != "P-256" {
            return Err(JwkError::Kind);
        }
        Ok(Self { x: coordinate(&members.x)?, y: coordinate(&members.y)? })
    }
}

impl From<Jwk> for Members {
    fn from(key: Jwk) -> Self {
        let [x, y] = [key.x, key.y].map(|c| Base64UrlUnpadded::encode_string(&c));
        Self { kty: "EC".into(), crv: "P-256".into(), x, y }
    }
}

impl fmt::Display for JwkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kind => "the key is not an elliptic-curve key on P-256",
            Self::Coordinate => "a coordinate is not 32 bytes in base64url",
        })
    }
}

impl std::error::Error for JwkError {}

fn coordinate(text: &str) -> Result<[u8; 32], JwkError> {
    let mut bytes = [0; 32];
    match Base64UrlUnpadded::decode(text, &mut bytes) {
        Ok(decoded) if decoded.len() == 32 => Ok(bytes),
        _ => Err(JwkError::Coordinate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9421 appendix B.1.3 (the example key for P-256), as WebCrypto would export it.
    const RFC: &str = r#"{"kty":"EC","crv":"P-256","ext":true,"key_ops":["verify"],
        "x":"qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA","y":"Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0"}"#;

    #[test]
    fn reads_and_writes() {
        let key: Jwk = serde_json::from_str(RFC).unwrap();
        assert_eq!(Jwk::from_point(&key.to_point()), Ok(key.clone()));
        let again: Jwk = serde_json::from_str(&serde_json::to_string(&key).unwrap()).unwrap();
        assert_eq!(again, key);
    }

    #[test]
    fn thumbprint_is_over_the_required_members_in_order() {
        let key: Jwk = serde_json::from_str(RFC).unwrap();
        let members = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA\",\
                       \"y\":\"Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0\"}";
        assert_eq!(key.thumbprint(), Base64UrlUnpadded::encode_string(&Sha256::digest(members)));
        assert_eq!(key.thumbprint().len(), 43);
    }

    #[test]
    fn refuses_what_is_no_p256_key() {
        for (from, to) in [
            ("\"EC\"", "\"RSA\""),
            ("P-256", "P-384"),
            ("qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA", "qIVYZVLC"),
            ("qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA", "qIVYZVLCrPZHGHjP17CTW0/+D9Lfw0EkjqF7xB4FivA"),
            ("Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0", "Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0="),
        ] {
            let text = RFC.replace(from, to);
            assert_ne!(text, RFC);
            assert!(serde_json::from_str::<Jwk>(&text).is_err(), "{to}");
        }
        assert_eq!(Jwk::from_point(&[4; 64]), Err(JwkError::Coordinate));
        assert_eq!(Jwk::from_point(&[2; 65]), Err(JwkError::Coordinate));
    }
}
