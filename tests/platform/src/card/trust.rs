//! The pinned roots of the cards and what they have taken back.
//!
//! All roots bear one name. A certificate's root is the one whose key identifier it names, and whose key
//! really signed it; the name is never asked.

use super::certificate::{signed_part, within};
use crate::PlatformError;
use crate::layout;
use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use der::{Decode, DecodePem};
use kakehashi_domain::calendar::Time;
use rustls_pki_types::CertificateRevocationListDer;
use rustls_pki_types::pem::PemObject;
use std::collections::HashSet;
use std::path::Path;
use x509_cert::Certificate;
use x509_cert::crl::CertificateList;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, KeyUsage, KeyUsages, SubjectKeyIdentifier,
};
use x509_cert::serial_number::SerialNumber;

/// Pinned roots.
#[derive(Debug)]
pub(crate) struct Trust {
    roots: Vec<Root>,
}

/// One pinned root.
#[derive(Debug)]
pub(super) struct Root {
    certificate: Certificate,
    key_id: Vec<u8>,
    public_key: Vec<u8>,
    revoked: HashSet<Vec<u8>>,
}

impl Trust {
    /// Reads `root-N.pem` and `root-N.crl` of both generations.
    pub(crate) fn load(folder: &Path) -> Result<Self, PlatformError> {
        let roots = ["root-1", "root-2"].map(|name| Root::load(folder, name));
        Ok(Self { roots: roots.into_iter().collect::<Result<_, _>>()? })
    }

    /// The root whose key identifier a certificate names.
    pub(super) fn root_of(&self, certificate: &Certificate) -> Option<&Root> {
        let (_, named) = certificate.tbs_certificate.get::<AuthorityKeyIdentifier>().ok()??;
        let named = named.key_identifier?;
        self.roots.iter().find(|root| root.key_id == named.as_bytes())
    }
}

impl Root {
    fn load(folder: &Path, name: &str) -> Result<Self, PlatformError> {
        let path = folder.join(format!("{name}.pem"));
        let wrong = |why: &str| PlatformError::content(&path, why);
        let pem = layout::read(&path)?;
        let certificate =
            Certificate::from_pem(pem.as_bytes()).map_err(|error| PlatformError::content(&path, error))?;
        let fields = &certificate.tbs_certificate;
        let authority =
            matches!(fields.get::<BasicConstraints>(), Ok(Some((true, constraints))) if constraints.ca);
        let signs = matches!(fields.get::<KeyUsage>(), Ok(Some((_, usage)))
            if usage.0.contains(KeyUsages::KeyCertSign) && usage.0.contains(KeyUsages::CRLSign));
        if !authority || !signs {
            return Err(wrong("認証局の証明書ではありません"));
        }
        let key_id = match fields.get::<SubjectKeyIdentifier>() {
            Ok(Some((_, id))) => id.0.as_bytes().to_vec(),
            _ => return Err(wrong("鍵の識別子がありません")),
        };
        let key = fields.subject_public_key_info.subject_public_key.as_bytes();
        let public_key = key.ok_or_else(|| wrong("公開鍵がありません"))?.to_vec();
        let mut root = Self { certificate, key_id, public_key, revoked: HashSet::new() };
        root.revoked = root.revocations(&folder.join(format!("{name}.crl")))?;
        Ok(root)
    }

    /// Reads a revocation list; it must be this root's own.
    fn revocations(&self, path: &Path) -> Result<HashSet<Vec<u8>>, PlatformError> {
        let bytes = CertificateRevocationListDer::from_pem_file(path)
            .map_err(|error| PlatformError::content(path, error))?;
        let read = || -> der::Result<(CertificateList, Vec<u8>)> {
            Ok((CertificateList::from_der(&bytes)?, signed_part(&bytes)?))
        };
        let (list, part) = read().map_err(|error| PlatformError::content(path, error))?;
        if !list.signature.as_bytes().is_some_and(|signature| self.signed(&part, signature)) {
            return Err(PlatformError::content(path, "この認証局の署名ではありません"));
        }
        let revoked = list.tbs_cert_list.revoked_certificates.unwrap_or_default();
        Ok(revoked.iter().map(|entry| entry.serial_number.as_bytes().to_vec()).collect())
    }

    /// Whether this root's key signed these bytes.
    pub(super) fn signed(&self, bytes: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.public_key).verify(bytes, signature).is_ok()
    }

    /// Whether the root itself is in its time.
    pub(super) fn valid_at(&self, now: Time) -> bool {
        within(&self.certificate, now)
    }

    /// Whether it has taken a certificate back.
    pub(super) fn has_revoked(&self, serial: &SerialNumber) -> bool {
        self.revoked.contains(serial.as_bytes())
    }
}
