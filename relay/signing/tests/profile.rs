//! The profile from a verifier's seat: what holds, what is refused, and that nothing makes it panic.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use http::HeaderMap;
use kakehashi_signing::{DeviceKey, Received, Refusal, ReplayCache, Stamp, WINDOW};
use proptest::prelude::*;
use support::{NOW, Sample};

/// A request of each covered kind.
fn post() -> Sample {
    Sample {
        method: "POST".into(),
        authority: "127.0.0.1:8480".into(),
        path: "/api/v1/person/search".into(),
        query: None,
        content_type: Some("application/json".into()),
        body: br#"{"insurer":"102046"}"#.to_vec(),
        authorization: Some("Bearer token".into()),
        idempotency_key: Some("4f2c".into()),
    }
}

fn key() -> DeviceKey {
    DeviceKey::generate().unwrap()
}

#[test]
fn a_signed_request_holds() {
    let (key, sample) = (key(), post());
    let headers = sample.headers(&key.sign_request(&sample.signing(), NOW).unwrap());
    for now in [NOW - WINDOW, NOW, NOW + WINDOW] {
        assert_eq!(sample.verify(&headers, &key, now), Ok(()));
    }
    for now in [NOW - WINDOW - 1, NOW + WINDOW + 1] {
        assert_eq!(sample.verify(&headers, &key, now), Err(Refusal::Late));
    }
    let cache = ReplayCache::new(10, WINDOW, NOW - 100);
    let claim = sample.received(&headers).claim().unwrap();
    assert_eq!(cache.take(&claim, NOW), Ok(()));
    assert_eq!(cache.take(&claim, NOW), Err(Refusal::Replayed));
}

#[test]
fn any_covered_part_changed_is_refused() {
    let (key, sample) = (key(), post());
    let headers = sample.headers(&key.sign_request(&sample.signing(), NOW).unwrap());
    type Change = fn(&mut Sample);
    let changes: [(&str, Change, Refusal); 5] = [
        ("method", |s| s.method = "PUT".into(), Refusal::Signature),
        ("authority", |s| s.authority = "127.0.0.1:8481".into(), Refusal::Signature),
        ("path", |s| s.path.push('/'), Refusal::Signature),
        ("query", |s| s.query = Some("a".into()), Refusal::Signature),
        ("body", |s| s.body.push(b' '), Refusal::Digest),
    ];
    for (name, change, refusal) in changes {
        let mut changed = sample.clone();
        change(&mut changed);
        assert_eq!(changed.verify(&headers, &key, NOW), Err(refusal), "{name}");
    }
    for name in ["content-digest", "content-type", "authorization", "idempotency-key"] {
        let mut other = headers.clone();
        other.insert(name, "other".parse().unwrap());
        assert_eq!(sample.verify(&other, &key, NOW), Err(Refusal::Signature), "{name} changed");
        let mut double = headers.clone();
        double.append(name, headers[name].clone());
        assert_eq!(sample.verify(&double, &key, NOW), Err(Refusal::Header(name)), "{name} twice");
        let mut removed = headers.clone();
        removed.remove(name);
        assert!(sample.verify(&removed, &key, NOW).is_err(), "{name} removed");
    }
    let mut stranger = sample.headers(&self::key().sign_request(&sample.signing(), NOW).unwrap());
    assert_eq!(sample.verify(&stranger, &key, NOW), Err(Refusal::OtherKey));
    stranger.insert("signature-input", headers["signature-input"].clone());
    assert_eq!(sample.verify(&stranger, &key, NOW), Err(Refusal::Signature), "a stranger with our keyid");
}

#[test]
fn a_header_added_after_signing_is_not_covered() {
    let (key, mut sample) = (key(), post());
    sample.authorization = None;
    let mut headers = sample.headers(&key.sign_request(&sample.signing(), NOW).unwrap());
    headers.insert("authorization", "Bearer stolen".parse().unwrap());
    assert_eq!(sample.verify(&headers, &key, NOW), Err(Refusal::Components));
}

