use super::*;
use crate::qualification::sample::{day, period, qualification};
use crate::qualification::{
    BenefitRestriction, CareLevel, CertificationState, Content, CopaymentPeriod, Qualification,
};
use crate::rollout::{Rollout, RolloutLine};
use proptest::prelude::*;

fn list(all: &Qualification, today: &str) -> Vec<(String, UpcomingKind, i64, Option<u16>)> {
    upcoming(all, day(today), &Settings::default())
        .into_iter()
        .map(|one| (one.on.to_string(), one.kind, one.days_left, one.notice))
        .collect()
}

fn find(all: &Qualification, today: &str, kind: UpcomingKind) -> Option<(i64, Option<u16>)> {
    list(all, today).into_iter().find(|found| found.1 == kind).map(|found| (found.2, found.3))
}

#[test]
fn a_whole_year_ahead() {
    use UpcomingKind::{CertificationEnds, LimitEnds, RenewalCloses, RenewalOpens, ShareRenewed};
    let expected = [
        ("2027-01-30", RenewalOpens, 69, None),
        ("2027-03-31", CertificationEnds { applied: false }, 129, None),
        ("2027-03-31", RenewalCloses, 129, None),
        ("2027-07-31", LimitEnds, 251, None),
        ("2027-08-01", ShareRenewed { known: None }, 252, None),
    ]
    .map(|(on, kind, left, notice)| (on.to_owned(), kind, left, notice));
    assert_eq!(list(&qualification(), "2026-11-22"), expected);
}

#[test]
fn notices_are_reached_to_the_day() {
    let ends = UpcomingKind::CertificationEnds { applied: false };
    for (today, left, notice) in [
        ("2027-01-29", 61, None),
        ("2027-01-30", 60, Some(60)),
        ("2027-03-01", 30, Some(30)),
        ("2027-03-23", 8, Some(30)),
        ("2027-03-24", 7, Some(7)),
        ("2027-03-31", 0, Some(7)),
    ] {
        assert_eq!(find(&qualification(), today, ends), Some((left, notice)), "{today}");
    }
    let over = find(&qualification(), "2027-04-01", UpcomingKind::CertificationEnded);
    assert_eq!(over, Some((-1, Some(7))));
    assert_eq!(find(&qualification(), "2027-04-01", ends), None);
}

#[test]
fn once_applied_for_no_renewal_is_asked() {
    let mut all = qualification();
    all.certificate.change().state = CertificationState::Applied;
    assert_eq!(find(&all, "2027-02-15", UpcomingKind::RenewalCloses), None);
    let ends = UpcomingKind::CertificationEnds { applied: true };
    assert_eq!(find(&all, "2027-02-15", ends), Some((44, Some(60))));
}

#[test]
fn the_share_on_august_first_and_within_the_year() {
    let mut all = qualification();
    let changes = UpcomingKind::ShareChanges { to: 2 };
    assert_eq!(find(&all, "2026-10-25", changes), Some((7, Some(7))));
    assert_eq!(find(&all, "2027-07-25", UpcomingKind::ShareRenewed { known: None }), Some((7, Some(7))));
    all.copayment
        .change()
        .periods
        .push(CopaymentPeriod { tenths: 3, period: period("2027-08-01", "2028-07-31") });
    assert_eq!(find(&all, "2027-07-25", UpcomingKind::ShareRenewed { known: Some(3) }), Some((7, Some(7))));
    assert_eq!(find(&all, "2027-07-25", UpcomingKind::ShareChanges { to: 3 }), None, "said once");
}

#[test]
fn a_missing_share_is_said_while_a_certification_holds() {
    let mut all = qualification();
    all.certificate.change().validity = Some(period("2026-04-01", "2029-03-31"));
    assert!(find(&all, "2027-08-01", UpcomingKind::ShareMissing).is_some());
    all.copayment.content = Content::NoneIssued;
    assert!(find(&all, "2026-11-22", UpcomingKind::ShareMissing).is_some());
    all.copayment.content = Content::NotMigrated;
    assert!(find(&all, "2026-11-22", UpcomingKind::ShareMissing).is_none(), "not there is not missing");
}

