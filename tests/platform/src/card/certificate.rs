//! A card's certificate: as it came, and as it stands after every check but the signature on the challenge.

use super::Trust;
use aws_lc_rs::digest::{Digest, SHA256};
use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use der::oid::AssociatedOid;
use der::oid::db::{rfc5280, rfc5912};
use der::{Decode, Encode, Reader, SliceReader};
use kakehashi_domain::calendar::Time;
use x509_cert::Certificate;
use x509_cert::ext::pkix::certpolicy::CertificatePolicies;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages, SubjectKeyIdentifier,
};

/// Extensions whose meaning is checked here; another critical one is a reason to refuse.
const KNOWN: [der::oid::ObjectIdentifier; 6] = [
    KeyUsage::OID,
    ExtendedKeyUsage::OID,
    CertificatePolicies::OID,
    AuthorityKeyIdentifier::OID,
    SubjectKeyIdentifier::OID,
    BasicConstraints::OID,
];

/// A certificate that somebody sent. It proves nothing yet.
pub(super) struct UnverifiedCertificate {
    pub(super) parsed: Certificate,
    /// The signed part, as it came.
    tbs: Vec<u8>,
}

/// A certificate of a pinned root, in its time, of the right kind, not taken back.
#[derive(Debug)]
pub(super) struct VerifiedCertificate {
    spki: Vec<u8>,
    public_key: Vec<u8>,
}

/// Why a certificate does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// Not signed by a pinned root.
    Issuer,
    /// Out of its time, or its root is.
    Expired,
    /// Not an 利用者証明用証明書.
    Kind,
    /// Taken back.
    Revoked,
}

impl Flaw {
    /// The business error to answer.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Issuer => "UPS-205",
            Self::Expired => "UPS-203",
            Self::Kind => "UPS-207",
            Self::Revoked => "UPS-204",
        }
    }
}

impl UnverifiedCertificate {
    /// Reads DER; `None` when it is no certificate.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let parsed = Certificate::from_der(bytes).ok()?;
        Some(Self { tbs: signed_part(bytes).ok()?, parsed })
    }

    /// Checks issuer, time, kind and revocation, in this order.
    pub(super) fn verify(self, trust: &Trust, policy: &str, now: Time) -> Result<VerifiedCertificate, Flaw> {
        let fields = &self.parsed.tbs_certificate;
        let root = trust.root_of(&self.parsed).ok_or(Flaw::Issuer)?;
        let signature = self.parsed.signature.as_bytes().ok_or(Flaw::Issuer)?;
        let algorithms = [self.parsed.signature_algorithm.oid, fields.signature.oid];
        if algorithms != [rfc5912::SHA_256_WITH_RSA_ENCRYPTION; 2] || !root.signed(&self.tbs, signature) {
            return Err(Flaw::Issuer);
        }
        if !(within(&self.parsed, now) && root.valid_at(now)) {
            return Err(Flaw::Expired);
        }
        if !is_auth(&self.parsed, policy) {
            return Err(Flaw::Kind);
        }
        if root.has_revoked(&fields.serial_number) {
            return Err(Flaw::Revoked);
        }
        let key = &fields.subject_public_key_info;
        if key.algorithm.oid != rfc5912::RSA_ENCRYPTION {
            return Err(Flaw::Kind);
        }
        let public_key = key.subject_public_key.as_bytes().ok_or(Flaw::Kind)?.to_vec();
        let spki = key.to_der().map_err(|_| Flaw::Kind)?;
        Ok(VerifiedCertificate { spki, public_key })
    }
}

impl VerifiedCertificate {
    /// The public key with its algorithm, by which a person is bound.
    pub(super) fn spki(&self) -> &[u8] {
        &self.spki
    }

    /// Whether the card signed this hash: it stands in the signature's DigestInfo.
    pub(super) fn signed_hash(&self, hash: &[u8; 32], signature: &[u8]) -> bool {
        Digest::import_less_safe(hash, &SHA256).is_ok_and(|digest| {
            UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.public_key)
                .verify_digest(&digest, signature)
                .is_ok()
        })
    }
}

/// Whether a time lies in a certificate's validity, both ends counted in.
pub(super) fn within(certificate: &Certificate, now: Time) -> bool {
    let validity = &certificate.tbs_certificate.validity;
    u64::try_from(now.0).is_ok_and(|now| {
        validity.not_before.to_unix_duration().as_secs() <= now
            && now <= validity.not_after.to_unix_duration().as_secs()
    })
}

/// The first part of a SEQUENCE, byte for byte: what certificates and revocation lists sign.
pub(super) fn signed_part(bytes: &[u8]) -> der::Result<Vec<u8>> {
    let mut outer = SliceReader::new(bytes)?;
    outer.sequence(|inner| {
        let part = inner.tlv_bytes()?.to_vec();
        while !inner.is_finished() {
            inner.tlv_bytes()?;
        }
        Ok(part)
    })
}

/// Key usage, extended key usage and policy of an 利用者証明用証明書, and nothing critical that is unknown.
fn is_auth(certificate: &Certificate, policy: &str) -> bool {
    let fields = &certificate.tbs_certificate;
    let extensions = fields.extensions.as_deref().unwrap_or_default();
    let unknown =
        extensions.iter().any(|extension| extension.critical && !KNOWN.contains(&extension.extn_id));
    let key_usage = matches!(fields.get::<KeyUsage>(), Ok(Some((_, usage)))
        if usage.0 == KeyUsages::DigitalSignature);
    let client = matches!(fields.get::<ExtendedKeyUsage>(), Ok(Some((_, usages)))
        if usages.0.contains(&rfc5280::ID_KP_CLIENT_AUTH));
    let policies = matches!(fields.get::<CertificatePolicies>(), Ok(Some((_, policies)))
        if policies.0.iter().any(|info| info.policy_identifier.to_string() == policy));
    let authority = matches!(fields.get::<BasicConstraints>(), Ok(Some((_, constraints))) if constraints.ca);
    !unknown && key_usage && client && policies && !authority
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_signed_part_is_taken_byte_for_byte() {
        assert_eq!(signed_part(&[0x30, 5, 0x30, 1, 0xFF, 5, 0]).unwrap(), [0x30, 1, 0xFF]);
        assert!(signed_part(&[0x30, 5, 0x30, 1, 0xFF, 5]).is_err());
        assert!(signed_part(&[0x30, 4, 0x30, 1, 0xFF, 5, 0]).is_err());
    }

    proptest! {
        #[test]
        fn whatever_comes_is_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(UnverifiedCertificate::read(&bytes).is_none());
            let _ = signed_part(&bytes);
        }
    }
}
