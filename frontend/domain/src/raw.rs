//! What came from outside, before it is known whether it can be.
//!
//! A register holds impossible things: a day that no month has, a code nobody knows, a number where a text
//! should be. None of them may take the rest of an answer with it. So what may be wrong is read as [`Raw`]
//! first, which takes any JSON, and then as what it should be; what cannot be stays raw and is shown so.

mod read;

use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use std::fmt::{self, Write};

/// Any JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raw {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it was written.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Raw>),
    /// Members in their order.
    Object(Vec<(String, Raw)>),
}

/// It is not what was asked for. What is wrong is not described: the raw value is shown instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotRead;

impl fmt::Display for NotRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not what was asked for")
    }
}

impl std::error::Error for NotRead {}

impl serde::de::Error for NotRead {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl Raw {
    /// As what it should be.
    ///
    /// # Errors
    /// When it is not that.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, NotRead> {
        T::deserialize(self)
    }

    /// A member of an object; `None` for every other thing.
    pub fn member(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Rows that stand each for itself: those that can be read, and the others as they came.
    pub fn rows<T: DeserializeOwned>(rows: Vec<Self>) -> (Vec<T>, Vec<Self>) {
        let (mut read, mut others) = (Vec::with_capacity(rows.len()), Vec::new());
        for row in rows {
            match row.read() {
                Ok(value) => read.push(value),
                Err(NotRead) => others.push(row),
            }
        }
        (read, others)
    }

    /// What to show: a text as it is, everything else as JSON.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            other => other.to_string(),
        }
    }
}

/// JSON.
impl fmt::Display for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(true) => f.write_str("true"),
            Self::Bool(false) => f.write_str("false"),
            Self::Number(digits) => f.write_str(digits),
            Self::Text(text) => quoted(f, text),
            Self::List(items) => {
                let mut between = '[';
                for item in items {
                    f.write_char(between)?;
                    item.fmt(f)?;
                    between = ',';
                }
                f.write_str(if items.is_empty() { "[]" } else { "]" })
            }
            Self::Object(members) => {
                let mut between = '{';
                for (key, value) in members {
                    f.write_char(between)?;
                    quoted(f, key)?;
                    f.write_char(':')?;
                    value.fmt(f)?;
                    between = ',';
                }
                f.write_str(if members.is_empty() { "{}" } else { "}" })
            }
        }
    }
}

fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                f.write_char('\\')?;
                f.write_char(c)?;
            }
            '\n' => f.write_str("\\n")?,
            '\0'..='\x1F' => {
                f.write_str("\\u00")?;
                for digit in [c as u32 >> 4, c as u32 & 15] {
                    f.write_char(char::from_digit(digit, 16).unwrap_or('0'))?;
                }
            }
            c => f.write_char(c)?,
        }
    }
    f.write_char('"')
}

/// Written as it came; only a number that is no whole one becomes a text.
impl Serialize for Raw {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(digits) => match digits.parse::<i64>() {
                Ok(number) => serializer.serialize_i64(number),
                Err(_) => serializer.serialize_str(digits),
            },
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(members) => serializer.collect_map(members.iter().map(|(key, value)| (key, value))),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
