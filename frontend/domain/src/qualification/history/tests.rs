use super::*;
use crate::qualification::CopaymentPeriod;
use proptest::prelude::*;

fn day(text: &str) -> Date {
    Date::from_iso(text).unwrap()
}

fn version(number: u32, registered_on: &str, rows: &[(u8, &str, &str)]) -> Version<CopaymentCertificate> {
    let periods = rows
        .iter()
        .map(|(tenths, from, to)| CopaymentPeriod {
            tenths: *tenths,
            period: Period::new(day(from), Some(day(to))),
        })
        .collect();
    let value = CopaymentCertificate { issued_on: day(registered_on).into(), periods };
    Version { number, registered_on: day(registered_on), withdrawn: false, value }
}

fn history(copayments: Vec<Version<CopaymentCertificate>>) -> History {
    History { copayments, ..History::default() }
}

/// 所得更正: on 2026-12-10 the share of the whole year becomes 2割, back to August.
fn corrected() -> History {
    history(vec![
        version(3, "2026-12-10", &[(2, "2026-08-01", "2027-07-31")]),
        version(1, "2025-07-15", &[(1, "2025-08-01", "2026-07-31")]),
        version(2, "2026-07-15", &[(1, "2026-08-01", "2027-07-31")]),
    ])
}

#[test]
fn what_applied_and_what_was_known() {
    let all = corrected();
    let share = |on, known| all.share_on(day(on), day(known)).map(|held| (held.tenths, held.number));
    assert_eq!(share("2026-09-01", "2026-11-22"), Some((1, 2)), "as it was known then");
    assert_eq!(share("2026-09-01", "2026-12-10"), Some((2, 3)), "as it is known now");
    assert_eq!(share("2026-07-31", "2026-12-10"), Some((1, 1)));
    assert_eq!(share("2026-09-01", "2026-07-14"), None, "not registered yet");
    assert_eq!(share("2027-08-01", "2026-12-10"), None);
}

#[test]
fn days_changed_after_the_fact_are_named() {
    let changes = corrected().share_changes(day("2026-12-09"), day("2026-12-10"));
    let period = Period::new(day("2026-08-01"), Some(day("2026-12-09")));
    assert_eq!(changes, [ShareChange { period, was: Some(1), is: Some(2) }]);
    assert_eq!(corrected().share_changes(day("2026-07-15"), day("2026-12-09")), []);
}

/// 世帯変動: 2割 from November on, told in time.
#[test]
fn a_change_within_the_year_leaves_the_days_before() {
    let all = history(vec![
        version(1, "2026-07-15", &[(1, "2026-08-01", "2027-07-31")]),
        version(2, "2026-10-20", &[(2, "2026-11-01", "2027-07-31")]),
    ]);
    let shares: Vec<_> = all
        .shares(day("2026-11-22"))
        .iter()
        .map(|share| (share.tenths, share.period.from, share.period.to))
        .collect();
    assert_eq!(
        shares,
        [(1, day("2026-08-01"), Some(day("2026-10-31"))), (2, day("2026-11-01"), Some(day("2027-07-31")))]
    );
    assert_eq!(all.share_changes(day("2026-10-19"), day("2026-10-20")), [], "nothing gone by has changed");
}

#[test]
fn a_version_taken_back_counts_until_then() {
    let mut back = version(2, "2026-12-01", &[]);
    back.withdrawn = true;
    let all = history(vec![
        version(1, "2026-07-15", &[(1, "2026-08-01", "2027-07-31")]),
        version(2, "2026-10-01", &[(3, "2026-08-01", "2027-07-31")]),
        back,
    ]);
    let share = |known| all.share_on(day("2026-09-01"), day(known)).map(|held| held.tenths);
    assert_eq!((share("2026-09-30"), share("2026-11-30"), share("2026-12-01")), (Some(1), Some(3), Some(1)));
}

#[test]
fn rows_that_cannot_be_claim_nothing() {
    let all = history(vec![version(1, "2026-07-15", &[(2, "2027-07-31", "2026-08-01")])]);
    assert_eq!(all.shares(day("2026-11-22")), []);
}

proptest! {
    #[test]
    fn what_applied_never_overlaps(
        rows in proptest::collection::vec((1u32..5, 0i64..400, 0u8..12, 0i64..500, -30i64..400), 0..10),
        known in 0i64..500,
        later in 0i64..200,
    ) {
        let begin = day("2025-08-01");
        let versions = rows
            .iter()
            .map(|(number, registered, tenths, from, days)| {
                let from = begin.plus_days(*from);
                let period = Period::new(from, Some(from.plus_days(*days)));
                let registered_on = begin.plus_days(*registered);
                let periods = vec![CopaymentPeriod { tenths: *tenths, period }];
                let value = CopaymentCertificate { issued_on: registered_on.into(), periods };
                Version { number: *number, registered_on, withdrawn: false, value }
            })
            .collect();
        let all = history(versions);
        let known = begin.plus_days(known);
        let shares = all.shares(known);
        for pair in shares.windows(2) {
            prop_assert!(pair[0].period.to.is_some_and(|to| to < pair[1].period.from));
        }
        for at in (0..1_000).step_by(7) {
            let on = begin.plus_days(at);
            let said = shares.iter().find(|share| share.period.covers(on)).map(|share| share.tenths);
            prop_assert_eq!(said, all.share_on(on, known).map(|share| share.tenths));
        }
        let after = known.plus_days(later);
        for change in all.share_changes(known, after) {
            prop_assert!(change.was != change.is);
            prop_assert!(change.period.to.is_some_and(|to| to < after));
            let on = change.period.from;
            prop_assert_eq!(change.was, all.share_on(on, known).map(|share| share.tenths));
            prop_assert_eq!(change.is, all.share_on(on, after).map(|share| share.tenths));
        }
    }
}
