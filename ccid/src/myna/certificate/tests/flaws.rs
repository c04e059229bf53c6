//! Each flaw by a certificate made for it, and which of several is told.

use rsa::sha2::{Digest, Sha256};
use x509_cert::der::Encode;
use x509_cert::der::asn1::BitString;
use x509_cert::der::oid::{AssociatedOid, ObjectIdentifier};
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages, SubjectKeyIdentifier,
};

use super::keys::{self, ECDSA_SHA256, Key, SHA256_WITH_RSA};
use super::make::{self, CLIENT_AUTH, TEST_POLICY, Wanted, YEAR, extension, policies, raw};
use super::{NOW, flaw, pinned, roots, run, verify};
use crate::myna::certificate::{
    Algorithm, Flaw, KeyAlgorithm, NotJudged, SignatureJudge, UnverifiedCertificate,
};
use crate::myna::roots::{Hierarchy, Roots};

const UNKNOWN: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.99999.1");

#[test]
fn a_good_certificate_of_either_generation_passes() {
    for signer in [keys::older(), keys::newer()] {
        let wanted = Wanted::under(signer);
        let verified = verify(&wanted.make(), &roots(), NOW).unwrap();
        assert_eq!((verified.key(), verified.until()), (KeyAlgorithm::Rsa, wanted.until));
        let hash: [u8; 32] = Sha256::digest(wanted.spki.to_der().unwrap()).into();
        assert_eq!(verified.key_hash(), hash);
    }
}

#[test]
fn keys_of_the_next_card_pass_under_roots_of_either_kind() {
    let roots = pinned(&[make::root(keys::newer()), make::root(keys::p256()), make::root(keys::p384())]);
    for signer in [keys::newer(), keys::p256(), keys::p384()] {
        for (key, kind) in [(keys::p256(), KeyAlgorithm::P256), (keys::p384(), KeyAlgorithm::P384)] {
            let wanted = Wanted { spki: key.spki(), ..Wanted::under(signer) };
            assert_eq!(verify(&wanted.make(), &roots, NOW).unwrap().key(), kind);
            let mut forged = wanted.make();
            *forged.last_mut().unwrap() ^= 1;
            assert_eq!(verify(&forged, &roots, NOW), Err(Flaw::Signature));
        }
    }
}

#[test]
fn an_issuer_is_known_by_key_and_name_or_not_at_all() {
    assert_eq!(flaw(&Wanted::under(keys::stranger())), Flaw::Issuer, "same name, another key");
    let renamed = Wanted { issuer: make::ROOT.replace("Agency", "Bureau"), ..Wanted::good() };
    assert_eq!(flaw(&renamed), Flaw::Issuer, "same key, another name");
    assert_eq!(flaw(&Wanted::good().without(AuthorityKeyIdentifier::OID)), Flaw::Issuer);
    let nameless = AuthorityKeyIdentifier {
        key_identifier: None,
        authority_cert_issuer: None,
        authority_cert_serial_number: None,
    };
    assert_eq!(flaw(&Wanted::good().with(extension(false, &nameless))), Flaw::Issuer);
    let none = Roots::new(Hierarchy::Test);
    assert!(none.is_empty());
    assert_eq!(verify(&Wanted::good().make(), &none, NOW), Err(Flaw::Issuer));
}

#[test]
fn who_claims_to_be_the_root_does_not_sign_like_it() {
    let claimed = make::authority_key(&make::key_id(keys::newer()));
    assert_eq!(flaw(&Wanted::under(keys::stranger()).with(claimed)), Flaw::Signature);
    let other_generation = make::authority_key(&make::key_id(keys::older()));
    assert_eq!(flaw(&Wanted::good().with(other_generation)), Flaw::Signature);
    let sha384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12");
    // An elliptic signature under a root that has no such key; another hash than was signed.
    assert_eq!(flaw(&Wanted { told: [ECDSA_SHA256; 2], ..Wanted::good() }), Flaw::Signature);
    let der = Wanted::good().make();
    let told = x509_cert::der::Encode::to_der(&SHA256_WITH_RSA).unwrap();
    let other = x509_cert::der::Encode::to_der(&sha384).unwrap();
    let hash = replaced(&replaced(&der, &told, &other), &told, &other);
    assert_eq!(verify(&hash, &roots(), NOW), Err(Flaw::Signature));
}

