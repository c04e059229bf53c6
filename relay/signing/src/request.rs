//! What a device signs of a request, and the headers that carry it.

use crate::base::Base;
use crate::{ALGORITHM, LABEL, TAG, content_digest, has_content};
use base64ct::{Base64, Encoding};
use std::fmt;

/// A request about to be signed. Values are the ones that will be on the wire.
#[derive(Debug, Clone, Copy, Default)]
pub struct SigningRequest<'a> {
    /// Method, upper case.
    pub method: &'a str,
    /// Host and port as the `Host` header will have them (a browser leaves the scheme's own port out).
    pub authority: &'a str,
    /// Path, percent-encoded as sent.
    pub path: &'a str,
    /// Query without its `?`, percent-encoded as sent.
    pub query: Option<&'a str>,
    /// `Content-Type`; needed for every method that has content.
    pub content_type: Option<&'a str>,
    /// The content; not looked at for GET and HEAD.
    pub body: &'a [u8],
    /// `Authorization`, if it is sent.
    pub authorization: Option<&'a str>,
    /// `Idempotency-Key`, if it is sent.
    pub idempotency_key: Option<&'a str>,
}

/// When, once, and by whom: the parameters that differ from one signature to the next.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'a> {
    /// Unix seconds.
    pub created: u64,
    /// 128 random bits or more, base64url without padding; never used twice.
    pub nonce: &'a str,
    /// Thumbprint of the device's public key.
    pub keyid: &'a str,
}

/// A request ready to be signed.
#[derive(Debug, Clone)]
pub struct Prepared {
    base: String,
    params: String,
    content_digest: Option<String>,
}

/// The headers to set on the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureHeaders {
    /// `Signature-Input`
    pub signature_input: String,
    /// `Signature`
    pub signature: String,
    /// `Content-Digest`; none for GET and HEAD.
    pub content_digest: Option<String>,
}

/// Why a request cannot be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SigningError {
    /// A request with content needs its type.
    ContentType,
    /// The named value is not printable ASCII, so it cannot stand in a header or a signature base.
    Value(&'static str),
}

impl SigningRequest<'_> {
    /// The bytes to sign: `ECDSA P-256 with SHA-256` over [`Prepared::base`].
    pub fn prepare(&self, stamp: &Stamp<'_>) -> Result<Prepared, SigningError> {
        let content_digest = has_content(self.method).then(|| content_digest(self.body));
        let content = match &content_digest {
            Some(digest) => Some((digest.as_str(), self.content_type.ok_or(SigningError::ContentType)?)),
            None => None,
        };
        let covered = Covered {
            method: self.method,
            authority: self.authority,
            path: self.path,
            query: self.query,
            content,
            authorization: self.authorization,
            idempotency_key: self.idempotency_key,
        };
        covered.check()?;
        for (name, value) in [("nonce", stamp.nonce), ("keyid", stamp.keyid)] {
            if !crate::base64url(value) {
                return Err(SigningError::Value(name));
            }
        }
        let Stamp { created, nonce, keyid } = stamp;
        let (base, params) = covered.base().finish(&format!(
            ";created={created};nonce=\"{nonce}\";alg=\"{ALGORITHM}\";keyid=\"{keyid}\";tag=\"{TAG}\""
        ));
        Ok(Prepared { base, params, content_digest })
    }
}

impl Prepared {
    /// The bytes to sign.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The headers, with the signature in its raw form r‖s (what WebCrypto returns).
    pub fn headers(self, signature: &[u8; 64]) -> SignatureHeaders {
        SignatureHeaders {
            signature_input: format!("{LABEL}={}", self.params),
            signature: format!("{LABEL}=:{}:", Base64::encode_string(signature)),
            content_digest: self.content_digest,
        }
    }
}

impl SignatureHeaders {
    /// Names (lower case) and values of the headers to set.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [("signature-input", self.signature_input.as_str()), ("signature", self.signature.as_str())]
            .into_iter()
            .chain(self.content_digest.as_deref().map(|digest| ("content-digest", digest)))
    }
}

/// The profile's components of one request. Signer and verifier both build their base here.
pub(crate) struct Covered<'a> {
    pub(crate) method: &'a str,
    pub(crate) authority: &'a str,
    pub(crate) path: &'a str,
    pub(crate) query: Option<&'a str>,
    /// `Content-Digest` and `Content-Type`.
    pub(crate) content: Option<(&'a str, &'a str)>,
    pub(crate) authorization: Option<&'a str>,
    pub(crate) idempotency_key: Option<&'a str>,
}

