//! Numbers for a monitor.

use crate::support::{Running, Upstream};

#[tokio::test]
async fn outcomes_times_and_the_certificate_and_nothing_personal() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    running.status().send().await;
    running.post("/api/v1/person/0000000018", "{}").signed(&running).send().await;
    running.post("/api/v1/status", "{}").send().await;
    running.get("/livez").await;
    let answer = running.get("/metrics").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    let page = String::from_utf8(answer.body.to_vec()).unwrap();
    for line in [
        r#"kakehashi_relay_requests_total{kind="api",outcome="answered"} 1"#,
        r#"kakehashi_relay_requests_total{kind="api",outcome="RLY-007"} 1"#,
        r#"kakehashi_relay_requests_total{kind="api",outcome="RLY-011"} 1"#,
        r#"kakehashi_relay_requests_total{kind="page",outcome="answered"} 1"#,
        r#"kakehashi_relay_request_duration_seconds_count{kind="api"} 3"#,
    ] {
        assert!(page.lines().any(|other| other == line), "{line}\n{page}");
    }
    assert!(page.contains("\nkakehashi_relay_certificate_days_left "), "{page}");
    for secret in ["0000000018", "/api/", "127.0.0.1", crate::support::OFFICE] {
        assert!(!page.contains(secret), "{secret}");
    }
}
