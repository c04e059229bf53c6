//! 区分支給限度基準額: 単位 a month by level.

use super::Dated;
use crate::calendar::{Date, Month};
use crate::qualification::{CareLevel, Period};

/// 単位 a month of each level, in the order of [`CareLevel::ALL`]; none for 非該当.
pub type MonthlyUnits = [Option<u32>; 9];

/// Newest first.
static TABLE: [Dated<MonthlyUnits>; 1] = [Dated {
    from: (2019, 10, 1),
    value: [
        None,
        Some(5_032),
        Some(5_032),
        Some(10_531),
        Some(16_765),
        Some(19_705),
        Some(27_048),
        Some(30_938),
        Some(36_217),
    ],
    source: "2019年10月改定の区分支給限度基準額 (https://carenote.jp/201910kubunsikyu/)",
}];

/// What holds in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthLimit {
    /// 区分支給限度基準額, 単位.
    pub units: u32,
    /// The level it belongs to: the heaviest that held on a day of the month.
    pub level: CareLevel,
    /// Whether the level changed within the month.
    pub changed: bool,
    /// Who says so.
    pub source: &'static str,
}

/// 単位 a month of a level on a day; `None` for 非該当, unknown levels and days before October 2019.
pub fn monthly_units(level: CareLevel, day: Date) -> Option<(u32, &'static str)> {
    let row = Dated::on(&TABLE, day)?;
    let at = CareLevel::ALL.iter().position(|known| *known == level)?;
    row.value.get(at).copied().flatten().map(|units| (units, row.source))
}

/// The limit of a month from the levels and when they held. In a month of change the heavier level
/// counts for the whole month (介護保険法施行規則68条1項); a part of a month counts as a whole one.
pub fn monthly_limit(levels: &[(CareLevel, Period)], month: Month) -> Option<MonthLimit> {
    let whole = Period::new(month.first(), Some(month.last()));
    let mut held: Vec<CareLevel> = levels
        .iter()
        .filter(|(level, period)| period.overlaps(&whole) && monthly_units(*level, month.last()).is_some())
        .map(|(level, _)| *level)
        .collect();
    held.sort_unstable();
    held.dedup();
    let level = *held.last()?;
    let (units, source) = monthly_units(level, month.last())?;
    Some(MonthLimit { units, level, changed: held.len() > 1, source })
}

impl CareLevel {
    /// 区分支給限度基準額 in 単位 a month as it holds since October 2019; none for 非該当.
    pub fn monthly_units(self) -> Option<u32> {
        TABLE.first().and_then(|row| {
            CareLevel::ALL
                .iter()
                .position(|known| *known == self)
                .and_then(|at| row.value.get(at).copied())?
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        Date::from_iso(text).unwrap()
    }

    fn held(level: CareLevel, from: &str, to: &str) -> (CareLevel, Period) {
        (level, Period::new(day(from), Some(day(to))))
    }

    #[test]
    fn units_as_published() {
        for (level, units) in [
            (CareLevel::Programme, 5_032),
            (CareLevel::Support1, 5_032),
            (CareLevel::Support2, 10_531),
            (CareLevel::Care1, 16_765),
            (CareLevel::Care2, 19_705),
            (CareLevel::Care3, 27_048),
            (CareLevel::Care4, 30_938),
            (CareLevel::Care5, 36_217),
        ] {
            assert_eq!(monthly_units(level, day("2026-11-22")).map(|found| found.0), Some(units));
            assert_eq!(level.monthly_units(), Some(units));
            assert_eq!(monthly_units(level, day("2019-09-30")), None, "no table, no guess");
        }
        assert_eq!(CareLevel::None.monthly_units(), None);
        assert_eq!(CareLevel::from_code("99").monthly_units(), None);
    }

    #[test]
    fn the_heavier_level_counts_in_a_month_of_change() {
        let november = Month::new(2026, 11).unwrap();
        let cases: [(&[_], _, _); 5] = [
            // 区分変更 on the 15th, heavier and lighter.
            (
                &[
                    held(CareLevel::Care2, "2026-04-01", "2026-11-14"),
                    held(CareLevel::Care4, "2026-11-15", "2027-05-31"),
                ],
                CareLevel::Care4,
                true,
            ),
            (
                &[
                    held(CareLevel::Care4, "2026-04-01", "2026-11-14"),
                    held(CareLevel::Care2, "2026-11-15", "2027-05-31"),
                ],
                CareLevel::Care4,
                true,
            ),
            // From 要支援 to 要介護.
            (
                &[
                    held(CareLevel::Support2, "2026-04-01", "2026-11-29"),
                    held(CareLevel::Care1, "2026-11-30", "2027-05-31"),
                ],
                CareLevel::Care1,
                true,
            ),
            // On the month end and on the first the months stay apart.
            (
                &[
                    held(CareLevel::Care5, "2026-04-01", "2026-10-31"),
                    held(CareLevel::Care1, "2026-11-01", "2027-10-31"),
                ],
                CareLevel::Care1,
                false,
            ),
            // Begun on the last day: the whole month, nothing by days.
            (&[held(CareLevel::Care3, "2026-11-30", "2027-05-31")], CareLevel::Care3, false),
        ];
        for (levels, level, changed) in cases {
            let limit = monthly_limit(levels, november).unwrap();
            assert_eq!((limit.level, limit.changed), (level, changed), "{levels:?}");
        }
        assert_eq!(monthly_limit(&[held(CareLevel::Care3, "2026-12-01", "2027-05-31")], november), None);
        assert_eq!(monthly_limit(&[held(CareLevel::None, "2026-11-01", "2027-05-31")], november), None);
    }

    proptest! {
        #[test]
        fn never_below_any_level_that_held(
            spans in proptest::collection::vec((0usize..9, -200i64..200, 0i64..200), 0..6)
        ) {
            let month = Month::new(2026, 11).unwrap();
            let levels: Vec<_> = spans
                .iter()
                .map(|(level, from, days)| {
                    let from = month.first().plus_days(*from);
                    (CareLevel::ALL[*level], Period::new(from, Some(from.plus_days(*days))))
                })
                .collect();
            let limit = monthly_limit(&levels, month).map_or(0, |limit| limit.units);
            for at in 0..30 {
                let on = month.first().plus_days(at);
                for (level, _) in levels.iter().filter(|(_, period)| period.covers(on)) {
                    prop_assert!(limit >= level.monthly_units().unwrap_or(0));
                }
            }
        }
    }
}
