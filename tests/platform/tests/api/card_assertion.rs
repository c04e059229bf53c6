//! `/api/v1/card/assertion`: what a card proves, and all that it does not.

use crate::browser::Browser;
use crate::card_hand::{Hand, assert_body, challenge};
use crate::world::{KYOTAKU, World};
use base64ct::{Base64UrlUnpadded, Encoding};
use der::Decode;
use kakehashi_domain::upstream::{Found, Way, signed_digest};
use kakehashi_platform::pki::jpki::{AuthCertificate, Signer};
use kakehashi_platform::{Clock, Config, Platform};
use x509_cert::Certificate;
use x509_cert::ext::pkix::AuthorityKeyIdentifier;

async fn ready() -> (World, Browser) {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    (world, browser)
}

#[tokio::test]
async fn good_cards_of_both_generations_find_their_holders() {
    let (world, browser) = ready().await;
    for card in ["hanako", "taro", "last-try"] {
        let Found { person, right } = Hand::of(&world.layout, card).show(&browser).await.ok();
        let expected = world.person(card);
        assert_eq!((&person.name, &person.insured), (&expected.name, &expected.insured), "{card}");
        assert_eq!((right.way, right.until), (Way::Card, world.clock().now().plus(86_400)));
        assert!(person.handle.0.len() == 22 && !person.handle.0.contains(person.insured.as_str()));
    }
    world.stop().await;
}

#[tokio::test]
async fn cards_of_the_set_that_are_not_good() {
    let (world, browser) = ready().await;
    for (card, code) in
        [("expired", "UPS-203"), ("revoked", "UPS-204"), ("foreign", "UPS-205"), ("unbound", "UPS-206")]
    {
        let refused = Hand::of(&world.layout, card).show(&browser).await.refused();
        assert_eq!(refused.code, code, "{card}");
    }
    world.stop().await;
}

#[tokio::test]
async fn certificates_that_are_not_of_the_kind() {
    let (world, browser) = ready().await;
    let now = world.clock().now();
    let good = AuthCertificate::good("TEST", now);
    let cases = [
        // Good in itself, bound to nobody: so the cases below differ from it in one thing only.
        ("UPS-206", good.clone()),
        ("UPS-205", AuthCertificate { signer: Signer::Stranger, ..good.clone() }),
        ("UPS-205", AuthCertificate { signer: Signer::Forger, ..good.clone() }),
        ("UPS-203", AuthCertificate { not_before: now.plus(60), ..good.clone() }),
        ("UPS-203", AuthCertificate { not_after: now.plus(-1), ..good.clone() }),
        ("UPS-207", AuthCertificate { digital_signature: false, ..good.clone() }),
        ("UPS-207", AuthCertificate { client_auth: false, ..good.clone() }),
        ("UPS-207", AuthCertificate { policy: "1.2.392.200149.8.5.1.0.20".into(), ..good.clone() }),
        ("UPS-207", AuthCertificate { policy: "1.2.392.200149.8.5.1.3.30".into(), ..good.clone() }),
        ("UPS-207", AuthCertificate { unknown_critical: true, ..good }),
    ];
    for (code, wanted) in cases {
        let refused = Hand::issued(&world.layout, &wanted).show(&browser).await.refused();
        assert_eq!(refused.code, code, "{wanted:?}");
    }
    world.stop().await;
}

#[tokio::test]
async fn a_certificate_of_a_root_whose_time_is_over_is_no_more_good() {
    let (world, browser) = ready().await;
    // The older root ends in three years; a certificate of it that outlives it does not help.
    let later = world.clock().now().plus(4 * 365 * 86_400);
    let outliving = AuthCertificate {
        signer: Signer::Older,
        not_after: later,
        ..AuthCertificate::good("OLD", world.clock().now())
    };
    let mut hand = Hand::issued(&world.layout, &outliving);
    assert_eq!(hand.show(&browser).await.refused().code, "UPS-206");
    world.clock().shift(3 * 365 * 86_400 + 86_400);
    let (browser, _) = world.signed_in("KYOTAKU.SUZUKI").await;
    assert_eq!(hand.show(&browser).await.refused().code, "UPS-203");
    world.stop().await;
}

