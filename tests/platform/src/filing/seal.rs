//! What this service signs: receipts and decisions, with one key that has a certificate.

use crate::PlatformError;
use crate::layout::{self, Layout};
use crate::store::StoreError;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64ct::{Base64UrlUnpadded, Encoding};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::filing::{FilingKey, FilingNumber};
use kakehashi_domain::number::InsurerNumber;
use kakehashi_domain::upstream::{FilingState, Receipt, SignedText};
use rustls_pki_types::PrivatePkcs8KeyDer;
use rustls_pki_types::pem::PemObject;
use serde::Serialize;
use std::fmt;

/// Letters of a 受付番号: none that is taken for another one (Crockford).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The key, and its certificate for everybody who checks.
pub(crate) struct Seal {
    key: EcdsaKeyPair,
    certificate: String,
}

/// A filing that was received.
pub(super) struct Received<'a> {
    pub(super) number: &'a FilingNumber,
    pub(super) key: &'a FilingKey,
    pub(super) at: Time,
    /// Of the statement.
    pub(super) sha256: &'a str,
    /// Name of the insurer.
    pub(super) to: &'a str,
}

/// The sentence of a receipt.
#[derive(Serialize)]
struct Sentence<'a> {
    kind: &'static str,
    number: &'a FilingNumber,
    key: &'a FilingKey,
    received_at: Time,
    sha256: &'a str,
    to: &'a str,
}

/// A decision.
pub(super) struct Verdict<'a> {
    pub(super) number: &'a FilingNumber,
    pub(super) state: FilingState,
    /// Why it was sent back.
    pub(super) reason: Option<&'a str>,
    pub(super) on_certificate: bool,
    pub(super) at: Time,
    /// Of the statement; nothing of a filing on paper.
    pub(super) sha256: Option<&'a str>,
    /// The insurer, in words.
    pub(super) by: &'a str,
}

/// The sentence of a decision.
#[derive(Serialize)]
struct VerdictSentence<'a> {
    kind: &'static str,
    number: &'a FilingNumber,
    state: FilingState,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    on_certificate: bool,
    decided_at: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<&'a str>,
    by: &'a str,
}

impl Seal {
    /// Reads what `init` made.
    pub(crate) fn load(layout: &Layout) -> Result<Self, PlatformError> {
        let path = layout.receipts().join("key.pem");
        let der =
            PrivatePkcs8KeyDer::from_pem_file(&path).map_err(|error| PlatformError::content(&path, error))?;
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der.secret_pkcs8_der())
            .map_err(|error| PlatformError::content(&path, error))?;
        Ok(Self { key, certificate: layout::read(&layout.receipts().join("cert.pem"))? })
    }

    /// 受付の控え.
    pub(super) fn receipt(&self, received: &Received<'_>) -> Result<Receipt, StoreError> {
        let Received { number, key, at, sha256, to } = *received;
        let text = serde_json::to_string(&Sentence {
            kind: "kakehashi-receipt-v1",
            number,
            key,
            received_at: at,
            sha256,
            to,
        })
        .map_err(StoreError::other)?;
        Ok(Receipt {
            number: number.clone(),
            key: key.clone(),
            received_at: at,
            sha256: sha256.to_owned(),
            to: to.to_owned(),
            signature: self.sign(&text)?,
            text,
            certificate: self.certificate.clone(),
        })
    }

    /// 受理, 差戻し.
    pub(super) fn decision(&self, verdict: &Verdict<'_>) -> Result<SignedText, StoreError> {
        let Verdict { number, state, reason, on_certificate, at, sha256, by } = *verdict;
        let kind = "kakehashi-decision-v1";
        let sentence =
            VerdictSentence { kind, number, state, reason, on_certificate, decided_at: at, sha256, by };
        let text = serde_json::to_string(&sentence).map_err(StoreError::other)?;
        Ok(SignedText { signature: self.sign(&text)?, text, key: self.certificate.clone() })
    }

    fn sign(&self, text: &str) -> Result<String, StoreError> {
        let signature = self.key.sign(&SystemRandom::new(), text.as_bytes()).map_err(StoreError::other)?;
        Ok(Base64UrlUnpadded::encode_string(signature.as_ref()))
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal(…)")
    }
}

/// A new 受付番号: insurer, year, and forty bits of random bytes, so that it tells nothing of the person and
/// nothing of how many there are.
pub(crate) fn number(insurer: &InsurerNumber, now: Time, random: &[u8; 8]) -> FilingNumber {
    let letters: String = random
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(byte & 31)).map(|letter| char::from(*letter)))
        .collect();
    let (one, other) = letters.split_at(4);
    FilingNumber([insurer.as_str(), &now.date().year().to_string(), one, other].join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_says_insurer_and_year_and_no_more() {
        let insurer = InsurerNumber::parse("102046").unwrap();
        let number = |random| number(&insurer, Time(1_795_323_907), &random).0;
        assert_eq!(number([0, 1, 31, 32, 63, 255, 10, 18]), "102046-2026-01Z0-ZZAJ");
        assert_ne!(number([0; 8]), number([1; 8]));
    }
}
