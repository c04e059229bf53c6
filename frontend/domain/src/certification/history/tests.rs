use super::*;
use crate::calendar::Time;
use crate::certification::sample::{day, event, facts, strategy};
use crate::certification::{Application, ApplicationKind, Validity};
use crate::qualification::CareLevel;
use proptest::prelude::*;

fn id() -> CaseId {
    CaseId("c1".into())
}

fn certified(level: CareLevel) -> Fact {
    let validity = Validity { from: day("2026-10-05"), to: day("2027-04-30") };
    Fact::Outcome(Outcome::Certified { on: day("2026-11-10"), level, validity })
}

#[test]
fn a_corrected_result_keeps_what_was_before() {
    let history =
        History::of(id(), [event(9, certified(CareLevel::Care3)), event(4, certified(CareLevel::Care2))]);
    let Some(Outcome::Certified { level, .. }) = history.case.outcome else { panic!("decided") };
    assert_eq!((level, history.case.version), (CareLevel::Care3, 9));
    let Some(Outcome::Certified { level, .. }) = history.case.outcome_before else { panic!("before") };
    assert_eq!(level, CareLevel::Care2);
    let held: Vec<bool> = history.entries.iter().map(|entry| entry.holds).collect();
    assert_eq!(held, [false, true]);
    let last = history.entries[1].event.clone();
    assert_eq!(history.replaced_by(&last).count(), 1);
    assert!(!history.contradictions(day("2026-11-22")).contains(&Contradiction::Disagree(Step::Outcome)));
}

#[test]
fn two_facts_under_one_version_are_told_and_the_later_holds() {
    let mut first = event(3, Fact::Survey(day("2026-10-12")));
    let mut second = event(3, Fact::Survey(day("2026-10-11")));
    (first.at, second.at) = (Time(100), Time(200));
    for order in [[first.clone(), second.clone()], [second, first]] {
        let history = History::of(id(), order);
        assert_eq!(history.case.survey_on, Some(day("2026-10-11")));
        assert!(history.contradictions(day("2026-11-22")).contains(&Contradiction::Disagree(Step::Survey)));
        assert!(history.entries.iter().all(|entry| entry.disputed));
    }
}

#[test]
fn a_later_version_settles_a_dispute_and_what_was_cleared_is_gone() {
    let survey = |text| Fact::Survey(day(text));
    let events = [
        event(3, survey("2026-10-12")),
        event(3, survey("2026-10-11")),
        event(4, survey("2026-10-13")),
        event(5, Fact::Opinion(day("2026-10-20"))),
        event(6, Fact::Cleared(Step::Opinion)),
    ];
    let history = History::of(id(), events);
    assert_eq!(history.case.survey_on, Some(day("2026-10-13")));
    assert_eq!(history.case.opinion_on, None);
    assert!(
        !history
            .contradictions(day("2026-11-22"))
            .iter()
            .any(|one| matches!(one, Contradiction::Disagree(_)))
    );
}

#[test]
fn an_entry_is_tried_on_the_case_without_being_made() {
    let case = History::of(id(), [event(1, facts()[0].clone())]).case;
    let tried = case.with(&[Fact::Survey(day("2026-10-11")), Fact::Cleared(Step::Application)]);
    assert_eq!((tried.survey_on, tried.application), (Some(day("2026-10-11")), None));
    let application = Application { kind: ApplicationKind::New, on: day("2026-10-05") };
    assert_eq!((case.application, case.version), (Some(application), tried.version));
}

proptest! {
    /// Any order, any of them twice or three times: the same history.
    #[test]
    fn order_and_repetition_make_no_difference(
        (events, again) in proptest::collection::vec(strategy(), 0..24).prop_flat_map(|events| {
            let doubled: Vec<Event> = events.iter().chain(&events).chain(events.first()).cloned().collect();
            (Just(events), Just(doubled).prop_shuffle())
        })
    ) {
        let once = History::of(id(), events);
        let often = History::of(id(), again);
        prop_assert_eq!(&once, &often);
        let today = day("2026-11-22");
        prop_assert_eq!(once.contradictions(today), often.contradictions(today));
        prop_assert_eq!(once.case.stage(today), often.case.stage(today));
    }

    /// What holds has the highest version of its step, and of each step at most one holds.
    #[test]
    fn the_highest_version_holds(events in proptest::collection::vec(strategy(), 1..24)) {
        let history = History::of(id(), events.clone());
        for step in Step::ALL {
            let highest = events.iter().filter(|event| event.fact.step() == *step).map(|event| event.version).max();
            let held: Vec<_> =
                history.entries.iter().filter(|entry| entry.holds && entry.event.fact.step() == *step).collect();
            prop_assert_eq!(held.len(), usize::from(highest.is_some()));
            prop_assert_eq!(held.first().map(|entry| entry.event.version), highest);
        }
    }

    /// A correction with a version above all others is what holds, whatever else is there.
    #[test]
    fn a_correction_wins(events in proptest::collection::vec(strategy(), 0..24), last in strategy()) {
        let last = Event { version: 1_000, ..last };
        let history = History::of(id(), events.into_iter().chain([last.clone()]));
        let held = history.entries.iter().find(|entry| entry.event == last);
        prop_assert!(held.is_some_and(|entry| entry.holds && !entry.disputed));
    }
}
