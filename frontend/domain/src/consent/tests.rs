use super::*;
use crate::upstream::{ConsentBasis, ConsentId, ConsentMethod, ConsentWithdrawal};
use proptest::prelude::*;

/// A consent to everything, given at a time.
pub(crate) fn record(given_at: i64, until: Option<i64>, withdrawn: Option<i64>) -> ConsentRecord {
    ConsentRecord {
        id: ConsentId(format!("c{given_at}")),
        terms: ConsentTerms {
            giver: ConsentGiver::Person,
            giver_name: None,
            method: ConsentMethod::Written,
            basis: ConsentBasis::OfficeForm,
            basis_version: None,
            scope: ConsentScope::ALL.to_vec(),
            given_at: Time(given_at),
            until: until.map(Time),
        },
        taker: ConsentTaker::Office,
        taker_name: "かけはし居宅介護支援事業所".into(),
        recorded_by: "佐藤 健一".into(),
        recorded_at: Time(given_at),
        withdrawal: withdrawn.map(|at| ConsentWithdrawal {
            at: Time(at),
            by: ConsentGiver::Person,
            recorded_by: "佐藤 健一".into(),
            reason: None,
        }),
    }
}

fn standing(records: &[ConsentRecord], now: i64) -> Standing {
    Standing::of(records, ConsentScope::Opinion, Time(now))
}

#[test]
fn from_when_till_when() {
    let one = [record(100, Some(200), None)];
    assert_eq!(standing(&one, 99), Standing::None);
    assert_eq!(standing(&one, 100), Standing::Valid { until: Some(Time(200)) });
    assert_eq!(standing(&one, 199), Standing::Valid { until: Some(Time(200)) });
    assert_eq!(standing(&one, 200), Standing::Over { since: Time(200) });
    let two = [record(100, Some(200), None), record(150, None, None)];
    assert_eq!(standing(&two, 160), Standing::Valid { until: None }, "the longer one");
}

#[test]
fn a_withdrawal_closes_at_once_whatever_was_given_before() {
    let papers = [record(100, None, None), record(110, Some(900), Some(150)), record(120, None, None)];
    assert_eq!(standing(&papers, 149), Standing::Valid { until: None });
    assert_eq!(standing(&papers, 150), Standing::Withdrawn { at: Time(150) });
    let again = [papers[0].clone(), papers[1].clone(), record(151, None, None)];
    assert_eq!(standing(&again, 151), Standing::Valid { until: None }, "only one given later opens again");
}

#[test]
fn only_what_was_consented_to() {
    let mut survey = record(100, None, None);
    survey.terms.scope = vec![ConsentScope::Survey];
    assert_eq!(standing(std::slice::from_ref(&survey), 150), Standing::None);
    let unknown = ConsentScope::from_code("everything");
    survey.terms.scope = vec![unknown];
    assert_eq!(
        Standing::of(&[survey.clone()], unknown, Time(150)),
        Standing::None,
        "nobody knows what it is"
    );
    let mut strange = record(100, None, None);
    strange.taker = ConsentTaker::from_code("somebody");
    assert_eq!(standing(&[strange], 150), Standing::None);
}

#[test]
fn what_cannot_be_recorded() {
    let terms = |change: fn(&mut ConsentTerms)| {
        let mut terms = record(100, Some(300), None).terms;
        change(&mut terms);
        terms.check(Time(200))
    };
    assert_eq!(terms(|_| {}), Ok(()));
    assert_eq!(terms(|terms| terms.scope.clear()), Err(TermsError::NoScope));
    assert_eq!(terms(|terms| terms.basis = ConsentBasis::from_code("x")), Err(TermsError::Unknown));
    assert_eq!(terms(|terms| terms.given_at = Time(201)), Err(TermsError::GivenLater));
    assert_eq!(terms(|terms| terms.until = Some(Time(200))), Err(TermsError::Ended));
    assert_eq!(terms(|terms| terms.giver = ConsentGiver::Representative), Err(TermsError::NoName));
}

fn any_record() -> impl Strategy<Value = ConsentRecord> {
    let time = || 0i64..50;
    (time(), proptest::option::of(time()), proptest::option::of(time()))
        .prop_map(|(given, until, gone)| record(given, until, gone))
}

proptest! {
    /// A withdrawal now, of any of them, leaves nothing that holds.
    #[test]
    fn after_a_withdrawal_nothing_holds(
        mut records in proptest::collection::vec(any_record(), 1..8), at in 0usize..8, now in 0i64..60
    ) {
        let at = at % records.len();
        records[at].withdrawal = record(0, None, Some(now)).withdrawal;
        let held = matches!(standing(&records, now), Standing::Valid { .. });
        prop_assert!(!held);
    }

    /// The order of the records never matters.
    #[test]
    fn order_makes_no_difference(
        (records, shuffled) in proptest::collection::vec(any_record(), 0..8)
            .prop_flat_map(|records| (Just(records.clone()), Just(records).prop_shuffle())),
        now in 0i64..60
    ) {
        prop_assert_eq!(standing(&records, now), standing(&shuffled, now));
    }

    /// Whatever holds was given, is not over and not withdrawn.
    #[test]
    fn what_holds_was_given(records in proptest::collection::vec(any_record(), 0..8), now in 0i64..60) {
        if let Standing::Valid { until } = standing(&records, now) {
            prop_assert!(until.is_none_or(|until| until.0 > now));
            prop_assert!(records.iter().any(|one| one.terms.given_at.0 <= now && one.terms.until == until));
        }
    }
}

#[test]
fn the_minute_that_runs_means_now_and_a_last_day_holds_to_its_end() {
    let day = Date::new(2026, 11, 22).unwrap();
    let now = day.at((14, 5)).plus(20);
    assert_eq!(given_at(day, (14, 5), now), now);
    assert_eq!(given_at(day, (14, 4), now), day.at((14, 4)));
    assert!(given_at(day, (14, 6), now) > now, "what lies ahead stays ahead, to be refused");
    let papers = [record(0, None, Some(now.0)), record(given_at(day, (14, 5), now.plus(10)).0, None, None)];
    let standing = Standing::of(&papers, ConsentScope::Survey, now.plus(10));
    assert_eq!(standing, Standing::Valid { until: None }, "given anew in the minute of the withdrawal");
    assert_eq!(through(day).plus(-1).to_string(), "2026-11-22 23:59");
}

#[test]
fn what_is_over_or_withdrawn_is_not_withdrawn_again() {
    assert!(record(1, None, None).is_open(Time(9)) && record(1, Some(10), None).is_open(Time(9)));
    assert!(!record(1, Some(9), None).is_open(Time(9)) && !record(1, None, Some(5)).is_open(Time(9)));
}