/// The first of these bytes replaced by as many others.
fn replaced(der: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = der.windows(from.len()).position(|window| window == from).unwrap();
    [&der[..at], to, &der[at + from.len()..]].concat()
}

#[test]
fn a_changed_byte_anywhere_is_noticed() {
    let (der, roots) = (Wanted::good().make(), roots());
    for at in 0..der.len() {
        let mut changed = der.clone();
        changed[at] ^= 0x01;
        assert!(verify(&changed, &roots, NOW).is_err(), "byte {at}");
    }
}

#[test]
fn times_are_counted_to_the_second() {
    let wanted = Wanted::good();
    let (der, roots) = (wanted.make(), roots());
    let at = |time| verify(&der, &roots, time).map(|_| ());
    assert_eq!(at(wanted.from - 1), Err(Flaw::NotYetValid(wanted.from)));
    assert_eq!([at(wanted.from), at(wanted.until)], [Ok(()), Ok(())]);
    assert_eq!(at(wanted.until + 1), Err(Flaw::Expired(wanted.until)));
    assert_eq!(Flaw::Expired(wanted.until).time(), Some(wanted.until));

    let long = Wanted { from: NOW - 8 * YEAR, until: NOW + 8 * YEAR, ..Wanted::good() };
    let root = make::root_wanted(keys::newer());
    let at = |time| verify(&long.make(), &roots, time).map(|_| ());
    assert_eq!(at(root.from - 1), Err(Flaw::RootNotYetValid(root.from)));
    assert_eq!([at(root.from), at(root.until)], [Ok(()), Ok(())]);
    assert_eq!(at(root.until + 1), Err(Flaw::RootExpired(root.until)));
}

#[test]
fn days_left_are_days_of_the_calendar_in_japan() {
    // 2030-02-17 23:59:59 in Japan, as a test card's certificate ends.
    let until = 1_897_570_799;
    let wanted = Wanted { until, ..Wanted::good() };
    let verified = verify(&wanted.make(), &roots(), NOW).unwrap();
    let midnight = until + 1 - 86_400;
    assert_eq!(verified.days_left(until), 0);
    assert_eq!(verified.days_left(midnight), 0);
    assert_eq!(verified.days_left(midnight - 1), 1);
    assert_eq!(verified.days_left(midnight - 30 * 86_400), 30);
    assert_eq!(verified.days_left(until + 1), -1);
}

