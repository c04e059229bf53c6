//! Device credentials.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use base64ct::{Base64UrlUnpadded, Encoding};
use kakehashi_signing::{Credential, CredentialError, DeviceKey, IssuerKey, UnverifiedCredential};

const NOW: u64 = 1_795_000_000;

fn credential() -> Credential {
    let key = DeviceKey::generate().unwrap().jwk().unwrap();
    Credential::new("1070400005", key, "相談室のパソコン", NOW, NOW + 1000)
}

#[test]
fn issued_and_verified() {
    let (issuer, credential) = (IssuerKey::generate().unwrap(), credential());
    let text = issuer.issue(&credential).unwrap();
    assert!(text.is_ascii());
    let key = issuer.verifying_key().unwrap();
    let read = UnverifiedCredential::decode(&text).unwrap();
    assert_eq!(read.claimed(), &credential);
    assert_eq!(read.clone().verify(&key, NOW, 60).as_ref(), Ok(&credential));
    assert_eq!(read.clone().verify(&key, NOW + 1000, 60), Err(CredentialError::Expired));
    assert_eq!(read.clone().verify(&key, NOW - 60, 60), Ok(credential), "a clock a little behind");
    assert_eq!(read.clone().verify(&key, NOW - 61, 60), Err(CredentialError::Expired));
    let other = IssuerKey::generate().unwrap().verifying_key().unwrap();
    assert_eq!(read.verify(&other, NOW, 60), Err(CredentialError::Issuer));
}

#[test]
fn an_issuer_key_survives_its_file() {
    let issuer = IssuerKey::generate().unwrap();
    let copy = IssuerKey::from_pkcs8(&issuer.to_pkcs8().unwrap()).unwrap();
    let text = copy.issue(&credential()).unwrap();
    let read = UnverifiedCredential::decode(&text).unwrap();
    assert!(read.verify(&issuer.verifying_key().unwrap(), NOW, 60).is_ok());
    assert!(IssuerKey::from_pkcs8(b"no key").is_err());
}

#[test]
fn what_is_no_credential_is_refused() {
    let issuer = IssuerKey::generate().unwrap();
    let good = credential();
    let issue = |change: fn(&mut serde_json::Value)| {
        let mut json = serde_json::to_value(&good).unwrap();
        change(&mut json);
        let text = Base64UrlUnpadded::encode_string(json.to_string().as_bytes());
        UnverifiedCredential::decode(&Credential::assemble(&text, &[0; 64])).map(|_| ())
    };
    assert_eq!(issue(|_| ()), Ok(()));
    assert_eq!(issue(|json| json["v"] = 2.into()), Err(CredentialError::Version));
    assert_eq!(issue(|json| json["more"] = 1.into()), Err(CredentialError::Malformed));
    assert_eq!(issue(|json| json["device"] = "other".into()), Err(CredentialError::Malformed));
    assert_eq!(issue(|json| json["label"] = "x".repeat(3000).into()), Err(CredentialError::Malformed));
    let text = issuer.issue(&good).unwrap();
    for wrong in
        ["", ".", "a.b", &text[1..], &text[..text.len() - 1], &format!("{text}.x"), &format!("{text}=")]
    {
        assert_eq!(
            UnverifiedCredential::decode(wrong).map(|_| ()),
            Err(CredentialError::Malformed),
            "{wrong}"
        );
    }
}
