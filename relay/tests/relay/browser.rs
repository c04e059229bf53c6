//! Host, Origin, CORS, and the small pages.

use crate::support::{Office, Outgoing, Running, Upstream, raw};

const PAGE: &str = "https://kaigo.city.example.jp";

async fn shared(upstream: &Upstream) -> Running {
    Office::with(upstream).top(&format!("origins = [\"{PAGE}\"]")).start(upstream.address).await
}

#[tokio::test]
async fn another_host_is_refused_everywhere() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    let host = "evil.example:80";
    for path in ["/", "/livez", "/relay/status"] {
        Outgoing::get(&running, path).header("host", host).send().await.refused("RLY-002", 421);
    }
    running
        .post("/api/v1/status", "{}")
        .header("host", host)
        .signed(&running)
        .send()
        .await
        .refused("RLY-002", 421);
    let none = raw(running.address, b"GET /livez HTTP/1.1\r\nconnection: close\r\n\r\n").await;
    assert!(none.contains("RLY-002"), "{none}");
    let two = format!(
        "GET /livez HTTP/1.1\r\nhost: {0}\r\nhost: {0}\r\nconnection: close\r\n\r\n",
        running.address
    );
    assert!(raw(running.address, two.as_bytes()).await.contains("RLY-002"));
    let absolute = format!(
        "GET http://evil.example/livez HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n",
        running.address
    );
    assert!(raw(running.address, absolute.as_bytes()).await.contains("RLY-002"));
    let local = format!("localhost:{}", running.address.port());
    assert_eq!(Outgoing::get(&running, "/livez").header("host", &local).send().await.status, 200);
}

#[tokio::test]
async fn another_page_is_refused() {
    let upstream = Upstream::echo().await;
    let running = shared(&upstream).await;
    for origin in
        ["https://evil.example", "null", "https://kaigo.city.example.jp:8443", "http://kaigo.city.example.jp"]
    {
        let answer =
            running.post("/api/v1/status", "{}").header("origin", origin).signed(&running).send().await;
        answer.refused("RLY-001", 403);
        assert!(!answer.headers.contains_key("access-control-allow-origin"));
    }
    assert!(upstream.seen().is_empty());
}

#[tokio::test]
async fn configured_and_own_pages_may() {
    let upstream = Upstream::echo().await;
    let running = shared(&upstream).await;
    let own = format!("http://{}", running.address);
    for origin in [PAGE, &own] {
        let answer =
            running.post("/api/v1/status", "{}").header("origin", origin).signed(&running).send().await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("access-control-allow-origin"), origin);
        assert_eq!(answer.header("access-control-expose-headers"), "retry-after, x-request-id");
        assert_eq!(answer.header("vary"), "Origin");
        assert_eq!(upstream.seen().pop().unwrap().headers["origin"], origin);
    }
    // A refusal must be readable too, or the page could not say what is wrong.
    let refused = running.post("/api/v1/status", "{}").header("origin", PAGE).send().await;
    refused.refused("RLY-011", 401);
    assert_eq!(refused.header("access-control-allow-origin"), PAGE);
}

#[tokio::test]
async fn preflight() {
    let upstream = Upstream::echo().await;
    let running = shared(&upstream).await;
    for path in ["/api/v1/status", "/relay/enrol"] {
        let mut request = Outgoing::get(&running, path)
            .header("origin", PAGE)
            .header("access-control-request-method", "POST");
        request.method = "OPTIONS".into();
        let answer = request.clone().send().await;
        assert_eq!(answer.status, 204);
        assert_eq!(answer.header("access-control-allow-origin"), PAGE);
        assert_eq!(answer.header("access-control-allow-methods"), "GET, POST");
        for name in ["signature", "signature-input", "content-digest", "kakehashi-device", "authorization"] {
            assert!(answer.header("access-control-allow-headers").split(", ").any(|h| h == name), "{name}");
        }
        request.header("origin", "https://evil.example").send().await.refused("RLY-001", 403);
    }
}

#[tokio::test]
async fn small_pages() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    for path in ["/livez", "/readyz"] {
        let answer = running.get(path).await;
        assert_eq!((answer.status.as_u16(), &answer.body[..]), (200, &b"ok"[..]), "{path}");
    }
    let status = running.get("/relay/status").await.json();
    assert_eq!(status["office"], crate::support::OFFICE);
    assert!(status["certificate"]["not_after"].as_u64().unwrap() > crate::support::now());
    assert!(status["now"].as_u64().unwrap().abs_diff(crate::support::now()) <= 2);
    running.get("/").await.refused("RLY-007", 404);
    running.get("/relay/other").await.refused("RLY-007", 404);
}

#[tokio::test]
async fn small_pages_called_in_another_way() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    for (method, path) in [
        ("POST", "/livez"),
        ("PUT", "/readyz"),
        ("POST", "/relay/status"),
        ("OPTIONS", "/relay/status"),
        ("DELETE", "/metrics"),
        ("GET", "/relay/enrol"),
        ("OPTIONS", "/livez"),
    ] {
        let mut request = Outgoing::get(&running, path);
        request.method = method.into();
        let answer = request.send().await;
        answer.refused("RLY-007", 404);
        assert!(!answer.headers.contains_key("allow"), "{method} {path}");
    }
    // RFC 9110 §9.3.2: as GET, without the content.
    let mut head = Outgoing::get(&running, "/livez");
    head.method = "HEAD".into();
    let answer = head.send().await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("cache-control"), answer.body.len()),
        (200, "no-store", 0)
    );
}
