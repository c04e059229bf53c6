//! What is wrong, or worth a look, in one field.

use super::Column;
use crate::calendar::{Date, DateError, parse_date};
use crate::number::{CheckDigit, InsuredNumber, InsurerNumber, NumberError};
use crate::upstream::Sex;

/// Something found in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which column by meaning.
    pub column: Column,
    /// Which column of the file, from 1; `None` when the line has no such field.
    pub at: Option<usize>,
    /// The field as it stands in the file.
    pub raw: String,
    /// What.
    pub problem: Problem,
}

/// What can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// The field is empty or not there.
    Missing,
    /// It is no such number.
    Number(NumberError),
    /// It is no date.
    Date(DateError),
    /// The birth lies after today.
    BornLater,
    /// It is neither 男 nor 女.
    Sex,
    /// The same person stands on an earlier line.
    Repeats {
        /// That line.
        line: usize,
    },
    /// Warning: the check digit differs; most likely one digit was mistyped.
    CheckDigit {
        /// The digit that would agree.
        expected: u8,
    },
    /// Warning: zeros were put in front, as spreadsheets take them away.
    ZerosAdded,
    /// Warning: older than 120 years.
    TooOld,
}

impl Problem {
    /// Whether the line cannot be taken over; the others are warnings.
    pub fn is_error(&self) -> bool {
        !matches!(self, Self::CheckDigit { .. } | Self::ZerosAdded | Self::TooOld)
    }
}

/// 保険者番号, with a zero in front when only that is missing.
pub(super) fn insurer(text: &str, found: &mut Vec<Problem>) -> Option<InsurerNumber> {
    let number = kept(InsurerNumber::parse(text), text, 6, 5, InsurerNumber::parse, found)?;
    if let CheckDigit::Differs { expected } = number.check() {
        found.push(Problem::CheckDigit { expected });
    }
    Some(number)
}

/// 被保険者番号, with zeros in front when only those are missing.
pub(super) fn insured(text: &str, found: &mut Vec<Problem>) -> Option<InsuredNumber> {
    kept(InsuredNumber::parse(text), text, 10, 1, InsuredNumber::parse, found)
}

/// The number; or with zeros put in front, when it is all digits and at least `least` of them.
fn kept<T>(
    first: Result<T, NumberError>,
    text: &str,
    length: usize,
    least: usize,
    again: impl Fn(&str) -> Result<T, NumberError>,
    found: &mut Vec<Problem>,
) -> Option<T> {
    let error = match first {
        Ok(number) => return Some(number),
        Err(error) => error,
    };
    if let NumberError::Length { found: digits, .. } = error
        && (least..length).contains(&digits)
        && let Ok(number) = again(&("0".repeat(length - digits) + text))
    {
        found.push(Problem::ZerosAdded);
        return Some(number);
    }
    found.push(if error == NumberError::Empty { Problem::Missing } else { Problem::Number(error) });
    None
}

/// 生年月日.
pub(super) fn born(text: &str, today: Date, found: &mut Vec<Problem>) -> Option<Date> {
    match parse_date(text) {
        Ok(date) if date > today => found.push(Problem::BornLater),
        Ok(date) => {
            if date.age_on(today) > 120 {
                found.push(Problem::TooOld);
            }
            return Some(date);
        }
        Err(DateError::Empty) => found.push(Problem::Missing),
        Err(error) => found.push(Problem::Date(error)),
    }
    None
}

/// 性別: the code, the word or its usual short forms.
pub(super) fn sex(text: &str, found: &mut Vec<Problem>) -> Option<Sex> {
    let sex = match crate::search::normal(text).as_str() {
        "1" | "男" | "男性" | "m" | "male" => Some(Sex::Male),
        "2" | "女" | "女性" | "f" | "female" => Some(Sex::Female),
        "" => {
            found.push(Problem::Missing);
            return None;
        }
        _ => None,
    };
    if sex.is_none() {
        found.push(Problem::Sex);
    }
    sex
}
