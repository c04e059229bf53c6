//! Certificates as they are wanted, good or bad.

use std::str::FromStr;
use std::time::Duration;

use x509_cert::Certificate;
use x509_cert::certificate::{TbsCertificate, Version};
use x509_cert::der::asn1::{BitString, OctetString};
use x509_cert::der::oid::{AssociatedOid, ObjectIdentifier};
use x509_cert::der::{DateTime, Encode};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::certpolicy::{CertificatePolicies, PolicyInformation};
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages, SubjectKeyIdentifier,
};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::SubjectPublicKeyInfoOwned;
use x509_cert::time::{Time, Validity};

use super::NOW;
use super::keys::{self, Key};

pub(super) const YEAR: i64 = 365 * 86_400;
pub(super) const TEST_POLICY: &str = "1.2.392.200149.8.5.1.0.30";
pub(super) const CLIENT_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.2");
/// The one name of all roots.
pub(super) const ROOT: &str = "OU=Invented Agency,OU=JPKI for user authentication,O=JPKI-TEST,C=JP";
/// The holder: nobody.
pub(super) const HOLDER: &str = "CN=NOBODY0001,C=JP";

/// A certificate to be made.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) signer: &'static Key,
    pub(super) version: Version,
    pub(super) serial: Vec<u8>,
    pub(super) issuer: String,
    pub(super) subject: String,
    pub(super) from: i64,
    pub(super) until: i64,
    pub(super) spki: SubjectPublicKeyInfoOwned,
    /// The signature algorithm told within and without.
    pub(super) told: [ObjectIdentifier; 2],
    pub(super) extensions: Vec<Extension>,
}

/// The key identifier of a key: here, some bytes of it.
pub(super) fn key_id(key: &Key) -> Vec<u8> {
    let bits = key.spki().subject_public_key;
    bits.raw_bytes()[20..40].to_vec()
}

pub(super) fn extension<T: Encode + AssociatedOid>(critical: bool, value: &T) -> Extension {
    raw(T::OID, critical, &value.to_der().unwrap())
}

pub(super) fn raw(extn_id: ObjectIdentifier, critical: bool, value: &[u8]) -> Extension {
    Extension { extn_id, critical, extn_value: OctetString::new(value).unwrap() }
}

pub(super) fn policies(named: &[&str]) -> Extension {
    let list = named.iter().map(|oid| PolicyInformation {
        policy_identifier: ObjectIdentifier::new_unwrap(oid),
        policy_qualifiers: None,
    });
    extension(true, &CertificatePolicies(list.collect()))
}

pub(super) fn authority_key(id: &[u8]) -> Extension {
    let key_identifier = Some(OctetString::new(id).unwrap());
    extension(
        false,
        &AuthorityKeyIdentifier {
            key_identifier,
            authority_cert_issuer: None,
            authority_cert_serial_number: None,
        },
    )
}

impl Wanted {
    /// A good 利用者証明用証明書 of the newer generation, with the extensions test cards bear.
    pub(super) fn good() -> Self {
        Self::under(keys::newer())
    }

    pub(super) fn under(signer: &'static Key) -> Self {
        Self {
            signer,
            version: Version::V3,
            serial: vec![0x5E, 0x41, 0xA1],
            issuer: ROOT.into(),
            subject: HOLDER.into(),
            from: NOW - YEAR,
            until: NOW + 4 * YEAR,
            spki: keys::older().spki(),
            told: [signer.algorithm(); 2],
            extensions: vec![
                extension(true, &KeyUsage(KeyUsages::DigitalSignature.into())),
                extension(false, &ExtendedKeyUsage(vec![CLIENT_AUTH])),
                policies(&[TEST_POLICY]),
                authority_key(&key_id(signer)),
                extension(false, &SubjectKeyIdentifier(OctetString::new([9; 20]).unwrap())),
            ],
        }
    }

    /// The same with another extension in the place of one of its kind, or added to them.
    pub(super) fn with(mut self, extension: Extension) -> Self {
        self.extensions.retain(|it| it.extn_id != extension.extn_id);
        self.extensions.push(extension);
        self
    }

    pub(super) fn without(mut self, oid: ObjectIdentifier) -> Self {
        self.extensions.retain(|it| it.extn_id != oid);
        self
    }

    pub(super) fn tbs(&self) -> TbsCertificate {
        TbsCertificate {
            version: self.version,
            serial_number: SerialNumber::new(&self.serial).unwrap(),
            signature: keys::identifier(self.told[0]),
            issuer: Name::from_str(&self.issuer).unwrap(),
            validity: Validity { not_before: time(self.from), not_after: time(self.until) },
            subject: Name::from_str(&self.subject).unwrap(),
            subject_public_key_info: self.spki.clone(),
            issuer_unique_id: None,
            subject_unique_id: None,
            extensions: Some(self.extensions.clone()).filter(|list| !list.is_empty()),
        }
    }

    pub(super) fn make(&self) -> Vec<u8> {
        let tbs_certificate = self.tbs();
        let signature = self.signer.sign(&tbs_certificate.to_der().unwrap());
        let certificate = Certificate {
            tbs_certificate,
            signature_algorithm: keys::identifier(self.told[1]),
            signature: BitString::from_bytes(&signature).unwrap(),
        };
        certificate.to_der().unwrap()
    }
}

pub(super) fn time(seconds: i64) -> Time {
    let time = DateTime::from_unix_duration(Duration::from_secs(seconds.try_into().unwrap())).unwrap();
    Time::try_from(time.to_system_time()).unwrap()
}

/// A root over its own key.
pub(super) fn root_wanted(key: &'static Key) -> Wanted {
    let authority = BasicConstraints { ca: true, path_len_constraint: None };
    Wanted {
        subject: ROOT.into(),
        from: NOW - 5 * YEAR,
        until: NOW + 5 * YEAR,
        spki: key.spki(),
        extensions: vec![
            extension(true, &KeyUsage(KeyUsages::KeyCertSign | KeyUsages::CRLSign)),
            extension(true, &authority),
            extension(false, &SubjectKeyIdentifier(OctetString::new(key_id(key)).unwrap())),
        ],
        ..Wanted::under(key)
    }
}

pub(super) fn root(key: &'static Key) -> Vec<u8> {
    root_wanted(key).make()
}
