//! A refusal costs the same whoever is asked for, so that its time tells nothing: which questions are put to
//! the database follows from the account alone.

use super::*;
use crate::store;
use kakehashi_domain::access::SERVICES;
use kakehashi_domain::number::UserId;
use kakehashi_domain::upstream::{Job, Role, ServiceType, Staff};
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use std::cell::RefCell;

thread_local! {
    static ASKED_OF_THE_DATABASE: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn written(event: TraceEvent<'_>) {
    if let TraceEvent::Stmt(_, text) = event {
        ASKED_OF_THE_DATABASE.with_borrow_mut(|all| all.push(text.to_owned()));
    }
}

const OFFICE: &str = "1070400005";

/// An office and people it knows: one with everything, one without consent, one without a right, one it has
/// only the name of.
fn register() -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let db = store::fresh(&folder.path().join("x.db")).unwrap();
    db.execute_batch(
        r#"INSERT INTO insurer VALUES ('102046', '伊勢崎市');
        INSERT INTO office (number, name, service) VALUES ('1070400005', 'x', '"care_management"');"#,
    )
    .unwrap();
    for person in 1..=4 {
        db.execute(
            "INSERT INTO person (id, insurer, insured, birth_date, sex, name, kana, address)
             VALUES (?1, '102046', ?1, '1940-01-01', '\"1\"', 'x', 'x', 'x')",
            [person],
        )
        .unwrap();
        db.execute("INSERT INTO handle VALUES ('p' || ?1, '1070400005', ?1)", [person]).unwrap();
    }
    db.execute_batch(
        r#"INSERT INTO viewing_right VALUES ('1070400005', 1, '"numbers"', 900), ('1070400005', 2, '"numbers"', 900);
        INSERT INTO data_consent (id, person, recorded_at, terms) VALUES ('c', 1, 1,
            '{"giver":"person","method":"written","basis":"application","given_at":1,
              "scope":["progress","survey","judgement","opinion"]}');
        INSERT INTO record (person, kind, history, as_of, source, content)
            VALUES (1, 'certificate', 1, 1, 'x', '"none_issued"');"#,
    )
    .unwrap();
    db.sqlite().trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(written));
    (folder, db)
}

fn member(service: ServiceType, job: Option<Job>) -> Member {
    let staff = Staff {
        user_id: UserId::parse("KYOTAKU.SATO").unwrap(),
        name: "x".into(),
        role: Role::Staff,
        office: kakehashi_domain::number::OfficeNumber::parse(OFFICE).unwrap(),
        office_name: "x".into(),
        service,
        job,
        insurer: None,
    };
    Member { account: 1, session: 1, staff }
}

/// What a look asks of the database, and its outcome.
fn look(
    db: &Connection,
    member: &Member,
    information: Information,
    handle: &str,
) -> (Vec<String>, Result<Grant, Denial>) {
    ASKED_OF_THE_DATABASE.with_borrow_mut(Vec::clear);
    let gate = Gate { db, member, now: Time(100) };
    let asked = gate.asked(&PersonHandle(handle.into())).unwrap();
    let decided = gate.decide(&asked, information, None).unwrap();
    (ASKED_OF_THE_DATABASE.take(), decided)
}

#[test]
fn whoever_is_asked_for_the_same_is_asked_of_the_database() {
    let (_folder, db) = register();
    let mut outcomes = 0;
    for service in SERVICES {
        for job in std::iter::once(None).chain(Job::ALL.iter().copied().map(Some)) {
            let member = member(service, job);
            for information in Information::ALL {
                let (steps, of_nobody) = look(&db, &member, information, "nobody");
                assert!(of_nobody.is_err() && !steps.is_empty());
                for handle in ["p1", "p2", "p3", "p4"] {
                    let (others, decided) = look(&db, &member, information, handle);
                    assert_eq!(others, steps, "{information:?} {service:?} {job:?} {handle}");
                    outcomes += usize::from(decided.is_ok());
                    // Without a right, somebody is nobody.
                    if matches!(handle, "p3" | "p4") {
                        assert_eq!(decided, of_nobody);
                    }
                }
            }
        }
    }
    assert!(outcomes > 50, "some of it is shown");
}

#[test]
fn what_is_closed_to_an_account_asks_of_nobody_but_who_it_is() {
    let (_folder, db) = register();
    let clerk = member(ServiceType::CareManagement, Some(Job::OfficeClerk));
    let manager = member(ServiceType::CareManagement, Some(Job::CareManager));
    let steps = |member: &Member| look(&db, member, Information::Opinion, "p1").0.len();
    assert_eq!((steps(&clerk), steps(&manager)), (1, 3));
}
