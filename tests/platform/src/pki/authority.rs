//! A certificate authority whose key is at hand.

use crate::PlatformError;
use kakehashi_domain::calendar::Time;
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertificateRevocationList,
    CertificateRevocationListParams, CustomExtension, DistinguishedName, DnType, IsCa, Issuer, KeyIdMethod,
    KeyPair, KeyUsagePurpose, PublicKeyData, RevocationReason, RevokedCertParams, SerialNumber,
    date_time_ymd,
};
use std::time::Duration;

/// From when till when, unix seconds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Validity {
    pub(super) from: Time,
    pub(super) to: Time,
}

impl Validity {
    /// From yesterday (clocks differ) for so many years.
    pub(super) fn years(now: Time, years: i64) -> Self {
        Self::around(now, 1, years * 365)
    }

    /// From so many days ago for so many days more; negative days turn the direction.
    pub(super) fn around(now: Time, days_ago: i64, days_more: i64) -> Self {
        Self { from: now.plus(-days_ago * 86_400), to: now.plus(days_more * 86_400) }
    }

    pub(super) fn set(self, params: &mut CertificateParams) {
        // rcgen speaks the `time` crate; from 1970 on, adding seconds needs nothing of it.
        let at = |time: Time| {
            date_time_ymd(1970, 1, 1) + Duration::from_secs(u64::try_from(time.0).unwrap_or_default())
        };
        params.not_before = at(self.from);
        params.not_after = at(self.to);
    }
}

/// A name of organisation and common name.
pub(super) fn name(organisation: &str, common: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::OrganizationName, organisation);
    name.push(DnType::CommonName, common);
    name
}

/// A self-signed authority.
#[derive(Debug)]
pub(super) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
    key_method: KeyIdMethod,
}

impl Authority {
    /// A new root.
    pub(super) fn root(
        name: DistinguishedName,
        key: KeyPair,
        validity: Validity,
    ) -> Result<Self, PlatformError> {
        let mut params = Self::params(name);
        validity.set(&mut params);
        let certificate = params.self_signed(&key).map_err(PlatformError::pki)?;
        Ok(Self::assemble(params, key, certificate.pem()))
    }

    /// A root made before, from its name, key and certificate.
    pub(super) fn load(name: DistinguishedName, key: KeyPair, pem: String) -> Self {
        Self::assemble(Self::params(name), key, pem)
    }

    /// Names another key as its own in what it issues: what a forger would do.
    pub(super) fn claiming_key_id(
        mut self,
        params: DistinguishedName,
        id: Vec<u8>,
    ) -> Result<Self, PlatformError> {
        let key = KeyPair::from_pem(&self.issuer.key().serialize_pem()).map_err(PlatformError::pki)?;
        let mut params = Self::params(params);
        params.key_identifier_method = KeyIdMethod::PreSpecified(id);
        self.key_method = params.key_identifier_method.clone();
        self.issuer = Issuer::new(params, key);
        Ok(self)
    }

    fn params(name: DistinguishedName) -> CertificateParams {
        let mut params = CertificateParams::default();
        params.distinguished_name = name;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        params
    }

    fn assemble(params: CertificateParams, key: KeyPair, pem: String) -> Self {
        let key_method = params.key_identifier_method.clone();
        Self { issuer: Issuer::new(params, key), pem, key_method }
    }

    /// Its certificate.
    pub(super) fn pem(&self) -> String {
        self.pem.clone()
    }

    /// Its key.
    pub(super) fn key(&self) -> &KeyPair {
        self.issuer.key()
    }

    /// The key identifier that stands in what it issues.
    pub(super) fn key_id(&self) -> Vec<u8> {
        key_id(&self.key_method, self.issuer.key())
    }

    /// A certificate for a key, with AKI and SKI and a random serial number.
    pub(super) fn issue(
        &self,
        mut params: CertificateParams,
        key: &impl PublicKeyData,
    ) -> Result<Certificate, PlatformError> {
        params.use_authority_key_identifier_extension = true;
        // rcgen writes an SKI into CA certificates only.
        let id = key_id(&KeyIdMethod::Sha256, key);
        let mut octets = vec![0x04, u8::try_from(id.len()).map_err(PlatformError::pki)?];
        octets.extend(id);
        params.custom_extensions.push(CustomExtension::from_oid_content(&[2, 5, 29, 14], octets));
        if params.serial_number.is_none() {
            params.serial_number = Some(serial()?);
        }
        params.signed_by(key, &self.issuer).map_err(PlatformError::pki)
    }

    /// The list of what it has taken back.
    pub(super) fn revocation_list(
        &self,
        revoked: &[SerialNumber],
        validity: Validity,
    ) -> Result<CertificateRevocationList, PlatformError> {
        let mut dates = CertificateParams::default();
        validity.set(&mut dates);
        let revoked_certs = revoked
            .iter()
            .map(|serial| RevokedCertParams {
                serial_number: serial.clone(),
                revocation_time: dates.not_before,
                reason_code: Some(RevocationReason::Superseded),
                invalidity_date: None,
            })
            .collect();
        CertificateRevocationListParams {
            this_update: dates.not_before,
            next_update: dates.not_after,
            crl_number: SerialNumber::from(1),
            issuing_distribution_point: None,
            revoked_certs,
            key_identifier_method: self.key_method.clone(),
        }
        .signed_by(&self.issuer)
        .map_err(PlatformError::pki)
    }
}

/// 16 random bytes, positive.
pub(super) fn serial() -> Result<SerialNumber, PlatformError> {
    let mut bytes = crate::secret::random_bytes::<16>().map_err(PlatformError::pki)?;
    bytes[0] = (bytes[0] & 0x7F) | 0x40;
    Ok(SerialNumber::from_slice(&bytes))
}

fn key_id(method: &KeyIdMethod, key: &impl PublicKeyData) -> Vec<u8> {
    let mut params = CertificateParams::default();
    params.key_identifier_method = method.clone();
    params.key_identifier(key)
}
