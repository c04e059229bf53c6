//! A point in time.

use super::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Seconds since 1970-01-01T00:00:00Z; shown in Japan's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Time(pub i64);

const JAPAN: i64 = 9 * 3600;

impl Date {
    /// The day's beginning in Japan.
    pub fn begin(self) -> Time {
        Time(self.day_number() * 86_400 - JAPAN)
    }
}

impl Time {
    /// The date in Japan.
    pub fn date(self) -> Date {
        Date::from_day_number((self.0 + JAPAN).div_euclid(86_400))
    }

    /// Hour and minute in Japan.
    pub fn clock(self) -> (u8, u8) {
        let second = (self.0 + JAPAN).rem_euclid(86_400);
        ((second / 3600) as u8, (second % 3600 / 60) as u8)
    }

    /// Some seconds later.
    #[must_use]
    pub fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }
}

/// `2026-11-22 14:05` in Japan.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute) = self.clock();
        write!(f, "{} {hour:02}:{minute:02}", self.date())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japan_is_nine_hours_ahead() {
        assert_eq!(Time(0).to_string(), "1970-01-01 09:00");
        assert_eq!(Time(15 * 3600).to_string(), "1970-01-02 00:00");
        assert_eq!(Time(-9 * 3600 - 1).to_string(), "1969-12-31 23:59");
    }
}
