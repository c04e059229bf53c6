//! No question goes through a whole table, so that its cost grows no faster than the depth of an index.

use crate::cases::{keep, look, pace};
use crate::filing::desk::{decide, inbox, open, paper};
use crate::filing::{evidence, judge, keys, list, read};
use crate::municipality::{bulk, queue, reflect};
use crate::person::{history, register, search, seen, sheets};
use crate::store;
use crate::{access, audit, card, client, consent, session, shelf};
use rusqlite::Connection;

/// Every question of the way to a person and of what is shown then.
fn questions() -> Vec<(&'static str, String)> {
    vec![
        ("token", session::member::of_token()),
        ("card", card::assertion::BOUND.to_owned()),
        ("search", search::MATCHING.to_owned()),
        ("right", register::RIGHT.to_owned()),
        ("granted", register::granted()),
        ("handle", register::by_handle()),
        ("sheet", sheets::RECORD.to_owned()),
        ("origin", history::ORIGIN.to_owned()),
        ("versions", history::VERSIONS.to_owned()),
        ("used", history::USED.to_owned()),
        ("applications", history::APPLICATIONS.to_owned()),
        ("clients", client::of_office_sql()),
        ("seen", seen::sql()),
        ("courses", shelf::course::OF_PERSON.to_owned()),
        ("lately", audit::LATELY.to_owned()),
        ("asked", access::gate::ASKED.to_owned()),
        ("consents", consent::register::CONCERNING.to_owned()),
    ]
}

/// Every question of the board and of the municipality's side.
fn questions_of_cases() -> Vec<(&'static str, String)> {
    vec![
        ("case by name", keep::BY_NAME.to_owned()),
        ("case by number", keep::BY_NUMBER.to_owned()),
        ("cases of a person", keep::OF_PERSON.to_owned()),
        ("events", keep::EVENTS.to_owned()),
        ("events since", keep::SINCE.to_owned()),
        ("hands", keep::HANDS.to_owned()),
        ("look", look::LOOK.to_owned()),
        ("change", look::CHANGE.to_owned()),
        ("decided", pace::DECIDED.to_owned()),
        ("queue", queue::sql(false)),
        ("whole queue", queue::sql(true)),
        ("certificates", reflect::CERTIFICATES.to_owned()),
        ("insured", bulk::INSURED.to_owned()),
    ]
}

/// Every question of the 届出.
fn questions_of_filings() -> Vec<(&'static str, String)> {
    vec![
        ("key", keys::OF_KEY.to_owned()),
        ("open filing", judge::OPEN.to_owned()),
        ("named filing", judge::NAMED.to_owned()),
        ("check by card", judge::CHECK.to_owned()),
        ("checks that are over", card::assertion::OVER.to_owned()),
        ("filing of an office", read::of_office()),
        ("filing of an insurer", read::of_insurer()),
        ("steps", read::STEPS.to_owned()),
        ("till when", read::UNTIL.to_owned()),
        ("filings of an office", list::of_office()),
        ("filings about a person", list::of_person()),
        ("proof", evidence::PROOF.to_owned()),
        ("proof by card", evidence::CARD.to_owned()),
        ("last decision", evidence::DECISION.to_owned()),
        ("inbox", inbox::sql(false)),
        ("inbox of decided", inbox::sql(true)),
        ("how many", inbox::count()),
        ("other filings", open::others()),
        ("step", decide::STEP.to_owned()),
        ("paper", paper::of_key()),
    ]
}

/// The steps of a question, as SQLite means to go.
fn plan(db: &Connection, question: &str) -> Vec<String> {
    let mut explain = db.prepare(&format!("EXPLAIN QUERY PLAN {question}")).unwrap();
    // What is asked for does not change the plan.
    let nothing = vec![rusqlite::types::Null; explain.parameter_count()];
    let rows = explain.query_map(rusqlite::params_from_iter(nothing), |row| row.get(3)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// A scan of a table; that of what a subquery has brought is none.
fn scans(step: &str) -> bool {
    step.starts_with("SCAN ") && !matches!(step, "SCAN s" | "SCAN CONSTANT ROW")
}

#[test]
fn every_question_goes_by_an_index() {
    let folder = tempfile::tempdir().unwrap();
    let db = store::fresh(&folder.path().join("x.db")).unwrap();
    for (name, question) in questions().into_iter().chain(questions_of_cases()).chain(questions_of_filings())
    {
        let steps = plan(db.sqlite(), &question);
        assert!(steps.iter().any(|step| step.starts_with("SEARCH ")), "{name}: {steps:?}");
        assert!(!steps.iter().any(|step| scans(step)), "{name}: {steps:?}");
    }
    // The test can fail.
    assert!(plan(db.sqlite(), "SELECT id FROM person WHERE name = ?1").iter().any(|step| scans(step)));
}

#[test]
fn the_queue_stands_in_its_index_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let db = store::fresh(&folder.path().join("x.db")).unwrap();
    for (ended, index) in [(false, "care_case_open"), (true, "care_case_all")] {
        let steps = plan(db.sqlite(), &queue::sql(ended));
        assert!(steps[0].contains(index) && !steps.iter().any(|step| step.contains("TEMP")), "{steps:?}");
    }
}

#[test]
fn a_page_of_filings_stands_in_its_index_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let db = store::fresh(&folder.path().join("x.db")).unwrap();
    for (question, index) in [
        (list::of_office(), "filing_office (office=? AND received_at<?)"),
        (list::of_person(), "filing_person (person=? AND received_at<?)"),
        (inbox::sql(false), "filing_inbox (insurer=? AND state=? AND received_at>?)"),
        (inbox::sql(true), "filing_inbox (insurer=? AND state=? AND received_at<?)"),
    ] {
        let steps = plan(db.sqlite(), &question);
        assert!(steps[0].contains(index) && !steps.iter().any(|step| step.contains("TEMP")), "{steps:?}");
    }
}
