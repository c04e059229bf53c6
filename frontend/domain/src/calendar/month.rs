//! A month and the years that begin in April and in August.

use super::{Date, DateError};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A calendar month: the unit of 給付管理 and of the month view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    year: i32,
    month: u8,
}

impl Month {
    /// A month of a year; months count from 1.
    ///
    /// # Errors
    /// [`DateError::NoSuchDay`] when there is no such month between 1800 and 2299.
    pub fn new(year: i32, month: u8) -> Result<Self, DateError> {
        Date::new(year, month, 1).map(Self::of)
    }

    /// The month a day lies in.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// Year of the common era.
    pub fn year(self) -> i32 {
        self.year
    }

    /// 1–12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The first day.
    pub fn first(self) -> Date {
        Date::on(self.year, self.month, 1)
    }

    /// The last day (月末).
    pub fn last(self) -> Date {
        self.first().month_end()
    }

    /// Some months later (earlier when negative); it stops at the calendar's ends.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        let at = i64::from(self.year) * 12 + i64::from(self.month) - 1 + i64::from(months);
        let at = at.clamp(1_800 * 12, 2_299 * 12 + 11);
        Self { year: at.div_euclid(12) as i32, month: at.rem_euclid(12) as u8 + 1 }
    }

    /// Months from `self` to `other`; negative when `other` is earlier.
    pub fn until(self, other: Self) -> i32 {
        (other.year - self.year) * 12 + i32::from(other.month) - i32::from(self.month)
    }

    /// The days of the weeks (Sunday to Saturday) that touch the month, for a month view.
    pub fn weeks(self) -> impl Iterator<Item = [Date; 7]> {
        let begin = self.first().plus_days(-i64::from(self.first().weekday()));
        let weeks = begin.days_until(self.last()) / 7 + 1;
        (0..weeks).map(move |week| std::array::from_fn(|day| begin.plus_days(week * 7 + day as i64)))
    }
}

/// `2026-11`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl TryFrom<String> for Month {
    type Error = DateError;
    fn try_from(text: String) -> Result<Self, DateError> {
        Date::from_iso(&(text + "-01")).map(Self::of)
    }
}

impl From<Month> for String {
    fn from(month: Month) -> String {
        month.to_string()
    }
}

impl Date {
    /// First day of the month.
    #[must_use]
    pub fn month_start(self) -> Self {
        Month::of(self).first()
    }

    /// Whether it is the last day of its month.
    pub fn is_month_end(self) -> bool {
        self == self.month_end()
    }

    /// The same day some months later, or that month's last day when it is shorter.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let month = Month::of(self).plus(months);
        Self::on(month.year, month.month, self.day().min(month.last().day()))
    }

    /// Day of the week, 0 = Sunday … 6 = Saturday.
    pub fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        (self.day_number() + 4).rem_euclid(7) as u8
    }

    /// The year of 負担割合証 and 負担限度額認定証 a day lies in: August 1 to July 31, named by its August.
    pub fn august_year(self) -> i32 {
        if self.month() >= 8 { self.year() } else { self.year() - 1 }
    }

    /// The next August 1 after this day: when 負担割合 and 負担限度額 are renewed.
    #[must_use]
    pub fn next_august(self) -> Self {
        Self::on(self.august_year() + 1, 8, 1)
    }

    /// First and last day of a fiscal year — 年度, April 1 to March 31.
    pub fn of_fiscal_year(year: i32) -> (Self, Self) {
        let year = year.clamp(1_800, 2_298);
        (Self::on(year, 4, 1), Self::on(year + 1, 3, 31))
    }

    /// A day known to exist once the year is brought into the calendar's range.
    fn on(year: i32, month: u8, day: u8) -> Self {
        Self::new(year.clamp(1_800, 2_299), month, day).unwrap_or_else(|_| Self::from_day_number(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        Date::from_iso(text).unwrap()
    }

    #[test]
    fn months_are_counted_over_years_and_end_where_they_end() {
        for (from, months, to) in [
            ("2026-11-22", 1, "2026-12-22"),
            ("2026-11-30", 3, "2027-02-28"),
            ("2027-11-30", 3, "2028-02-29"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2026-01-31", -2, "2025-11-30"),
        ] {
            assert_eq!(day(from).plus_months(months), day(to), "{from} {months}");
        }
        assert!(day("2028-02-29").is_month_end() && !day("2028-02-28").is_month_end());
        assert_eq!(Month::of(day("2026-11-22")).until(Month::of(day("2028-01-01"))), 14);
    }

    #[test]
    fn the_year_of_the_share_begins_in_august() {
        assert_eq!(day("2026-07-31").august_year(), 2025);
        assert_eq!(day("2026-08-01").august_year(), 2026);
        assert_eq!(day("2026-07-31").next_august(), day("2026-08-01"));
        assert_eq!(day("2026-08-01").next_august(), day("2027-08-01"));
        assert_eq!(Date::of_fiscal_year(2026), (day("2026-04-01"), day("2027-03-31")));
    }

    #[test]
    fn a_month_view_begins_on_sunday() {
        let weeks: Vec<_> = Month::new(2026, 11).unwrap().weeks().collect();
        assert_eq!(weeks.len(), 5);
        assert_eq!((weeks[0][0], weeks[4][6]), (day("2026-11-01"), day("2026-12-05")));
        assert_eq!(Month::new(2026, 13), Err(DateError::NoSuchDay));
        assert_eq!(Month::try_from("2026-11".to_owned()), Month::new(2026, 11));
    }

    proptest! {
        #[test]
        fn every_month_is_whole(year in 1_800i32..2_299, month in 1u8..=12, months in -30_000i32..30_000) {
            let this = Month::new(year, month).unwrap();
            prop_assert!(this.last().is_month_end() && this.first().day() == 1);
            prop_assert_eq!(this.last().plus_days(1), this.plus(1).first());
            let days: Vec<Date> = this.weeks().flatten().collect();
            prop_assert!(days.contains(&this.first()) && days.contains(&this.last()));
            prop_assert_eq!(days[0].weekday(), 0);
            let _ = this.plus(months).last().plus_months(months).next_august();
        }
    }
}
