use super::*;
use crate::store;
use proptest::prelude::*;

fn wanted(user: bool, what: bool, person: bool) -> AuditRequest {
    let day = Date::from_iso("2026-11-22").unwrap();
    AuditRequest {
        from: day,
        to: day,
        person: person.then(|| PersonHandle("p".into())),
        user: user.then(|| UserId::parse("KYOTAKU.SATO").unwrap()),
        what: what.then_some(AuditKind::Survey),
        after: None,
        size: 50,
    }
}

/// A page comes out of an index in its order: nothing is gone through, nothing is sorted.
#[test]
fn a_page_costs_what_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    let db = store::fresh(&folder.path().join("x.db")).unwrap();
    for (user, what) in [(false, false), (true, false), (false, true), (true, true)] {
        for after in [None, Some(Place { at: 1, id: 1 })] {
            let steps = plan(db.sqlite(), &question(false, &wanted(user, what, false), after));
            let first = &steps[0];
            assert!(first.starts_with("SEARCH a USING INDEX audit_"), "{steps:?}");
            assert!(first.contains("at>? AND at<?"), "by time within the filter: {steps:?}");
            for (filter, column) in [(user, "account=?"), (what, "kind=?")] {
                assert_eq!(first.contains(column), filter, "{steps:?}");
            }
            assert!(!steps.iter().any(|step| step.contains("TEMP B-TREE") || step.starts_with("SCAN")));
        }
    }
    // By person: what there is about that person, and no more.
    let steps = plan(db.sqlite(), &question(true, &wanted(false, false, true), None));
    assert!(steps[0].starts_with("SEARCH a USING INTEGER PRIMARY KEY"), "{steps:?}");
    assert!(steps.iter().any(|step| step.contains("audit_of_person")), "{steps:?}");
    assert!(steps.iter().any(|step| step.contains("audit_person_of")), "{steps:?}");
    assert!(!steps.iter().any(|step| step.starts_with("SCAN a")), "{steps:?}");
}

fn plan(db: &rusqlite::Connection, question: &str) -> Vec<String> {
    let mut explain = db.prepare(&format!("EXPLAIN QUERY PLAN {question}")).unwrap();
    let nothing = vec![rusqlite::types::Null; explain.parameter_count()];
    let rows = explain.query_map(rusqlite::params_from_iter(nothing), |row| row.get(3)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[test]
fn what_is_no_mark_is_none() {
    for text in ["", "x", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAA", "ｘ"] {
        assert_eq!(Place::of_mark(&PageMark(text.into())), Err(NoMark), "{text}");
    }
}

proptest! {
    #[test]
    fn a_mark_comes_back(at in 0i64.., id in 0i64..) {
        let place = Place { at, id };
        prop_assert_eq!(Place::of_mark(&place.mark()), Ok(place));
    }
}
