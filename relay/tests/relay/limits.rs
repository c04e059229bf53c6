//! Too large, too slow, too many, and lengths that lie.

use crate::support::{Office, Outgoing, Running, Upstream, json, raw};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

#[tokio::test]
async fn too_large_by_announcement_and_by_stream() {
    let upstream = Upstream::echo().await;
    let running = Office::with(&upstream).tables("[limits]\nbody_bytes = 1000").start(upstream.address).await;
    let fits = running.post("/api/v1/status", vec![b'a'; 1000]).signed(&running).send().await;
    assert_eq!(fits.status, 200);
    running.post("/api/v1/status", vec![b'a'; 1001]).signed(&running).send().await.refused("RLY-003", 413);

    let request = running.post("/api/v1/status", vec![b'a'; 1200]).signed(&running);
    let mut bytes = String::from_utf8(request.head(0)).unwrap();
    bytes = bytes.replace("content-length: 0", "transfer-encoding: chunked\r\nconnection: close");
    for _ in 0..3 {
        bytes += &format!("190\r\n{}\r\n", "a".repeat(400));
    }
    bytes += "0\r\n\r\n";
    let answer = raw(running.address, bytes.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 413 ") && answer.contains("RLY-003"), "{answer}");
    assert_eq!(upstream.seen().len(), 1);
}

#[tokio::test]
async fn a_chunked_request_within_the_limit_is_fine() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    let request = running.post("/api/v1/status", "hello world").signed(&running);
    let head = String::from_utf8(request.head(0)).unwrap();
    let bytes = head.replace("content-length: 0", "transfer-encoding: chunked\r\nconnection: close")
        + "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n";
    let answer = raw(running.address, bytes.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("hello world"), "{answer}");
}

#[tokio::test]
async fn headers_too_large() {
    let upstream = Upstream::echo().await;
    let running =
        Office::with(&upstream).tables("[limits]\nheader_bytes = 4096").start(upstream.address).await;
    running.status().header("x-long", &"a".repeat(4000)).send().await.refused("RLY-003", 413);
    let answer = running.status().header("x-long", &"a".repeat(9000)).send().await;
    assert_eq!(answer.status, 431, "far too large is cut off before it is read");
    assert_eq!(running.status().send().await.status, 200);
}

#[tokio::test]
async fn a_length_too_short_is_found_by_the_digest() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    let request =
        running.post("/api/v1/status", "{\"a\":1}GET /livez HTTP/1.1\r\nconnection: close").signed(&running);
    let mut bytes = request.head(7);
    bytes.extend_from_slice(&request.body);
    bytes.extend_from_slice(b"\r\n\r\n");
    let answer = raw(running.address, &bytes).await;
    assert!(answer.starts_with("HTTP/1.1 401 ") && answer.contains("RLY-016"), "{answer}");
    assert!(upstream.seen().is_empty());
}

#[tokio::test]
async fn a_length_too_long_runs_into_the_time_limit() {
    let upstream = Upstream::echo().await;
    let running = Office::with(&upstream).tables("[limits]\nbody_ms = 100").start(upstream.address).await;
    let request = running.post("/api/v1/status", "{}").header("connection", "close").signed(&running);
    let mut bytes = request.head(1000);
    bytes.extend_from_slice(&request.body);
    let answer = raw(running.address, &bytes).await;
    assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("RLY-008"), "{answer}");
    assert!(upstream.seen().is_empty());
}

#[tokio::test]
async fn two_lengths_are_no_request() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    let request = running.status();
    let head = String::from_utf8(request.head(2)).unwrap();
    for more in ["content-length: 3\r\n\r\n", "content-length: x\r\n\r\n"] {
        let bytes = head.replace("\r\n\r\n", &format!("\r\n{more}")) + "{}";
        let answer = raw(running.address, bytes.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    }
    assert!(upstream.seen().is_empty());
}

