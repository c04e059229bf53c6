//! Client certificates of offices: good ones, and ones that must not pass.

use super::authority::{Authority, Validity, serial};
use crate::PlatformError;
use crate::layout::{self, Layout};
use crate::seed::offices::OFFICES;
use kakehashi_domain::calendar::Time;
use rcgen::{
    CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose,
    SerialNumber,
};
use std::path::Path;

/// Subject attribute `serialNumber` (X.520).
const SERIAL_NUMBER: &[u64] = &[2, 5, 4, 5];

/// The CA, its revocation list, a certificate for each office and the samples.
pub(super) fn make(layout: &Layout, now: Time) -> Result<(), PlatformError> {
    let name = super::name("Kakehashi sandbox", "Sandbox office CA");
    let key = KeyPair::generate().map_err(PlatformError::pki)?;
    let ca = Authority::root(name, key, Validity::years(now, 3))?;
    let good = Validity::years(now, 2);
    for office in &OFFICES {
        Request::new(office.number, office.name, good)?.issue(&ca, &layout.office(office.number))?;
    }
    let first = &OFFICES[0];
    let revoked = Request::new(first.number, first.name, good)?;
    let list = ca.revocation_list(std::slice::from_ref(&revoked.serial), good)?;
    revoked.issue(&ca, &layout.sample("revoked"))?;
    let over = Validity::around(now, 400, -35);
    Request::new(first.number, first.name, over)?.issue(&ca, &layout.sample("expired"))?;
    Request::new("1099999990", "どこにもない事業所", good)?.issue(&ca, &layout.sample("stranger"))?;
    layout::write(&layout.pki().join("office-ca.pem"), &ca.pem())?;
    layout::write_secret(&layout.pki().join("office-ca.key"), &ca.key().serialize_pem())?;
    let list = list.pem().map_err(PlatformError::pki)?;
    layout::write(&layout.pki().join("office-ca.crl"), &list)
}

/// One certificate to be issued.
struct Request<'a> {
    number: &'a str,
    name: &'a str,
    serial: SerialNumber,
    validity: Validity,
}

impl<'a> Request<'a> {
    fn new(number: &'a str, name: &'a str, validity: Validity) -> Result<Self, PlatformError> {
        Ok(Self { number, name, serial: serial()?, validity })
    }

    fn issue(self, ca: &Authority, folder: &Path) -> Result<(), PlatformError> {
        let mut subject = DistinguishedName::new();
        subject.push(DnType::OrganizationName, "Kakehashi sandbox");
        subject.push(DnType::CustomDnType(SERIAL_NUMBER.to_vec()), self.number);
        subject.push(DnType::CommonName, self.name);
        let mut params = CertificateParams::default();
        params.distinguished_name = subject;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        params.serial_number = Some(self.serial);
        self.validity.set(&mut params);
        let key = KeyPair::generate().map_err(PlatformError::pki)?;
        let certificate = ca.issue(params, &key)?;
        layout::write(&folder.join("cert.pem"), &certificate.pem())?;
        layout::write_secret(&folder.join("key.pem"), &key.serialize_pem())
    }
}
