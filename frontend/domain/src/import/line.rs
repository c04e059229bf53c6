//! What is wrong, or worth a look, in one field.

use super::Column;
use crate::calendar::{Date, DateError, parse_date};
use crate::number::{CheckDigit, InsuredNumber, InsurerNumber, NumberError};
use crate::upstream::{ConsentGiver, ConsentMethod, Sex};

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
    /// Who consented is neither 本人 nor somebody for them.
    Giver,
    /// The way of consent is neither 口頭 nor 書面.
    Method,
    /// The consent is dated after today.
    ConsentLater,
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
pub(crate) fn insurer(text: &str, found: &mut Vec<Problem>) -> Option<InsurerNumber> {
    let number = kept(InsurerNumber::parse(text), text, 6, 5, InsurerNumber::parse, found)?;
    if let CheckDigit::Differs { expected } = number.check() {
        found.push(Problem::CheckDigit { expected });
    }
    Some(number)
}

/// 被保険者番号, with zeros in front when only those are missing.
pub(crate) fn insured(text: &str, found: &mut Vec<Problem>) -> Option<InsuredNumber> {
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
    let read = |text: &str| match text {
        "1" | "男" | "男性" | "m" | "male" => Some(Sex::Male),
        "2" | "女" | "女性" | "f" | "female" => Some(Sex::Female),
        _ => None,
    };
    word(text, Problem::Sex, read, found)
}

/// 同意者: the person, or who acts for them.
pub(super) fn giver(text: &str, found: &mut Vec<Problem>) -> Option<ConsentGiver> {
    let read = |text: &str| match text {
        "本人" | "利用者本人" => Some(ConsentGiver::Person),
        "家族" | "代理人" | "家族・代理人" | "家族代理人" | "後見人" | "成年後見人" => {
            Some(ConsentGiver::Representative)
        }
        _ => None,
    };
    word(text, Problem::Giver, read, found)
}

/// 同意の方法.
pub(super) fn method(text: &str, found: &mut Vec<Problem>) -> Option<ConsentMethod> {
    let read = |text: &str| match text {
        "口頭" => Some(ConsentMethod::Spoken),
        "書面" | "同意書" | "文書" => Some(ConsentMethod::Written),
        _ => None,
    };
    word(text, Problem::Method, read, found)
}

/// 同意日.
pub(super) fn consented(text: &str, today: Date, found: &mut Vec<Problem>) -> Option<Date> {
    match parse_date(text) {
        Ok(date) if date > today => found.push(Problem::ConsentLater),
        Ok(date) => return Some(date),
        Err(DateError::Empty) => found.push(Problem::Missing),
        Err(error) => found.push(Problem::Date(error)),
    }
    None
}

/// One of the words that are known here.
fn word<T>(
    text: &str,
    wrong: Problem,
    read: impl Fn(&str) -> Option<T>,
    found: &mut Vec<Problem>,
) -> Option<T> {
    let text = crate::search::normal(text);
    let value = read(&text);
    if value.is_none() {
        found.push(if text.is_empty() { Problem::Missing } else { wrong });
    }
    value
}
