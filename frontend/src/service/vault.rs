//! Drafts on this device, sealed: each with AES-256-GCM under a key that needs this device's share, which cannot
//! be read out of the browser, and the staff member's, which is in memory only (docs/adr/0010-drafts.md).
//!
//! Beside the sealed text lie a random name, a number that goes up with each writing, two hashes made with the
//! device's share (whose, and with which password), and until when it is kept.

use super::browser::{object, text};
use super::database::{self, Record, version_of};
use super::device::{self, subtle};
use super::problem::Problem;
use super::staff_key::{StaffKey, hmac};
use base64ct::{Base64UrlUnpadded, Encoding};
use domain::calendar::Time;
use domain::upstream::Staff;
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;
use zeroize::Zeroizing;

/// The browser keeps nothing for this page.
pub const NOT_KEPT: &str = "APP-012";
/// A draft is broken.
pub const BROKEN: &str = "APP-013";
/// A draft was made with another password.
pub const OTHER_PASSWORD: &str = "APP-014";
/// The draft was changed in another tab.
pub const OTHER_TAB: &str = "APP-015";
/// The browser lacks what is needed.
const NO_CRYPTO: &str = "APP-009";
/// Bytes of a nonce of AES-GCM.
const NONCE: usize = 12;

/// Opens and seals the drafts of one account on this device.
#[derive(Clone)]
pub struct Vault {
    key: CryptoKey,
    /// Whose drafts.
    whose: String,
    /// With which password.
    lock: String,
}

/// A draft that could be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Its random name.
    pub name: String,
    /// Goes up with each writing.
    pub version: u32,
    /// What was sealed.
    pub bytes: Vec<u8>,
}

/// A draft of this account that could not be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shut {
    /// Its random name.
    pub name: String,
    /// As above.
    pub version: u32,
    /// `APP-013`, `APP-014`.
    pub code: &'static str,
}

/// All of this account's drafts here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contents {
    /// That could be opened.
    pub opened: Vec<Opened>,
    /// That could not.
    pub shut: Vec<Shut>,
}

impl Vault {
    /// The vault of an account on this device. The first one here makes the device's share.
    ///
    /// # Errors
    /// `APP-012` where nothing is kept, `APP-009` without WebCrypto.
    pub async fn open(staff: &Staff, share: &StaffKey) -> Result<Self, Problem> {
        let device = device_share().await?;
        let made = async {
            let account = [staff.office.as_str(), " ", staff.user_id.as_str()].concat();
            let whose = mac(&device, &labelled(b"kakehashi-draft-whose ", account.as_bytes())).await?;
            // Both shares in one: without either the key cannot be made.
            let own = mac(&share.0, &labelled(b"kakehashi-draft-staff ", account.as_bytes())).await?;
            let lock = mac(&device, &labelled(b"kakehashi-draft-lock ", &own)).await?;
            let raw = mac(&device, &labelled(b"kakehashi-draft-key ", &own)).await?;
            let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
            let raw = Uint8Array::from(raw.as_slice());
            let key = subtle()?.import_key_with_str("raw", &raw, "AES-GCM", false, &usages)?;
            let key = JsFuture::from(key).await?.into();
            raw.fill(0, 0, raw.length());
            let short = |bytes: &[u8]| Base64UrlUnpadded::encode_string(bytes.get(..16).unwrap_or_default());
            Ok::<_, JsValue>(Self { key, whose: short(&whose), lock: short(&lock) })
        };
        made.await.map_err(|_| Problem::new(NO_CRYPTO))
    }

    /// All drafts of this account. What is over, of whomever, is removed on the way.
    ///
    /// # Errors
    /// `APP-012`.
    pub async fn contents(&self, now: Time) -> Result<Contents, Problem> {
        let mut contents = Contents::default();
        for record in database::drafts().await.map_err(not_kept)?.iter() {
            let (Some(name), version) = (text(&record, "name"), version_of(&record)) else { continue };
            if number(&record, "until").is_some_and(|until| until as i64 <= now.0) {
                // What cannot be removed now is removed the next time.
                let _ = database::remove_draft(&name, version).await;
            } else if text(&record, "whose").as_ref() == Some(&self.whose) {
                match self.unseal(&record).await {
                    Ok(bytes) => contents.opened.push(Opened { name, version, bytes }),
                    Err(problem) => contents.shut.push(Shut { name, version, code: problem }),
                }
            }
        }
        Ok(contents)
    }

    /// One draft as it is now; `None` when it is gone.
    ///
    /// # Errors
    /// `APP-012` to `APP-014`.
    pub async fn read(&self, name: &str) -> Result<Option<Opened>, Problem> {
        let record = database::draft(name).await.map_err(not_kept)?;
        if record.is_undefined() {
            return Ok(None);
        }
        let bytes = self.unseal(&record).await.map_err(Problem::new)?;
        Ok(Some(Opened { name: name.to_owned(), version: version_of(&record), bytes }))
    }

