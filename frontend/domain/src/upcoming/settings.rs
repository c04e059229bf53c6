//! What an office sets: when it wants to hear of things.

use crate::calendar::Date;

/// When the insurer begins to bring data. No start date is known here for any insurer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InsurerStart {
    /// It has begun.
    #[default]
    Started,
    /// It begins that day.
    On(Date),
    /// It has not begun, and nothing is set.
    Unknown,
}

/// The office's wishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Days before an event from which it is due, in any order.
    pub notice_days: Vec<u16>,
    /// Left below this, a balance is nearly used, yen.
    pub nearly_used_yen: u32,
    /// When the person's insurer begins.
    pub insurer: InsurerStart,
}

impl Default for Settings {
    fn default() -> Self {
        Self { notice_days: vec![60, 30, 7], nearly_used_yen: 20_000, insurer: InsurerStart::Started }
    }
}

impl Settings {
    /// The tightest notice reached so many days before; what is over has reached all.
    pub fn notice(&self, days_left: i64) -> Option<u16> {
        self.notice_days.iter().copied().filter(|notice| days_left <= i64::from(*notice)).min()
    }

    /// The days on which notices for a day are reached, the earliest first.
    pub fn reminders(&self, on: Date) -> Vec<(Date, u16)> {
        let mut days: Vec<(Date, u16)> =
            self.notice_days.iter().map(|notice| (on.plus_days(-i64::from(*notice)), *notice)).collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}
