//! A civil date.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A date of the Gregorian calendar, 1800–2299. On the wire `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

/// Why something is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateError {
    /// Nothing was typed.
    Empty,
    /// The text cannot be read as a date.
    Form,
    /// Such a day does not exist, or the year is out of range.
    NoSuchDay,
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "日付を入力してください",
            Self::Form => "日付として読めません(例:昭和15年3月2日、S15.3.2、1940-03-02)",
            Self::NoSuchDay => "その日付はありません",
        })
    }
}

impl std::error::Error for DateError {}

impl Date {
    /// A date from its parts; month and day count from 1.
    ///
    /// # Errors
    /// [`DateError::NoSuchDay`] for a day that does not exist.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, DateError> {
        if (1800..2300).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && day <= last_day(year, month)
        {
            Ok(Self { year, month, day })
        } else {
            Err(DateError::NoSuchDay)
        }
    }

    /// Reads `YYYY-MM-DD`.
    ///
    /// # Errors
    /// When the form or the day is wrong.
    pub fn from_iso(text: &str) -> Result<Self, DateError> {
        let mut parts = text.splitn(3, '-');
        let mut next = |length: usize| {
            parts
                .next()
                .filter(|part| part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))
                .and_then(|part| part.parse::<u16>().ok())
                .ok_or(DateError::Form)
        };
        let (year, month, day) = (next(4)?, next(2)?, next(2)?);
        Self::new(i32::from(year), month as u8, day as u8)
    }

    /// Year of the common era.
    pub fn year(self) -> i32 {
        self.year
    }

    /// Month, 1–12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// Day of the month, 1–31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Fiscal year — 年度: it begins on April 1.
    pub fn fiscal_year(self) -> i32 {
        if self.month >= 4 { self.year } else { self.year - 1 }
    }

    /// Days since 1970-01-01.
    pub fn day_number(self) -> i64 {
        // Days from civil, after Howard Hinnant: years begin in March, so leap days come last.
        let shifted = i64::from(self.year) - i64::from(self.month <= 2);
        let era = shifted.div_euclid(400);
        let year_of_era = shifted.rem_euclid(400);
        let month = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The date of a day number; days out of range stop at the range's ends.
    pub fn from_day_number(number: i64) -> Self {
        let number = number.clamp(FIRST_DAY, LAST_DAY) + 719_468;
        let era = number.div_euclid(146_097);
        let day_of_era = number.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self { year: year as i32, month: month as u8, day: day as u8 }
    }

    /// The date some days later (earlier when negative).
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self::from_day_number(self.day_number().saturating_add(days))
    }

    /// Days from `self` to `other`; negative when `other` is earlier.
    pub fn days_until(self, other: Self) -> i64 {
        other.day_number() - self.day_number()
    }

    /// Last day of the month.
    #[must_use]
    pub fn month_end(self) -> Self {
        Self { day: last_day(self.year, self.month), ..self }
    }

    /// Whole years of age on `today`.
    pub fn age_on(self, today: Self) -> i32 {
        today.year - self.year - i32::from((today.month, today.day) < (self.month, self.day))
    }
}

/// Day number of 1800-01-01 and of 2299-12-31.
const FIRST_DAY: i64 = -62_091;
const LAST_DAY: i64 = 120_529;

fn last_day(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;
    fn try_from(text: String) -> Result<Self, DateError> {
        Self::from_iso(&text)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> String {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_range_ends_where_it_says() {
        assert_eq!(Date::new(1800, 1, 1).unwrap().day_number(), FIRST_DAY);
        assert_eq!(Date::new(2299, 12, 31).unwrap().day_number(), LAST_DAY);
        assert_eq!(Date::new(1970, 1, 1).unwrap().day_number(), 0);
        assert_eq!(Date::new(2026, 11, 22).unwrap().day_number(), 20_779);
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        assert_eq!(Date::new(2023, 2, 29), Err(DateError::NoSuchDay));
        assert_eq!(Date::new(1900, 2, 29), Err(DateError::NoSuchDay));
        assert!(Date::new(2000, 2, 29).is_ok());
        assert_eq!(Date::from_iso("2026-11-31"), Err(DateError::NoSuchDay));
        assert_eq!(Date::from_iso("2026-1-1"), Err(DateError::Form));
        assert_eq!(Date::from_iso("2026-01-01-01"), Err(DateError::Form));
    }

    #[test]
    fn age_and_fiscal_year() {
        let born = Date::from_iso("1940-03-02").unwrap();
        assert_eq!(born.age_on(Date::from_iso("2026-03-01").unwrap()), 85);
        assert_eq!(born.age_on(Date::from_iso("2026-03-02").unwrap()), 86);
        assert_eq!(Date::from_iso("2027-03-31").unwrap().fiscal_year(), 2026);
    }

    proptest! {
        #[test]
        fn every_day_number_comes_back(number in FIRST_DAY..=LAST_DAY) {
            let date = Date::from_day_number(number);
            prop_assert_eq!(date.day_number(), number);
            prop_assert_eq!(Date::new(date.year(), date.month(), date.day()), Ok(date));
            prop_assert_eq!(Date::from_iso(&date.to_string()), Ok(date));
        }
    }
}
