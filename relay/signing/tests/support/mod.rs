//! A request both sides can talk about.

use http::HeaderMap;
use kakehashi_signing::{
    DeviceKey, Received, Refusal, SignatureHeaders, SigningRequest, VerifyingKey, WINDOW,
};

/// The time of all tests.
pub(crate) const NOW: u64 = 1_795_000_000;

/// A request with owned parts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sample {
    pub(crate) method: String,
    pub(crate) authority: String,
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) body: Vec<u8>,
    pub(crate) authorization: Option<String>,
    pub(crate) idempotency_key: Option<String>,
}

impl Sample {
    pub(crate) fn signing(&self) -> SigningRequest<'_> {
        SigningRequest {
            method: &self.method,
            authority: &self.authority,
            path: &self.path,
            query: self.query.as_deref(),
            content_type: self.content_type.as_deref(),
            body: &self.body,
            authorization: self.authorization.as_deref(),
            idempotency_key: self.idempotency_key.as_deref(),
        }
    }

    /// The headers as they arrive.
    pub(crate) fn headers(&self, signature: &SignatureHeaders) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in signature.pairs() {
            headers.insert(name, value.parse().unwrap());
        }
        for (name, value) in [
            ("content-type", &self.content_type),
            ("authorization", &self.authorization),
            ("idempotency-key", &self.idempotency_key),
        ] {
            if let Some(value) = value {
                headers.insert(name, value.parse().unwrap());
            }
        }
        headers
    }

    pub(crate) fn received<'a>(&'a self, headers: &'a HeaderMap) -> Received<'a> {
        Received {
            method: &self.method,
            authority: &self.authority,
            path: &self.path,
            query: self.query.as_deref(),
            headers,
        }
    }

    /// Everything a verifier does but the replay cache.
    pub(crate) fn verify(&self, headers: &HeaderMap, key: &DeviceKey, now: u64) -> Result<(), Refusal> {
        let claim = self.received(headers).claim()?;
        if claim.keyid() != key.thumbprint() {
            return Err(Refusal::OtherKey);
        }
        claim.check(&VerifyingKey::new(&key.jwk().unwrap())?, now, WINDOW)?;
        if kakehashi_signing::has_content(&self.method) {
            kakehashi_signing::check_digest(headers, &self.body)?;
        }
        Ok(())
    }
}
