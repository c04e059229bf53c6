//! On which days a municipality's counter is open. A filing that is sent needs none of it; one on paper does.

use crate::calendar::Date;
use serde::{Deserialize, Serialize};

/// What is known of an insurer's opening days.
///
/// Saturdays, Sundays and December 29 to January 3 are closed at most municipalities; that it is so at one's own
/// is an assumption. 国民の祝日 are set each year by 国立天文台 from the equinoxes and are not computed here: an
/// office may enter them, and where it has not, [`Opening::knows_holidays`] says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Opening {
    /// Days of the week that are closed, 0 = Sunday.
    pub closed: Vec<u8>,
    /// December 29 to January 3.
    pub new_year: bool,
    /// Further days that are closed.
    pub holidays: Vec<Date>,
    /// Opening days by which a filing has to be there before the last one: 我孫子市 asks for the day before the
    /// last opening day of the month.
    pub days_before: u8,
}

impl Default for Opening {
    fn default() -> Self {
        Self { closed: vec![0, 6], new_year: true, holidays: Vec::new(), days_before: 0 }
    }
}

/// Why opening days cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpeningError {
    /// A line that is no day.
    Day,
    /// No day of the week would be open.
    NeverOpen,
}

/// Nothing is looked for further back: a month and a day.
const FURTHEST: i64 = 32;

impl Opening {
    /// Whether the counter is open on a day, as far as is known.
    pub fn is_open(&self, day: Date) -> bool {
        let turn = matches!((day.month(), day.day()), (12, 29..=31) | (1, 1..=3));
        !(self.closed.contains(&day.weekday()) || (self.new_year && turn) || self.holidays.contains(&day))
    }

    /// The last day up to a day on which a paper may be handed in. `None` when there is none within a month.
    pub fn last_open(&self, by: Date) -> Option<Date> {
        let mut open = (0..FURTHEST).map(|back| by.plus_days(-back)).filter(|day| self.is_open(*day));
        open.nth(usize::from(self.days_before))
    }

    /// Whether holidays of a year are entered.
    pub fn knows_holidays(&self, year: i32) -> bool {
        self.holidays.iter().any(|day| day.year() == year)
    }

    /// Holidays as they are typed, one a line, in any way a date is written.
    ///
    /// # Errors
    /// When a line is no day.
    pub fn typed(text: &str) -> Result<Vec<Date>, OpeningError> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut days = lines
            .map(|line| crate::calendar::parse_date(line).map_err(|_| OpeningError::Day))
            .collect::<Result<Vec<_>, _>>()?;
        days.sort_unstable();
        days.dedup();
        Ok(days)
    }

    /// Whether there is an opening day at all.
    ///
    /// # Errors
    /// When all days of the week are closed.
    pub fn checked(self) -> Result<Self, OpeningError> {
        if (0..7).all(|day| self.closed.contains(&day)) { Err(OpeningError::NeverOpen) } else { Ok(self) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filing::sample::day;
    use proptest::prelude::*;

    #[test]
    fn the_last_opening_day_of_a_month() {
        let mut opening = Opening::default();
        let last = |opening: &Opening, by: &str| opening.last_open(day(by)).map(|day| day.to_string());
        // November 2026 ends on a Monday, October on a Saturday.
        assert_eq!(last(&opening, "2026-11-30").as_deref(), Some("2026-11-30"));
        assert_eq!(last(&opening, "2026-10-31").as_deref(), Some("2026-10-30"));
        assert_eq!(last(&opening, "2026-12-31").as_deref(), Some("2026-12-28"));
        opening.days_before = 1;
        assert_eq!(last(&opening, "2026-11-30").as_deref(), Some("2026-11-27"));
        opening.holidays = Opening::typed("令和8年11月27日\n2026-11-23\n\n2026-11-23").unwrap();
        assert_eq!(opening.holidays.len(), 2);
        assert_eq!(last(&opening, "2026-11-30").as_deref(), Some("2026-11-26"));
        assert!(opening.knows_holidays(2026) && !opening.knows_holidays(2027));
        assert_eq!(Opening::typed("祝日"), Err(OpeningError::Day));
    }

    #[test]
    fn a_counter_that_never_opens_is_refused() {
        let never = Opening { closed: (0..7).collect(), ..Opening::default() };
        assert_eq!(never.last_open(day("2026-11-30")), None);
        assert_eq!(never.checked(), Err(OpeningError::NeverOpen));
    }

    proptest! {
        #[test]
        fn a_day_that_is_named_is_open_and_none_after_it_is(
            by in 20_000i64..22_000, closed in proptest::collection::vec(0u8..7, 0..6),
        ) {
            let opening = Opening { closed, ..Opening::default() };
            let by = Date::from_day_number(by);
            let last = opening.last_open(by).unwrap();
            prop_assert!(opening.is_open(last) && last <= by);
            for day in 1..=last.days_until(by) {
                prop_assert!(!opening.is_open(last.plus_days(day)));
            }
        }
    }
}
