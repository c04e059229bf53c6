//! The audit log.

use crate::support::{Office, Running, Upstream, audit_lines};
use kakehashi_relay::audit::{Break, check, folder};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The newest file of the log.
fn file(state: &Path) -> PathBuf {
    let mut files: Vec<_> = std::fs::read_dir(folder(state))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    files.sort();
    files.pop().unwrap()
}

/// An office after a good request, a refused one, and one to nowhere.
async fn after_three(upstream: &Upstream) -> Office {
    let running = Running::before(upstream).await;
    let good = running.post("/api/v1/person/search", "{\"insured\":\"0000000018\"}");
    good.header("authorization", "Bearer secret-token").signed(&running).send().await;
    running.post("/api/v1/status", "{}").send().await;
    running.post("/api/v1/person/0000000018", "{}").signed(&running).send().await;
    running.get("/livez").await;
    running.stop().await
}

#[tokio::test]
async fn a_line_a_request_and_nothing_personal() {
    let upstream = Upstream::echo().await;
    let office = after_three(&upstream).await;
    let lines = audit_lines(&office.state());
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert_eq!(lines[0]["event"], "start");
    let of = |index: usize, name: &str| lines[index]["request"][name].clone();
    assert_eq!((of(1, "route"), of(1, "status")), ("/api/v1/person/search".into(), 200.into()));
    assert_eq!(of(1, "device").as_str().unwrap().len(), 43);
    assert!(of(1, "code").is_null());
    assert_eq!((of(2, "code"), of(2, "status")), ("RLY-011".into(), 401.into()));
    assert!(of(2, "device").is_null(), "whoever it was has not been verified");
    assert_eq!((of(3, "route"), of(3, "code")), ("-".into(), "RLY-007".into()));
    assert_eq!(of(3, "from"), "local");
    let text = std::fs::read_to_string(file(&office.state())).unwrap();
    for secret in ["0000000018", "secret-token", "127.0.0.1", "相談室"] {
        assert!(!text.contains(secret), "{secret}");
    }
    let checked = check(&folder(&office.state())).unwrap();
    assert_eq!((checked.lines, checked.first), (4, 1));
}

#[tokio::test]
async fn the_chain_goes_on_after_a_restart() {
    let upstream = Upstream::echo().await;
    let office = after_three(&upstream).await;
    let running = office.start(upstream.address).await;
    running.status().send().await;
    let office = running.stop().await;
    let lines = audit_lines(&office.state());
    assert_eq!(lines.len(), 6);
    assert_eq!(lines[5]["seq"], 6);
    assert!(check(&folder(&office.state())).is_ok());
}

