//! Bytes that are no certificate.

use proptest::prelude::*;
use x509_cert::certificate::Version;
use x509_cert::der::Encode;
use x509_cert::der::oid::{AssociatedOid, ObjectIdentifier};
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectKeyIdentifier,
    certpolicy::CertificatePolicies,
};

use super::flaw;
use super::keys::{self, SHA256_WITH_RSA};
use super::make::{Wanted, raw};
use crate::myna::certificate::{Flaw, UnverifiedCertificate};

fn form(der: &[u8]) -> &'static str {
    match UnverifiedCertificate::parse(der).unwrap_err() {
        Flaw::Form(part) => part,
        other => panic!("{other}"),
    }
}

/// An element with its length in the fewest bytes.
fn element(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = match u16::try_from(value.len()).unwrap().to_be_bytes() {
        [0, short @ ..0x80] => vec![short],
        [0, one] => vec![0x81, one],
        [high, low] => vec![0x82, high, low],
    };
    [&[tag], &length[..], value].concat()
}

/// A certificate whose signed part holds these elements.
fn of_parts(parts: &[Vec<u8>]) -> Vec<u8> {
    let algorithm = keys::identifier(SHA256_WITH_RSA).to_der().unwrap();
    let signature = element(3, &[&[0][..], &[9; 256]].concat());
    element(0x30, &[element(0x30, &parts.concat()), algorithm, signature].concat())
}

/// The elements of a good certificate's signed part.
fn parts() -> Vec<Vec<u8>> {
    let tbs = Wanted::good().tbs();
    vec![
        vec![0xA0, 3, 2, 1, 2],
        tbs.serial_number.to_der().unwrap(),
        tbs.signature.to_der().unwrap(),
        tbs.issuer.to_der().unwrap(),
        tbs.validity.to_der().unwrap(),
        tbs.subject.to_der().unwrap(),
        tbs.subject_public_key_info.to_der().unwrap(),
        element(0xA3, &tbs.extensions.to_der().unwrap()),
    ]
}

#[test]
fn each_part_that_has_no_form_is_named() {
    assert!(UnverifiedCertificate::parse(&of_parts(&parts())).is_ok());
    let with = |at: usize, bytes: &[u8]| {
        let mut parts = parts();
        parts[at] = bytes.to_vec();
        of_parts(&parts)
    };
    for (at, bytes, part) in [
        (0, &[0xA0, 3, 2, 1, 1][..], "version"),
        (0, &[], "version"),
        (1, &[2, 0], "serial number"),
        (1, &[2, 2, 0, 5], "serial number"),
        (1, &element(2, &[1; 22]), "serial number"),
        (2, &[0x30, 0], "signature algorithm"),
        (2, &[0x30, 5, 6, 3, 0x2A, 3, 4], "signature algorithm"),
        (2, &[0x30, 6, 6, 0, 5, 0, 5, 0], "signature algorithm"),
        (3, &[0x31, 0], "issuer"),
        (3, &[0x30, 2, 0x31, 5], "issuer"),
        (3, &[0x30, 6, 0x31, 4, 0x30, 2, 6, 0], "issuer"),
        (4, &[0x30, 0], "validity"),
        (4, &[0x30, 4, 0x17, 0, 0x17, 0], "validity"),
        (5, &[0x30, 1, 0], "subject"),
        (6, &[0x30, 0], "public key"),
        (7, &[0xA3, 2, 0x30, 0], "extensions"),
        (7, &[0xA3, 0], "extensions"),
        (7, &[0xA3, 4, 0x30, 2, 0x30, 0], "extensions"),
        (7, &[5, 0], "certificate"),
    ] {
        assert_eq!(form(&with(at, bytes)), part, "{bytes:02X?}");
    }
    let mut spki = parts()[6].clone();
    let at = spki.windows(2).position(|two| two == [5, 0]).unwrap() + 6;
    assert_eq!(spki[at], 0, "unused bits");
    spki[at] = 1;
    assert_eq!(form(&with(6, &spki)), "public key");
}

#[test]
fn a_certificate_is_whole_and_alone() {
    let der = Wanted::good().make();
    for length in 0..der.len() {
        assert!(UnverifiedCertificate::parse(&der[..length]).is_err(), "{length} bytes");
    }
    assert_eq!(form(&[&der[..], &[0]].concat()), "what follows it");
    let mut longer = der.clone();
    longer[3] += 1;
    assert_eq!(form(&longer), "certificate");
    assert_eq!(form(&[&[0x30, 0x83, 0][..], &der[2..]].concat()), "certificate", "not the fewest bytes");
    assert_eq!(form(&[&[0x30, 0x80][..], &der[4..], &[0, 0]].concat()), "certificate", "indefinite");
}

#[test]
fn the_algorithm_is_told_twice_the_same() {
    let other = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12");
    let wanted = Wanted { told: [SHA256_WITH_RSA, other], ..Wanted::good() };
    assert_eq!(flaw(&wanted), Flaw::Form("signature algorithm"));
    assert_eq!(flaw(&Wanted { version: Version::V1, ..Wanted::good() }), Flaw::Form("version"));
}

#[test]
fn known_extensions_have_their_form_and_stand_there_once() {
    let mut twice = Wanted::good();
    twice.extensions.push(twice.extensions[0].clone());
    assert_eq!(flaw(&twice), Flaw::Form("extensions"));
    for (oid, value) in [
        (KeyUsage::OID, &[3, 2, 0, 0x80][..]),
        (KeyUsage::OID, &[4, 1, 0x80]),
        (KeyUsage::OID, &[3, 2, 7, 0x80, 0]),
        (ExtendedKeyUsage::OID, &[0x30, 0]),
        (ExtendedKeyUsage::OID, &[0x30, 2, 5, 0]),
        (CertificatePolicies::OID, &[0x30, 0]),
        (CertificatePolicies::OID, &[0x30, 2, 0x30, 0]),
        (CertificatePolicies::OID, &[0x30, 7, 0x30, 5, 6, 1, 42, 5, 0]),
        (CertificatePolicies::OID, &[0x30, 7, 0x30, 5, 6, 1, 42, 0x30, 0]),
        (AuthorityKeyIdentifier::OID, &[0x30, 2, 0x81, 0]),
        (AuthorityKeyIdentifier::OID, &[0x30, 2, 0x82, 0]),
        (SubjectKeyIdentifier::OID, &[3, 1, 0]),
        (BasicConstraints::OID, &[0x30, 3, 1, 1, 1]),
        (BasicConstraints::OID, &[0x30, 6, 1, 1, 0xFF, 2, 1, 0, 5]),
        (BasicConstraints::OID, &[]),
    ] {
        assert_eq!(
            flaw(&Wanted::good().with(raw(oid, false, value))),
            Flaw::Form("extensions"),
            "{value:02X?}"
        );
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(UnverifiedCertificate::parse(&bytes).is_err());
    }
}
