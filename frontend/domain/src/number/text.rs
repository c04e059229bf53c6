//! Forgiving input: what a person types or pastes, brought to ASCII.

use std::fmt;

/// Why a typed number is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberError {
    /// Nothing was typed.
    Empty,
    /// Too few or too many characters.
    Length {
        /// Characters it should have.
        expected: usize,
        /// Characters it has.
        found: usize,
    },
    /// A character that cannot stand in this number.
    Character(char),
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "番号を入力してください"),
            Self::Length { expected, found } => {
                write!(f, "{expected}桁で入力してください(いまは{found}桁です)")
            }
            Self::Character(found) => write!(f, "使えない文字があります:「{found}」"),
        }
    }
}

impl std::error::Error for NumberError {}

/// Full-width forms to ASCII, letters to upper case; spaces and hyphens dropped.
pub(crate) fn normalise(input: &str) -> String {
    input
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '－' | 'ー' | '−' | '–'))
        .map(|c| match c {
            '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            other => other,
        })
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Checks length and characters of a normalised number.
pub(super) fn checked(
    input: &str,
    length: usize,
    allowed: impl Fn(usize, char) -> bool,
) -> Result<String, NumberError> {
    let text = normalise(input);
    if text.is_empty() {
        return Err(NumberError::Empty);
    }
    if let Some((_, wrong)) = text.chars().enumerate().find(|(at, c)| !allowed(*at, *c)) {
        return Err(NumberError::Character(wrong));
    }
    match text.chars().count() {
        found if found == length => Ok(text),
        found => Err(NumberError::Length { expected: length, found }),
    }
}

/// Implements what every number type shares: text in, text out, serde as a string.
macro_rules! number_type {
    ($name:ident) => {
        impl $name {
            /// The number as it is printed, ASCII.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl std::str::FromStr for $name {
            type Err = crate::number::NumberError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }
        impl TryFrom<String> for $name {
            type Error = crate::number::NumberError;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }
        impl From<$name> for String {
            fn from(number: $name) -> String {
                number.0
            }
        }
    };
}
pub(super) use number_type;
