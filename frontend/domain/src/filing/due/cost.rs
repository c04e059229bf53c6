//! What the day of filing costs: the month of the claim, days without a filed plan, and paying all first.

use super::Opening;
use crate::calendar::{Date, Month};
use crate::qualification::Period;

/// Filed by the end of the month the claim is possible the next month, else a month later (月遅れ).
pub const CLAIM_SOURCES: [&str; 2] = [
    "三郷市 https://www.city.misato.lg.jp/soshiki/ikiikikenko/kaigohoken/kaigosa-bisunikannsurukoto/8456.html",
    "品川区 https://www.city.shinagawa.tokyo.jp/PC/kenkou/kaigo1/sinsei/20210904095433.html",
];
/// Nothing is filed for days gone by: they count as セルフプラン.
pub const SELF_PLAN_SOURCE: &str = "可児市 https://www.city.kani.lg.jp/10572.htm";
/// Without a filing the person pays all first.
pub const FULL_PAY_SOURCES: [&str; 2] =
    ["指宿市 http://www.city.ibusuki.lg.jp/main/kyosei/page007257.html", "鹿児島市の案内"];

/// What filing on a day costs for services from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// The month services begin in.
    pub month: Month,
    /// The last day on which the claim is not put off: that month's end.
    pub by: Date,
    /// The last opening day of the counter up to then.
    pub counter: Option<Date>,
    /// The month in which that month can be claimed, filed on this day.
    pub claim: Month,
    /// The month in which it can be claimed when it is filed in the month after `by`.
    pub late_claim: Month,
    /// Months by which the claim is put off.
    pub months_late: u32,
    /// Days that are セルフプラン, for which the person pays all first; none when it is filed in time.
    pub self_plan: Option<Period>,
}

/// What a filing of this day costs.
pub fn cost(start_on: Date, filed_on: Date, opening: &Opening) -> Cost {
    let month = Month::of(start_on);
    let by = month.last();
    let late = month.until(Month::of(filed_on)).max(0);
    Cost {
        month,
        by,
        counter: opening.last_open(by),
        claim: month.plus(late).plus(1),
        late_claim: month.plus(2),
        months_late: late.unsigned_abs(),
        self_plan: (filed_on > start_on).then(|| Period::new(start_on, Some(filed_on.plus_days(-1)))),
    }
}

/// The day from which the filing holds: as asked for, and never before it is filed. That an insurer takes no
/// filing for days gone by is 可児市's word; what 伊勢崎市 does is not known.
pub fn effective(start_on: Date, filed_on: Date) -> Date {
    start_on.max(filed_on)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filing::sample::day;
    use proptest::prelude::*;

    fn of(start: &str, filed: &str) -> Cost {
        cost(day(start), day(filed), &Opening::default())
    }

    #[test]
    fn the_last_day_of_the_month_and_the_day_after() {
        // The example of 三郷市 and 品川区: 8月31日 and 9月1日.
        let in_time = of("2026-08-10", "2026-08-31");
        assert_eq!((in_time.claim.to_string().as_str(), in_time.months_late), ("2026-09", 0));
        let late = of("2026-08-10", "2026-09-01");
        assert_eq!((late.claim.to_string().as_str(), late.months_late), ("2026-10", 1));
        assert_eq!(in_time.late_claim, late.claim);
        assert_eq!((late.by, late.counter), (day("2026-08-31"), Some(day("2026-08-31"))));
    }

    #[test]
    fn days_before_the_filing_are_without_a_plan() {
        assert_eq!(of("2026-12-01", "2026-11-23").self_plan, None);
        assert_eq!(of("2026-12-01", "2026-12-01").self_plan, None);
        let late = of("2026-12-01", "2026-12-05").self_plan;
        assert_eq!(late, Some(Period::new(day("2026-12-01"), Some(day("2026-12-04")))));
        assert_eq!(effective(day("2026-12-01"), day("2026-12-05")), day("2026-12-05"));
        assert_eq!(effective(day("2026-12-01"), day("2026-11-23")), day("2026-12-01"));
    }

    proptest! {
        #[test]
        fn filing_later_never_costs_less(start in 20_000i64..22_000, filed in 0i64..500, more in 0i64..100) {
            let start = Date::from_day_number(start);
            let one = cost(start, start.plus_days(filed - 100), &Opening::default());
            let other = cost(start, start.plus_days(filed - 100 + more), &Opening::default());
            let days = |cost: &Cost| {
                cost.self_plan.and_then(|days| Some(days.from.days_until(days.to?) + 1)).unwrap_or_default()
            };
            prop_assert!(one.claim <= other.claim && one.months_late <= other.months_late);
            prop_assert!(days(&one) <= days(&other));
            prop_assert_eq!(days(&other), (filed - 100 + more).max(0));
            prop_assert!(one.counter.is_none_or(|counter| counter <= one.by));
        }
    }
}
