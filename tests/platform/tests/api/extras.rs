//! The extras: for this machine only.

use crate::world::{KYOTAKU, World};
use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use kakehashi_platform::{Clock, Config, Platform, PlatformError};
use tokio::net::TcpStream;

/// Sends a plain request to the extras.
pub(crate) async fn send(world: &World, request: Request<Full<Bytes>>) -> (StatusCode, String) {
    let stream = TcpStream::connect(world.extras()).await.unwrap();
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
    let driver = tokio::spawn(connection);
    let response = sender.send_request(request).await.unwrap();
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    driver.abort();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

fn request(world: &World, method: Method, path: &str, body: &'static str) -> http::request::Builder {
    let kind = if body.is_empty() { "text/plain" } else { "application/json" };
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, world.extras().to_string())
        .header(header::CONTENT_TYPE, kind)
}

/// Reads a page of the extras.
pub(crate) async fn get(world: &World, path: &str) -> String {
    let request = request(world, Method::GET, path, "").body(Full::default()).unwrap();
    let (status, text) = send(world, request).await;
    assert_eq!(status, StatusCode::OK);
    text
}

/// Sends JSON to the extras: status and answer.
pub(crate) async fn post(world: &World, path: &str, body: &'static str) -> (u16, String) {
    let request = request(world, Method::POST, path, body).body(Full::from(body)).unwrap();
    let (status, text) = send(world, request).await;
    (status.as_u16(), text)
}

#[tokio::test]
async fn the_pages_tell_how_to_try() {
    let world = World::start().await;
    let index = get(&world, "/").await;
    for needle in
        ["架空", "KJ107040000501", "Kakehashi-kyotaku-sato", "0000012345", "hanako", "last-try", "1234"]
    {
        assert!(index.contains(needle), "{needle}");
    }
    assert!(get(&world, "/outbox").await.contains("まだ確認コードは送られていません"));
    let browser = world.browser(KYOTAKU);
    browser.start("KYOTAKU.SATO", &world.account("KYOTAKU.SATO").password).await.ok();
    let page = get(&world, "/outbox").await;
    assert!(page.contains(&world.otp().await) && page.contains("http-equiv=refresh"));
    world.stop().await;
}

#[tokio::test]
async fn pages_elsewhere_may_not_look_in() {
    let world = World::start().await;
    for (name, value) in [
        (header::HOST, "rebound.example"),
        (header::ORIGIN, "https://evil.example"),
        (header::ORIGIN, "null"),
    ] {
        for path in ["/outbox.json", "/", "/reader"] {
            let mut get = request(&world, Method::GET, path, "").body(Full::default()).unwrap();
            get.headers_mut().insert(name.clone(), value.parse().unwrap());
            let (status, text) = send(&world, get).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{path} {name} {value}: {text}");
        }
    }
    world.stop().await;
}

#[tokio::test]
async fn the_clock_can_be_moved() {
    let world = World::start().await;
    let before = world.clock().now();
    let body = r#"{"plus_s":3600}"#;
    let post = request(&world, Method::POST, "/clock", body).body(Full::from(body)).unwrap();
    let (status, text) = send(&world, post).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(world.clock().now(), before.plus(3_600));
    assert!(text.contains("\"plus_s\":3600"));
    // A plain form, as any page could send without asking, is not taken.
    let mut form = request(&world, Method::POST, "/clock", "").body(Full::from(body)).unwrap();
    form.headers_mut().remove(header::ORIGIN);
    assert_eq!(send(&world, form).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(world.clock().now(), before.plus(3_600));
    world.stop().await;
}

#[tokio::test]
async fn they_never_listen_to_the_network() {
    let folder = crate::world::copy();
    let layout = folder.layout();
    let config = Config { extras: Some(([0, 0, 0, 0], 0).into()), ..Config::new(layout) };
    assert!(matches!(Platform::start(config).await, Err(PlatformError::ExtrasNotLoopback(_))));
}