#[test]
fn a_key_for_something_else_is_refused() {
    let usage = |usages: x509_cert::der::flagset::FlagSet<KeyUsages>| {
        flaw(&Wanted::good().with(extension(true, &KeyUsage(usages))))
    };
    assert_eq!(usage(KeyUsages::NonRepudiation.into()), Flaw::Usage);
    assert_eq!(usage(KeyUsages::DigitalSignature | KeyUsages::NonRepudiation), Flaw::Usage, "署名用");
    assert_eq!(usage(KeyUsages::DigitalSignature | KeyUsages::DecipherOnly), Flaw::Usage);
    assert_eq!(usage(KeyUsages::KeyCertSign.into()), Flaw::Usage);
    assert_eq!(flaw(&Wanted::good().without(KeyUsage::OID)), Flaw::Usage);
    assert_eq!(flaw(&Wanted::good().without(ExtendedKeyUsage::OID)), Flaw::Usage);
    let server = ExtendedKeyUsage(vec![ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.1")]);
    assert_eq!(flaw(&Wanted::good().with(extension(false, &server))), Flaw::Usage);
    let both = ExtendedKeyUsage([server.0, vec![CLIENT_AUTH]].concat());
    assert!(verify(&Wanted::good().with(extension(false, &both)).make(), &roots(), NOW).is_ok());
    for (ca, expected) in [(true, Err(Flaw::Usage)), (false, Ok(()))] {
        let constraints = BasicConstraints { ca, path_len_constraint: None };
        let wanted = Wanted::good().with(extension(true, &constraints));
        assert_eq!(verify(&wanted.make(), &roots(), NOW).map(|_| ()), expected);
    }
}

#[test]
fn only_the_policy_of_the_roots_own_hierarchy_passes() {
    const PRODUCTION: &str = "1.2.392.200149.8.5.1.3.30";
    let real = Wanted::good().with(policies(&[PRODUCTION])).make();
    let test = Wanted::good().make();
    let mut production = Roots::new(Hierarchy::Production);
    production.pin(&make::root(keys::newer())).unwrap();
    assert!(verify(&real, &production, NOW).is_ok() && verify(&test, &roots(), NOW).is_ok());
    assert_eq!(verify(&real, &roots(), NOW), Err(Flaw::Policy));
    assert_eq!(verify(&test, &production, NOW), Err(Flaw::Policy));
    assert_eq!(flaw(&Wanted::good().with(policies(&["1.2.392.200149.8.5.1.0.20"]))), Flaw::Policy, "署名用");
    assert_eq!(flaw(&Wanted::good().without(policies(&[TEST_POLICY]).extn_id)), Flaw::Policy);
    let several = Wanted::good().with(policies(&["1.2.3.4", TEST_POLICY]));
    assert!(verify(&several.make(), &roots(), NOW).is_ok());
}

#[test]
fn what_is_critical_and_unknown_is_refused() {
    assert_eq!(flaw(&Wanted::good().with(raw(UNKNOWN, true, &[5, 0]))), Flaw::UnknownCritical);
    assert!(verify(&Wanted::good().with(raw(UNKNOWN, false, b"any")).make(), &roots(), NOW).is_ok());
}

#[test]
fn an_algorithm_that_is_not_known_is_said_to_be_that() {
    for oid in ["1.2.840.113549.1.1.5", "1.3.101.112", "1.2.840.10045.4.3.4"] {
        let told = [ObjectIdentifier::new_unwrap(oid); 2];
        assert_eq!(flaw(&Wanted { told, ..Wanted::good() }), Flaw::Algorithm, "{oid}");
    }
    let short = keys::rsa_of(1024).spki();
    let mut other_curve = keys::p256().spki();
    let secp256k1 = ObjectIdentifier::new_unwrap("1.3.132.0.10");
    other_curve.algorithm.parameters = Some(x509_cert::der::asn1::Any::encode_from(&secp256k1).unwrap());
    let mut cut = keys::p384().spki();
    cut.subject_public_key = BitString::from_bytes(&[4; 65]).unwrap();
    let mut lattice = keys::p256().spki();
    lattice.algorithm.oid = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.18");
    for spki in [short, other_curve, cut, lattice] {
        let wanted = Wanted { spki, ..Wanted::good() };
        assert_eq!(UnverifiedCertificate::parse(&wanted.make()).unwrap().key(), None);
        assert_eq!(flaw(&wanted), Flaw::Algorithm);
    }
}

#[test]
fn of_several_flaws_the_first_in_order_is_told() {
    let mut worst =
        Wanted { until: NOW - 1, spki: keys::rsa_of(1024).spki(), ..Wanted::under(keys::stranger()) }
            .without(KeyUsage::OID)
            .with(policies(&["1.2.3.4"]))
            .with(raw(UNKNOWN, true, &[5, 0]));
    assert_eq!(flaw(&worst), Flaw::Issuer);
    worst = worst.with(make::authority_key(&make::key_id(keys::newer())));
    assert_eq!(flaw(&worst), Flaw::Signature);
    worst.signer = keys::newer();
    assert_eq!(flaw(&worst), Flaw::Expired(NOW - 1));
    worst.until = NOW;
    assert_eq!(flaw(&worst), Flaw::Usage);
    worst = worst.with(extension(true, &KeyUsage(KeyUsages::DigitalSignature.into())));
    assert_eq!(flaw(&worst), Flaw::Policy);
    worst = worst.with(policies(&[TEST_POLICY]));
    assert_eq!(flaw(&worst), Flaw::UnknownCritical);
    worst = worst.without(UNKNOWN);
    assert_eq!(flaw(&worst), Flaw::Algorithm);
    worst.spki = keys::stranger().spki();
    assert!(verify(&worst.make(), &roots(), NOW).is_ok());
}

#[test]
fn a_judge_that_cannot_tell_is_not_a_yes() {
    struct Away;
    impl SignatureJudge for Away {
        async fn verify(&self, _: Algorithm, _: &[u8], _: &[u8], _: &[u8]) -> Result<bool, NotJudged> {
            Err(NotJudged("away".into()))
        }
    }
    let der = Wanted::good().make();
    let certificate = UnverifiedCertificate::parse(&der).unwrap();
    let flaw = run(certificate.verify(&roots(), NOW, &Away)).unwrap_err();
    assert_eq!((flaw.code(), flaw.detail()), ("CARD-048", "away"));
}

#[test]
fn the_key_of_a_verified_certificate_judges_signatures() {
    let holder = Wanted { spki: keys::stranger().spki(), ..Wanted::good() };
    let verified = verify(&holder.make(), &roots(), NOW).unwrap();
    let signed = |key: &Key| run(verified.has_signed(b"words", &key.sign(b"words"), &keys::Libraries));
    assert_eq!([signed(keys::stranger()), signed(keys::newer())], [Ok(true), Ok(false)]);
}

#[test]
fn only_an_authority_over_itself_is_pinned() {
    let mut roots = Roots::new(Hierarchy::Test);
    let root = || make::root_wanted(keys::newer());
    let pin = |roots: &mut Roots, wanted: Wanted| roots.pin(&wanted.make());
    assert_eq!(pin(&mut roots, Wanted::good()), Err(Flaw::Issuer));
    assert_eq!(pin(&mut roots, root().without(SubjectKeyIdentifier::OID)), Err(Flaw::Issuer));
    assert_eq!(pin(&mut roots, root().without(BasicConstraints::OID)), Err(Flaw::Usage));
    assert_eq!(pin(&mut roots, root().without(KeyUsage::OID)), Err(Flaw::Usage));
    let signs = extension(true, &KeyUsage(KeyUsages::DigitalSignature.into()));
    assert_eq!(pin(&mut roots, root().with(signs)), Err(Flaw::Usage));
    assert_eq!(pin(&mut roots, root().with(raw(UNKNOWN, true, &[5, 0]))), Err(Flaw::UnknownCritical));
    let short = Wanted { spki: keys::rsa_of(1024).spki(), ..root() };
    assert_eq!(pin(&mut roots, short), Err(Flaw::Algorithm));
    assert!(matches!(roots.pin(b"no certificate"), Err(Flaw::Form(_))));
    assert!(roots.is_empty());
    pin(&mut roots, root()).unwrap();
    assert_eq!(roots.len(), 1);
}

#[test]
fn neither_number_nor_name_is_ever_shown() {
    let der = Wanted::good().make();
    let certificate = UnverifiedCertificate::parse(&der).unwrap();
    let before = format!("{certificate:?}");
    let verified = run(certificate.verify(&roots(), NOW, &keys::Libraries)).unwrap();
    for shown in [before, format!("{verified:?}"), format!("{:?}", flaw(&Wanted::under(keys::stranger())))] {
        assert!(!shown.contains("NOBODY") && !shown.to_uppercase().contains("5E41A1"), "{shown}");
        assert!(!shown.contains("94, 65, 161"), "{shown}");
    }
}

#[test]
fn every_flaw_has_its_code() {
    let flaws = [
        Flaw::Form("validity"),
        Flaw::Issuer,
        Flaw::Signature,
        Flaw::NotYetValid(1),
        Flaw::Expired(2),
        Flaw::RootNotYetValid(3),
        Flaw::RootExpired(4),
        Flaw::Usage,
        Flaw::Policy,
        Flaw::UnknownCritical,
        Flaw::Algorithm,
        Flaw::NotJudged("why".into()),
    ];
    let mut codes: Vec<_> = flaws.iter().map(Flaw::code).collect();
    codes.dedup();
    assert_eq!(codes, Flaw::CODES);
    assert_eq!(flaws[0].to_string(), "CARD-041: validity");
    let times: Vec<_> = flaws.iter().filter_map(Flaw::time).collect();
    assert_eq!(times, [1, 2, 3, 4]);
}
