//! A good request, there and back.

use crate::support::{Office, Running, Upstream, json};
use bytes::Bytes;
use http::Response;
use http_body_util::Full;
use std::sync::atomic::Ordering;

#[tokio::test]
async fn content_goes_there_and_back_byte_for_byte() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    for size in [0, 1, 1000, 300_000] {
        let body: Vec<u8> = (0..size).map(|n: usize| (n * 7 % 256) as u8).collect();
        let answer = running.post("/api/v1/person/search", body.clone()).signed(&running).send().await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.body, body);
        assert_eq!(upstream.seen().pop().unwrap().body, body);
    }
    assert_eq!(upstream.connections.load(Ordering::Relaxed), 1, "one connection for all");
}

#[tokio::test]
async fn only_listed_headers_pass_each_way() {
    let upstream = Upstream::answering(|_| async {
        Response::builder()
            .header("content-type", "application/json")
            .header("retry-after", "7")
            .header("set-cookie", "a=b")
            .header("server", "upstream")
            .header("access-control-allow-origin", "*")
            .header("connection", "x-secret")
            .header("x-secret", "s")
            .status(503)
            .body(Full::new(Bytes::from_static(b"{}")))
            .unwrap()
    })
    .await;
    let running = Running::before(&upstream).await;
    let request = running
        .post("/api/v1/status", "{}")
        .header("authorization", "Bearer t")
        .header("idempotency-key", "k")
        .header("accept", "application/json")
        .header("origin", &format!("http://{}", running.address))
        .header("cookie", "secret=1")
        .header("forwarded", "for=1.2.3.4;host=evil")
        .header("x-forwarded-host", "evil")
        .header("x-request-id", "theirs")
        .header("te", "trailers")
        .header("proxy-authorization", "x")
        .signed(&running);
    let signature = request.headers["signature"].clone();
    let answer = request.send().await;

    let seen = upstream.seen().pop().unwrap();
    assert_eq!((seen.method.as_str(), seen.target.as_str()), ("POST", "/api/v1/status"));
    let mut names: Vec<_> = seen.headers.keys().map(|name| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "accept",
            "authorization",
            "content-digest",
            "content-length",
            "content-type",
            "forwarded",
            "host",
            "idempotency-key",
            "kakehashi-device",
            "origin",
            "signature",
            "signature-input",
            "x-request-id"
        ]
    );
    assert_eq!(seen.headers["forwarded"], format!("host=\"{}\"", running.address));
    assert_eq!(seen.headers["signature"], signature, "the device's signature travels on");
    assert_eq!(seen.headers["x-request-id"], answer.header("x-request-id"));

    assert_eq!(answer.status, 503, "the upstream's status is the upstream's");
    assert_eq!(answer.header("retry-after"), "7");
    assert_eq!(answer.header("cache-control"), "no-store");
    for name in ["set-cookie", "server", "x-secret"] {
        assert!(!answer.headers.contains_key(name), "{name}");
    }
    assert_ne!(answer.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn the_upstream_can_check_the_device_again() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    running.status().send().await;
    let seen = upstream.seen().pop().unwrap();
    let authority = seen.headers["forwarded"].to_str().unwrap();
    let authority = authority.strip_prefix("host=\"").unwrap().strip_suffix('"').unwrap();
    let received = kakehashi_signing::Received {
        method: &seen.method,
        authority,
        path: &seen.target,
        query: None,
        headers: &seen.headers,
    };
    let claim = received.claim().unwrap();
    let key = kakehashi_signing::VerifyingKey::new(&running.device.jwk().unwrap()).unwrap();
    assert_eq!(claim.check(&key, crate::support::now(), 60), Ok(()));
    assert_eq!(kakehashi_signing::check_digest(&seen.headers, &seen.body), Ok(()));
}

#[tokio::test]
async fn a_long_answer_passes_as_it_comes() {
    let long: Bytes = (0..200_000_u32).flat_map(u32::to_le_bytes).collect::<Vec<_>>().into();
    let answer = long.clone();
    let upstream = Upstream::answering(move |_| {
        let answer = answer.clone();
        async move { json(answer) }
    })
    .await;
    let running =
        Office::with(&upstream).tables("[limits]\nanswer_bytes = 1000").start(upstream.address).await;
    let answer = running.status().send().await;
    assert_eq!(answer.body, long);
}

#[tokio::test]
async fn only_known_routes_are_forwarded() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    for target in [
        "/api/v1/other",
        "/api/v1/status?a=1",
        "/api/v1/status/",
        "/api/v1//status",
        "/api/v1/%73tatus",
        "/api/v1/x/../status",
        "/api/v1/status.",
        "/api/",
    ] {
        running.post(target, "{}").signed(&running).send().await.refused("RLY-007", 404);
    }
    let mut get = running.post("/api/v1/status", "").without("content-type");
    get.method = "GET".into();
    get.signed(&running).send().await.refused("RLY-007", 404);
    assert!(upstream.seen().is_empty());
}
