//! The office's certificate: missing, expired, renewed under way.

use crate::support::{OFFICE, Office, Running, Upstream, json, now, until};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

#[tokio::test]
async fn without_one_the_relay_runs_and_says_so() {
    let upstream = Upstream::echo().await;
    let office = Office::with(&upstream);
    let party = office.pki.office(OFFICE);
    std::fs::remove_file(office.path("cert.pem")).unwrap();
    let running = office.start(upstream.address).await;
    running.get("/readyz").await.refused("RLY-031", 503);
    assert_eq!(running.get("/livez").await.status, 200);
    let status = running.get("/relay/status").await.json();
    assert!(status["office"].is_null() && status["certificate"].is_null());
    running.status().send().await.refused("RLY-031", 503);

    running.office.put(&party);
    until(|| async { running.get("/readyz").await.status == 200 }).await;
    assert_eq!(running.status().send().await.status, 200);
}

#[tokio::test]
async fn an_expired_one_is_not_sent_with() {
    let upstream = Upstream::echo().await;
    let office = Office::with(&upstream);
    office.put(&office.pki.expired(OFFICE));
    let running = office.start(upstream.address).await;
    running.status().send().await.refused("RLY-032", 503);
    running.get("/readyz").await.refused("RLY-032", 503);
    let status = running.get("/relay/status").await.json();
    assert!(status["certificate"]["not_after"].as_u64().unwrap() < now());
    let early = running.office.pki.early(OFFICE);
    running.office.put(&early);
    until(|| async { running.get("/readyz").await.json()["code"] == "RLY-031" }).await;
    assert_eq!(upstream.connections.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn a_new_one_is_taken_up_under_load_without_a_single_failure() {
    let upstream = Upstream::answering(|seen| async move {
        tokio::time::sleep(Duration::from_millis(2)).await;
        json(seen.body)
    })
    .await;
    let office =
        Office::with(&upstream).tables("[limits]\ndevice_per_second = 100000\naddress_per_second = 100000");
    let new = office.pki.office(OFFICE);
    let running = Arc::new(office.start(upstream.address).await);
    let done = Arc::new(AtomicBool::new(false));
    let load: Vec<_> = (0..4)
        .map(|_| {
            let (running, done) = (Arc::clone(&running), Arc::clone(&done));
            tokio::spawn(async move {
                let mut count = 0;
                while !done.load(Ordering::Relaxed) {
                    assert_eq!(running.status().send().await.status, 200);
                    count += 1;
                }
                count
            })
        })
        .collect();
    let certificates = || {
        let mut all: Vec<_> = upstream.seen().into_iter().map(|seen| seen.certificate).collect();
        all.dedup();
        all.sort();
        all.dedup();
        all.len()
    };
    until(|| async { certificates() == 1 }).await;
    running.office.put(&new);
    until(|| async { certificates() == 2 }).await;
    done.store(true, Ordering::Relaxed);
    for task in load {
        assert!(task.await.unwrap() > 0);
    }
    assert_eq!(running.status().send().await.status, 200);
    let newest = upstream.seen().pop().unwrap().certificate;
    assert_ne!(newest, upstream.seen()[0].certificate, "the old one is not used any more");
}

#[tokio::test]
async fn a_broken_new_one_leaves_the_old_in_use() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    assert_eq!(running.status().send().await.status, 200);
    let other = running.office.pki.office(OFFICE);
    for (file, content) in [
        ("cert.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
        ("cert.pem", ""),
        ("cert.pem", other.certificate.as_str()),
        ("key.pem", "no key"),
    ] {
        std::fs::write(running.office.path(file), content).unwrap();
        // Several looks at the files pass.
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!(running.status().send().await.status, 200, "{file}: {content}");
    }
    std::fs::remove_file(running.office.path("cert.pem")).unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(running.get("/readyz").await.status, 200);
    let first = upstream.seen()[0].certificate.clone();
    running.office.put(&other);
    until(|| async {
        running.status().send().await;
        upstream.seen().pop().unwrap().certificate != first
    })
    .await;
}
