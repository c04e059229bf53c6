//! An upstream that is down, slow, strange, or somebody else.

use crate::support::{Office, Pki, Running, Upstream, json};
use bytes::Bytes;
use http::Response;
use http_body_util::Full;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

#[tokio::test]
async fn down() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = listener.local_addr().unwrap();
    drop(listener);
    let running = Office::new().start(nobody).await;
    let answer = running.status().send().await;
    answer.refused("RLY-041", 502);
    assert_eq!(answer.header("retry-after"), "10");
    assert_eq!(running.get("/readyz").await.status, 200, "readiness is about this relay");
}

#[tokio::test]
async fn slow_to_answer() {
    let upstream = Upstream::answering(|_| async {
        std::future::pending::<()>().await;
        json("{}")
    })
    .await;
    let mut office = Office::with(&upstream);
    let text = office.text(upstream.address).replace("response_ms = 20000", "response_ms = 100");
    office.tables = String::new();
    let config = kakehashi_relay::Config::parse(&text, office.folder.path()).unwrap();
    let running = office.start_with(&config).await;
    running.status().send().await.refused("RLY-042", 504);
}

#[tokio::test]
async fn slow_to_connect() {
    // Accepts, and never says a word of TLS.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let silent = tokio::spawn(async move {
        let mut all = Vec::new();
        loop {
            all.push(listener.accept().await.unwrap());
        }
    });
    let office = Office::new();
    let text = office.text(address).replace("response_ms = 20000", "connect_ms = 100");
    let config = kakehashi_relay::Config::parse(&text, office.folder.path()).unwrap();
    let running = office.start_with(&config).await;
    running.status().send().await.refused("RLY-042", 504);
    silent.abort();
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let upstream = Upstream::answering(|_| async {
        let location = "https://elsewhere.example/";
        Response::builder().status(307).header("location", location).body(Full::new(Bytes::new())).unwrap()
    })
    .await;
    let running = Running::before(&upstream).await;
    let answer = running.status().send().await;
    answer.refused("RLY-043", 502);
    assert!(!answer.headers.contains_key("location"));
    assert_eq!(upstream.seen().len(), 1);
}

/// An upstream that reads a request and then writes these bytes and hangs up.
async fn blurting(bytes: &'static [u8]) -> Upstream {
    Upstream::raw(move |mut stream| async move {
        let _ = stream.read(&mut [0; 4096]).await;
        let _ = stream.write_all(bytes).await;
        let _ = stream.shutdown().await;
    })
    .await
}

#[tokio::test]
async fn answers_that_make_no_sense() {
    for bytes in [
        &b""[..],
        b"hello\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-le",
    ] {
        let upstream = blurting(bytes).await;
        let running = Running::before(&upstream).await;
        running.status().send().await.refused("RLY-043", 502);
    }
}

#[tokio::test]
async fn no_tls_at_all() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let plain = tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    let running = Office::new().start(address).await;
    running.status().send().await.refused("RLY-043", 502);
    plain.abort();
}

#[tokio::test]
async fn somebody_else_is_not_told_anything() {
    let told = Arc::new(AtomicUsize::new(0));
    let pki = Pki::new();
    let elsewhere = Pki::new();
    for server in [pki.server("other.test"), elsewhere.server("upstream.test")] {
        let count = Arc::clone(&told);
        let upstream = Upstream::with(pki.clone(), &server, move |mut stream| {
            let count = Arc::clone(&count);
            async move {
                if stream.read(&mut [0; 10]).await.is_ok_and(|length| length > 0) {
                    count.fetch_add(1, Ordering::Relaxed);
                }
            }
        })
        .await;
        let running = Running::before(&upstream).await;
        running.status().send().await.refused("RLY-044", 502);
    }
    assert_eq!(told.load(Ordering::Relaxed), 0, "not a byte of the request");
}

#[tokio::test]
async fn our_certificate_is_refused() {
    let upstream = Upstream::echo().await;
    let office = Office::with(&upstream);
    office.put(&Pki::new().office(crate::support::OFFICE));
    let running = office.start(upstream.address).await;
    for _ in 0..5 {
        running.status().send().await.refused("RLY-033", 502);
    }
    assert!(upstream.seen().is_empty());
}

#[tokio::test]
async fn a_connection_closed_while_idle_is_no_failure() {
    // One answer a connection, then it is closed without a word.
    let upstream = Upstream::raw(|mut stream| async move {
        let _ = stream.read(&mut [0; 4096]).await;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
        let _ = stream.shutdown().await;
    })
    .await;
    let running = Running::before(&upstream).await;
    for _ in 0..10 {
        assert_eq!(running.status().send().await.status, 200);
    }
    assert!(upstream.connections.load(Ordering::Relaxed) >= 10);
}

#[tokio::test]
async fn nothing_is_sent_twice_once_a_byte_is_out() {
    let times = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&times);
    let upstream = Upstream::raw(move |mut stream| {
        let count = Arc::clone(&count);
        async move {
            // Good for one request; reads the second whole and hangs up.
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
            if stream.read(&mut [0; 4096]).await.is_ok_and(|length| length > 0) {
                count.fetch_add(1, Ordering::Relaxed);
            }
        }
    })
    .await;
    let running = Running::before(&upstream).await;
    assert_eq!(running.status().send().await.status, 200);
    running.status().send().await.refused("RLY-043", 502);
    assert_eq!(times.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_long_answer_that_stops_half_way_is_broken_off() {
    let upstream = Upstream::raw(|mut stream| async move {
        let _ = stream.read(&mut [0; 4096]).await;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n").await;
        let _ = stream.write_all(&[b'a'; 2000]).await;
        let _ = stream.flush().await;
        std::future::pending::<()>().await;
    })
    .await;
    let office = Office::with(&upstream).tables("[limits]\nanswer_bytes = 1000");
    let text = office.text(upstream.address).replace("response_ms = 20000", "response_ms = 100");
    let config = kakehashi_relay::Config::parse(&text, office.folder.path()).unwrap();
    let running = office.start_with(&config).await;
    let request = running.status().header("connection", "close");
    let mut bytes = request.head(2);
    bytes.extend_from_slice(&request.body);
    let answer = crate::support::raw(running.address, &bytes).await;
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("transfer-encoding: chunked"), "{answer}");
    assert!(!answer.ends_with("0\r\n\r\n"), "the end is missing, so that the app can tell");
}
