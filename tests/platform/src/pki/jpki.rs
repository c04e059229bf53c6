//! A test JPKI like the real one: several roots under one and the same name, no intermediates, RSA-2048.
//!
//! Because the roots share their name, a verifier that goes by name takes
//! the wrong root, or a stranger's. Here are two generations, and a stranger under the same name.

use super::authority::{Authority, Validity};
use crate::PlatformError;
use crate::layout;
use kakehashi_domain::calendar::Time;
use rcgen::string::PrintableString;
use rcgen::{
    CertificateParams, CustomExtension, DistinguishedName, DnType, DnValue, ExtendedKeyUsagePurpose, KeyPair,
    KeyUsagePurpose, PKCS_RSA_SHA256, RsaKeySize, SerialNumber,
};
use std::path::Path;

/// CertificatePolicies of test 利用者証明用証明書 (production: `….1.3.30`).
pub const TEST_AUTH_POLICY: &str = "1.2.392.200149.8.5.1.0.30";
/// Length of a certificate's life, days: five years.
const LIFE: i64 = 5 * 365;

/// The roots at hand.
#[derive(Debug)]
pub struct Jpki {
    /// Two generations, the older first.
    roots: [Authority; 2],
    /// A root of nobody known, under the same name.
    stranger: Authority,
}

/// Which root signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signer {
    /// The older generation.
    Older,
    /// The newer generation.
    Newer,
    /// A stranger under the same name.
    Stranger,
    /// A stranger who also claims the newer root's key identifier.
    Forger,
}

/// An 利用者証明用証明書 to be issued, with the extensions real test cards bear; tests change what they need to.
#[derive(Debug, Clone)]
pub struct AuthCertificate {
    /// Who signs.
    pub signer: Signer,
    /// The opaque name of the holder.
    pub common_name: String,
    /// First second.
    pub not_before: Time,
    /// Last second.
    pub not_after: Time,
    /// `digitalSignature`; or, when not, `nonRepudiation`, as 署名用証明書 have it.
    pub digital_signature: bool,
    /// Whether clientAuth is among the extended key usages.
    pub client_auth: bool,
    /// The policy.
    pub policy: String,
    /// Adds a critical extension that nobody knows.
    pub unknown_critical: bool,
}

impl AuthCertificate {
    /// A good one of the newer generation, a year old.
    pub fn good(common_name: &str, now: Time) -> Self {
        let validity = Validity::around(now, 365, LIFE - 365);
        Self {
            signer: Signer::Newer,
            common_name: common_name.to_owned(),
            not_before: validity.from,
            not_after: validity.to,
            digital_signature: true,
            client_auth: true,
            policy: TEST_AUTH_POLICY.to_owned(),
            unknown_critical: false,
        }
    }
}

/// A key and its certificate.
#[derive(Debug)]
pub struct Issued {
    /// PKCS#8 PEM.
    pub key: String,
    /// PEM.
    pub certificate: String,
    /// DER.
    pub der: Vec<u8>,
    /// The certificate of whoever signed it, PEM.
    pub ca: String,
    pub(super) serial: SerialNumber,
}

impl Jpki {
    /// New roots, written into a folder.
    pub(super) fn make(folder: &Path, now: Time) -> Result<Self, PlatformError> {
        let older = Validity::around(now, 7 * 365, 3 * 365);
        let newer = Validity::around(now, 3 * 365, 7 * 365);
        let root = |validity| Authority::root(auth_name()?, rsa()?, validity);
        let jpki = Self { roots: [root(older)?, root(newer)?], stranger: root(newer)? };
        for (file, authority) in jpki.files() {
            layout::write(&folder.join(format!("{file}.pem")), &authority.pem())?;
            layout::write_secret(&folder.join(format!("{file}.key")), &authority.key().serialize_pem())?;
        }
        Ok(jpki)
    }

    /// The roots of a folder.
    ///
    /// # Errors
    /// When a file is not there or holds something else.
    pub fn load(folder: &Path) -> Result<Self, PlatformError> {
        let load = |file: &str| {
            let key = layout::read(&folder.join(format!("{file}.key")))?;
            let key = KeyPair::from_pkcs8_pem_and_sign_algo(&key, &PKCS_RSA_SHA256);
            let pem = layout::read(&folder.join(format!("{file}.pem")))?;
            Ok::<_, PlatformError>(Authority::load(auth_name()?, key.map_err(PlatformError::pki)?, pem))
        };
        Ok(Self { roots: [load("root-1")?, load("root-2")?], stranger: load("stranger")? })
    }

