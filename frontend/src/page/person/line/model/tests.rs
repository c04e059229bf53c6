use super::super::super::sample::{day, qualification};
use super::*;
use domain::qualification::{CopaymentCertificate, CopaymentPeriod, Version};
use domain::upstream::ApplicationKind;
use proptest::prelude::*;

fn of(history: &History, today: &str) -> Vec<Entry> {
    entries(history, &[], day(today), day(today))
}

fn told(entries: &[Entry], lane: Lane) -> Vec<(String, String, State)> {
    entries
        .iter()
        .filter(|one| one.lane == lane)
        .map(|one| (one.what.to_string(), one.period.from.to_string(), one.state))
        .collect()
}

fn shares(
    number: u32,
    registered_on: Date,
    rows: &[(u8, Date, Option<Date>)],
) -> Version<CopaymentCertificate> {
    let periods = rows
        .iter()
        .map(|(tenths, from, to)| CopaymentPeriod { tenths: *tenths, period: Period::new(*from, *to) })
        .collect();
    let value = CopaymentCertificate { issued_on: registered_on.into(), periods };
    Version { number, registered_on, withdrawn: false, value }
}

#[test]
fn past_now_and_future_are_told_apart() {
    let history = History::default().or_sheets(&qualification());
    let found = of(&history, "2026-10-15");
    let share = |what: &str, from: &str, state| (what.to_owned(), from.to_owned(), state);
    assert_eq!(
        told(&found, Lane::Share),
        [share("1割", "2026-08-01", State::Now), share("2割", "2026-11-01", State::Future)]
    );
    let later = of(&history, "2026-11-22");
    assert_eq!(told(&later, Lane::Share)[0].2, State::Past);
    assert_eq!(told(&later, Lane::Level), [share("要介護2", "2026-04-01", State::Now)]);
}

#[test]
fn a_gap_is_shown_between_and_after() {
    let rows =
        [(1, day("2024-08-01"), Some(day("2025-07-31"))), (2, day("2025-10-01"), Some(day("2026-07-31")))];
    let history = History { copayments: vec![shares(1, day("2024-07-15"), &rows)], ..History::default() };
    let gaps: Vec<_> = of(&history, "2026-11-22")
        .into_iter()
        .filter(|one| one.state == State::Gap)
        .map(|one| one.period)
        .collect();
    assert_eq!(
        gaps,
        [
            Period::new(day("2025-08-01"), Some(day("2025-09-30"))),
            Period::new(day("2026-08-01"), Some(day("2026-11-22")))
        ]
    );
}

#[test]
fn what_was_corrected_lies_under_what_holds() {
    let year = |tenths| [(tenths, day("2026-08-01"), Some(day("2027-07-31")))];
    let copayments = vec![shares(1, day("2026-07-15"), &year(1)), shares(2, day("2026-10-10"), &year(2))];
    let history = History { copayments, ..History::default() };
    let found = of(&history, "2026-11-22");
    let before: Vec<_> = found.iter().filter(|one| one.state == State::Corrected).collect();
    assert_eq!(before.iter().map(|one| one.back).collect::<Vec<_>>(), [true, false]);
    assert!(before.iter().all(|one| &*one.what == "訂正前 1割"));
    let chart = chart(&found, day("2026-11-22"));
    let depth = |state| {
        let bars = chart.lanes.iter().flat_map(|row| &row.bars);
        bars.filter(|bar| found[bar.entry].state == state).map(|bar| bar.depth).collect::<Vec<_>>()
    };
    assert_eq!((depth(State::Now), depth(State::Corrected)), (vec![0], vec![1, 1]));
    // As it was known before.
    let then = entries(&history, &[], day("2026-09-01"), day("2026-11-22"));
    assert!(then.iter().all(|one| &*one.what == "1割"));
}

#[test]
fn an_application_runs_to_its_decision_or_to_today() {
    let one = |applied, decided: Option<&str>| Application {
        kind: ApplicationKind::Renewal,
        applied_on: day(applied),
        decided_on: decided.map(day),
    };
    let both = [one("2026-02-01", Some("2026-03-18")), one("2026-11-02", None)];
    let found = entries(&History::default(), &both, day("2026-11-22"), day("2026-11-22"));
    let period = |from, to| Period::new(day(from), Some(day(to)));
    assert_eq!(
        found.iter().map(|one| (one.period, one.state)).collect::<Vec<_>>(),
        [(period("2026-02-01", "2026-03-18"), State::Past), (period("2026-11-02", "2026-11-22"), State::Now)]
    );
    assert_eq!(&*found[1].what, "更新申請");
    assert!(found[1].note.is_some() && found[0].note.is_none());
}

#[test]
fn what_cannot_be_stands_in_the_table_only() {
    let rows = [(1, day("2026-08-01"), Some(day("2026-07-01")))];
    let history = History { copayments: vec![shares(1, day("2026-07-15"), &rows)], ..History::default() };
    let found = of(&history, "2026-11-22");
    assert_eq!(told(&found, Lane::Share), [("1割".to_owned(), "2026-08-01".to_owned(), State::Wrong)]);
    assert!(chart(&found, day("2026-11-22")).lanes.is_empty());
}

#[test]
fn a_chart_of_nothing_is_this_year_and_the_next() {
    let chart = chart(&[], day("2026-11-22"));
    assert_eq!((chart.from, chart.to), (day("2026-01-01"), day("2027-12-31")));
}

proptest! {
    #[test]
    fn bars_lie_within_and_never_on_one_another(
        rows in proptest::collection::vec(
            (1u8..4, -9_000i64..9_000, proptest::option::of(-50i64..6_000), -3_000i64..100), 0..8),
    ) {
        let today = day("2026-11-22");
        let copayments = rows.iter().enumerate().map(|(at, (tenths, from, days, known))| {
            let from = today.plus_days(*from);
            let to = days.map(|days| from.plus_days(days));
            shares(at as u32 + 1, today.plus_days(*known), &[(*tenths, from, to)])
        }).collect();
        let history = History { copayments, ..History::default() };
        let found = entries(&history, &[], today, today);
        let chart = chart(&found, today);
        let frame = Period::new(chart.from, Some(chart.to));
        prop_assert!(frame.covers(today));
        let whole = chart.from.days_until(chart.to) + 1;
        for row in &chart.lanes {
            for (at, bar) in row.bars.iter().enumerate() {
                prop_assert!(0 <= bar.begin && bar.begin < bar.end && bar.end <= whole);
                prop_assert!(bar.depth < row.depth);
                let period = found[bar.entry].period;
                prop_assert_eq!(bar.cut, (period.from < chart.from, period.to.is_none_or(|to| to > chart.to)));
                if !bar.cut.0 {
                    prop_assert_eq!(chart.from.plus_days(bar.begin), period.from);
                }
                for other in &row.bars[at + 1..] {
                    prop_assert!(bar.depth != other.depth || bar.end <= other.begin || other.end <= bar.begin);
                }
            }
        }
        // Everything that can be drawn is drawn once.
        let drawn: usize = chart.lanes.iter().map(|row| row.bars.len()).sum();
        let can = found.iter().filter(|one| one.state != State::Wrong && one.period.overlaps(&frame)).count();
        prop_assert_eq!(drawn, can);
    }
}
