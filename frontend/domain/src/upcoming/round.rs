//! The round of August — 8月の切替: which 負担割合 follows on August 1, how the 負担限度額認定証 stands, and
//! what is not there yet, for each client.

use crate::calendar::Date;
use crate::qualification::{CareLevel, Content, LimitStage, share_on};
use crate::upstream::Outline;

/// From this month on the coming round is looked at, before that the last one: certificates are sent in July
/// (<https://www.city.takashima.lg.jp/iryo_kenko_fukushi/kenkohoken_nenkin/1/5089.html>), and what has to be
/// applied for is asked for before. The month itself is an assumption; any round can be chosen.
const FROM_MONTH: u8 = 6;

/// One August 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Round {
    from: Date,
}

/// A share on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// 割.
    Tenths(u8),
    /// None is registered.
    None,
    /// The insurer has not brought its certificates yet.
    NotMigrated,
    /// It could not be fetched, or what came cannot be read.
    Unknown,
    /// There is no right to view.
    Unseen,
}

/// How the 負担限度額認定証 stands to the round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitThen {
    /// It holds in the year that begins, or begins within it.
    Holds {
        /// 利用者負担段階.
        stage: LimitStage,
        /// 有効期限.
        to: Option<Date>,
    },
    /// It held until the round and has to be applied for anew.
    Ended {
        /// The stage it had.
        stage: LimitStage,
        /// Its last day.
        to: Date,
    },
    /// It ended before the year that ends with the round; nobody waits for it.
    LongOver,
    /// None was issued: most people have none.
    None,
    /// The insurer has not brought its certificates yet.
    NotMigrated,
    /// It could not be fetched, or what came cannot be read.
    Unknown,
    /// There is no right to view.
    Unseen,
}

/// One client in the round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundRow {
    /// 負担割合 until July 31.
    pub before: Held,
    /// 負担割合 from August 1.
    pub after: Held,
    /// 負担限度額認定証.
    pub limit: LimitThen,
    /// Whether a 負担割合証 is to be expected: issued to 認定者 and 事業対象者.
    pub entitled: bool,
}

impl Round {
    /// The round a day looks at.
    pub fn at(today: Date) -> Self {
        let last = Self { from: today.next_august() }.before();
        let coming = (FROM_MONTH..8).contains(&today.month());
        if coming { last.after() } else { last }
    }

    /// August 1.
    pub fn from(self) -> Date {
        self.from
    }

    /// July 31, the last day of the year before.
    pub fn last_day_before(self) -> Date {
        self.from.plus_days(-1)
    }

    /// The round a year later.
    #[must_use]
    pub fn after(self) -> Self {
        Self { from: self.from.plus_months(12) }
    }

    /// The round a year earlier.
    #[must_use]
    pub fn before(self) -> Self {
        Self { from: self.from.plus_months(-12) }
    }

    /// One client in it; without an outline there is no right to view.
    pub fn row(self, outline: Option<&Outline>) -> RoundRow {
        let Some(outline) = outline else {
            let (before, after) = (Held::Unseen, Held::Unseen);
            return RoundRow { before, after, limit: LimitThen::Unseen, entitled: false };
        };
        let share = |day| match &outline.copayment {
            Content::Present(rows) => share_on(rows, day).map_or(Held::None, |row| Held::Tenths(row.tenths)),
            Content::NoneIssued => Held::None,
            Content::NotMigrated => Held::NotMigrated,
            Content::Unavailable | Content::Unreadable(_) => Held::Unknown,
        };
        let entitled = match &outline.certificate {
            Content::Present(paper) => paper.level.is_some_and(|level| level >= CareLevel::Programme),
            _ => false,
        };
        let (before, after) = (share(self.last_day_before()), share(self.from));
        RoundRow { before, after, limit: self.limit(outline), entitled }
    }

    fn limit(self, outline: &Outline) -> LimitThen {
        let paper = match &outline.limit {
            Content::Present(paper) => paper,
            Content::NoneIssued => return LimitThen::None,
            Content::NotMigrated => return LimitThen::NotMigrated,
            Content::Unavailable | Content::Unreadable(_) => return LimitThen::Unknown,
        };
        match paper.validity.to {
            Some(to) if to < self.before().from => LimitThen::LongOver,
            Some(to) if to < self.from => LimitThen::Ended { stage: paper.stage, to },
            to => LimitThen::Holds { stage: paper.stage, to },
        }
    }
}