    fn files(&self) -> [(&'static str, &Authority); 3] {
        [("root-1", &self.roots[0]), ("root-2", &self.roots[1]), ("stranger", &self.stranger)]
    }

    /// Issues a certificate with a new key.
    ///
    /// # Errors
    /// When the library refuses.
    pub fn issue(&self, wanted: &AuthCertificate) -> Result<Issued, PlatformError> {
        let forger;
        let authority = match wanted.signer {
            Signer::Older => &self.roots[0],
            Signer::Newer => &self.roots[1],
            Signer::Stranger => &self.stranger,
            Signer::Forger => {
                let [_, _, (_, stranger)] = self.files();
                let key =
                    KeyPair::from_pkcs8_pem_and_sign_algo(&stranger.key().serialize_pem(), &PKCS_RSA_SHA256);
                let copy =
                    Authority::load(auth_name()?, key.map_err(PlatformError::pki)?, self.roots[1].pem());
                forger = copy.claiming_key_id(auth_name()?, self.roots[1].key_id())?;
                &forger
            }
        };
        let key = rsa()?;
        let serial = super::authority::serial()?;
        let mut params = wanted.params()?;
        params.serial_number = Some(serial.clone());
        let certificate = authority.issue(params, &key)?;
        Ok(Issued {
            key: key.serialize_pem(),
            certificate: certificate.pem(),
            der: certificate.der().to_vec(),
            ca: authority.pem(),
            serial,
        })
    }

    /// Writes the lists of what each root has taken back.
    pub(super) fn write_revocation_lists(
        &self,
        folder: &Path,
        newer: &[SerialNumber],
        now: Time,
    ) -> Result<(), PlatformError> {
        for (file, authority, revoked) in
            [("root-1.crl", &self.roots[0], &[][..]), ("root-2.crl", &self.roots[1], newer)]
        {
            let list = authority.revocation_list(revoked, Validity::years(now, 2))?;
            layout::write(&folder.join(file), &list.pem().map_err(PlatformError::pki)?)?;
        }
        Ok(())
    }
}

impl AuthCertificate {
    fn params(&self) -> Result<CertificateParams, PlatformError> {
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CountryName, printable("JP")?);
        params.distinguished_name.push(DnType::CommonName, printable(&self.common_name)?);
        params.key_usages = vec![if self.digital_signature {
            KeyUsagePurpose::DigitalSignature
        } else {
            KeyUsagePurpose::ContentCommitment
        }];
        if self.client_auth {
            params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        }
        params.custom_extensions.push(policies(&self.policy)?);
        if self.unknown_critical {
            let mut unknown = CustomExtension::from_oid_content(&[1, 3, 6, 1, 4, 1, 99_999, 1], vec![5, 0]);
            unknown.set_criticality(true);
            params.custom_extensions.push(unknown);
        }
        Validity { from: self.not_before, to: self.not_after }.set(&mut params);
        Ok(params)
    }
}

/// The one name of all roots. `rcgen` keeps one value a type, so the second OU goes by its number.
fn auth_name() -> Result<DistinguishedName, PlatformError> {
    let mut name = DistinguishedName::new();
    name.push(DnType::CountryName, printable("JP")?);
    name.push(DnType::OrganizationName, "JPKI-TEST");
    name.push(DnType::OrganizationalUnitName, "JPKI for user authentication");
    let second = DnType::CustomDnType(vec![2, 5, 4, 11]);
    name.push(second, "Kakehashi sandbox, not the Japan Agency for Local Authority Information Systems");
    Ok(name)
}

fn printable(text: &str) -> Result<DnValue, PlatformError> {
    PrintableString::try_from(text).map(DnValue::PrintableString).map_err(PlatformError::pki)
}

fn rsa() -> Result<KeyPair, PlatformError> {
    KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).map_err(PlatformError::pki)
}

/// CertificatePolicies with one policy, critical.
fn policies(policy: &str) -> Result<CustomExtension, PlatformError> {
    use der::Encode;
    use der::oid::ObjectIdentifier;
    use x509_cert::ext::pkix::certpolicy::{CertificatePolicies, PolicyInformation};
    let policy_identifier = ObjectIdentifier::new(policy).map_err(PlatformError::pki)?;
    let policies =
        CertificatePolicies(vec![PolicyInformation { policy_identifier, policy_qualifiers: None }]);
    let content = policies.to_der().map_err(PlatformError::pki)?;
    let mut extension = CustomExtension::from_oid_content(&[2, 5, 29, 32], content);
    extension.set_criticality(true);
    Ok(extension)
}
