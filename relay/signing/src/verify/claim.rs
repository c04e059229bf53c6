//! One signed request: what it claims about itself, and whether that holds.

use super::field::{self, Input};
use super::{Refusal, VerifyingKey};
use crate::digest::is_digest;
use crate::has_content;
use crate::request::Covered;
use http::HeaderMap;

/// A request as it arrived.
#[derive(Debug, Clone, Copy)]
pub struct Received<'a> {
    /// Method.
    pub method: &'a str,
    /// The authority the device signed: at the relay its own `Host`, at the upstream `Forwarded`'s `host`.
    pub authority: &'a str,
    /// Path as on the wire.
    pub path: &'a str,
    /// Query as on the wire, without its `?`.
    pub query: Option<&'a str>,
    /// All headers.
    pub headers: &'a HeaderMap,
}

/// A well-formed signature over exactly what the profile demands. Not yet checked: [`Claim::check`].
#[derive(Debug, Clone)]
pub struct Claim {
    base: String,
    created: u64,
    nonce: String,
    keyid: String,
    signature: [u8; 64],
}

impl Received<'_> {
    /// Reads the signature's headers strictly: one label, every parameter once and no other, the covered
    /// components of the profile in its order.
    pub fn claim(&self) -> Result<Claim, Refusal> {
        let (input_text, signature_text) =
            match (one(self.headers, "signature-input")?, one(self.headers, "signature")?) {
                (Some(input), Some(signature)) => (input, signature),
                _ => return Err(Refusal::Missing),
            };
        let content = if has_content(self.method) {
            Some((self.needed("content-digest")?, self.needed("content-type")?))
        } else {
            None
        };
        let covered = Covered {
            method: self.method,
            authority: self.authority,
            path: self.path,
            query: self.query,
            content,
            authorization: one(self.headers, "authorization")?,
            idempotency_key: one(self.headers, "idempotency-key")?,
        };
        let base = covered.base();
        let input = Input::read(input_text, base.covered())?;
        let signature = field::signature(signature_text)?;
        let Input { params, created, nonce, keyid } = input;
        Ok(Claim { base: base.close(params), created, nonce, keyid, signature })
    }

    fn needed(&self, name: &'static str) -> Result<&str, Refusal> {
        one(self.headers, name)?.ok_or(Refusal::Header(name))
    }
}

impl Claim {
    /// The thumbprint the signature claims to be of.
    pub fn keyid(&self) -> &str {
        &self.keyid
    }

    /// Unix seconds.
    pub fn created(&self) -> u64 {
        self.created
    }

    /// The nonce.
    pub fn nonce(&self) -> &str {
        &self.nonce
    }

    /// Checks time and signature. `now` in unix seconds, `window` in seconds either way.
    /// Afterwards: the content with [`check_digest`], the nonce with [`super::ReplayCache::take`].
    pub fn check(&self, key: &VerifyingKey, now: u64, window: u64) -> Result<(), Refusal> {
        if self.created.abs_diff(now) > window {
            return Err(Refusal::Late);
        }
        if !key.verify(self.base.as_bytes(), &self.signature) {
            return Err(Refusal::Signature);
        }
        Ok(())
    }
}

/// Whether the content is what `Content-Digest` says: one digest, `sha-256`, in the form the signer writes.
pub fn check_digest(headers: &HeaderMap, body: &[u8]) -> Result<(), Refusal> {
    let claimed = one(headers, "content-digest")?.ok_or(Refusal::Header("content-digest"))?;
    if is_digest(claimed, body) { Ok(()) } else { Err(Refusal::Digest) }
}

/// The value of a header that may stand once; optional white space around it is no part of it.
fn one<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<Option<&'a str>, Refusal> {
    let mut values = headers.get_all(name).iter();
    let first = match values.next() {
        None => return Ok(None),
        Some(value) => value.to_str().map_err(|_| Refusal::Header(name))?,
    };
    match values.next() {
        None => Ok(Some(first.trim_matches([' ', '\t']))),
        Some(_) => Err(Refusal::Header(name)),
    }
}