impl RoundRow {
    /// Whether the share of the new year is not there yet.
    pub fn lacks_share(&self) -> bool {
        self.entitled && self.after == Held::None
    }

    /// Whether the 負担限度額認定証 has to be applied for anew.
    pub fn lacks_limit(&self) -> bool {
        matches!(self.limit, LimitThen::Ended { .. })
    }

    /// Whether something is not there yet, or cannot be seen.
    pub fn lacks(&self) -> bool {
        self.lacks_share() || self.lacks_limit() || self.after == Held::Unseen
    }

    /// Whether the share is another one from August 1.
    pub fn changes(&self) -> bool {
        matches!((self.before, self.after), (Held::Tenths(before), Held::Tenths(after)) if before != after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qualification::CopaymentPeriod;
    use crate::qualification::sample::{day, period, qualification};
    use proptest::prelude::*;

    #[test]
    fn which_round_a_day_looks_at() {
        for (today, from) in [
            ("2026-05-31", "2025-08-01"),
            ("2026-06-01", "2026-08-01"),
            ("2026-07-31", "2026-08-01"),
            ("2026-08-01", "2026-08-01"),
            ("2026-11-22", "2026-08-01"),
            ("2027-01-01", "2026-08-01"),
        ] {
            assert_eq!(Round::at(day(today)).from(), day(from), "{today}");
        }
    }

    #[test]
    fn old_and_new_share_and_what_is_missing() {
        let mut all = qualification();
        all.copayment.change().periods = vec![
            CopaymentPeriod { tenths: 2, period: period("2027-08-01", "2028-07-31") },
            CopaymentPeriod { tenths: 1, period: period("2026-08-01", "2027-07-31") },
        ];
        all.limit.change().validity = period("2026-08-01", "2027-07-31");
        let outline = Outline::of(&all);
        let round = Round { from: day("2027-08-01") };
        let row = round.row(Some(&outline));
        assert_eq!((row.before, row.after), (Held::Tenths(1), Held::Tenths(2)));
        assert!(row.changes() && !row.lacks_share());
        // The 負担限度額認定証 ends with July and has to be applied for.
        assert!(row.lacks_limit() && row.lacks());
        let row = round.before().row(Some(&outline));
        assert_eq!((row.before, row.after), (Held::None, Held::Tenths(1)));
        assert!(matches!(row.limit, LimitThen::Holds { to: Some(to), .. } if to == day("2027-07-31")));
        assert!(!row.lacks() && !row.changes());
        let row = round.after().row(Some(&outline));
        assert!(row.lacks_share() && row.limit == LimitThen::LongOver);
    }

    #[test]
    fn not_there_is_not_missing_and_no_right_is_said() {
        let mut all = qualification();
        all.copayment.content = Content::NotMigrated;
        all.limit.content = Content::NoneIssued;
        let row = Round::at(day("2026-11-22")).row(Some(&Outline::of(&all)));
        assert_eq!((row.after, row.limit, row.lacks()), (Held::NotMigrated, LimitThen::None, false));
        let row = Round::at(day("2026-11-22")).row(None);
        assert!(row.lacks() && !row.lacks_share() && !row.lacks_limit());
    }

    #[test]
    fn somebody_without_a_level_waits_for_no_share() {
        let mut all = qualification();
        all.copayment.content = Content::NoneIssued;
        let round = Round::at(day("2026-11-22"));
        assert!(round.row(Some(&Outline::of(&all))).lacks_share());
        all.certificate.change().level = None;
        assert!(!round.row(Some(&Outline::of(&all))).lacks_share());
    }

    proptest! {
        #[test]
        fn a_round_is_always_august_first(number in -60_000i64..119_000) {
            let today = Date::from_day_number(number);
            let round = Round::at(today);
            prop_assert_eq!((round.from().month(), round.from().day()), (8, 1));
            let away = round.from().days_until(today);
            prop_assert!((-61..365).contains(&away), "{away}");
            prop_assert_eq!(round.after().before(), round);
        }
    }
}
