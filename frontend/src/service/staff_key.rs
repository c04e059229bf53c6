//! The staff member's share of the keys of drafts: made from the password at the sign-in, kept in memory only
//! (docs/adr/0010-drafts.md).

use super::browser::object;
use super::device::subtle;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;

/// Rounds of PBKDF2 with SHA-256, what OWASP asked for in 2023; one guess of a password costs as much.
const ROUNDS: u32 = 600_000;

/// An HMAC key that cannot be read out.
#[derive(Clone)]
pub struct StaffKey(pub(super) CryptoKey);

impl StaffKey {
    /// The share of this account with this password; `None` where the browser refuses.
    pub async fn derive(user_id: &str, password: &str) -> Option<Self> {
        derive(user_id, password).await.ok()
    }
}

async fn derive(user_id: &str, password: &str) -> Result<StaffKey, JsValue> {
    let subtle = subtle()?;
    let bytes = Uint8Array::from(password.as_bytes());
    let usages = Array::of1(&"deriveKey".into());
    let imported = subtle.import_key_with_str("raw", &bytes, "PBKDF2", false, &usages)?;
    let password: CryptoKey = JsFuture::from(imported).await?.into();
    bytes.fill(0, 0, bytes.length());
    let salt = Uint8Array::from(["kakehashi-staff-v1 ", user_id].concat().as_bytes());
    let how = object(&[
        ("name", &"PBKDF2".into()),
        ("hash", &"SHA-256".into()),
        ("salt", &salt),
        ("iterations", &ROUNDS.into()),
    ]);
    let derived = subtle.derive_key_with_object_and_object(
        &how,
        &password,
        &hmac(),
        false,
        &Array::of1(&"sign".into()),
    )?;
    Ok(StaffKey(JsFuture::from(derived).await?.into()))
}

/// HMAC with SHA-256 and a key of 256 bits.
pub(super) fn hmac() -> js_sys::Object {
    object(&[("name", &"HMAC".into()), ("hash", &"SHA-256".into()), ("length", &256.into())])
}
