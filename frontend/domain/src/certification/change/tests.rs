use super::*;
use crate::calendar::Time;
use crate::certification::sample::{case, day, strategy};
use crate::certification::{Fact, History, Postponement, Validity};
use crate::qualification::CareLevel;
use crate::qualification::sample::qualification;
use crate::upstream::{ViewingRight, Way};
use proptest::prelude::*;

fn entry(id: &str, case: Case) -> CaseEntry {
    let mut person = qualification().person;
    person.handle = PersonHandle(format!("p-{id}"));
    let right = ViewingRight { way: Way::Numbers, until: Time(2_000_000_000) };
    CaseEntry { person, right, case: Case { id: CaseId(id.into()), ..case } }
}

fn whats(before: &[CaseEntry], then: &str, now: &[CaseEntry], today: &str) -> Vec<What> {
    let (before, now) = (Look { cases: before, on: day(then) }, Look { cases: now, on: day(today) });
    changes(before, now).into_iter().map(|change| change.what).collect()
}

#[test]
fn which_person_which_stage_which_day() {
    let (before, now) =
        ([entry("a", case(3)), entry("b", case(5))], [entry("b", case(5)), entry("a", case(4))]);
    let look = |cases, on| Look { cases, on: day(on) };
    let found = changes(look(&before, "2026-11-01"), look(&now, "2026-11-01"));
    let (person, id) = (PersonHandle("p-a".into()), CaseId("a".into()));
    let of = |what| Change { person: person.clone(), case: id.clone(), what };
    assert_eq!(
        found,
        [
            of(What::Stage { from: Stage::Survey, to: Stage::Opinion }),
            of(What::Day { step: Step::Survey, from: None, to: Some(day("2026-10-14")) }),
        ]
    );
}

#[test]
fn a_planned_day_that_comes_is_news_without_an_entry() {
    let planned = [entry("a", case(3).with(&[Fact::Survey(day("2026-10-14"))]))];
    assert_eq!(
        whats(&planned, "2026-10-13", &planned, "2026-10-14"),
        [What::Stage { from: Stage::Survey, to: Stage::Opinion }]
    );
}

#[test]
fn new_gone_postponed_and_corrected() {
    let today = "2026-11-22";
    assert_eq!(whats(&[], today, &[entry("a", case(1))], today), [What::New(Stage::Application)]);
    assert_eq!(whats(&[entry("a", case(1))], today, &[], today), [What::Gone]);
    let (notified_on, until) = (day("2026-11-01"), Some(day("2026-12-01")));
    let notice = Fact::Postponement(Postponement { notified_on, until, reason: None });
    assert_eq!(
        whats(&[entry("a", case(5))], today, &[entry("a", case(5).with(&[notice]))], today),
        [
            What::Day { step: Step::Postponement, from: None, to: Some(notified_on) },
            What::PostponedUntil { from: None, to: until }
        ]
    );
    let validity = Validity { from: day("2026-10-05"), to: day("2027-04-30") };
    let other = Outcome::Certified { on: day("2026-11-06"), level: CareLevel::Care3, validity };
    let from = case(9).outcome.unwrap();
    let corrected = [entry("a", case(9).with(&[Fact::Outcome(other.clone())]))];
    assert_eq!(
        whats(&[entry("a", case(9))], today, &corrected, today),
        [What::Corrected { from, to: Some(other) }]
    );
}

proptest! {
    /// A look that shows the same tells nothing; one that shows something else tells something.
    #[test]
    fn no_change_no_news(
        one in proptest::collection::vec(strategy(), 0..10), other in proptest::collection::vec(strategy(), 0..10)
    ) {
        let on = day("2026-11-22");
        let of = |events| History::of(CaseId("a".into()), events).case;
        let (one, other) = (entry("a", of(one)), entry("a", of(other)));
        let look = |entry| Look { cases: std::slice::from_ref(entry), on };
        prop_assert_eq!(changes(look(&one), look(&one)), []);
        let days = |entry: &CaseEntry| Step::ALL.iter().map(|step| entry.case.day_of(*step)).collect::<Vec<_>>();
        let differ = days(&one) != days(&other);
        prop_assert!(!differ || !changes(look(&one), look(&other)).is_empty());
    }
}
