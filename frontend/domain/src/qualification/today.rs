//! What a period means today.

use crate::calendar::Date;
use serde::{Deserialize, Serialize};

/// From a day to a day, both counted in; no end when it stays until changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Option<Date>,
}

/// How a period stands to a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It begins later.
    NotYet {
        /// Days until it begins, 1 or more.
        in_days: i64,
    },
    /// It holds and ends; on the last day 0 are left.
    Valid {
        /// Days left after today.
        days_left: i64,
    },
    /// It holds and has no end.
    Open,
    /// It is over.
    Expired {
        /// Days since the last day, 1 or more.
        days_ago: i64,
    },
    /// The end lies before the beginning: show the raw dates and a warning.
    Impossible,
}

impl Period {
    /// A period; whether it is possible is told by [`Period::standing`].
    pub fn new(from: Date, to: Option<Date>) -> Self {
        Self { from, to }
    }

    /// Whether a day lies in it.
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Whether the end does not lie before the beginning.
    pub fn is_possible(&self) -> bool {
        self.to.is_none_or(|to| self.from <= to)
    }

    /// Whether some day lies in both; a period that cannot be overlaps none.
    pub fn overlaps(&self, other: &Self) -> bool {
        let begun = |from: Date, period: &Self| period.to.is_none_or(|to| from <= to);
        self.is_possible() && other.is_possible() && begun(self.from, other) && begun(other.from, self)
    }

    /// Days it counts, first and last included; `None` without an end, 0 when it cannot be.
    pub fn days(&self) -> Option<i64> {
        self.to.map(|to| (self.from.days_until(to) + 1).max(0))
    }

    /// How it stands to a day.
    pub fn standing(&self, today: Date) -> Standing {
        match self.to {
            Some(to) if to < self.from => Standing::Impossible,
            _ if today < self.from => Standing::NotYet { in_days: today.days_until(self.from) },
            None => Standing::Open,
            Some(to) if today <= to => Standing::Valid { days_left: today.days_until(to) },
            Some(to) => Standing::Expired { days_ago: to.days_until(today) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standing_to_the_day() {
        let day = |text: &str| Date::from_iso(text).unwrap();
        let period = Period::new(day("2026-04-01"), Some(day("2027-03-31")));
        assert_eq!(period.standing(day("2026-03-31")), Standing::NotYet { in_days: 1 });
        assert_eq!(period.standing(day("2026-11-22")), Standing::Valid { days_left: 129 });
        assert_eq!(period.standing(day("2027-03-31")), Standing::Valid { days_left: 0 });
        assert_eq!(period.standing(day("2027-04-01")), Standing::Expired { days_ago: 1 });
        assert_eq!(Period::new(day("2026-04-01"), None).standing(day("2030-01-01")), Standing::Open);
        let reversed = Period::new(day("2026-04-01"), Some(day("2026-03-01")));
        assert_eq!(reversed.standing(day("2026-03-15")), Standing::Impossible);
    }
}
