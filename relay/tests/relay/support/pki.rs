//! Two authorities: the upstream's server's, and that of the offices.

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, date_time_ymd,
};
use std::sync::Arc;

#[derive(Clone)]
pub(crate) struct Pki {
    server: Arc<Authority>,
    offices: Arc<Authority>,
}

struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

/// Somebody with a certificate, both in PEM.
pub(crate) struct Party {
    pub(crate) certificate: String,
    pub(crate) key: String,
}

impl Pki {
    pub(crate) fn new() -> Self {
        Self { server: Arc::new(authority("server CA")), offices: Arc::new(authority("office CA")) }
    }

    pub(crate) fn server_ca_pem(&self) -> &str {
        &self.server.pem
    }

    pub(crate) fn office_ca_pem(&self) -> &str {
        &self.offices.pem
    }

    /// The upstream itself.
    pub(crate) fn server(&self, name: &str) -> Party {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        sign(params, &self.server)
    }

    /// An office.
    pub(crate) fn office(&self, number: &str) -> Party {
        sign(office(number), &self.offices)
    }

    /// An office whose certificate ran out long ago.
    pub(crate) fn expired(&self, number: &str) -> Party {
        let mut params = office(number);
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2021, 1, 1);
        sign(params, &self.offices)
    }

    /// An office whose certificate is not valid yet.
    pub(crate) fn early(&self, number: &str) -> Party {
        let mut params = office(number);
        params.not_before = date_time_ymd(2090, 1, 1);
        params.not_after = date_time_ymd(2091, 1, 1);
        sign(params, &self.offices)
    }
}

fn authority(name: &str) -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let pem = params.self_signed(&key).unwrap().pem();
    Authority { pem, issuer: Issuer::new(params, key) }
}

fn office(number: &str) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "架空の事業所");
    params.distinguished_name.push(DnType::CustomDnType(vec![2, 5, 4, 5]), number);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    params
}

fn sign(params: CertificateParams, authority: &Authority) -> Party {
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, &authority.issuer).unwrap();
    Party { certificate: certificate.pem(), key: key.serialize_pem() }
}
