//! `Content-Digest` (RFC 9530): SHA-256 over the bytes sent.

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

/// The header's value for these bytes: `sha-256=:…:`.
pub fn content_digest(body: &[u8]) -> String {
    format!("sha-256=:{}:", Base64::encode_string(&Sha256::digest(body)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_9530_examples() {
        // RFC 9530 appendix D: {"hello": "world"} with a line feed, and the empty content.
        assert_eq!(
            content_digest(b"{\"hello\": \"world\"}\n"),
            "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
        );
        assert_eq!(content_digest(b""), "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:");
    }
}
