//! The house's profile of RFC 9421 (HTTP Message Signatures) and RFC 9530 (Digest Fields), both sides.
//!
//! `docs/api.md` §1 and §2 are the words, this crate is the code, used by app, relay and upstream alike:
//!
//! - [`SigningRequest`] makes the bytes a device signs and the headers that carry the signature. The caller
//!   signs: WebCrypto in the browser, [`DeviceKey`] natively.
//! - [`Credential`] is what a relay says about a device; [`UnverifiedCredential`] is what anybody may claim.
//! - With feature `verify` (native only): [`Received`] reads a signed request strictly, [`Claim`] checks it,
//!   [`ReplayCache`] lets a nonce pass once.
//!
//! Errors: [`SigningError`] is the signer's own mistake, [`CredentialError`] a credential that is none,
//! [`Refusal`] everything a verifier may hold against a request.

mod base;
mod credential;
mod digest;
mod jwk;
mod request;
#[cfg(feature = "verify")]
mod signer;
#[cfg(feature = "verify")]
mod verify;

pub use credential::{Credential, CredentialError, UnverifiedCredential};
pub use digest::content_digest;
pub use jwk::{Jwk, JwkError};
pub use request::{Prepared, SignatureHeaders, SigningError, SigningRequest, Stamp};
#[cfg(feature = "verify")]
pub use signer::{DeviceKey, IssuerKey, KeyError};
#[cfg(feature = "verify")]
pub use verify::{Claim, Received, Refusal, ReplayCache, VerifyingKey, check_digest};

/// The one label a message's signature carries.
pub const LABEL: &str = "sig";
/// The one algorithm (RFC 9421 §3.3.4).
pub const ALGORITHM: &str = "ecdsa-p256-sha256";
/// The application tag: a signature made for something else is no signature here.
pub const TAG: &str = "kakehashi-v1";
/// Seconds by which `created` may differ from the verifier's clock, either way.
pub const WINDOW: u64 = 60;
/// The header in which a device's credential travels.
pub const DEVICE_HEADER: &str = "kakehashi-device";

/// Whether requests of this method carry content under the profile: all but GET and HEAD do.
pub fn has_content(method: &str) -> bool {
    !matches!(method, "GET" | "HEAD")
}

/// Whether a text is made of base64url characters only, and of some.
fn base64url(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}
