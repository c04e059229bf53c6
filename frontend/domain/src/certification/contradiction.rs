//! What cannot be so, or should be looked at, in a case.

use super::Step;
use crate::calendar::Date;
use serde::{Deserialize, Serialize};

/// Something that does not fit. Those that [refuse](Contradiction::refuses) cannot be entered; all are
/// reported where records came from elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contradiction {
    /// Two different facts for one step under the same version; the one entered later holds.
    Disagree(Step),
    /// Nothing says when the application was made.
    NoApplication,
    /// Its day lies before the application.
    BeforeApplication(Step),
    /// Its day lies in the future, and it is no plan.
    Future(Step),
    /// The day of the first lies after that of the second, which rests on it.
    Order(Step, Step),
    /// The result came while this was never entered.
    Unentered(Step),
    /// It happened after the case had ended.
    AfterEnd(Step),
    /// A 認定 with a level that is none (非該当, 事業対象者, unknown).
    Level,
    /// The last day of the 有効期間 lies before its first.
    ValidityReversed,
    /// The 有効期間 does not end at the end of a month.
    ValidityEnd,
    /// The 有効期間 does not begin on the day it takes effect.
    ValidityStart {
        /// That day.
        expected: Date,
    },
    /// The 有効期間 is shorter or longer than may be set.
    ValidityLength {
        /// Months it has.
        months: u32,
        /// Fewest.
        least: u32,
        /// Most.
        most: u32,
    },
    /// 却下 after a notice, or a notice before the result.
    NoticeBeforeOutcome,
    /// More than one fact for this step in one entry.
    Twice(Step),
    /// This case does not belong to this insured person, or there is no such person.
    Unknown,
}

impl Contradiction {
    /// Whether it cannot be entered. A municipality may have reasons for the others (an extension after a
    /// disaster, an opinion that came before the application): they are asked about, not refused.
    pub fn refuses(self) -> bool {
        matches!(
            self,
            Self::Future(_)
                | Self::Level
                | Self::ValidityReversed
                | Self::Twice(_)
                | Self::Unknown
                | Self::NoApplication
        )
    }
}