    /// Seals a draft into the place of the one with this version (0 = a new one). Without `until` it is never
    /// cleared by time. The new version.
    ///
    /// # Errors
    /// `APP-012`; `APP-015` when another tab was first, and then nothing was written.
    pub async fn write(
        &self,
        name: &str,
        version: u32,
        bytes: &[u8],
        until: Option<Time>,
    ) -> Result<u32, Problem> {
        let sealed = self.seal(name, bytes).await.map_err(|_| Problem::new(NO_CRYPTO))?;
        let until = until.map_or(JsValue::UNDEFINED, |until| JsValue::from_f64(until.0 as f64));
        let record = object(&[
            ("name", &name.into()),
            ("version", &(version + 1).into()),
            ("whose", &self.whose.as_str().into()),
            ("lock", &self.lock.as_str().into()),
            ("until", &until),
            ("nonce", &sealed.0),
            ("sealed", &sealed.1),
        ]);
        match database::put_draft(name, version, &record).await {
            Ok(true) => Ok(version + 1),
            Ok(false) => Err(Problem::new(OTHER_TAB)),
            Err(error) => Err(not_kept(error)),
        }
    }

    async fn seal(&self, name: &str, bytes: &[u8]) -> Result<(Uint8Array, JsValue), JsValue> {
        let mut nonce = [0; NONCE];
        device::fill(&mut nonce).ok_or(JsValue::UNDEFINED)?;
        let nonce = Uint8Array::from(nonce.as_slice());
        let sealed = subtle()?.encrypt_with_object_and_u8_array(&gcm(&nonce, name), &self.key, bytes)?;
        Ok((nonce, JsFuture::from(sealed).await?))
    }

    async fn unseal(&self, record: &JsValue) -> Result<Vec<u8>, &'static str> {
        if text(record, "lock").as_ref() != Some(&self.lock) {
            return Err(OTHER_PASSWORD);
        }
        let opened = async {
            let nonce: Uint8Array = Reflect::get(record, &"nonce".into())?.dyn_into()?;
            let sealed = Reflect::get(record, &"sealed".into())?;
            let name = text(record, "name").unwrap_or_default();
            let sealed = Uint8Array::new(&sealed);
            let promise =
                subtle()?.decrypt_with_object_and_buffer_source(&gcm(&nonce, &name), &self.key, &sealed)?;
            Ok::<_, JsValue>(Uint8Array::new(&JsFuture::from(promise).await?).to_vec())
        };
        opened.await.map_err(|_| BROKEN)
    }
}

/// Removes a draft, with whatever is in it.
///
/// # Errors
/// `APP-012`; `APP-015` when another tab was first.
pub async fn remove(name: &str, version: u32) -> Result<(), Problem> {
    match database::remove_draft(name, version).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(Problem::new(OTHER_TAB)),
        Err(error) => Err(not_kept(error)),
    }
}

/// The name is sealed in with the text: a record cannot be put in the place of another.
fn gcm(nonce: &Uint8Array, name: &str) -> js_sys::Object {
    let bound = Uint8Array::from(name.as_bytes());
    object(&[("name", &"AES-GCM".into()), ("iv", nonce), ("additionalData", &bound)])
}

async fn device_share() -> Result<CryptoKey, Problem> {
    let kept = database::read(Record::Share).await.map_err(not_kept)?;
    if let Ok(key) = kept.dyn_into::<CryptoKey>() {
        return Ok(key);
    }
    let made = async {
        let usages = Array::of1(&"sign".into());
        let key = subtle()?.generate_key_with_object(&hmac(), false, &usages)?;
        JsFuture::from(key).await
    };
    let made = made.await.map_err(|_| Problem::new(NO_CRYPTO))?;
    Ok(database::first(Record::Share, &made).await.map_err(not_kept)?.into())
}

async fn mac(key: &CryptoKey, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, JsValue> {
    let promise = subtle()?.sign_with_str_and_u8_array("HMAC", key, bytes)?;
    Ok(Zeroizing::new(Uint8Array::new(&JsFuture::from(promise).await?).to_vec()))
}

/// What a hash is for stands before what is hashed.
fn labelled(label: &[u8], of: &[u8]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new([label, of].concat())
}

fn not_kept(_: JsValue) -> Problem {
    Problem::new(NOT_KEPT)
}

fn number(record: &JsValue, name: &str) -> Option<f64> {
    Reflect::get(record, &JsValue::from_str(name)).ok()?.as_f64()
}
