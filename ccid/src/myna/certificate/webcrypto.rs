//! WebCrypto as the judge of signatures (w3c.github.io/webcrypto): the browser's own RSA and ECDSA.

use js_sys::{Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{Algorithm, Hash, KeyAlgorithm, NotJudged, SignatureJudge, plain_ecdsa};
use crate::usb::{UsbError, before};
use crate::webusb::Timers;

/// For importing a key or checking a signature, milliseconds; both take a few.
const SETTLE: u32 = 5_000;

#[wasm_bindgen]
extern "C" {
    /// `crypto` of a window or a worker.
    #[wasm_bindgen(js_name = crypto, thread_local_v2)]
    static CRYPTO: Option<JsCrypto>;

    type JsCrypto;
    /// Missing where the page is no secure context.
    #[wasm_bindgen(method, getter)]
    fn subtle(this: &JsCrypto) -> Option<JsSubtle>;

    /// `SubtleCrypto`.
    type JsSubtle;
    #[wasm_bindgen(method, js_name = importKey)]
    fn import_key(
        this: &JsSubtle,
        format: &str,
        key: &Uint8Array,
        algorithm: &Object,
        extractable: bool,
        usages: &js_sys::Array,
    ) -> Promise;
    #[wasm_bindgen(method)]
    fn verify(
        this: &JsSubtle,
        algorithm: &Object,
        key: &JsValue,
        signature: &Uint8Array,
        data: &Uint8Array,
    ) -> Promise;
}

/// The browser.
#[derive(Debug, Clone, Copy, Default)]
pub struct WebCrypto;

impl SignatureJudge for WebCrypto {
    async fn verify(
        &self,
        algorithm: Algorithm,
        spki: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<bool, NotJudged> {
        let size = match algorithm.key {
            KeyAlgorithm::Rsa => None,
            KeyAlgorithm::P256 => Some(32),
            KeyAlgorithm::P384 => Some(48),
        };
        let signature = match size.map(|size| plain_ecdsa(signature, size)) {
            None => Uint8Array::from(signature),
            Some(Some(plain)) => Uint8Array::from(&plain[..]),
            Some(None) => return Ok(false),
        };
        let subtle = CRYPTO
            .with(|crypto| crypto.as_ref().and_then(JsCrypto::subtle))
            .ok_or(NotJudged("this page has no WebCrypto".into()))?;
        let parameters = parameters(algorithm);
        let usages = js_sys::Array::of1(&JsValue::from_str("verify"));
        let import = subtle.import_key("spki", &Uint8Array::from(spki), &parameters, false, &usages);
        let key = settle(import).await?;
        let message = Uint8Array::from(message);
        let verdict = settle(subtle.verify(&parameters, &key, &signature, &message)).await?;
        verdict.as_bool().ok_or(NotJudged("WebCrypto gave no verdict".into()))
    }
}

/// One object for import and check: each takes of it what it needs.
fn parameters(algorithm: Algorithm) -> Object {
    let (name, curve) = match algorithm.key {
        KeyAlgorithm::Rsa => ("RSASSA-PKCS1-v1_5", None),
        KeyAlgorithm::P256 => ("ECDSA", Some("P-256")),
        KeyAlgorithm::P384 => ("ECDSA", Some("P-384")),
    };
    let hash = match algorithm.hash {
        Hash::Sha256 => "SHA-256",
        Hash::Sha384 => "SHA-384",
    };
    let object = Object::new();
    let set = |key: &str, value: &str| {
        // A plain object takes any property.
        let _ = Reflect::set(&object, &JsValue::from_str(key), &JsValue::from_str(value));
    };
    set("name", name);
    set("hash", hash);
    if let Some(curve) = curve {
        set("namedCurve", curve);
    }
    object
}

async fn settle(promise: Promise) -> Result<JsValue, NotJudged> {
    let work = async { JsFuture::from(promise).await.map_err(|_| UsbError::Stall) };
    before(&Timers, SETTLE, work).await.map_err(|error| {
        NotJudged(match error {
            UsbError::Timeout => "WebCrypto did not answer in time".into(),
            _ => "WebCrypto refuses this key".into(),
        })
    })
}
