//! Which office a client certificate is of.

use der::Decode;
use der::asn1::{ObjectIdentifier, PrintableStringRef, Utf8StringRef};
use kakehashi_domain::number::OfficeNumber;
use rustls_pki_types::CertificateDer;
use x509_cert::Certificate;

/// X.520 `serialNumber`.
const SERIAL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.5");

/// The other end of a connection. TLS has checked the certificate; the number may still be nobody's.
#[derive(Debug, Clone)]
pub(crate) struct Peer {
    /// 事業所番号 of the certificate; none when it names none.
    pub(crate) office: Option<OfficeNumber>,
}

impl Peer {
    /// Reads the subject's `serialNumber`. It must stand there once.
    pub(crate) fn of(certificate: Option<&CertificateDer<'_>>) -> Self {
        Self { office: certificate.and_then(|der| number(der)) }
    }
}

fn number(der: &[u8]) -> Option<OfficeNumber> {
    let certificate = Certificate::from_der(der).ok()?;
    let mut found = certificate
        .tbs_certificate
        .subject
        .0
        .iter()
        .flat_map(|relative| relative.0.iter())
        .filter(|attribute| attribute.oid == SERIAL_NUMBER);
    let value = &found.next()?.value;
    if found.next().is_some() {
        return None;
    }
    let text = value
        .decode_as::<PrintableStringRef<'_>>()
        .map(|text| text.as_str())
        .or_else(|_| value.decode_as::<Utf8StringRef<'_>>().map(|text| text.as_str()))
        .ok()?;
    OfficeNumber::parse(text).ok()
}
