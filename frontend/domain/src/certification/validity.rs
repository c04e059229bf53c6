//! 認定の有効期間: how long, from when, to when.

use super::{ApplicationKind, Case, Validity};
use crate::benefit::Dated;
use crate::calendar::{Date, Month};

/// How many months may be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Months {
    /// 原則.
    pub standard: u32,
    /// Fewest.
    pub least: u32,
    /// Most.
    pub most: u32,
}

/// The bounds by kind of application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// 新規.
    pub new: Months,
    /// 区分変更.
    pub change: Months,
    /// 更新 with the same level as before.
    pub renewal_same: Months,
    /// 更新 with another level.
    pub renewal_other: Months,
}

const SHORT: Months = Months { standard: 6, least: 3, most: 12 };

/// Newest first, by 申請日.
static BOUNDS: [Dated<Bounds>; 1] = [Dated {
    from: (2021, 4, 1),
    source: "介護保険法施行規則38条・41条・52条・55条 (令和3年4月1日以降の申請); \
             https://www.hamadakouiki.jp/kaigo-news/ 要介護認定制度の見直しについて",
    value: Bounds {
        new: SHORT,
        change: SHORT,
        renewal_same: Months { standard: 12, least: 3, most: 48 },
        renewal_other: Months { standard: 12, least: 3, most: 36 },
    },
}];

/// The bounds that hold for an application made on a day; `None` before April 2021, for which no table is
/// kept.
pub fn bounds(applied_on: Date) -> Option<&'static Dated<Bounds>> {
    Dated::on(&BOUNDS, applied_on)
}

impl Bounds {
    /// The bounds of a kind. Whether the level stays the same matters at a renewal only; while it is not
    /// known the wider bounds hold. `None` for a kind that is not known.
    pub fn of(&self, kind: ApplicationKind, same_level: Option<bool>) -> Option<Months> {
        match (kind, same_level) {
            (ApplicationKind::New, _) => Some(self.new),
            (ApplicationKind::Change, _) => Some(self.change),
            (ApplicationKind::Renewal, Some(false)) => Some(self.renewal_other),
            (ApplicationKind::Renewal, _) => Some(self.renewal_same),
            (ApplicationKind::Unknown(_), _) => None,
        }
    }
}

/// The day a 認定 takes effect: for 新規 and 区分変更 the day of the application (介護保険法27条8項, 29条2項),
/// for 更新 the day after the last day of the 有効期間 before. `None` when that is not known.
pub fn effective_on(kind: ApplicationKind, applied_on: Date, previous_last: Option<Date>) -> Option<Date> {
    match kind {
        ApplicationKind::New | ApplicationKind::Change => Some(applied_on),
        ApplicationKind::Renewal => previous_last.map(|last| last.plus_days(1)),
        ApplicationKind::Unknown(_) => None,
    }
}

impl Validity {
    /// So many months from a day: it ends with a month, and the rest of a month that has begun is added
    /// (施行規則38条1項; <https://www.city.matsusaka.mie.jp/site/kaigohoken/kousin.html>).
    pub fn of_months(from: Date, months: u32) -> Self {
        let whole = i32::try_from(months).unwrap_or(i32::MAX);
        let added = if from.day() == 1 { whole.saturating_sub(1) } else { whole };
        Self { from, to: Month::of(from).plus(added).last() }
    }

    /// Its length in months, the rest of the first month not counted; `None` when it ends before it begins or
    /// not with a month.
    pub fn months(&self) -> Option<u32> {
        if self.to < self.from || !self.to.is_month_end() {
            return None;
        }
        let between = Month::of(self.from).until(Month::of(self.to)) + i32::from(self.from.day() == 1);
        u32::try_from(between).ok()
    }
}

/// What may be offered to whoever enters a 認定; nothing of what cannot be known from the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Offer {
    /// The day it takes effect; for 更新 not known here, as the 有効期間 before is no part of the case.
    pub from: Option<Date>,
    /// How many months.
    pub months: Option<Months>,
}

impl Case {
    /// What may be offered for its 有効期間.
    pub fn validity_offer(&self) -> Offer {
        let Some(application) = self.application else { return Offer::default() };
        Offer {
            from: effective_on(application.kind, application.on, None),
            months: bounds(application.on).and_then(|row| row.value.of(application.kind, None)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{case, day};
    use super::*;
    use crate::certification::{Application, Fact};
    use proptest::prelude::*;

    #[test]
    fn what_is_offered_is_entered_without_a_word() {
        let new = case(7);
        let offer = new.validity_offer();
        assert_eq!(offer.from, Some(day("2026-10-05")));
        let months = offer.months.unwrap();
        assert_eq!(Validity::of_months(offer.from.unwrap(), months.standard).to, day("2027-04-30"));
        let renewal = Application { kind: ApplicationKind::Renewal, on: day("2026-10-05") };
        let offer = new.with(&[Fact::Application(renewal)]).validity_offer();
        assert_eq!((offer.from, offer.months.map(|months| months.most)), (None, Some(48)));
        assert_eq!(case(0).validity_offer(), Offer::default());
    }

    #[test]
    fn worked_periods() {
        for (from, months, to) in [
            // 松阪市: 申請日が月途中 → 申請月とその後の6か月間.
            ("2026-10-05", 6, "2027-04-30"),
            ("2026-10-01", 6, "2027-03-31"),
            ("2027-04-01", 48, "2031-03-31"),
            ("2027-08-31", 6, "2028-02-29"),
            ("2026-11-30", 3, "2027-02-28"),
        ] {
            let validity = Validity::of_months(day(from), months);
            assert_eq!(validity.to, day(to), "{from} {months}");
            assert_eq!(validity.months(), Some(months));
        }
        assert_eq!(Validity { from: day("2026-10-05"), to: day("2027-04-29") }.months(), None);
    }

    #[test]
    fn bounds_by_kind() {
        let table = &bounds(day("2026-10-05")).unwrap().value;
        let of = |kind, same| table.of(kind, same).map(|m| (m.standard, m.least, m.most));
        assert_eq!(of(ApplicationKind::New, None), Some((6, 3, 12)));
        assert_eq!(of(ApplicationKind::Change, Some(false)), Some((6, 3, 12)));
        assert_eq!(of(ApplicationKind::Renewal, Some(true)), Some((12, 3, 48)));
        assert_eq!(of(ApplicationKind::Renewal, Some(false)), Some((12, 3, 36)));
        assert_eq!(of(ApplicationKind::from_code("9"), None), None);
        assert!(bounds(day("2021-03-31")).is_none(), "no table, no guess");
    }

    #[test]
    fn when_it_takes_effect() {
        let (applied, last) = (day("2026-11-22"), Some(day("2026-12-31")));
        assert_eq!(effective_on(ApplicationKind::Renewal, applied, last), Some(day("2027-01-01")));
        assert_eq!(effective_on(ApplicationKind::Change, applied, last), Some(applied));
        assert_eq!(effective_on(ApplicationKind::Renewal, applied, None), None);
    }

    proptest! {
        #[test]
        fn months_come_back(number in 0i64..60_000, months in 1u32..=48) {
            let validity = Validity::of_months(Date::from_day_number(number), months);
            prop_assert!(validity.to.is_month_end() && validity.from <= validity.to);
            prop_assert_eq!(validity.months(), Some(months));
            // Never shorter than the months, never a whole month longer.
            prop_assert!(validity.to >= validity.from.plus_months(months as i32).plus_days(-1));
            prop_assert!(validity.to < validity.from.plus_months(months as i32 + 1));
        }
    }
}
