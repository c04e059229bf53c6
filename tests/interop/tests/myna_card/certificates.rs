//! Certificates of JPKI-TEST, read from test cards, and the roots the JPKI publishes: both ship with the crate.

use std::path::PathBuf;
use std::process::Command;

use ccid::myna::{
    Algorithm, Attributes, Flaw, Hash, Hierarchy, KeyAlgorithm, NotJudged, Roots, Sex, SignatureJudge,
    UnverifiedCertificate, VerifiedCertificate,
};
use myna_card::Certificate;
use myna_card::certificate::roots::{self, Accept, Purpose};
use myna_card::data::Date;
use rsa::pkcs8::DecodePublicKey;
use rsa::sha2::{Digest, Sha256};
use rsa::{Pkcs1v15Sign, RsaPublicKey};

use crate::wire::run;

const DAY: i64 = 86_400;
/// 2027-01-15, when the test card's certificate is valid.
const NOW: i64 = 1_800_000_000;

/// A file read from a test card. It stands in the crate's own package, as the registry gave it.
fn fixture(name: &str) -> Vec<u8> {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|it| it["name"] == "myna-card").expect("it is among the packages");
    let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
    std::fs::read(manifest.with_file_name("tests").join("fixtures").join(name)).unwrap()
}

struct Rsa;