#[tokio::test]
async fn slow_headers_are_cut_off() {
    let upstream = Upstream::echo().await;
    let running = Office::with(&upstream).tables("[limits]\nheader_ms = 100").start(upstream.address).await;
    let answer = raw(running.address, b"GET /livez HTTP/1.1\r\nhost: ").await;
    assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn a_client_that_does_not_read_loses_its_place() {
    let app = tempfile::tempdir().unwrap();
    std::fs::write(app.path().join("index.html"), "app").unwrap();
    // More than the system's buffers take on both sides.
    std::fs::File::create(app.path().join("large.bin")).unwrap().set_len(64 << 20).unwrap();
    let upstream = Upstream::echo().await;
    let mut office = Office::with(&upstream).tables("[limits]\nsend_ms = 100\nconnections = 1");
    office.app = Some(app.path().to_owned());
    let running = office.start(upstream.address).await;
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream.write_all(&Outgoing::get(&running, "/large.bin").head(0)).await.unwrap();
    assert_eq!(running.get("/livez").await.status, 200, "the only place is given back");
    drop(stream);
}

#[tokio::test]
async fn too_often_by_device_and_by_address() {
    let upstream = Upstream::echo().await;
    let running =
        Office::with(&upstream).tables("[limits]\ndevice_per_second = 1").start(upstream.address).await;
    let burst =
        || [running.status(), running.status(), running.status()].map(|request| tokio::spawn(request.send()));
    let mut refused = 0;
    for answer in burst() {
        let answer = answer.await.unwrap();
        if answer.status != 200 {
            answer.refused("RLY-005", 429);
            assert_eq!(answer.header("retry-after"), "1");
            refused += 1;
        }
    }
    assert!((1..=2).contains(&refused), "{refused}");

    let running =
        Office::with(&upstream).tables("[limits]\naddress_per_second = 1").start(upstream.address).await;
    let unsigned = || running.post("/api/v1/status", "{}");
    let burst = [unsigned(), unsigned(), unsigned()].map(|request| tokio::spawn(request.send()));
    let mut statuses = Vec::new();
    for answer in burst {
        statuses.push(answer.await.unwrap().status.as_u16());
    }
    assert!(statuses.contains(&401) && statuses.contains(&429), "{statuses:?}");
}

#[tokio::test]
async fn too_many_at_once_are_turned_away() {
    let gate = Arc::new(Semaphore::new(0));
    let entered = Arc::new(Semaphore::new(0));
    let (wait, came) = (Arc::clone(&gate), Arc::clone(&entered));
    let upstream = Upstream::answering(move |_| {
        let (wait, came) = (Arc::clone(&wait), Arc::clone(&came));
        async move {
            came.add_permits(1);
            wait.acquire().await.unwrap().forget();
            json("{}")
        }
    })
    .await;
    let running = Office::with(&upstream).tables("[limits]\nin_flight = 2").start(upstream.address).await;
    let waiting = [tokio::spawn(running.status().send()), tokio::spawn(running.status().send())];
    entered.acquire_many(2).await.unwrap().forget();
    let answer = running.status().send().await;
    answer.refused("RLY-006", 503);
    assert_eq!(answer.header("retry-after"), "1");
    gate.add_permits(3);
    for request in waiting {
        assert_eq!(request.await.unwrap().status, 200);
    }
    assert_eq!(running.status().send().await.status, 200);
}

#[tokio::test]
async fn a_client_that_goes_away_harms_nobody() {
    let upstream = Upstream::echo().await;
    let running = Office::with(&upstream).tables("[limits]\nin_flight = 1").start(upstream.address).await;
    for _ in 0..3 {
        let request = running.post("/api/v1/status", vec![b'a'; 100]).signed(&running);
        let mut stream = TcpStream::connect(running.address).await.unwrap();
        stream.write_all(&request.head(100)).await.unwrap();
        stream.write_all(b"aaa").await.unwrap();
        drop(stream);
    }
    crate::support::until(|| async { running.status().send().await.status == 200 }).await;
}

#[tokio::test]
async fn running_requests_finish_when_the_relay_stops() {
    let (gate, entered) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
    let (wait, came) = (Arc::clone(&gate), Arc::clone(&entered));
    let upstream = Upstream::answering(move |_| {
        let (wait, came) = (Arc::clone(&wait), Arc::clone(&came));
        async move {
            came.add_permits(1);
            wait.acquire().await.unwrap().forget();
            json("{}")
        }
    })
    .await;
    let running = Running::before(&upstream).await;
    let address = running.address;
    let request = tokio::spawn(running.status().send());
    entered.acquire().await.unwrap().forget();
    let mut idle = TcpStream::connect(address).await.unwrap();
    let stopping = tokio::spawn(running.stop());
    crate::support::until(|| async { TcpStream::connect(address).await.is_err() }).await;
    gate.add_permits(1);
    assert_eq!(request.await.unwrap().status, 200);
    let office = stopping.await.unwrap();
    assert_eq!(idle.read(&mut [0; 1]).await.unwrap_or(0), 0, "idle connections are closed");
    let lines = crate::support::audit_lines(&office.state());
    assert_eq!(lines.last().unwrap()["request"]["status"], 200, "the last line is there");
}

#[tokio::test]
async fn nonsense_is_no_request() {
    let upstream = Upstream::echo().await;
    let running = Office::with(&upstream).tables("[limits]\nheader_ms = 100").start(upstream.address).await;
    for bytes in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"HELLO\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let answer = raw(running.address, bytes).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400 "), "{answer}");
    }
    assert_eq!(Outgoing::get(&running, "/livez").send().await.status, 200);
}