#[test]
fn balances_restrictions_and_the_insurer() {
    let mut all = qualification();
    all.housing.change().dwellings[0].payments[0].cost_yen = 181_000;
    all.equipment.change().purchases[0].cost_yen = 100_000;
    all.certificate.change().restrictions = vec![BenefitRestriction {
        kind: RestrictionKind::Reduced,
        period: period("2026-12-01", "2027-05-31"),
    }];
    let today = "2026-11-22";
    assert!(find(&all, today, UpcomingKind::HousingNearlyUsed { left_yen: 19_000 }).is_some());
    assert!(find(&all, today, UpcomingKind::EquipmentNearlyUsed { left_yen: 0 }).is_some());
    assert!(find(&all, "2027-04-01", UpcomingKind::EquipmentNearlyUsed { left_yen: 0 }).is_none());
    assert_eq!(
        find(&all, today, UpcomingKind::RestrictionBegins(RestrictionKind::Reduced)),
        Some((9, Some(30)))
    );
}

#[test]
fn an_insurer_that_has_not_begun() {
    let ask = |all: &Qualification, start| {
        let (insurer, source) = (all.person.insurer.clone(), "市".to_owned());
        let line = RolloutLine { insurer, start, source, as_of: day("2026-11-01") };
        let settings = Settings { rollout: Rollout(vec![line]), ..Settings::default() };
        let all = upcoming(all, day("2026-11-22"), &settings);
        all.iter().map(|one| (one.kind, one.days_left)).collect::<Vec<_>>()
    };
    let not_begun = (UpcomingKind::InsurerNotStarted, 0);
    let mut all = qualification();
    assert!(ask(&all, Some(day("2027-04-01"))).contains(&(UpcomingKind::InsurerStarts, 130)));
    assert!(!ask(&all, None).contains(&not_begun), "its data is there: the list is old");
    all.certificate.content = Content::NotMigrated;
    assert!(ask(&all, None).contains(&not_begun));
    all.person.insurer = crate::number::InsurerNumber::parse("102012").unwrap();
    let nothing = upcoming(&all, day("2026-11-22"), &Settings::default());
    assert!(nothing.iter().all(|one| one.kind.topic() != Topic::Insurer), "nothing is known of it");
}

#[test]
fn reminders_for_a_calendar() {
    let reminders = Settings::default().reminders(day("2027-03-31"));
    assert_eq!(reminders, [(day("2027-01-30"), 60), (day("2027-03-01"), 30), (day("2027-03-24"), 7)]);
}

#[test]
fn what_is_not_renewed_is_not_asked_for() {
    let mut all = qualification();
    all.certificate.change().level = Some(CareLevel::from_code("98"));
    assert_eq!(find(&all, "2027-02-15", UpcomingKind::RenewalCloses), None);
}

proptest! {
    #[test]
    fn whatever_the_periods_the_list_stands(
        spans in proptest::collection::vec((-900i64..900, proptest::option::of(-100i64..900)), 4),
        level in 0usize..9,
        today in -800i64..800,
    ) {
        let mut all = qualification();
        let zero = day("2026-11-22");
        let make = |at: usize| {
            let (from, days) = spans[at];
            let from = zero.plus_days(from);
            crate::qualification::Period::new(from, days.map(|days| from.plus_days(days)))
        };
        all.certificate.change().validity = Some(make(0));
        all.certificate.change().level = Some(CareLevel::ALL[level]);
        all.copayment.change().periods[0].period = make(1);
        all.copayment.change().periods[1].period = make(2);
        all.limit.change().validity = make(3);
        let today = zero.plus_days(today);
        let list = upcoming(&all, today, &Settings::default());
        prop_assert!(list.is_sorted_by_key(|one| one.on));
        for one in &list {
            prop_assert_eq!(one.days_left, today.days_until(one.on));
            let over = matches!(one.kind, UpcomingKind::CertificationEnded | UpcomingKind::LimitEnded);
            prop_assert_eq!(one.days_left < 0, over);
        }
        // The window of a renewal is always sixty days.
        let on = |kind| list.iter().find(|one| one.kind == kind).map(|one| one.on);
        if let (Some(opens), Some(closes)) = (on(UpcomingKind::RenewalOpens), on(UpcomingKind::RenewalCloses)) {
            prop_assert_eq!(opens.days_until(closes), 60);
        }
    }
}