impl SignatureJudge for Rsa {
    async fn verify(
        &self,
        algorithm: Algorithm,
        spki: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<bool, NotJudged> {
        assert_eq!(algorithm, Algorithm { key: KeyAlgorithm::Rsa, hash: Hash::Sha256 });
        let key = RsaPublicKey::from_public_key_der(spki).unwrap();
        let hash = Sha256::digest(message);
        Ok(key.verify(Pkcs1v15Sign::new::<Sha256>(), &hash, signature).is_ok())
    }
}

/// All roots of a hierarchy and a purpose.
fn pinned(hierarchy: Hierarchy, purpose: Purpose) -> Roots {
    let wanted = match hierarchy {
        Hierarchy::Production => roots::Hierarchy::Production,
        Hierarchy::Test => roots::Hierarchy::Test,
    };
    let mut pinned = Roots::new(hierarchy);
    for root in roots::KNOWN.iter().filter(|it| it.hierarchy == wanted && it.purpose == purpose) {
        pinned.pin(root.der).unwrap();
    }
    pinned
}

fn test_roots() -> Roots {
    pinned(Hierarchy::Test, Purpose::UserAuthentication)
}

fn verify(der: &[u8], roots: &Roots, at: i64) -> Result<VerifiedCertificate, Flaw> {
    run(UnverifiedCertificate::parse(der)?.verify(roots, at, &Rsa))
}

#[test]
fn every_root_that_is_published_can_be_pinned() {
    assert_eq!(pinned(Hierarchy::Production, Purpose::UserAuthentication).len(), 3);
    assert_eq!(pinned(Hierarchy::Production, Purpose::DigitalSignature).len(), 3);
    assert_eq!(test_roots().len(), 2);
}

#[test]
fn the_certificate_of_a_test_card_passes_and_tells_what_it_is() {
    let der = fixture("jpki-auth-cert.der");
    let verified = verify(&der, &test_roots(), NOW).unwrap();
    // 2030-02-17 23:59:59 in Japan.
    assert_eq!((verified.key(), verified.until()), (KeyAlgorithm::Rsa, 1_897_570_799));
    assert_eq!(verified.days_left(verified.until() - 100 * DAY), 100);
    let key = RsaPublicKey::from_public_key_der(&spki(&der)).unwrap();
    let expected = rsa::pkcs8::EncodePublicKey::to_public_key_der(&key).unwrap();
    assert_eq!(verified.key_hash()[..], Sha256::digest(expected.as_bytes())[..]);
}

/// The public key as openssl gives it.
fn spki(der: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let [certificate, pem, key] = ["certificate", "pem", "key"].map(|name| folder.path().join(name));
    std::fs::write(&certificate, der).unwrap();
    let openssl = |arguments: &[&str], from: &PathBuf, to: &PathBuf| {
        let done = Command::new("openssl").args(arguments).arg("-in").arg(from).arg("-out").arg(to).status();
        assert!(done.unwrap().success());
    };
    openssl(&["x509", "-inform", "DER", "-pubkey", "-noout"], &certificate, &pem);
    openssl(&["pkey", "-pubin", "-outform", "DER"], &pem, &key);
    std::fs::read(key).unwrap()
}

#[test]
fn it_fails_where_it_should() {
    let (auth, sign) = (fixture("jpki-auth-cert.der"), fixture("jpki-sign-cert.der"));
    let older = || {
        let mut roots = Roots::new(Hierarchy::Test);
        roots.pin(&fixture("jpki-auth-ca-cert-2019.der")).unwrap();
        roots
    };
    assert_eq!(verify(&auth, &older(), NOW), Err(Flaw::Issuer), "same name, another generation");
    let production = pinned(Hierarchy::Production, Purpose::UserAuthentication);
    assert_eq!(verify(&auth, &production, NOW), Err(Flaw::Issuer));
    let mut mixed = Roots::new(Hierarchy::Production);
    mixed.pin(&fixture("jpki-auth-ca-cert.der")).unwrap();
    assert_eq!(verify(&auth, &mixed, NOW), Err(Flaw::Policy), "a test card is no person's card");
    assert_eq!(verify(&sign, &test_roots(), NOW), Err(Flaw::Issuer));
    let signers = pinned(Hierarchy::Test, Purpose::DigitalSignature);
    assert_eq!(verify(&sign, &signers, NOW), Err(Flaw::Usage), "署名用");
    assert_eq!(verify(&fixture("jpki-auth-ca-cert.der"), &test_roots(), NOW), Err(Flaw::Issuer));
    let (from, until) = (1_761_528_942, 1_897_570_799);
    assert_eq!(verify(&auth, &test_roots(), from - 1), Err(Flaw::NotYetValid(from)));
    assert!(verify(&auth, &test_roots(), from).is_ok() && verify(&auth, &test_roots(), until).is_ok());
    assert_eq!(verify(&auth, &test_roots(), until + 1), Err(Flaw::Expired(until)));
}

#[test]
fn a_changed_byte_anywhere_is_noticed() {
    let (der, roots) = (fixture("jpki-auth-cert.der"), test_roots());
    for at in 0..der.len() {
        let mut changed = der.clone();
        changed[at] ^= 0x10;
        assert!(verify(&changed, &roots, NOW).is_err(), "byte {at}");
    }
}

#[test]
fn both_agree_on_every_certificate_and_day() {
    let roots = test_roots();
    let names = ["jpki-auth-cert.der", "jpki-auth-ca-cert.der", "jpki-auth-ca-cert-2019.der"];
    for name in names {
        let der = fixture(name);
        let theirs = Certificate::parse(&der).unwrap();
        for days in [-800, -400, 0, 400, 800, 1_200, 3_000] {
            let at = NOW + days * DAY;
            let holds = theirs.verify_to_root(Date::from_unix_seconds(at), Accept::ProductionAndTest).is_ok();
            let ours = verify(&der, &roots, at);
            if name == "jpki-auth-cert.der" {
                assert_eq!(ours.is_ok(), holds, "{name} {days}: {ours:?}");
            } else {
                // A root is no certificate of a card, which theirs does not ask.
                assert_eq!(ours, Err(Flaw::Issuer));
            }
        }
    }
}

#[test]
fn the_four_attributes_of_a_test_card_are_read() {
    let file = fixture("text-0002.bin");
    let theirs = myna_card::ap::text::Attributes::parse(&file).unwrap();
    let ours = Attributes::parse(&file).unwrap();
    assert_eq!((ours.name(), ours.address()), (theirs.name.as_str(), theirs.address.as_str()));
    assert_eq!((ours.birth(), ours.sex()), (Some((1980, 2, 17)), Sex::Male));
    for length in 0..file.len() {
        assert!(Attributes::parse(&file[..length]).is_err(), "{length} bytes");
    }
}
