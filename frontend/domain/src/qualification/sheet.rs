//! One kind of information with its origin: read as far as it can be, kept when a refresh brings nothing.

mod keep;
mod read;

pub use keep::kept;
pub use read::Parts;
pub(crate) use read::version;

use crate::calendar::Time;
use crate::raw::Raw;
use serde::{Deserialize, Serialize};

/// One kind of information with its origin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sheet<T> {
    /// When the source held this; [`Sheet::told_at`] says whether it was told.
    pub as_of: Time,
    /// Who said it, in words: `伊勢崎市(保険者)`.
    pub source: String,
    /// What it is, or why there is none.
    pub content: Content<T>,
    /// What of it cannot be read, with the raw value: the rest stands without it.
    #[serde(skip)]
    pub odd: Vec<Odd>,
    /// Whether this is from an earlier look, because the last one could not fetch it.
    #[serde(skip)]
    pub kept: bool,
}

/// The value, or why there is none. "None" and "not yet there" are different answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Content<T> {
    /// It is there.
    Present(T),
    /// The insurer says there is none (for example no 負担限度額 was ever granted).
    NoneIssued,
    /// The insurer has not yet brought this kind of data.
    NotMigrated,
    /// The upstream could not fetch it just now; another look may bring it.
    Unavailable,
    /// Something came that cannot be read: as it came.
    Unreadable(String),
}

/// A part that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Odd {
    /// Which, by its official name.
    pub what: &'static str,
    /// As it came.
    pub raw: String,
}

impl<T> Sheet<T> {
    /// A sheet with nothing odd in it.
    pub fn new(as_of: Time, source: impl Into<String>, content: Content<T>) -> Self {
        Self { as_of, source: source.into(), content, odd: Vec::new(), kept: false }
    }

    /// The value, when there is one.
    pub fn value(&self) -> Option<&T> {
        self.content.value()
    }

    /// When the source held this, where that was told.
    pub fn told_at(&self) -> Option<Time> {
        Some(self.as_of).filter(|at| *at != NOT_TOLD)
    }
}

impl<T> Content<T> {
    /// The value, when there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Present(value) => Some(value),
            _ => None,
        }
    }

    /// The same answer about something else.
    pub fn map<U>(&self, make: impl FnOnce(&T) -> U) -> Content<U> {
        match self {
            Self::Present(value) => Content::Present(make(value)),
            Self::NoneIssued => Content::NoneIssued,
            Self::NotMigrated => Content::NotMigrated,
            Self::Unavailable => Content::Unavailable,
            Self::Unreadable(raw) => Content::Unreadable(raw.clone()),
        }
    }
}

/// Stands where no time was told.
const NOT_TOLD: Time = Time(0);

/// A kind that an answer leaves out could not be fetched.
impl<T> Default for Sheet<T> {
    fn default() -> Self {
        Self::new(NOT_TOLD, "", Content::Unavailable)
    }
}

/// What the list is told: one value, read as a whole or not at all.
impl<'de, T: serde::de::DeserializeOwned> Deserialize<'de> for Content<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Raw::deserialize(deserializer)?;
        Ok(read::content(&raw, |value| value.read().ok()))
    }
}

#[cfg(test)]
mod tests;
