use super::sample::entry;
use super::*;
use domain::access::Denial;
use domain::upstream::{CaseEntry, CasesAll, CasesChanged, ClosedPerson};
use proptest::prelude::*;

fn response(mark: &str, news: CasesNews) -> CasesResponse {
    CasesResponse { mark: Mark(mark.into()), now: Time(50), again_in_s: 60, news }
}

fn everything(cases: Vec<CaseEntry>) -> CasesNews {
    CasesNews::All(CasesAll { cases, ..CasesAll::default() })
}

fn changed(cases: Vec<CaseEntry>, gone: &[&str], closed: &[&str]) -> CasesNews {
    let gone = gone.iter().map(|id| CaseId((*id).into())).collect();
    let why = Denial::Withdrawn;
    let closed = closed.iter().map(|one| ClosedPerson { person: handle(one), why }).collect();
    CasesNews::Changed(CasesChanged { cases, gone, closed, paces: None })
}

fn handle(name: &str) -> PersonHandle {
    PersonHandle(name.into())
}

fn board() -> Board {
    let mut board = Board::default();
    let told = board.answered(
        response("m1", everything(vec![entry("a", "c1", 3), entry("b", "c2", 1)])),
        Time(50),
        None,
    );
    assert_eq!((told.closed, told.changed), (vec![], vec![]), "at the first look nothing has changed");
    assert!(told.looks && told.entries.len() == 2);
    board
}

#[test]
fn the_first_look_marks_nothing_and_the_mark_goes_with_the_next_question() {
    let board = board();
    assert_eq!((board.fresh, board.mark()), (0, Some(Mark("m1".into()))));
    assert_eq!(board.asked_at, Some(Time(50)));
}

#[test]
fn what_changed_is_fresh_until_somebody_looks() {
    let mut board = board();
    let news = changed(vec![entry("a", "c1", 4), entry("d", "c9", 1)], &[], &[]);
    let told = board.answered(response("m2", news), Time(60), None);
    assert_eq!(told.changed, [handle("a"), handle("d")]);
    assert_eq!(told.closed, []);
    assert_eq!(board.fresh, 2);
    assert!(board.is_fresh(&CaseId("c1".into()), 4) && !board.is_fresh(&CaseId("c2".into()), 1));
    board.look(Some(&handle("a")));
    assert_eq!(board.fresh, 1);
    board.look(None);
    assert_eq!(board.fresh, 0);
    // The same told once more is no change.
    let again = everything(vec![entry("a", "c1", 4), entry("b", "c2", 1), entry("d", "c9", 1)]);
    assert_eq!(board.answered(response("m3", again), Time(70), None), Told::default());
    let told = board.answered(response("m3", CasesNews::Unchanged), Time(80), None);
    assert_eq!(told, Told::default(), "nothing to keep anew");
    assert_eq!(board.all.unwrap().entries.len(), 3);
}

#[test]
fn who_is_closed_leaves_at_once_and_is_told_once() {
    let mut board = board();
    let told = board.answered(response("m2", changed(vec![], &[], &["a"])), Time(60), None);
    assert_eq!(told.closed, [handle("a")]);
    assert_eq!(board.all.as_ref().unwrap().entries.len(), 1);
    assert!(told.looks, "what was kept of the look leaves too");
    let told = board.answered(response("m3", changed(vec![], &[], &["a"])), Time(70), None);
    assert_eq!(told, Told::default(), "said already");
    // A client with no case is told of too; one whose last case is gone is not closed by that.
    let told = board.answered(response("m4", changed(vec![], &["c2"], &["a", "x"])), Time(80), None);
    assert_eq!(told.closed, [handle("x")]);
    assert!(board.all.unwrap().entries.is_empty());
}

#[test]
fn earlier_looks_are_kept_and_what_came_since_is_fresh() {
    let kept = Seen::read("c1 2\nc2 1\nbroken\nc3 x\n");
    let mut board = Board::default();
    let news = everything(vec![entry("a", "c1", 3), entry("b", "c2", 1), entry("c", "c3", 1)]);
    board.answered(response("m1", news), Time(50), Some(kept));
    assert_eq!(board.fresh, 2, "c1 is newer, c3 could not be read");
}

#[test]
fn a_failure_keeps_what_is_there() {
    let mut board = board();
    board.waiting = true;
    board.failed(Problem::new("APP-001"), Time(100));
    assert!(board.problem.is_some() && board.all.is_some() && !board.waiting);
    assert!(!board.is_due(Time(160)) && board.is_due(Time(220)));
    board.answered(response("m2", CasesNews::Unchanged), Time(230), None);
    assert_eq!(board.problem, None);
}

#[test]
fn an_account_that_may_not_see_it_any_more_is_left_nothing() {
    let mut board = board();
    let told = board.failed(Problem::new("UPS-131"), Time(100));
    assert_eq!(told.closed, [handle("a"), handle("b")]);
    assert!(board.all.is_none() && board.mark().is_none() && board.problem.is_some());
}

#[test]
fn an_upstream_that_says_unchanged_to_nobody_leaves_an_empty_board() {
    let mut board = Board::default();
    board.answered(response("m1", CasesNews::Unchanged), Time(50), None);
    assert!(board.all.is_some_and(|all| all.entries.is_empty()));
}

proptest! {
    #[test]
    fn what_was_seen_comes_back(versions in proptest::collection::vec((0u8..30, any::<u32>()), 0..30)) {
        let cases = versions.iter().map(|(id, version)| entry("a", &id.to_string(), *version)).collect();
        let mut all = Cases::default();
        all.take(everything(cases));
        let seen = Seen::of(&all);
        let text = seen.text(&all);
        prop_assert_eq!(Seen::read(&text), seen);
        prop_assert!(!text.contains("試験"), "no name is kept");
    }

    #[test]
    fn nothing_that_was_kept_breaks_it(text in ".{0,200}") {
        Seen::read(&text);
    }
}

#[test]
fn whoever_is_forgotten_is_gone_at_once_and_stays_so_until_everything_was_asked_anew() {
    let mut board = board();
    board.waiting = true;
    board.forget(&handle("a"));
    let people = |board: &Board| -> Vec<String> {
        board.all.iter().flat_map(|all| &all.entries).map(|entry| entry.person.handle.0.clone()).collect()
    };
    assert_eq!((people(&board), board.mark()), (vec!["b".to_owned()], None));
    // What was asked before may still hold the person.
    let late = changed(vec![entry("a", "c1", 4)], &[], &[]);
    assert_eq!(board.answered(response("m2", late), Time(60), None), Told::default());
    assert_eq!((people(&board), board.mark()), (vec!["b".to_owned()], None));
    assert!(board.is_due(Time(60)), "the next glance asks");
    let anew = everything(vec![entry("b", "c2", 1)]);
    assert_eq!(board.answered(response("m3", anew), Time(61), None), Told::default());
    assert_eq!((people(&board), board.mark()), (vec!["b".to_owned()], Some(Mark("m3".into()))));
}
