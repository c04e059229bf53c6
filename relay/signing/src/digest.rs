//! `Content-Digest` (RFC 9530): SHA-256 over the bytes sent.

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

/// The header's value for these bytes: `sha-256=:…:`.
pub fn content_digest(body: &[u8]) -> String {
    format!("sha-256=:{}:", Base64::encode_string(&Sha256::digest(body)))
}

/// Whether a header's value is exactly what [`content_digest`] writes for these bytes.
#[cfg(feature = "verify")]
pub(crate) fn is_digest(value: &str, body: &[u8]) -> bool {
    let mut text = [0; 44];
    let digest = Base64::encode(&Sha256::digest(body), &mut text).ok();
    digest.is_some() && digest == value.strip_prefix("sha-256=:").and_then(|rest| rest.strip_suffix(':'))
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

    #[test]
    #[cfg(feature = "verify")]
    fn only_the_written_form_is_the_digest() {
        let good = content_digest(b"a");
        assert!(is_digest(&good, b"a"));
        let base64 = &good[9..good.len() - 1];
        for wrong in
            ["", "sha-256=::", base64, &good[..good.len() - 1], &format!("{good} "), &good.to_uppercase()]
        {
            assert!(!is_digest(wrong, b"a"), "{wrong}");
        }
        assert!(!is_digest(&good, b"b"));
    }
}