#[tokio::test]
async fn bytes_that_are_no_certificate() {
    let (world, browser) = ready().await;
    let mut hand = Hand::of(&world.layout, "hanako");
    let whole = hand.certificate.clone();
    for certificate in
        [Vec::new(), b"x".to_vec(), whole[..whole.len() - 1].to_vec(), [&whole[..], &[0]].concat()]
    {
        let mut body = hand.answer(&browser, &challenge(&browser).await);
        body.unverified_certificate = Base64UrlUnpadded::encode_string(&certificate);
        assert_eq!(assert_body(&browser, &body).await.refused().code, "UPS-207");
    }
    let mut body = hand.answer(&browser, &challenge(&browser).await);
    body.unverified_certificate = "not base64url!".into();
    assert_eq!(assert_body(&browser, &body).await.refused().code, "UPS-207");
    world.stop().await;
}

#[tokio::test]
async fn every_bit_of_the_certificate_counts() {
    let (world, browser) = ready().await;
    let mut hand = Hand::of(&world.layout, "hanako");
    let length = hand.certificate.len();
    for at in (0..length).step_by(length / 24) {
        hand.certificate[at] ^= 1;
        let refused = hand.show(&browser).await.refused();
        assert!(["UPS-205", "UPS-207"].contains(&refused.code.as_str()), "byte {at}: {}", refused.code);
        hand.certificate[at] ^= 1;
    }
    hand.show(&browser).await.ok();
    world.stop().await;
}

#[tokio::test]
async fn a_signature_by_another_key_or_over_something_else() {
    let (world, browser) = ready().await;
    let mut hanako = Hand::of(&world.layout, "hanako");
    let mut taro = Hand::of(&world.layout, "taro");
    // Taro's card signs, hanako's certificate is shown.
    let mut body = taro.answer(&browser, &challenge(&browser).await);
    body.unverified_certificate = Base64UrlUnpadded::encode_string(&hanako.certificate);
    assert_eq!(assert_body(&browser, &body).await.refused().code, "UPS-202");

    let fresh = challenge(&browser).await;
    let mut body = hanako.answer(&browser, &fresh);
    let other = signed_digest(&browser.origin, &fresh.nonce, &fresh.transaction, "another device");
    body.signature = Base64UrlUnpadded::encode_string(&hanako.sign(&other));
    assert_eq!(assert_body(&browser, &body).await.refused().code, "UPS-202");

    for signature in ["", "AAAA", "not base64url!"] {
        let mut body = hanako.answer(&browser, &challenge(&browser).await);
        body.signature = signature.into();
        assert_eq!(assert_body(&browser, &body).await.refused().code, "UPS-202", "{signature}");
    }
    world.stop().await;
}

#[tokio::test]
async fn of_many_challenges_the_oldest_goes() {
    let (world, browser) = ready().await;
    let mut hand = Hand::of(&world.layout, "hanako");
    let first = hand.answer(&browser, &challenge(&browser).await);
    world.clock().shift(1);
    let second = hand.answer(&browser, &challenge(&browser).await);
    world.clock().shift(1);
    for _ in 0..15 {
        challenge(&browser).await;
    }
    assert_eq!(assert_body(&browser, &first).await.refused().code, "UPS-201");
    assert_body(&browser, &second).await.ok();
    world.stop().await;
}

