//! The office's client certificate: TLS 1.3 only, and none but a good one.

use crate::browser::{Browser, Identity};
use crate::world::{DAY, KYOTAKU, World};
use kakehashi_domain::upstream::{Empty, route};

/// The alert with which the other end turned the connection down.
async fn refused(browser: &Browser) -> String {
    browser.turned_down().await
}

#[tokio::test]
async fn without_one_there_is_no_connection() {
    let world = World::start().await;
    let browser = Browser::new(&world, Identity::none(), KYOTAKU);
    let said = refused(&browser).await;
    assert!(said.contains("CertificateRequired"), "{said}");
    world.stop().await;
}

#[tokio::test]
async fn expired_revoked_and_unknown_issuers_do_not_pass() {
    let world = World::start().await;
    for (sample, alert) in [("expired", "CertificateExpired"), ("revoked", "CertificateRevoked")] {
        let browser = Browser::new(&world, Identity::of(&world.layout.sample(sample)), KYOTAKU);
        let said = refused(&browser).await;
        assert!(said.contains(alert), "{sample}: {said}");
    }
    // The office certificate of another installation: same names, another CA.
    let elsewhere = tempfile::tempdir().unwrap();
    let other = kakehashi_platform::Layout::new(elsewhere.path());
    kakehashi_platform::make(&other).unwrap();
    let browser = Browser::new(&world, Identity::of(&other.office(KYOTAKU)), KYOTAKU);
    let said = refused(&browser).await;
    assert!(said.contains("UnknownCA") || said.contains("DecryptError"), "{said}");
    world.stop().await;
}

/// OpenSSL as the other end: rustls is built here without TLS 1.2.
#[tokio::test(flavor = "multi_thread")]
async fn tls_1_2_is_refused() {
    let world = World::start().await;
    let office = world.layout.office(KYOTAKU);
    let (certificate, key, ca) = (office.join("cert.pem"), office.join("key.pem"), world.layout.ca());
    let shake = |version: &'static str| {
        let mut command = std::process::Command::new("openssl");
        command.args(["s_client", version, "-connect", &world.address().to_string(), "-cert"]);
        command
            .arg(&certificate)
            .arg("-key")
            .arg(&key)
            .arg("-CAfile")
            .arg(&ca)
            .args(["-verify_return_error"]);
        let output = command.stdin(std::process::Stdio::null()).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&text).into_owned())
    };
    let (shaken, said) = shake("-tls1_3");
    assert!(shaken && said.contains("TLSv1.3"), "{said}");
    let (shaken, said) = shake("-tls1_2");
    assert!(!shaken && said.contains("alert protocol version"), "{said}");
    world.stop().await;
}

#[tokio::test]
async fn an_office_nobody_knows_is_refused() {
    let world = World::start().await;
    let identity = Identity::of(&world.layout.sample("stranger"));
    let browser = Browser::new(&world, identity, "1099999990");
    let reply = browser.post(route::STATUS, &Empty {}).await;
    assert_eq!(reply.problem(), (403, "UPS-403".into(), String::new()));
    world.stop().await;
}

#[tokio::test]
async fn a_device_of_another_office_is_refused() {
    let world = World::start().await;
    let identity = Identity::of(&world.layout.office(KYOTAKU));
    let browser = Browser::new(&world, identity, DAY);
    assert_eq!(browser.post(route::STATUS, &Empty {}).await.problem().1, "UPS-403");
    world.stop().await;
}

#[tokio::test]
async fn a_session_of_another_office_is_refused() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let mut other = world.browser(DAY);
    other.token = browser.token.clone();
    let reply = other.post(route::PERSON_SEEN, &Empty {}).await;
    assert_eq!(reply.problem(), (403, "UPS-403".into(), String::new()));
    world.stop().await;
}
