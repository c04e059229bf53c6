//! Months around a day.

use kakehashi_domain::calendar::{Date, Time};

/// First day of the month so many months on.
pub(super) fn first(day: Date, months: i64) -> Date {
    let number = i64::from(day.year()) * 12 + i64::from(day.month()) - 1 + months;
    let year = i32::try_from(number.div_euclid(12)).unwrap_or(day.year());
    let month = u8::try_from(number.rem_euclid(12) + 1).unwrap_or(1);
    Date::new(year, month, 1).unwrap_or(day)
}

/// Last day of the month so many months on.
pub(super) fn last(day: Date, months: i64) -> Date {
    first(day, months).month_end()
}

/// The year from August 1 to July 31 in which a day lies, by the calendar year it begins in.
pub(super) fn august_year(day: Date) -> i32 {
    if day.month() >= 8 { day.year() } else { day.year() - 1 }
}

/// A day that is known to exist.
pub(super) fn day(year: i32, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap_or(Date::from_day_number(0))
}

/// When the insurer's nightly delivery came: 22:00 in Japan on the evening before.
pub(super) fn last_delivery(today: Date) -> Time {
    Time((today.day_number() - 1) * 86_400 + (22 - 9) * 3_600)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_pass_the_turn_of_the_year() {
        let today = day(2026, 11, 22);
        assert_eq!(last(today, 4).to_string(), "2027-03-31");
        assert_eq!(first(today, -11).to_string(), "2025-12-01");
        assert_eq!(last(day(2023, 12, 31), 2).to_string(), "2024-02-29");
        assert_eq!((august_year(today), august_year(day(2026, 7, 31))), (2026, 2025));
        assert_eq!(last_delivery(today).to_string(), "2026-11-21 22:00");
    }
}
