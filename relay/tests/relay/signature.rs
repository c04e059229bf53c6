//! What is not signed as it must be goes no further.

use crate::support::{OFFICE, Running, Upstream, now};
use kakehashi_signing::DeviceKey;

#[tokio::test]
async fn unsigned_is_refused() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    running.post("/api/v1/status", "{}").send().await.refused("RLY-011", 401);
    running.status().without("signature").send().await.refused("RLY-011", 401);
    running.status().without("signature-input").send().await.refused("RLY-011", 401);
    // Unknown routes are not told to strangers.
    running.post("/api/v1/other", "{}").send().await.refused("RLY-011", 401);
    assert!(upstream.seen().is_empty());
}

#[tokio::test]
async fn tampered_is_refused() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;

    let mut body = running.status();
    body.body = b"{ }".to_vec();
    body.send().await.refused("RLY-016", 401);

    let mut path = running.status();
    path.target = "/api/v1/person/search".into();
    path.send().await.refused("RLY-012", 401);

    let mut query = running.status();
    query.target += "?a=1";
    query.send().await.refused("RLY-012", 401);

    let mut method = running.status();
    method.method = "PUT".into();
    method.send().await.refused("RLY-012", 401);

    let token = running.post("/api/v1/status", "{}").header("authorization", "Bearer mine").signed(&running);
    token.header("authorization", "Bearer stolen").send().await.refused("RLY-012", 401);
    running.status().header("authorization", "Bearer added").send().await.refused("RLY-012", 401);
    running.status().header("content-type", "text/plain").send().await.refused("RLY-012", 401);
    running.status().without("content-digest").send().await.refused("RLY-012", 401);
    let other = kakehashi_signing::content_digest(b"[]");
    running.status().header("content-digest", &other).send().await.refused("RLY-012", 401);
    running.status().header("signature", "sig=:AAAA:").send().await.refused("RLY-012", 401);
    assert!(upstream.seen().is_empty());
}

#[tokio::test]
async fn late_and_early_are_refused() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    for created in [now() - 62, now() + 120] {
        let request = running.post("/api/v1/status", "{}").signed_at(&running, created);
        request.send().await.refused("RLY-013", 401);
    }
    let good = running.post("/api/v1/status", "{}").signed_at(&running, now() + 30);
    assert_eq!(good.send().await.status, 200);
}

#[tokio::test]
async fn replayed_is_refused() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    let request = running.status();
    let (first, second) = tokio::join!(request.clone().send(), request.clone().send());
    let (good, bad) = if first.status == 200 { (first, second) } else { (second, first) };
    assert_eq!(good.status, 200);
    bad.refused("RLY-014", 401);
    request.send().await.refused("RLY-014", 401);
    assert_eq!(upstream.seen().len(), 1);
}

#[tokio::test]
async fn an_unsigned_copy_does_not_use_up_the_nonce() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    let request = running.status();
    let forged = request.clone().header("authorization", "Bearer x");
    forged.send().await.refused("RLY-012", 401);
    assert_eq!(request.send().await.status, 200);
}

#[tokio::test]
async fn unknown_devices_are_refused() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    running.status().without("kakehashi-device").send().await.refused("RLY-015", 401);
    running.status().header("kakehashi-device", "x.y").send().await.refused("RLY-015", 401);

    let office = &running.office;
    let stranger = DeviceKey::generate().unwrap();
    let theirs = office.credential(&stranger, OFFICE, now(), now() + 60);
    running.status().header("kakehashi-device", &theirs).send().await.refused("RLY-015", 401);

    for (iat, exp, number) in [
        (now() - 100, now() - 1, OFFICE),
        (now() + 1000, now() + 2000, OFFICE),
        (now(), now() + 60, "1070400013"),
    ] {
        let credential = office.credential(&running.device, number, iat, exp);
        running.status().header("kakehashi-device", &credential).send().await.refused("RLY-015", 401);
    }

    let elsewhere = crate::support::Office::new();
    let credential = elsewhere.credential(&running.device, OFFICE, now(), now() + 60);
    running.status().header("kakehashi-device", &credential).send().await.refused("RLY-015", 401);
    assert!(upstream.seen().is_empty());
}

#[tokio::test]
async fn relays_that_share_the_issuer_key_accept_each_others_devices() {
    let upstream = Upstream::echo().await;
    let (first, mut second) = (Running::before(&upstream).await, crate::support::Office::with(&upstream));
    std::fs::copy(first.office.state().join("issuer.key"), second.state().join("issuer.key")).unwrap();
    second.top = String::new();
    let second = second.start(upstream.address).await;
    let mut request =
        first.post("/api/v1/status", "{}").header("host", &second.address.to_string()).signed(&first);
    request.redirect(second.address);
    assert_eq!(request.send().await.status, 200);
}

#[tokio::test]
async fn a_full_replay_cache_refuses_rather_than_forgets() {
    let upstream = Upstream::echo().await;
    let running =
        crate::support::Office::with(&upstream).tables("[limits]\nnonces = 2").start(upstream.address).await;
    let first = running.status();
    assert_eq!(first.clone().send().await.status, 200);
    assert_eq!(running.status().send().await.status, 200);
    let answer = running.status().send().await;
    answer.refused("RLY-006", 503);
    assert_eq!(answer.header("retry-after"), "60");
    first.send().await.refused("RLY-014", 401);
}