#[test]
fn only_the_form_is_accepted() {
    let (key, sample) = (key(), post());
    let headers = sample.headers(&key.sign_request(&sample.signing(), NOW).unwrap());
    let input = headers["signature-input"].to_str().unwrap().to_owned();
    let list_end = input.find(')').unwrap();
    let wrong = [
        ("another label", input.replacen("sig=", "sig1=", 1)),
        ("two labels", format!("{input}, {}", input.replacen("sig=", "sig2=", 1))),
        ("the label twice", format!("{input}, {input}")),
        ("a parameter twice", format!("{input};tag=\"kakehashi-v1\"")),
        ("an unknown parameter", format!("{input};expires={}", NOW + 1)),
        ("another tag", input.replace("kakehashi-v1", "kakehashi-v2")),
        ("another algorithm", input.replace("ecdsa-p256-sha256", "hmac-sha256")),
        ("no tag", input.replace(";tag=\"kakehashi-v1\"", "")),
        ("no created", input.replace(&format!(";created={NOW}"), "")),
        ("a negative time", input.replace("created=", "created=-")),
        ("a time as text", input.replace(&format!("created={NOW}"), &format!("created=\"{NOW}\""))),
        ("a zero in front", input.replace("created=", "created=0")),
        ("more space", input.replacen(" \"@path\"", "  \"@path\"", 1)),
        ("a component less", input.replacen(" \"@path\"", "", 1)),
        ("a component more", format!("{} \"date\"{}", &input[..list_end], &input[list_end..])),
        ("a component with a parameter", input.replacen("\"@path\"", "\"@path\";req", 1)),
        ("another order", input.replacen("\"@method\" \"@authority\"", "\"@authority\" \"@method\"", 1)),
        ("an item", "sig=1".into()),
        ("nothing", String::new()),
        ("not structured", "sig=(".into()),
        ("long", format!("{input};x=\"{}\"", "a".repeat(2000))),
    ];
    for (name, text) in wrong {
        assert_ne!(text, input, "{name}");
        let mut headers = headers.clone();
        headers.insert("signature-input", text.parse().unwrap());
        let refusal = sample.verify(&headers, &key, NOW).unwrap_err();
        assert!(matches!(refusal, Refusal::Malformed(_) | Refusal::Components), "{name}: {refusal:?}");
    }
    let signature = headers["signature"].to_str().unwrap().to_owned();
    for text in [
        signature.replacen("sig=", "sig1=", 1),
        format!("{signature}, {signature}"),
        format!("{signature};a=1"),
        "sig=:AAAA:".into(),
        "sig=\"text\"".into(),
        "sig=(1 2)".into(),
        "sig".into(),
    ] {
        let mut headers = headers.clone();
        headers.insert("signature", text.parse().unwrap());
        assert!(matches!(sample.verify(&headers, &key, NOW), Err(Refusal::Malformed(_))), "{text}");
    }
    for name in ["signature", "signature-input"] {
        let mut missing = headers.clone();
        missing.remove(name);
        assert_eq!(sample.verify(&missing, &key, NOW), Err(Refusal::Missing));
        let mut double = headers.clone();
        double.append(name, headers[name].clone());
        assert_eq!(sample.verify(&double, &key, NOW), Err(Refusal::Header(name)));
    }
}

#[test]
fn nonces_have_128_bits_or_more() {
    let (key, sample) = (key(), post());
    for (nonce, good) in [("A".repeat(22), true), ("A".repeat(21), false), ("A".repeat(87), false)] {
        let stamp = Stamp { created: NOW, nonce: &nonce, keyid: key.thumbprint() };
        let headers = sample.headers(&key.sign_stamped(&sample.signing(), &stamp).unwrap());
        assert_eq!(sample.verify(&headers, &key, NOW).is_ok(), good, "{}", nonce.len());
    }
}

/// Texts near the real ones: they reach further into the parser than noise does.
fn near() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("sig=".to_owned()),
        Just("(\"@method\" \"@authority\" \"@path\" \"@query\")".to_owned()),
        Just(";created=1795000000".to_owned()),
        Just(";nonce=\"AAAAAAAAAAAAAAAAAAAAAA\"".to_owned()),
        Just(";alg=\"ecdsa-p256-sha256\"".to_owned()),
        Just(";keyid=\"k\"".to_owned()),
        Just(";tag=\"kakehashi-v1\"".to_owned()),
        Just(":AAAA:".to_owned()),
        "[ -~]{0,6}",
    ];
    proptest::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn reading_never_panics(input in near(), signature in near(), noise in "\\PC*", method in "GET|POST|[A-Z]{0,5}") {
        let mut headers = HeaderMap::new();
        for (name, text) in [("signature-input", &input), ("signature", &signature), ("authorization", &noise)] {
            if let Ok(value) = http::HeaderValue::from_bytes(text.as_bytes()) {
                headers.insert(name, value);
            }
        }
        let received = Received { method: &method, authority: &noise, path: &noise, query: Some(&noise), headers: &headers };
        let _ = received.claim();
        let _ = kakehashi_signing::check_digest(&headers, noise.as_bytes());
        let _ = kakehashi_signing::UnverifiedCredential::decode(&noise);
        let _ = kakehashi_signing::UnverifiedCredential::decode(&format!("{input}.{signature}"));
        let _ = serde_json::from_str::<kakehashi_signing::Jwk>(&noise);
    }

    #[test]
    fn one_bit_of_any_signature_header_changed_is_refused(at in any::<prop::sample::Index>(), bit in 0..7_u8) {
        let (key, sample) = (key(), post());
        let headers = sample.headers(&key.sign_request(&sample.signing(), NOW).unwrap());
        for name in ["signature-input", "signature", "content-digest"] {
            let mut bytes = headers[name].as_bytes().to_vec();
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            let Ok(value) = http::HeaderValue::from_bytes(&bytes) else { continue };
            // White space around a value is taken off before it is compared.
            if value.to_str().is_ok_and(|text| text.trim() == headers[name].to_str().unwrap()) { continue }
            let mut changed = headers.clone();
            changed.insert(name, value);
            prop_assert!(sample.verify(&changed, &key, NOW).is_err(), "{name} at {at}");
        }
    }
}
