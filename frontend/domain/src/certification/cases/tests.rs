use super::*;
use crate::access::Denial;
use crate::calendar::Time;
use crate::certification::Case;
use crate::certification::sample::case;
use crate::qualification::sample::qualification;
use crate::upstream::{CasesAll, ViewingRight, Way};

fn entry(id: &str, case: Case) -> CaseEntry {
    let mut person = qualification().person;
    person.handle = PersonHandle(format!("p-{id}"));
    let right = ViewingRight { way: Way::Numbers, until: Time(2_000_000_000) };
    CaseEntry { person, right, case: Case { id: CaseId(id.into()), ..case } }
}

fn all(cases: Vec<CaseEntry>) -> CasesNews {
    CasesNews::All(CasesAll { cases, ..CasesAll::default() })
}

fn changed(cases: Vec<CaseEntry>) -> CasesNews {
    CasesNews::Changed(CasesChanged { cases, ..CasesChanged::default() })
}

fn cases() -> Cases {
    let mut cases = Cases::default();
    cases.take(all(vec![entry("a", case(3)), entry("b", case(5))]));
    cases
}

fn handle(id: &str) -> PersonHandle {
    PersonHandle(format!("p-{id}"))
}

fn ids(cases: &Cases) -> Vec<&str> {
    cases.entries.iter().map(|entry| entry.case.id.0.as_str()).collect()
}

#[test]
fn news_are_taken_in_and_what_is_closed_leaves() {
    let mut board = cases();
    let closed = vec![ClosedPerson { person: handle("b"), why: Denial::Withdrawn }];
    let news = CasesChanged {
        cases: vec![entry("a", case(4)), entry("c", case(1))],
        closed: closed.clone(),
        ..CasesChanged::default()
    };
    let taken = board.take(CasesNews::Changed(news));
    assert_eq!((ids(&board), board.closed.clone()), (vec!["a", "c"], closed));
    assert_eq!(
        (taken.newer, taken.closed, taken.left),
        (vec![handle("a"), handle("c")], vec![handle("b")], true)
    );
    // An answer that was overtaken brings nothing back.
    assert_eq!(board.take(changed(vec![entry("a", case(3))])).entries, []);
    assert_eq!(board.entries[0].case.version, 4);
    let before = board.clone();
    assert_eq!(board.take(CasesNews::Unchanged), Taken::default());
    assert_eq!(board, before);
    let taken = board.take(all(Vec::new()));
    assert!(taken.left);
    assert_eq!(board, Cases::default());
}

#[test]
fn what_is_told_again_stays_the_very_same() {
    let mut board = cases();
    let before = board.clone();
    let same = |board: &Cases| {
        board
            .entries
            .iter()
            .zip(&before.entries)
            .map(|(one, other)| Rc::ptr_eq(one, other))
            .collect::<Vec<_>>()
    };
    let taken = board.take(all(vec![entry("a", case(3)), entry("b", case(5))]));
    assert_eq!((same(&board), taken), (vec![true, true], Taken::default()));
    board.take(changed(vec![entry("a", case(3))]));
    assert_eq!(same(&board), [true, true]);
    assert!(Rc::ptr_eq(&board.paces, &before.paces));
    let taken = board.take(changed(vec![entry("b", case(6))]));
    assert_eq!((same(&board), taken.newer), (vec![true, false], vec![handle("b")]));
}

#[test]
fn another_right_is_taken_and_is_no_news_of_the_case() {
    let mut board = cases();
    let mut other = entry("a", case(3));
    other.right.until = Time(1);
    let taken = board.take(changed(vec![other]));
    assert_eq!((taken.entries.len(), taken.newer), (1, vec![]));
    assert_eq!(board.entries[0].right.until, Time(1));
}

#[test]
fn whoever_is_closed_is_no_news() {
    let mut board = cases();
    let news = CasesChanged {
        cases: vec![entry("a", case(9))],
        closed: vec![ClosedPerson { person: handle("a"), why: Denial::Withdrawn }],
        ..CasesChanged::default()
    };
    let taken = board.take(CasesNews::Changed(news.clone()));
    assert_eq!((taken.entries, taken.newer, ids(&board)), (vec![], vec![], vec!["b"]));
    assert_eq!(board.take(CasesNews::Changed(news)).closed, [], "closed once");
}

#[test]
fn nothing_of_somebody_forgotten_stays() {
    let mut board = cases();
    assert!(board.forget(&handle("a")) && !board.forget(&handle("a")));
    assert_eq!((ids(&board), board.find(&CaseId("a".into()))), (vec!["b"], None));
    assert!(board.find(&CaseId("b".into())).is_some());
}