impl Covered<'_> {
    /// The base up to its parameters, components in the profile's order.
    pub(crate) fn base(&self) -> Base {
        let mut base = Base::new()
            .cover("@method", self.method)
            .cover("@authority", &self.authority.to_ascii_lowercase())
            .cover("@path", if self.path.is_empty() { "/" } else { self.path })
            .cover("@query", &["?", self.query.unwrap_or_default()].concat());
        if let Some((digest, kind)) = self.content {
            base = base.cover("content-digest", trim(digest)).cover("content-type", trim(kind));
        }
        if let Some(value) = self.authorization {
            base = base.cover("authorization", trim(value));
        }
        if let Some(value) = self.idempotency_key {
            base = base.cover("idempotency-key", trim(value));
        }
        base
    }

    /// Values that could break out of their line are refused.
    fn check(&self) -> Result<(), SigningError> {
        let values = [
            ("@method", Some(self.method)),
            ("@authority", Some(self.authority)),
            ("@path", Some(self.path)),
            ("@query", self.query),
            ("content-type", self.content.map(|(_, kind)| kind)),
            ("authorization", self.authorization),
            ("idempotency-key", self.idempotency_key),
        ];
        for (name, value) in values {
            if value.is_some_and(|text| !text.bytes().all(|byte| matches!(byte, b' '..=b'~'))) {
                return Err(SigningError::Value(name));
            }
        }
        Ok(())
    }
}

impl fmt::Display for SigningError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ContentType => f.write_str("a request with content needs a content type"),
            Self::Value(name) => write!(f, "the value of {name} cannot be signed"),
        }
    }
}

impl std::error::Error for SigningError {}

/// Optional white space around a field's value is no part of it (RFC 9110 §5.5).
fn trim(value: &str) -> &str {
    value.trim_matches([' ', '\t'])
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAMP: Stamp<'_> = Stamp { created: 1_795_000_000, nonce: "AAAAAAAAAAAAAAAAAAAAAA", keyid: "key" };

    #[test]
    fn post_covers_content_and_the_headers_that_are_there() {
        let request = SigningRequest {
            method: "POST",
            authority: "Relay.Example:8480",
            path: "/api/v1/person/search",
            content_type: Some("application/json"),
            body: b"{}",
            authorization: Some("Bearer t "),
            ..SigningRequest::default()
        };
        let prepared = request.prepare(&STAMP).unwrap();
        assert_eq!(
            prepared.base(),
            "\"@method\": POST\n\"@authority\": relay.example:8480\n\"@path\": /api/v1/person/search\n\
             \"@query\": ?\n\
             \"content-digest\": sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:\n\
             \"content-type\": application/json\n\"authorization\": Bearer t\n\
             \"@signature-params\": (\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" \
             \"content-type\" \"authorization\");created=1795000000;nonce=\"AAAAAAAAAAAAAAAAAAAAAA\";\
             alg=\"ecdsa-p256-sha256\";keyid=\"key\";tag=\"kakehashi-v1\""
        );
        let headers = prepared.headers(&[0; 64]);
        assert!(headers.signature_input.starts_with("sig=(\"@method\" "));
        assert_eq!(headers.signature, format!("sig=:{}==:", "A".repeat(86)));
        assert_eq!(headers.pairs().count(), 3);
    }

    #[test]
    fn get_covers_no_content() {
        let request =
            SigningRequest { method: "GET", authority: "h", query: Some("a=1"), ..SigningRequest::default() };
        let prepared = request.prepare(&STAMP).unwrap();
        assert!(prepared.base().contains("\"@path\": /\n\"@query\": ?a=1\n\"@signature-params\""));
        assert_eq!(prepared.headers(&[0; 64]).content_digest, None);
    }

    #[test]
    fn a_value_cannot_break_out_of_its_line() {
        let request =
            SigningRequest { method: "GET", authority: "h", path: "/", ..SigningRequest::default() };
        let broken = SigningRequest { authorization: Some("x\n\"@path\": /other"), ..request };
        assert_eq!(broken.prepare(&STAMP).unwrap_err(), SigningError::Value("authorization"));
        let stamp = Stamp { nonce: "a\";tag=\"x", ..STAMP };
        assert_eq!(request.prepare(&stamp).unwrap_err(), SigningError::Value("nonce"));
        let post = SigningRequest { method: "POST", ..request };
        assert_eq!(post.prepare(&STAMP).unwrap_err(), SigningError::ContentType);
    }
}
