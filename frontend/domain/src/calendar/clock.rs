//! A time of day, as it is typed.

use super::{Date, Time};
use std::fmt;

/// Why a typed time of day is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockError {
    /// Nothing was typed.
    Empty,
    /// It is no hour and minute.
    Form,
    /// There is no such hour or minute.
    Range,
}

impl fmt::Display for ClockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "時刻を入力してください",
            Self::Form => "時刻として読めません。例:14:05",
            Self::Range => "この時刻はありません",
        })
    }
}

impl std::error::Error for ClockError {}

/// Reads hour and minute: `14:05`, `14時5分`, `14時`, `1405`, full or half width; 24 hours a day.
///
/// # Errors
/// When it cannot be read, or there is no such time.
pub fn parse(input: &str) -> Result<(u8, u8), ClockError> {
    let text: String = input
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '時' => ':',
            other => other,
        })
        .collect();
    if text.is_empty() {
        return Err(ClockError::Empty);
    }
    let (hour, minute) = match text.split_once(':') {
        // `14時` has no minutes to write.
        Some((hour, "")) if input.contains('時') => (hour, "0"),
        Some((hour, minute)) => (hour, minute.strip_suffix('分').unwrap_or(minute)),
        None if text.len() == 4 && text.is_ascii() => text.split_at(2),
        None => return Err(ClockError::Form),
    };
    let (hour, minute) = (digits(hour)?, digits(minute)?);
    if hour < 24 && minute < 60 { Ok((hour, minute)) } else { Err(ClockError::Range) }
}

/// One or two digits and nothing else.
fn digits(text: &str) -> Result<u8, ClockError> {
    if !(1..=2).contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ClockError::Form);
    }
    text.parse().map_err(|_| ClockError::Form)
}

impl Date {
    /// A time of this day in Japan.
    pub fn at(self, (hour, minute): (u8, u8)) -> Time {
        self.begin().plus(i64::from(hour) * 3600 + i64::from(minute) * 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn as_people_write_it() {
        for text in ["14:05", "１４：０５", "14時5分", "14時05", "1405", " 14 : 5 "] {
            assert_eq!(parse(text), Ok((14, 5)), "{text}");
        }
        assert_eq!(parse("9時"), Ok((9, 0)));
        assert_eq!(parse("0:00"), Ok((0, 0)));
    }

    #[test]
    fn what_is_none_is_said_so() {
        assert_eq!(parse("  "), Err(ClockError::Empty));
        for text in ["14", "14:", "14:5:0", "-1:00", "午後2時", "14:+5", "140", "1:234"] {
            assert_eq!(parse(text), Err(ClockError::Form), "{text}");
        }
        for text in ["24:00", "2360", "23:60"] {
            assert_eq!(parse(text), Err(ClockError::Range), "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_refused(text in ".{0,12}") {
            if let Ok((hour, minute)) = parse(&text) {
                prop_assert!(hour < 24 && minute < 60);
            }
        }

        #[test]
        fn every_minute_comes_back(hour in 0u8..24, minute in 0u8..60, day in -200_000i64..200_000) {
            prop_assert_eq!(parse(&format!("{hour}:{minute:02}")), Ok((hour, minute)));
            let day = Date::from_day_number(day);
            let at = day.at((hour, minute));
            prop_assert_eq!((at.date(), at.clock()), (day, (hour, minute)));
        }
    }
}
