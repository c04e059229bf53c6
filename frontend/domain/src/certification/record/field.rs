//! Fields to values and back.

use super::read::RecordProblem;
use crate::calendar::{Date, DateError, Time, parse_date};
use crate::import::Problem;
use crate::search::normal;

/// A code or its name among those known.
pub(super) fn coded<T: Copy>(
    text: &str,
    known: &[T],
    code: impl Fn(&T) -> &str,
    name: impl Fn(T) -> &'static str,
) -> Result<T, RecordProblem> {
    if text.is_empty() {
        return Err(RecordProblem::Field(Problem::Missing));
    }
    let wanted = normal(text);
    let found = known.iter().find(|one| normal(code(one)) == wanted || normal(name(**one)) == wanted);
    found.copied().ok_or(RecordProblem::Code)
}

/// A date.
pub(super) fn date(text: &str) -> Result<Date, RecordProblem> {
    parse_date(text).map_err(|error| {
        RecordProblem::Field(if error == DateError::Empty { Problem::Missing } else { Problem::Date(error) })
    })
}

/// 申請番号.
pub(super) fn case_no(text: &str) -> Result<String, RecordProblem> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
    match text.chars().count() {
        0 => Err(RecordProblem::Field(Problem::Missing)),
        1..=20 if text.chars().all(fits) => Ok(text.to_owned()),
        _ => Err(RecordProblem::CaseNo),
    }
}

/// 履歴番号; empty is the next.
pub(super) fn history_no(text: &str) -> Result<Option<u32>, RecordProblem> {
    if text.is_empty() {
        return Ok(None);
    }
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| digits);
    number.map(Some).ok_or(RecordProblem::HistoryNo)
}

/// 理由; empty is none.
pub(super) fn reason(text: &str) -> Result<Option<String>, RecordProblem> {
    match text.chars().count() {
        0 => Ok(None),
        1..=400 => Ok(Some(text.to_owned())),
        _ => Err(RecordProblem::Long),
    }
}

/// `2026-11-22T14:05:07+09:00`, seconds and offset may be left out: a time in Japan.
pub(super) fn time(text: &str) -> Result<Option<Time>, RecordProblem> {
    if text.is_empty() {
        return Ok(None);
    }
    let number = |text: &str, limit: i64| {
        let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<i64>().ok().filter(|number| digits && *number < limit)
    };
    let read = || {
        let (day, clock) = text.split_once(['T', ' '])?;
        let days = Date::from_iso(day).ok()?.day_number();
        let parts: Vec<&str> = clock.strip_suffix("+09:00").unwrap_or(clock).split(':').collect();
        let (hour, minute, second) = match parts.as_slice() {
            [hour, minute] => (number(hour, 24)?, number(minute, 60)?, 0),
            [hour, minute, second] => (number(hour, 24)?, number(minute, 60)?, number(second, 60)?),
            _ => return None,
        };
        Some(Time(days * 86_400 + hour * 3_600 + minute * 60 + second - 9 * 3_600))
    };
    read().map(Some).ok_or(RecordProblem::Time)
}

/// The text of a time.
pub(super) fn time_text(time: Time) -> String {
    let (hour, minute) = time.clock();
    let second = time.0.rem_euclid(60);
    format!("{}T{hour:02}:{minute:02}:{second:02}+09:00", time.date())
}
