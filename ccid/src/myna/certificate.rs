//! The certificate a card shows: [`UnverifiedCertificate`] → checks → [`VerifiedCertificate`].
//!
//! The checks, in this order: form, issuer, signature, time, key usage, policy, unknown critical extensions,
//! algorithm. Each has its own [`Flaw`]. Whether the certificate was taken back (失効) is not among them: only
//! the upstream may ask for that. What passes here is a key that the pinned root has certified, no more.
//!
//! Two things of a certificate are never given out, because nobody may keep them: its number (発行の番号) and
//! its holder's name.

mod algorithm;
mod der;
mod extensions;
mod fields;
mod flaw;
mod judge;
mod time;
#[cfg(target_arch = "wasm32")]
mod webcrypto;

use std::fmt;

use sha2::{Digest, Sha256};

pub use algorithm::{Algorithm, Hash, KeyAlgorithm};
pub use flaw::Flaw;
pub use judge::{NotJudged, SignatureJudge, plain_ecdsa};
#[cfg(target_arch = "wasm32")]
pub use webcrypto::WebCrypto;

use super::roots::Roots;
use fields::Fields;
pub(super) use time::{Validity, days_of};

const DAY: i64 = 86_400;

/// A certificate as it came. It proves nothing yet.
pub struct UnverifiedCertificate<'a>(Fields<'a>);

/// A certificate of a pinned root, in its time, of the right kind. Whether it was taken back is not known.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifiedCertificate {
    validity: Validity,
    key: KeyAlgorithm,
    spki: Vec<u8>,
}

impl<'a> UnverifiedCertificate<'a> {
    /// Reads DER.
    ///
    /// # Errors
    /// [`Flaw::Form`].
    pub fn parse(der: &'a [u8]) -> Result<Self, Flaw> {
        Fields::read(der).map(Self)
    }

    /// The kind of its key; `None` for one not known here.
    pub const fn key(&self) -> Option<KeyAlgorithm> {
        self.0.key
    }

    /// Checks it at an instant (seconds since 1970) against the roots; the judge checks the signature.
    ///
    /// # Errors
    /// The first check that failed.
    pub async fn verify(
        self,
        roots: &Roots,
        at: i64,
        judge: &impl SignatureJudge,
    ) -> Result<VerifiedCertificate, Flaw> {
        let fields = self.0;
        let named = fields.extensions.authority_key.ok_or(Flaw::Issuer)?;
        let root = roots.issuer(named, fields.issuer).ok_or(Flaw::Issuer)?;
        let signed = fields.algorithm.ok_or(Flaw::Algorithm)?;
        let algorithm = signed.by(root.key).ok_or(Flaw::Signature)?;
        match judge.verify(algorithm, &root.spki, fields.signed, fields.signature).await {
            Ok(true) => {}
            Ok(false) => return Err(Flaw::Signature),
            Err(NotJudged(why)) => return Err(Flaw::NotJudged(why)),
        }
        within(fields.validity, at, Flaw::NotYetValid, Flaw::Expired)?;
        within(root.validity, at, Flaw::RootNotYetValid, Flaw::RootExpired)?;
        let extensions = &fields.extensions;
        if !extensions.only_signs() || !extensions.client_auth || extensions.authority {
            return Err(Flaw::Usage);
        }
        if !extensions.has_policy(roots.hierarchy().policy()) {
            return Err(Flaw::Policy);
        }
        if extensions.unknown_critical {
            return Err(Flaw::UnknownCritical);
        }
        let key = fields.key.ok_or(Flaw::Algorithm)?;
        Ok(VerifiedCertificate { validity: fields.validity, key, spki: fields.spki.to_vec() })
    }

    /// What a root is, when this certificate is one's own: signs certificates, names its key, bears the name
    /// of its issuer.
    pub(super) fn into_root(self) -> Result<super::roots::Root, Flaw> {
        let Fields { extensions, issuer, subject, validity, spki, key, .. } = self.0;
        let key_id = extensions.subject_key.filter(|_| issuer == subject).ok_or(Flaw::Issuer)?;
        if !extensions.authority || !extensions.signs_certificates() {
            return Err(Flaw::Usage);
        }
        if extensions.unknown_critical {
            return Err(Flaw::UnknownCritical);
        }
        Ok(super::roots::Root {
            key_id: key_id.to_vec(),
            name: subject.to_vec(),
            validity,
            key: key.ok_or(Flaw::Algorithm)?,
            spki: spki.to_vec(),
        })
    }
}

fn within(
    validity: Validity,
    at: i64,
    before: impl Fn(i64) -> Flaw,
    after: impl Fn(i64) -> Flaw,
) -> Result<(), Flaw> {
    match () {
        () if at < validity.from => Err(before(validity.from)),
        () if at > validity.until => Err(after(validity.until)),
        () => Ok(()),
    }
}

impl VerifiedCertificate {
    /// The kind of its key.
    pub const fn key(&self) -> KeyAlgorithm {
        self.key
    }

    /// Its last second, in seconds since 1970.
    pub const fn until(&self) -> i64 {
        self.validity.until
    }

    /// Whole days left at an instant: 0 on the last day, less than 0 afterwards. Certificates of cards end at
    /// 23:59:59 in Japan, so that these are days of the calendar there.
    pub const fn days_left(&self, at: i64) -> i64 {
        (self.validity.until - at).div_euclid(DAY)
    }

    /// SHA-256 of the public key (SubjectPublicKeyInfo, DER), by which a key is known again.
    pub fn key_hash(&self) -> [u8; 32] {
        Sha256::digest(&self.spki).into()
    }

    /// Whether its key has signed this message over SHA-256: a test of the card that needs no upstream.
    ///
    /// # Errors
    /// When the judge cannot tell.
    pub async fn has_signed(
        &self,
        message: &[u8],
        signature: &[u8],
        judge: &impl SignatureJudge,
    ) -> Result<bool, NotJudged> {
        let algorithm = Algorithm { key: self.key, hash: Hash::Sha256 };
        judge.verify(algorithm, &self.spki, message, signature).await
    }
}

impl fmt::Debug for UnverifiedCertificate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnverifiedCertificate")
    }
}

impl fmt::Debug for VerifiedCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VerifiedCertificate")
    }
}

#[cfg(test)]
mod tests;
