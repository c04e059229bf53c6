//! What a verifier may hold against a request.

use crate::CredentialError;
use std::fmt;

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// No signature at all.
    Missing,
    /// The signature's headers are not of the profile's form; says which part.
    Malformed(&'static str),
    /// Covers other components than the profile demands of this request.
    Components,
    /// A header that must be covered is missing, stands twice, or is not plain text.
    Header(&'static str),
    /// `created` is outside the window.
    Late,
    /// The nonce was seen before.
    Replayed,
    /// The replay cache is full: refused for now rather than forgetting a nonce.
    Full,
    /// The signature is not the key's over this request.
    Signature,
    /// The content is not what `Content-Digest` says.
    Digest,
    /// The key is no point of the curve.
    Key,
    /// No device credential.
    CredentialMissing,
    /// The device credential does not hold.
    Credential(CredentialError),
    /// The request is signed with another key than the credential's.
    OtherKey,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("the request is not signed"),
            Self::Malformed(part) => write!(f, "the signature's {part} is not of the form"),
            Self::Components => f.write_str("the signature covers other components than it must"),
            Self::Header(name) => write!(f, "the header {name} is missing, double or no plain text"),
            Self::Late => f.write_str("the signature's time is outside the window"),
            Self::Replayed => f.write_str("the nonce was seen before"),
            Self::Full => f.write_str("the replay cache is full"),
            Self::Signature => f.write_str("the signature does not match the request"),
            Self::Digest => f.write_str("the content does not match its digest"),
            Self::Key => f.write_str("the key is no point of the curve"),
            Self::CredentialMissing => f.write_str("there is no device credential"),
            Self::Credential(error) => write!(f, "{error}"),
            Self::OtherKey => f.write_str("signed with another key than the credential's"),
        }
    }
}

impl std::error::Error for Refusal {}
