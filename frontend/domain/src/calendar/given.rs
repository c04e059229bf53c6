//! A date as it was given, whether there is such a day or not.

use super::Date;
use crate::raw::Raw;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A day, or what came in its place (`2023-02-29`), to be shown as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Raw", into = "String")]
pub enum GivenDate {
    /// A day.
    Day(Date),
    /// No day; empty when nothing came.
    Raw(String),
}

impl GivenDate {
    /// The day, when it is one.
    pub fn day(&self) -> Option<Date> {
        match self {
            Self::Day(date) => Some(*date),
            Self::Raw(_) => None,
        }
    }

    /// What came, when it is none.
    pub fn raw(&self) -> Option<&str> {
        match self {
            Self::Day(_) => None,
            Self::Raw(raw) => Some(raw),
        }
    }

    /// In 和暦, or as it came.
    pub fn wareki(&self) -> String {
        match self {
            Self::Day(date) => date.wareki(),
            Self::Raw(raw) => raw.clone(),
        }
    }

    /// Reads `YYYY-MM-DD`, and keeps everything else.
    pub fn from_text(text: &str) -> Self {
        Date::from_iso(text).map_or_else(|_| Self::Raw(text.to_owned()), Self::Day)
    }
}

/// Nothing came.
impl Default for GivenDate {
    fn default() -> Self {
        Self::Raw(String::new())
    }
}

impl fmt::Display for GivenDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => date.fmt(f),
            Self::Raw(raw) => f.write_str(raw),
        }
    }
}

impl From<Date> for GivenDate {
    fn from(date: Date) -> Self {
        Self::Day(date)
    }
}

impl From<Raw> for GivenDate {
    fn from(raw: Raw) -> Self {
        match raw {
            Raw::Text(text) => Self::from_text(&text),
            Raw::Null => Self::default(),
            other => Self::Raw(other.shown()),
        }
    }
}

impl From<GivenDate> for String {
    fn from(given: GivenDate) -> String {
        given.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_no_month_has_is_kept_as_it_came() {
        let read = |document: &str| serde_json::from_str::<GivenDate>(document).unwrap();
        assert_eq!(read("\"2024-02-29\"").day(), Date::from_iso("2024-02-29").ok());
        for (document, raw) in
            [("\"2023-02-29\"", "2023-02-29"), ("20230229", "20230229"), ("null", ""), ("[1]", "[1]")]
        {
            assert_eq!((read(document).day(), read(document).raw()), (None, Some(raw)));
        }
        assert_eq!(serde_json::to_string(&read("\"2023-02-29\"")).unwrap(), "\"2023-02-29\"");
    }
}
