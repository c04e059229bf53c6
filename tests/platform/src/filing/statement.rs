//! The statement as it came: read, and held against the call that brought it.

use crate::answer::Problem;
use crate::http::Caller;
use crate::secret::{hex, public_key_pem};
use crate::session::Member;
use base64ct::{Base64UrlUnpadded, Encoding};
use kakehashi_domain::filing::{FilingKey, Statement};
use kakehashi_domain::upstream::{PersonHandle, SubmitRequest};
use kakehashi_signing::{Jwk, VerifyingKey};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Bytes a statement may have: the longest form has room for a fifth of it.
const LONGEST: usize = 32 * 1024;
/// What stands before the point of a P-256 key in a SubjectPublicKeyInfo (RFC 5480).
const SPKI: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86,
    0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// A statement that can be read. It is not judged yet.
#[derive(Debug)]
pub(super) struct Sent {
    /// Whose, by the office's name for the person.
    pub(super) person: PersonHandle,
    /// Byte by byte.
    pub(super) text: String,
    /// SHA-256 of the text, in hexadecimal.
    pub(super) sha256: String,
    /// What it says.
    pub(super) statement: Statement,
    /// As it came.
    pub(super) signature: String,
}

impl Sent {
    /// Reads it. Its key must be the one in the call's header.
    pub(super) fn read(caller: &Caller, request: SubmitRequest) -> Result<Self, Problem> {
        let SubmitRequest { person, statement: text, signature } = request;
        let malformed = Problem::Malformed("statement");
        if text.len() > LONGEST {
            return Err(malformed);
        }
        let sent: Value = serde_json::from_str(&text).map_err(|_| malformed)?;
        let statement: Statement = serde_json::from_str(&text).map_err(|_| malformed)?;
        let read = serde_json::to_value(&statement).map_err(|_| malformed)?;
        if !is_known(&sent, &read) {
            return Err(malformed);
        }
        if !is_key(&statement.key) || caller.idempotency_key.as_deref() != Some(statement.key.0.as_str()) {
            return Err(Problem::Malformed("key"));
        }
        Ok(Self { person, sha256: hex(&Sha256::digest(&text)), text, statement, signature })
    }

    /// Whether the caller is who made it, in the browser it was made in.
    pub(super) fn is_of(&self, caller: &Caller, member: &Member) -> bool {
        let Statement { staff, office, device, .. } = &self.statement;
        *staff == member.staff.user_id && *office == caller.office && *device == caller.device
    }

    /// Whether the device's key signed it.
    pub(super) fn is_signed(&self, key: &Jwk) -> bool {
        let mut bytes = [0; 64];
        let read = Base64UrlUnpadded::decode(&self.signature, &mut bytes);
        read.is_ok_and(|read| read.len() == 64)
            && VerifyingKey::new(key).is_ok_and(|key| key.verify(self.text.as_bytes(), &bytes))
    }
}

/// 128 random bits, base64url without padding.
pub(super) fn is_key(key: &FilingKey) -> bool {
    Base64UrlUnpadded::decode_vec(&key.0).is_ok_and(|bytes| bytes.len() == 16)
}

/// A device's key as PEM.
pub(super) fn device_key_pem(key: &Jwk) -> Result<String, der::pem::Error> {
    public_key_pem(&[&SPKI[..], &key.to_point()].concat())
}

/// Whether everything that was sent was understood: nothing is kept that nobody here knows.
fn is_known(sent: &Value, read: &Value) -> bool {
    match (sent, read) {
        (Value::Object(sent), Value::Object(read)) => sent
            .iter()
            .all(|(name, value)| value.is_null() || read.get(name).is_some_and(|read| is_known(value, read))),
        (Value::Array(sent), Value::Array(read)) => {
            sent.len() == read.len() && sent.iter().zip(read).all(|(sent, read)| is_known(sent, read))
        }
        // What is empty may be left out when it is written.
        (Value::String(sent), Value::Null) => sent.is_empty(),
        (sent, read) => sent == read,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_was_not_understood_is_seen() {
        let read = json!({ "a": 1, "b": { "c": [1, 2] }, "d": "x" });
        assert!(is_known(&read, &read));
        assert!(is_known(&json!({ "a": 1, "e": null }), &read));
        for unknown in [
            json!({ "e": "1" }),
            json!({ "b": { "c": [1, 2], "my_number": "1" } }),
            json!({ "b": { "c": [1] } }),
            json!({ "d": "y" }),
        ] {
            assert!(!is_known(&unknown, &read), "{unknown}");
        }
    }

    #[test]
    fn a_key_has_128_bits() {
        let is = |text: &str| is_key(&FilingKey(text.into()));
        assert!(is("AAAAAAAAAAAAAAAAAAAAAA"));
        for wrong in
            ["", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAA+", "AAAAAAAAAAAAAAAAAAAAAB"]
        {
            assert!(!is(wrong), "{wrong}");
        }
    }
}
