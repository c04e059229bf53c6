//! This device: its key, which never leaves the browser, and the credential the relay gave it.

use super::browser::{object, text, window};
use super::database::{self, Record};
use super::problem::Problem;
use base64ct::{Base64UrlUnpadded, Encoding};
use js_sys::{Array, Reflect, Uint8Array};
use signing::Jwk;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, CryptoKeyPair, SubtleCrypto};

/// The key could not be kept.
const NOT_KEPT: &str = "APP-005";
/// The browser lacks what is needed.
const NO_CRYPTO: &str = "APP-009";

/// The key of this device and, once enrolled, its credential.
#[derive(Clone)]
pub struct Device {
    private: CryptoKey,
    public: Jwk,
    credential: Option<String>,
}

impl Device {
    /// The device of this browser, if a key was ever made.
    ///
    /// # Errors
    /// `APP-005` when the browser keeps no data for this page.
    pub async fn load() -> Result<Option<Self>, Problem> {
        let record = database::read(Record::This).await.map_err(|_| Problem::new(NOT_KEPT))?;
        Ok(Self::from_record(&record))
    }

    /// Makes a key and keeps it, before any enrolment code is spent on it.
    ///
    /// # Errors
    /// `APP-009` without WebCrypto, `APP-005` when it cannot be kept.
    pub async fn make() -> Result<Self, Problem> {
        let device = generate().await.map_err(|_| Problem::new(NO_CRYPTO))?;
        device.keep().await?;
        Ok(device)
    }

    /// The same with the relay's credential, kept.
    ///
    /// # Errors
    /// `APP-005` when it cannot be kept.
    pub async fn enrolled(mut self, credential: String) -> Result<Self, Problem> {
        self.credential = Some(credential);
        self.keep().await?;
        Ok(self)
    }

    /// The public key.
    pub fn public(&self) -> &Jwk {
        &self.public
    }

    /// The relay's credential, if enrolled.
    pub fn credential(&self) -> Option<&str> {
        self.credential.as_deref()
    }

    /// ECDSA P-256 with SHA-256 over a text; 64 bytes r‖s.
    ///
    /// # Errors
    /// `APP-009` when the browser refuses.
    pub async fn sign(&self, text: &[u8]) -> Result<[u8; 64], Problem> {
        let signed = async {
            let algorithm = object(&[("name", &"ECDSA".into()), ("hash", &"SHA-256".into())]);
            let promise = subtle()?.sign_with_object_and_u8_array(&algorithm, &self.private, text)?;
            let bytes = Uint8Array::new(&JsFuture::from(promise).await?).to_vec();
            <[u8; 64]>::try_from(bytes).map_err(|_| JsValue::UNDEFINED)
        };
        signed.await.map_err(|_| Problem::new(NO_CRYPTO))
    }

    async fn keep(&self) -> Result<(), Problem> {
        let credential = self.credential.as_deref().map_or(JsValue::UNDEFINED, JsValue::from_str);
        let record = object(&[
            ("private", self.private.as_ref()),
            ("public", &Uint8Array::from(self.public.to_point().as_slice())),
            ("credential", &credential),
        ]);
        database::write(Record::This, &record).await.map_err(|_| Problem::new(NOT_KEPT))
    }

    fn from_record(record: &JsValue) -> Option<Self> {
        if record.is_undefined() {
            return None;
        }
        let private = Reflect::get(record, &"private".into()).ok()?.dyn_into().ok()?;
        let point: Uint8Array = Reflect::get(record, &"public".into()).ok()?.dyn_into().ok()?;
        let public = Jwk::from_point(&point.to_vec()).ok()?;
        Some(Self { private, public, credential: text(record, "credential") })
    }
}

pub(super) fn subtle() -> Result<SubtleCrypto, JsValue> {
    let window = window().ok_or(JsValue::UNDEFINED)?;
    let subtle = window.crypto()?.subtle();
    // Outside a secure context the property is missing, whatever its type says.
    if subtle.is_undefined() { Err(JsValue::UNDEFINED) } else { Ok(subtle) }
}

async fn generate() -> Result<Device, JsValue> {
    let algorithm = object(&[("name", &"ECDSA".into()), ("namedCurve", &"P-256".into())]);
    let usages = Array::of1(&"sign".into());
    let extractable = false;
    let pair = subtle()?.generate_key_with_object(&algorithm, extractable, &usages)?;
    let pair: CryptoKeyPair = JsFuture::from(pair).await?.unchecked_into();
    // Only the private half is locked in: a public key can always be exported.
    let point = JsFuture::from(subtle()?.export_key("raw", &pair.get_public_key())?).await?;
    let public = Jwk::from_point(&Uint8Array::new(&point).to_vec()).map_err(|_| JsValue::UNDEFINED)?;
    Ok(Device { private: pair.get_private_key(), public, credential: None })
}

/// SHA-256 of what the browser holds, hexadecimal.
///
/// # Errors
/// `APP-009` when the browser refuses.
pub async fn sha256(bytes: &Uint8Array) -> Result<String, Problem> {
    let digest = async {
        let promise = subtle()?.digest_with_str_and_buffer_source("SHA-256", bytes)?;
        Ok::<_, JsValue>(Uint8Array::new(&JsFuture::from(promise).await?).to_vec())
    };
    let digest = digest.await.map_err(|_| Problem::new(NO_CRYPTO))?;
    let halves = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    Ok(halves.filter_map(|half| char::from_digit(half.into(), 16)).collect())
}

/// Random bytes of the browser, base64url.
///
/// # Errors
/// `APP-009` without WebCrypto.
pub fn random<const N: usize>() -> Result<String, Problem> {
    let mut bytes = [0u8; N];
    fill(&mut bytes).ok_or_else(|| Problem::new(NO_CRYPTO))?;
    Ok(Base64UrlUnpadded::encode_string(&bytes))
}

/// Fills with random bytes of the browser; `None` without WebCrypto.
pub fn fill(bytes: &mut [u8]) -> Option<()> {
    window()?.crypto().ok()?.get_random_values_with_u8_array(bytes).ok().map(drop)
}
