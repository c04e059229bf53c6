//! The development PKI: a CA for the server, one for the offices, a test JPKI, and the virtual cards.
//!
//! Everything is made once, at random, for this machine: nothing of it is worth anything elsewhere.

mod authority;
mod cards;
pub mod jpki;
mod offices;

use crate::layout::{self, Layout};
use crate::{Clock, PlatformError, SystemClock};
use authority::{Authority, Validity, name};
use base64ct::{Base64UrlUnpadded, Encoding};
use kakehashi_domain::calendar::Time;
use rcgen::{CertificateParams, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose};
use serde::{Deserialize, Serialize};
use std::fs;

/// Raised when what is made changes, so that an older directory is made anew.
const VERSION: u32 = 3;
/// Made anew after so many days, long before anything in it expires.
const DAYS: i64 = 300;
const DAY: i64 = 86_400;

/// Says that everything was made; written last.
#[derive(Serialize, Deserialize)]
struct Made {
    version: u32,
    made_at: Time,
}

/// Makes keys, certificates and cards below a directory; nothing twice. Tells whether anything was made.
///
/// # Errors
/// When a file cannot be written or a key cannot be made.
pub fn make(layout: &Layout) -> Result<bool, PlatformError> {
    let now = SystemClock.now();
    let mark = layout.pki().join("made.json");
    let made = fs::read_to_string(&mark).ok().and_then(|text| serde_json::from_str::<Made>(&text).ok());
    if made.is_some_and(|made| made.version == VERSION && now < made.made_at.plus(DAYS * DAY)) {
        return Ok(false);
    }
    let _ = fs::remove_file(&mark);
    server(layout, now)?;
    offices::make(layout, now)?;
    let jpki = jpki::Jpki::make(&layout.jpki(), now)?;
    cards::make(layout, &jpki, now)?;
    let key = crate::secret::random_bytes::<32>().map_err(PlatformError::pki)?;
    layout::write_secret(&layout.installation_key(), &Base64UrlUnpadded::encode_string(&key))?;
    let made = serde_json::to_string(&Made { version: VERSION, made_at: now }).map_err(PlatformError::pki)?;
    layout::write(&mark, &made)?;
    Ok(true)
}

/// The server's CA and certificate, and that of receipts.
fn server(layout: &Layout, now: Time) -> Result<(), PlatformError> {
    let key = || KeyPair::generate().map_err(PlatformError::pki);
    let ca =
        Authority::root(name("Kakehashi sandbox", "Sandbox server CA"), key()?, Validity::years(now, 3))?;
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    let mut params = CertificateParams::new(names).map_err(PlatformError::pki)?;
    params.distinguished_name = name("Kakehashi sandbox", "localhost");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    Validity::years(now, 2).set(&mut params);
    let server_key = key()?;
    let certificate = ca.issue(params, &server_key)?;
    layout::write(&layout.ca(), &ca.pem())?;
    layout::write(&layout.pki().join("server.pem"), &certificate.pem())?;
    layout::write_secret(&layout.pki().join("server.key"), &server_key.serialize_pem())?;
    receipts(layout, &ca, now)
}

/// The key that receipts and decisions of 届出 are signed with.
fn receipts(layout: &Layout, ca: &Authority, now: Time) -> Result<(), PlatformError> {
    let mut params = CertificateParams::default();
    params.distinguished_name = name("Kakehashi sandbox", "Sandbox filing receipts");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::ContentCommitment];
    Validity::years(now, 2).set(&mut params);
    let key = KeyPair::generate().map_err(PlatformError::pki)?;
    let certificate = ca.issue(params, &key)?;
    layout::write(&layout.receipts().join("cert.pem"), &certificate.pem())?;
    layout::write_secret(&layout.receipts().join("key.pem"), &key.serialize_pem())
}