#[tokio::test]
async fn a_challenge_is_good_once_and_for_five_minutes() {
    let (world, browser) = ready().await;
    let mut hand = Hand::of(&world.layout, "hanako");
    let body = hand.answer(&browser, &challenge(&browser).await);
    assert_body(&browser, &body).await.ok();
    assert_eq!(assert_body(&browser, &body).await.refused().code, "UPS-201");

    // A failed answer uses it up as well.
    let fresh = challenge(&browser).await;
    let mut broken = hand.answer(&browser, &fresh);
    broken.signature = "AAAA".into();
    assert_eq!(assert_body(&browser, &broken).await.refused().code, "UPS-202");
    let body = hand.answer(&browser, &fresh);
    assert_eq!(assert_body(&browser, &body).await.refused().code, "UPS-201");

    let late = hand.answer(&browser, &challenge(&browser).await);
    world.clock().shift(300);
    assert_eq!(assert_body(&browser, &late).await.refused().code, "UPS-201");

    let mut unknown = hand.answer(&browser, &challenge(&browser).await);
    unknown.transaction = "unknown".into();
    assert_eq!(assert_body(&browser, &unknown).await.refused().code, "UPS-201");
    world.stop().await;
}

#[tokio::test]
async fn an_answer_belongs_to_its_page() {
    let (world, mut browser) = ready().await;
    let mut hand = Hand::of(&world.layout, "hanako");
    // Signed on a page elsewhere, sent from there through this one.
    let fresh = challenge(&browser).await;
    browser.origin = "https://evil.example".into();
    let body = hand.answer(&browser, &fresh);
    browser.origin = crate::browser::ORIGIN.into();
    assert_eq!(assert_body(&browser, &body).await.refused().code, "UPS-208");
    world.stop().await;
}

#[tokio::test]
async fn an_answer_belongs_to_its_session_and_device() {
    let (world, browser) = ready().await;
    let mut hand = Hand::of(&world.layout, "hanako");
    let fresh = challenge(&browser).await;
    let body = hand.answer(&browser, &fresh);
    // Somebody else, signed in too, cannot use it, and cannot use it up.
    let (other, _) = world.signed_in("KYOTAKU.SUZUKI").await;
    assert_eq!(assert_body(&other, &body).await.refused().code, "UPS-208");
    // The same person in another session of the same browser: no either.
    let mut again = browser.other_device(KYOTAKU);
    world.sign_in_with(&mut again, "KYOTAKU.SATO").await;
    assert_eq!(assert_body(&again, &body).await.refused().code, "UPS-208");
    assert_body(&browser, &body).await.ok();
    world.stop().await;
}

#[tokio::test]
async fn a_forger_names_the_real_root_and_is_found_out_by_the_signature() {
    let (world, browser) = ready().await;
    let good = AuthCertificate::good("TEST", world.clock().now());
    let key_id = |hand: &Hand| {
        let certificate = Certificate::from_der(&hand.certificate).unwrap();
        let (_, named) = certificate.tbs_certificate.get::<AuthorityKeyIdentifier>().unwrap().unwrap();
        (named.key_identifier.unwrap(), certificate.tbs_certificate.issuer)
    };
    let real = Hand::issued(&world.layout, &good);
    let stranger = Hand::issued(&world.layout, &AuthCertificate { signer: Signer::Stranger, ..good.clone() });
    let mut forged = Hand::issued(&world.layout, &AuthCertificate { signer: Signer::Forger, ..good });
    assert_eq!(key_id(&real), key_id(&forged));
    assert_eq!(key_id(&real).1, key_id(&stranger).1, "one name");
    assert_ne!(key_id(&real).0, key_id(&stranger).0);
    assert_eq!(forged.show(&browser).await.refused().code, "UPS-205");
    world.stop().await;
}

#[tokio::test]
async fn a_revocation_list_must_be_its_roots_own() {
    let folder = crate::world::copy();
    let layout = folder.layout();
    let jpki = layout.jpki();
    std::fs::copy(jpki.join("root-1.crl"), jpki.join("root-2.crl")).unwrap();
    let error = Platform::start(Config::new(layout)).await.unwrap_err().to_string();
    assert!(error.contains("root-2.crl"), "{error}");
}
