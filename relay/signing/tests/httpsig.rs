//! The `httpsig` crate as judge: it verifies what we sign, and we verify what it signs.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use httpsig::prelude::message_component::{HttpMessageComponent, HttpMessageComponentId};
use httpsig::prelude::{
    AlgorithmName, HttpSignatureBase, HttpSignatureHeaders, HttpSignatureParams, PublicKey, SecretKey,
};
use kakehashi_signing::{DeviceKey, SignatureHeaders, content_digest};
use proptest::prelude::*;
use support::{NOW, Sample};

/// The covered components with their values, put together here from the RFC, not from our code.
fn components(sample: &Sample) -> Vec<HttpMessageComponent> {
    let mut parts = vec![
        ("@method", sample.method.clone()),
        ("@authority", sample.authority.to_lowercase()),
        ("@path", sample.path.clone()),
        ("@query", format!("?{}", sample.query.clone().unwrap_or_default())),
    ];
    if let Some(kind) = &sample.content_type {
        parts.push(("content-digest", content_digest(&sample.body)));
        parts.push(("content-type", kind.clone()));
    }
    parts.extend(sample.authorization.clone().map(|value| ("authorization", value)));
    parts.extend(sample.idempotency_key.clone().map(|value| ("idempotency-key", value)));
    parts
        .into_iter()
        .map(|(name, value)| {
            let id = HttpMessageComponentId::try_from(format!("\"{name}\"").as_str()).unwrap();
            HttpMessageComponent::try_from((&id, [value].as_slice())).unwrap()
        })
        .collect()
}

fn samples() -> impl Strategy<Value = Sample> {
    let text = "[!-~]([ -~]{0,30}[!-~])?";
    (
        prop::bool::ANY,
        "[a-zA-Z0-9.-]{1,20}(:[0-9]{1,5})?",
        "/[a-zA-Z0-9/._~%-]{0,40}",
        proptest::option::of("[a-zA-Z0-9=&%._-]{0,20}"),
        text,
        proptest::collection::vec(any::<u8>(), 0..200),
        proptest::option::of(text),
        proptest::option::of(text),
    )
        .prop_map(|(post, authority, path, query, kind, body, authorization, idempotency_key)| Sample {
            method: if post { "POST" } else { "GET" }.into(),
            authority,
            path,
            query,
            content_type: post.then_some(kind),
            body: if post { body } else { Vec::new() },
            authorization,
            idempotency_key,
        })
}

proptest! {
    #[test]
    fn each_verifies_the_other(sample in samples()) {
        let key = DeviceKey::generate().unwrap();
        let components = components(&sample);

        // Ours, judged by httpsig.
        let ours = key.sign_request(&sample.signing(), NOW).unwrap();
        let parsed = HttpSignatureHeaders::try_parse(&ours.signature, &ours.signature_input).unwrap();
        let theirs = &parsed["sig"];
        let base = HttpSignatureBase::try_new(&components, theirs.signature_params()).unwrap();
        let public = PublicKey::from_bytes(&AlgorithmName::EcdsaP256Sha256, &key.jwk().unwrap().to_point()).unwrap();
        prop_assert!(base.verify_signature_headers(&public, theirs).is_ok(), "{}", ours.signature_input);

        // httpsig's, judged by us.
        let pkcs8 = key.to_pkcs8().unwrap();
        let secret = SecretKey::from_der(&AlgorithmName::EcdsaP256Sha256, &pkcs8).unwrap();
        let ids: Vec<_> = components.iter().map(|component| component.id.clone()).collect();
        let mut params = HttpSignatureParams::try_new(&ids).unwrap();
        params
            .set_created(NOW)
            .set_nonce("q83vEjRWeJCrze8SNFZ4kA")
            .set_alg(&AlgorithmName::EcdsaP256Sha256)
            .set_keyid(key.thumbprint())
            .set_tag("kakehashi-v1");
        let base = HttpSignatureBase::try_new(&components, &params).unwrap();
        let made = base.build_signature_headers(&secret, Some("sig")).unwrap();
        let headers = sample.headers(&SignatureHeaders {
            signature_input: made.signature_input_header_value(),
            signature: made.signature_header_value(),
            content_digest: sample.content_type.as_ref().map(|_| content_digest(&sample.body)),
        });
        prop_assert_eq!(sample.verify(&headers, &key, NOW), Ok(()));
    }
}
