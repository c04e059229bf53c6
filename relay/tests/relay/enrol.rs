//! Enrolling a device.

use crate::support::{Answer, OFFICE, Office, Outgoing, Running, Upstream, now};
use kakehashi_relay::config::Enrol;
use kakehashi_relay::enrol::new_code;
use kakehashi_signing::DeviceKey;
use serde_json::json;

fn code(running: &Running) -> String {
    new_code(&running.office.state(), &Enrol::default(), now()).unwrap()
}

async fn enrol(running: &Running, body: serde_json::Value) -> Answer {
    let mut request = Outgoing::get(running, "/relay/enrol").header("content-type", "application/json");
    request.method = "POST".into();
    request.body = body.to_string().into_bytes();
    request.send().await
}

fn application(code: &str, device: &DeviceKey) -> serde_json::Value {
    json!({"code": code, "public_key": device.jwk().unwrap(), "label": "相談室のパソコン"})
}

#[tokio::test]
async fn from_code_to_first_request() {
    let upstream = Upstream::echo().await;
    let mut running = Running::before(&upstream).await;
    let device = DeviceKey::generate().unwrap();
    let typed = code(&running).to_lowercase();
    let answer = enrol(&running, application(&typed, &device)).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let admission = answer.json();
    assert_eq!(admission["office"], OFFICE);
    let expires = admission["expires_at"].as_u64().unwrap();
    assert!(expires.abs_diff(now() + 365 * 86_400) < 5);
    running.device = device;
    running.credential = admission["credential"].as_str().unwrap().to_owned();
    assert_eq!(running.status().send().await.status, 200);
}

#[tokio::test]
async fn a_code_is_good_once_even_for_many_at_once() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    let (code, device) = (code(&running), DeviceKey::generate().unwrap());
    let requests = (0..8).map(|_| enrol(&running, application(&code, &device)));
    let answers = join_all(requests).await;
    let good = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(good, 1);
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        answer.refused("RLY-021", 403);
    }
    enrol(&running, application(&code, &device)).await.refused("RLY-021", 403);
}

#[tokio::test]
async fn an_expired_code_is_refused() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    let old = new_code(&running.office.state(), &Enrol::default(), now() - 1800).unwrap();
    enrol(&running, application(&old, &DeviceKey::generate().unwrap())).await.refused("RLY-021", 403);
}

#[tokio::test]
async fn guessing_has_to_wait() {
    let upstream = Upstream::echo().await;
    let running = Office::with(&upstream).tables("[enrol]\nattempts = 3").start(upstream.address).await;
    let device = DeviceKey::generate().unwrap();
    for _ in 0..3 {
        enrol(&running, application("0000-0000-00", &device)).await.refused("RLY-021", 403);
    }
    let answer = enrol(&running, application(&code(&running), &device)).await;
    answer.refused("RLY-022", 429);
    assert!(answer.header("retry-after").parse::<u64>().unwrap() > 800);
}

#[tokio::test]
async fn what_is_not_of_the_form_uses_no_code() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    let (code, device) = (code(&running), DeviceKey::generate().unwrap());
    let good = application(&code, &device);
    type Change = fn(&mut serde_json::Value);
    let changes: [Change; 7] = [
        |body| body["label"] = "".into(),
        |body| body["label"] = "あ".repeat(65).into(),
        |body| body["label"] = "a\nb".into(),
        |body| body["more"] = 1.into(),
        |body| body["public_key"]["crv"] = "P-384".into(),
        // No point of the curve.
        |body| body["public_key"]["y"] = body["public_key"]["x"].clone(),
        |body| *body = json!([]),
    ];
    for change in changes {
        let mut body = good.clone();
        change(&mut body);
        enrol(&running, body.clone()).await.refused("RLY-004", 400);
    }
    let mut request = Outgoing::get(&running, "/relay/enrol").header("content-type", "text/plain");
    request.method = "POST".into();
    request.body = good.to_string().into_bytes();
    request.send().await.refused("RLY-004", 400);
    running.get("/relay/enrol").await.refused("RLY-007", 404);
    assert_eq!(enrol(&running, good).await.status, 200, "the code is still good");
}

#[tokio::test]
async fn without_a_certificate_there_is_no_office_to_enrol_for() {
    let upstream = Upstream::echo().await;
    let office = Office::with(&upstream);
    std::fs::remove_file(office.path("cert.pem")).unwrap();
    let running = office.start(upstream.address).await;
    let (code, device) = (code(&running), DeviceKey::generate().unwrap());
    enrol(&running, application(&code, &device)).await.refused("RLY-031", 503);
}

#[tokio::test]
async fn another_page_cannot_enrol() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    let body = application(&code(&running), &DeviceKey::generate().unwrap());
    let mut request = Outgoing::get(&running, "/relay/enrol")
        .header("content-type", "application/json")
        .header("origin", "https://evil.example");
    request.method = "POST".into();
    request.body = body.to_string().into_bytes();
    request.send().await.refused("RLY-001", 403);
}

async fn join_all<T: Send + 'static>(futures: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut pinned: Vec<_> = futures.map(Box::pin).collect();
    let mut done = Vec::new();
    std::future::poll_fn(|context| {
        pinned.retain_mut(|future| match future.as_mut().poll(context) {
            std::task::Poll::Ready(value) => {
                done.push(value);
                false
            }
            std::task::Poll::Pending => true,
        });
        if pinned.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done
}
