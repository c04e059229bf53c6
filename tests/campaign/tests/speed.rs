//! What `make bench` measures with nothing in the way works at all.

use kakehashi_campaign::{Base, Lane, Setup};
use std::sync::Arc;

#[tokio::test(flavor = "multi_thread")]
async fn filings_are_received_without_wires() {
    let test = std::env::current_exe().unwrap();
    let programs = test.parent().and_then(|deps| deps.parent()).unwrap();
    let base = Arc::new(Base::make(programs, 300).unwrap());
    let lane = Lane::start(base, Setup { straight: true, database: None }).await.unwrap();
    assert_eq!(lane.paced(20, 100, 3).await.unwrap().len(), 20);
    assert!(lane.flood(20, 4).await.unwrap() > 0.0);
    assert!(lane.statement().unwrap().contains("kakehashi-filing-v1"));
}
