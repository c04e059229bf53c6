use super::*;
use crate::qualification::sample::{day, period, qualification};
use crate::qualification::{CopaymentCertificate, CopaymentPeriod, RestrictionKind};
use proptest::prelude::*;

fn shares(number: u32, registered_on: &str, rows: &[(u8, &str, &str)]) -> Version<CopaymentCertificate> {
    let row =
        |(tenths, from, to): &(u8, &str, &str)| CopaymentPeriod { tenths: *tenths, period: period(from, to) };
    Version {
        number,
        registered_on: day(registered_on),
        withdrawn: false,
        value: CopaymentCertificate {
            issued_on: day(registered_on).into(),
            periods: rows.iter().map(row).collect(),
        },
    }
}

fn history(copayments: Vec<Version<CopaymentCertificate>>) -> History {
    History { copayments, ..History::default() }
}

#[test]
fn a_correction_back_in_time_is_parted_from_the_days_to_come() {
    let all = history(vec![
        shares(1, "2026-07-15", &[(1, "2026-08-01", "2027-07-31")]),
        shares(2, "2026-12-10", &[(2, "2026-08-01", "2027-07-31")]),
    ]);
    let found = all.corrections(HeldKind::Share, day("2026-12-31"));
    let expected = |from, to| Correction {
        period: period(from, to),
        was: Held::Share(1),
        is: Some(Held::Share(2)),
        on: day("2026-12-10"),
        withdrawn: false,
    };
    assert_eq!(found, [expected("2026-08-01", "2026-12-09"), expected("2026-12-10", "2027-07-31")]);
    assert!(found[0].is_retroactive() && !found[1].is_retroactive());
    assert_eq!(all.corrections(HeldKind::Share, day("2026-12-09")), [], "not known yet");
}

#[test]
fn what_is_taken_back_leaves_nothing_in_its_place() {
    let mut back = shares(1, "2026-09-01", &[]);
    back.withdrawn = true;
    let all = history(vec![shares(1, "2026-07-15", &[(3, "2026-08-01", "2027-07-31")]), back]);
    let found = all.corrections(HeldKind::Share, day("2026-11-22"));
    assert!(found.iter().all(|one| one.withdrawn && one.is.is_none()), "{found:?}");
    assert_eq!(all.held(HeldKind::Share, day("2026-11-22")), []);
}

#[test]
fn a_new_year_and_a_first_registration_correct_nothing() {
    let all = history(vec![
        shares(1, "2025-07-15", &[(1, "2025-08-01", "2026-07-31")]),
        // Issued late, for days gone by of which nothing was known.
        shares(2, "2026-10-15", &[(2, "2026-08-01", "2027-07-31")]),
    ]);
    assert_eq!(all.corrections(HeldKind::Share, day("2026-11-22")), []);
}

#[test]
fn without_a_history_the_sheets_stand_for_it() {
    let all = qualification();
    let history = History::default().or_sheets(&all);
    let today = day("2026-11-22");
    let values = |kind| history.held(kind, today).iter().map(|one| one.value).collect::<Vec<_>>();
    assert_eq!(values(HeldKind::Level), [Held::Level(CareLevel::Care2)]);
    assert_eq!(values(HeldKind::Share), [Held::Share(1), Held::Share(2)]);
    assert_eq!(values(HeldKind::Stage), [Held::Stage(LimitStage::ThirdA)]);
    assert_eq!(history.clone().or_sheets(&all), history, "what is there stays");
}

#[test]
fn restrictions_that_were_over_before_the_newest_paper_stay_in_the_past() {
    let mut first = qualification().certificate.change().clone();
    first.restrictions = vec![BenefitRestriction {
        kind: RestrictionKind::Reduced,
        period: period("2026-01-01", "2026-03-31"),
    }];
    let newer = qualification().certificate.change().clone();
    let version = |number, on, value: &InsuranceCertificate| Version {
        number,
        registered_on: day(on),
        withdrawn: false,
        value: value.clone(),
    };
    let mut all = History {
        certificates: vec![version(1, "2026-02-01", &first), version(2, "2026-04-10", &newer)],
        ..History::default()
    };
    let today = day("2026-11-22");
    assert_eq!(all.restrictions(today), first.restrictions);
    all.certificates.push(version(3, "2026-05-10", &first));
    assert_eq!(all.restrictions(today).len(), 1, "said twice, it is one");
    // One that was dropped before it was over was a mistake, and is none.
    first.restrictions[0].period.to = None;
    all.certificates = vec![version(1, "2026-02-01", &first), version(2, "2026-04-10", &newer)];
    assert_eq!(all.restrictions(today), []);
}

proptest! {
    /// A day is corrected by a registration exactly when something was known of it and it is another now.
    #[test]
    fn corrections_are_what_differs_from_one_registration_to_the_next(
        rows in proptest::collection::vec((1u8..4, 0i64..200, 0i64..300, 0i64..300), 0..6),
    ) {
        let zero = day("2026-01-01");
        let versions: Vec<_> = rows.iter().enumerate().map(|(at, (tenths, known, from, days))| {
            let from = zero.plus_days(*from);
            let to = from.plus_days(*days);
            let known = zero.plus_days(*known).to_string();
            shares(at as u32 + 1, &known, &[(*tenths, &from.to_string(), &to.to_string())])
        }).collect();
        let all = history(versions);
        let found = all.corrections(HeldKind::Share, zero.plus_days(1_000));
        for one in &found {
            prop_assert!(one.period.is_possible() && one.is != Some(one.was));
            prop_assert!(one.is_retroactive() == one.period.to.is_some_and(|to| to < one.on));
        }
        for known in rows.iter().flat_map(|row| [row.1, row.1 + 1]) {
            let known = zero.plus_days(known);
            for at in (0..620).step_by(7) {
                let on = zero.plus_days(at);
                let share = |known| all.share_on(on, known).map(|held| Held::Share(held.tenths));
                let (was, is) = (share(known.plus_days(-1)), share(known));
                let said = found.iter().find(|one| one.on == known && one.period.covers(on));
                prop_assert_eq!(said.map(|one| (Some(one.was), one.is)),
                    (was.is_some() && was != is).then_some((was, is)));
            }
        }
    }
}