#[tokio::test]
async fn every_change_shows() {
    let upstream = Upstream::echo().await;
    let office = after_three(&upstream).await;
    let file = file(&office.state());
    let good = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = good.lines().collect();
    let join = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let tampered = [
        ("a status", good.replacen("401", "200", 1)),
        ("a line taken out", join(&[lines[0], lines[2], lines[3]])),
        ("two lines swapped", join(&[lines[0], lines[2], lines[1], lines[3]])),
        ("a line twice", join(&[lines[0], lines[1], lines[1], lines[2], lines[3]])),
        ("a line put in", join(&[lines[0], "{}", lines[1], lines[2], lines[3]])),
        ("an empty line", join(&[lines[0], "", lines[1], lines[2], lines[3]])),
        ("a space", good.replacen("\"seq\":2", "\"seq\": 2", 1)),
        ("the first line", good.replacen("start", "torn", 1)),
        ("a line as if torn", join(&[lines[0], &lines[1][..20], lines[2], lines[3]])),
        ("garbage at the end", format!("{good}garbage\n")),
    ];
    for (name, text) in tampered {
        assert_ne!(text, good, "{name}");
        std::fs::write(&file, text).unwrap();
        let wrong = check(&folder(&office.state())).unwrap_err();
        assert!(matches!(wrong, Break::Form { .. } | Break::Follow { .. }), "{name}: {wrong}");
    }
    std::fs::write(&file, good.replacen("401", "200", 1)).unwrap();
    match check(&folder(&office.state())).unwrap_err() {
        Break::Follow { line, .. } => assert_eq!(line, 4, "the line after the changed one"),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_torn_last_line_is_kept_and_explained() {
    let upstream = Upstream::echo().await;
    let office = after_three(&upstream).await;
    let path = file(&office.state());
    let text = std::fs::read(&path).unwrap();
    for cut in [1, 30, 150] {
        std::fs::write(&path, &text[..text.len() - cut]).unwrap();
        assert!(matches!(check(&folder(&office.state())), Err(Break::Torn { .. })), "{cut}");
    }
    let running = office.start(upstream.address).await;
    running.status().send().await;
    let office = running.stop().await;
    let checked = check(&folder(&office.state())).unwrap();
    assert_eq!(checked.lines, 6, "three whole ones, torn, start, request");
    let again = std::fs::read_to_string(&path).unwrap();
    assert!(again.contains("\"event\":\"torn\""));
    // The fragment itself cannot be changed unseen either.
    let fragment = again.lines().nth(3).unwrap();
    std::fs::write(&path, again.replacen(fragment, "{\"seq\":4", 1)).unwrap();
    assert!(check(&folder(&office.state())).is_err());
}

#[tokio::test]
async fn a_first_line_that_is_torn() {
    let upstream = Upstream::echo().await;
    let office = after_three(&upstream).await;
    let path = file(&office.state());
    std::fs::write(&path, b"{\"seq\":1,\"pr").unwrap();
    let office = office.start(upstream.address).await.stop().await;
    assert_eq!(check(&folder(&office.state())).unwrap().lines, 2);
}

#[tokio::test]
async fn files_of_other_days_are_one_chain() {
    let upstream = Upstream::echo().await;
    let office = after_three(&upstream).await;
    let newest = file(&office.state());
    let earlier = newest.with_file_name("2026-01-01.jsonl");
    std::fs::rename(&newest, &earlier).unwrap();
    let office = office.start(upstream.address).await.stop().await;
    assert_eq!(check(&folder(&office.state())).unwrap().lines, 5);
    assert_ne!(file(&office.state()), earlier, "a new day, a new file");

    // A clock that has gone back: the chain stays in the newest file.
    let later = earlier.with_file_name("2090-01-01.jsonl");
    std::fs::rename(file(&office.state()), &later).unwrap();
    let office = office.start(upstream.address).await.stop().await;
    assert_eq!(file(&office.state()), later);
    assert_eq!(check(&folder(&office.state())).unwrap().lines, 6);

    // Old files may be taken away whole; a gap may not be.
    std::fs::remove_file(&earlier).unwrap();
    let checked = check(&folder(&office.state())).unwrap();
    assert_eq!((checked.lines, checked.first), (2, 5));
    let mut file = std::fs::File::create(later.with_file_name("2026-01-01.jsonl")).unwrap();
    writeln!(file, "{{}}").unwrap();
    assert!(check(&folder(&office.state())).is_err());
}

#[tokio::test]
async fn two_relays_do_not_share_a_log() {
    let upstream = Upstream::echo().await;
    let running = Running::before(&upstream).await;
    let config = running.office.config(upstream.address);
    let error = kakehashi_relay::Relay::bind(&config, None).await.unwrap_err();
    assert!(error.to_string().contains("another relay"), "{error}");
}

#[tokio::test]
async fn many_at_once_lose_no_line() {
    let upstream = Upstream::echo().await;
    let office =
        Office::with(&upstream).tables("[limits]\ndevice_per_second = 100000\naddress_per_second = 100000");
    let running = std::sync::Arc::new(office.start(upstream.address).await);
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let running = std::sync::Arc::clone(&running);
            tokio::spawn(async move {
                for _ in 0..25 {
                    running.status().send().await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let office = std::sync::Arc::into_inner(running).unwrap().stop().await;
    assert_eq!(check(&folder(&office.state())).unwrap().lines, 201);
}

#[tokio::test]
async fn a_stranger_cannot_fill_the_disk() {
    let upstream = Upstream::echo().await;
    let office = Office::with(&upstream)
        .tables("[audit]\nstrangers_per_minute = 3\n[limits]\naddress_per_second = 100000");
    let running = office.start(upstream.address).await;
    for _ in 0..50 {
        running.post("/api/v1/status", "{}").send().await.refused("RLY-011", 401);
    }
    assert_eq!(running.status().send().await.status, 200);
    let office = running.stop().await;
    let lines = audit_lines(&office.state());
    let count = |event: &str| lines.iter().filter(|line| line["event"] == event).count();
    let left_out: u64 = lines.iter().filter_map(|line| line["count"].as_u64()).sum();
    let requests = count("request") as u64;
    assert_eq!(requests + left_out, 51, "each is written down or counted: {lines:?}");
    // Three at once; a slow run lets one more through every twenty seconds.
    assert!((4..=8).contains(&requests), "{requests}");
    assert!(lines.iter().any(|line| line["request"]["status"] == 200), "who is known has a line");
    check(&folder(&office.state())).unwrap();
}

/// An upstream that says when a request has come, and never answers.
async fn silent() -> (Upstream, std::sync::Arc<tokio::sync::Semaphore>) {
    let entered = std::sync::Arc::new(tokio::sync::Semaphore::new(0));
    let came = std::sync::Arc::clone(&entered);
    let upstream = Upstream::answering(move |_| {
        came.add_permits(1);
        async {
            std::future::pending::<()>().await;
            crate::support::json("{}")
        }
    })
    .await;
    (upstream, entered)
}

#[tokio::test]
async fn a_caller_that_goes_away_leaves_its_line() {
    let (upstream, entered) = silent().await;
    let running = Running::before(&upstream).await;
    let request = tokio::spawn(running.status().send());
    entered.acquire().await.unwrap().forget();
    request.abort();
    assert!(request.await.is_err());
    let office = running.stop().await;
    let lines = audit_lines(&office.state());
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1]["request"]["status"], 499);
    assert_eq!(lines[1]["request"]["device"].as_str().unwrap().len(), 43, "who it was is known");
}

#[tokio::test]
async fn so_does_a_request_cut_off_by_the_end() {
    let (upstream, entered) = silent().await;
    let running = Office::with(&upstream).tables("[limits]\nstop_ms = 50").start(upstream.address).await;
    let request = tokio::spawn(running.status().send());
    entered.acquire().await.unwrap().forget();
    let office = running.stop().await;
    assert_eq!(audit_lines(&office.state())[1]["request"]["status"], 499);
    assert!(check(&folder(&office.state())).is_ok());
    assert!(request.await.is_err());
}
