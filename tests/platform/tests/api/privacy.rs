//! No personal number in a URL, none in a log.

use crate::card_hand::Hand;
use crate::filing_hand::Office;
use crate::person_search::{request, search};
use crate::world::World;
use kakehashi_domain::upstream::{Empty, QualificationRequest, route};
use std::io;
use std::sync::{Arc, Mutex, OnceLock};
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[test]
fn paths_have_no_place_for_a_number() {
    for path in route::ALL {
        assert!(path.bytes().all(|b| b.is_ascii_lowercase() || b == b'/' || b == b'1'), "{path}");
        assert!(!path.contains(['{', ':', '*', '?']));
    }
}

#[tokio::test]
async fn a_query_is_refused_whatever_it_says() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    for query in ["insured=0000012345", ""] {
        let request = browser.request(&format!("{}?{query}", route::PERSON_SEEN), &Empty {});
        let (status, code, detail) = browser.send(request).await.unwrap().problem();
        assert_eq!((status, code.as_str(), detail.as_str()), (400, "UPS-400", "query"));
    }
    world.stop().await;
}

/// All that this run has logged since somebody first asked; other tests' lines are welcome.
fn log() -> &'static Lines {
    static LOG: OnceLock<Lines> = OnceLock::new();
    LOG.get_or_init(|| {
        let lines = Lines::default();
        let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE);
        subscriber.with_writer(lines.clone()).with_ansi(false).init();
        lines
    })
}

#[tokio::test]
async fn the_log_tells_paths_and_statuses_and_nothing_of_anybody() {
    let lines = log();
    let world = World::start().await;
    let (browser, session) = world.signed_in("KYOTAKU.SATO").await;
    let found = search(&browser, &request(world.person("hanako"))).await.ok();
    Hand::of(&world.layout, "hanako").show(&browser).await.ok();
    Hand::of(&world.layout, "revoked").show(&browser).await.refused();
    let body = QualificationRequest { person: found.person.handle.clone() };
    browser.post(route::PERSON_QUALIFICATION, &body).await;
    browser.post("/api/v1/person/0000012345", &body).await;
    let office = Office { browser, user: "KYOTAKU.SATO".into(), person: found.person.clone() };
    let statement = office.statement(&world);
    let receipt = office.receipt(&statement).await;
    assert_eq!(office.refusal(&office.statement(&world)).await, "UPS-152");
    world.stop().await;

    let log = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    for path in
        [route::PERSON_SEARCH, route::CARD_ASSERTION, route::PERSON_QUALIFICATION, route::FILING_SUBMIT]
    {
        assert!(log.contains(&format!("path=\"{path}\" status=200")), "{path}: {log}");
    }
    assert!(log.contains("path=\"-\" status=404"));
    for secret in [
        "0000012345",
        "1940-03-02",
        "山田",
        "ヤマダ",
        "連取町",
        "KYOTAKU.SATO",
        "Kakehashi-kyotaku",
        "K4NAKO",
        &session.access_token,
        &session.refresh_token,
        &found.person.handle.0,
        &statement.key.0,
        &receipt.number.0,
    ] {
        assert!(!log.contains(secret), "{secret} stands in the log");
    }
}
