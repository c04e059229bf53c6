//! The device's signature over every request.

use crate::browser::{AUTHORITY, Browser, credential, machine_time};
use crate::world::{KYOTAKU, World};
use bytes::Bytes;
use futures_util::TryStreamExt;
use http::{HeaderValue, Request, header};
use http_body::Frame;
use http_body_util::{BodyExt, Full, StreamBody};
use kakehashi_domain::upstream::{Empty, Status, route};
use kakehashi_platform::Rules;
use kakehashi_signing::{DeviceKey, WINDOW};

async fn detail(browser: &Browser, request: Request<Full<Bytes>>) -> String {
    let (status, code, detail) = browser.send(request).await.unwrap().problem();
    assert_eq!((status, code.as_str()), (400, "UPS-400"));
    detail
}

#[tokio::test]
async fn tampered_requests_are_refused() {
    let world = World::start().await;
    let browser = world.browser(KYOTAKU);
    let fresh = || browser.request(route::STATUS, &Empty {});

    let mut body = fresh();
    *body.body_mut() = Full::new(Bytes::from_static(b"[]"));
    assert_eq!(detail(&browser, body).await, "signature");

    let mut path = fresh();
    *path.uri_mut() = route::PERSON_SEEN.parse().unwrap();
    assert_eq!(detail(&browser, path).await, "signature");

    for (name, value) in [
        (header::AUTHORIZATION.as_str(), "Bearer added"),
        ("idempotency-key", "added"),
        (header::CONTENT_TYPE.as_str(), "application/json; charset=utf-8"),
        (header::FORWARDED.as_str(), "host=\"elsewhere.example\""),
    ] {
        let mut request = fresh();
        let value = HeaderValue::from_static(value);
        request.headers_mut().insert(http::HeaderName::try_from(name).unwrap(), value);
        assert_eq!(detail(&browser, request).await, "signature", "{name}");
    }
    world.stop().await;
}

#[tokio::test]
async fn unsigned_late_and_replayed_requests_are_refused() {
    let world = World::start().await;
    let browser = world.browser(KYOTAKU);

    for name in ["signature", "signature-input", "content-digest"] {
        let mut request = browser.request(route::STATUS, &Empty {});
        request.headers_mut().remove(name);
        assert_eq!(detail(&browser, request).await, "signature", "{name}");
    }
    let now = machine_time();
    for created in [now - WINDOW - 5, now + WINDOW + 5] {
        let request = browser.request_at(route::STATUS, &Empty {}, created);
        assert_eq!(detail(&browser, request).await, "signature");
    }
    let request = browser.request(route::STATUS, &Empty {});
    let again = request.clone();
    let _: Status = browser.send(request).await.unwrap().said().ok();
    assert_eq!(detail(&browser, again).await, "signature");
    world.stop().await;
}

#[tokio::test]
async fn moving_the_clock_of_the_rules_makes_no_signature_late() {
    let world = World::start().await;
    let browser = world.browser(KYOTAKU);
    world.clock().shift(9 * 3_600);
    let _: Status = browser.post(route::STATUS, &Empty {}).await.said().ok();
    world.stop().await;
}

#[tokio::test]
async fn a_device_must_say_its_own_key() {
    let world = World::start().await;
    let browser = world.browser(KYOTAKU);

    let mut none = browser.request(route::STATUS, &Empty {});
    none.headers_mut().remove("kakehashi-device");
    assert_eq!(detail(&browser, none).await, "device");

    let mut other = browser.request(route::STATUS, &Empty {});
    let foreign = credential(&DeviceKey::generate().unwrap(), KYOTAKU);
    other.headers_mut().insert("kakehashi-device", HeaderValue::from_str(&foreign).unwrap());
    assert_eq!(detail(&browser, other).await, "signature");

    let mut nonsense = browser.request(route::STATUS, &Empty {});
    nonsense.headers_mut().insert("kakehashi-device", HeaderValue::from_static("a.b"));
    assert_eq!(detail(&browser, nonsense).await, "device");
    world.stop().await;
}

#[tokio::test]
async fn the_authority_is_the_one_the_browser_saw() {
    let world = World::start().await;
    let browser = world.browser(KYOTAKU);
    // Without a relay between, the host itself counts.
    let mut direct = browser.request(route::STATUS, &Empty {});
    direct.headers_mut().remove(header::FORWARDED);
    direct.headers_mut().insert(header::HOST, HeaderValue::from_static(AUTHORITY));
    let _: Status = browser.send(direct).await.unwrap().said().ok();

    for forwarded in ["for=x", "host=a, host=b", "host=\"\""] {
        let mut request = browser.request(route::STATUS, &Empty {});
        request.headers_mut().insert(header::FORWARDED, HeaderValue::from_static(forwarded));
        assert_eq!(detail(&browser, request).await, "forwarded", "{forwarded}");
    }
    world.stop().await;
}

#[tokio::test]
async fn bodies_are_limited_and_of_their_form() {
    let world = World::start().await;
    let browser = world.browser(KYOTAKU);
    let large = browser.signed(route::STATUS, vec![b' '; 1024 * 1024 + 1], machine_time());
    assert_eq!(browser.send(large).await.unwrap().problem().1, "UPS-413");
    // The same without saying so beforehand: the bytes are counted as they come.
    let large = browser.signed(route::STATUS, vec![b' '; 1024 * 1024 + 1], machine_time());
    let unsaid = large.map(|whole| StreamBody::new(whole.into_data_stream().map_ok(Frame::data)));
    assert_eq!(browser.send(unsaid).await.unwrap().problem().1, "UPS-413");
    let full = browser.signed(route::STATUS, vec![b' '; 1024 * 1024], machine_time());
    assert_eq!(detail(&browser, full).await, "body");
    for text in ["", "{", "null", "{\"user_id\":1}"] {
        let request = browser.signed(route::SESSION_START, text.into(), machine_time());
        assert_eq!(detail(&browser, request).await, "body", "{text}");
    }
    world.stop().await;
}

#[tokio::test]
async fn a_request_that_does_not_come_to_its_end_is_given_up() {
    let world = World::with(Rules { request_s: 1, ..Rules::default() }).await;
    let browser = world.browser(KYOTAKU);
    let whole = browser.request(route::STATUS, &Empty {});
    let never = futures_util::stream::pending::<Result<Frame<Bytes>, std::io::Error>>();
    let endless = whole.map(|_| StreamBody::new(never));
    assert_eq!(browser.send(endless).await.unwrap().problem().1, "UPS-503");
    world.stop().await;
}
