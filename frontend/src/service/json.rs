//! Reads JSON (RFC 8259), strictly and small, into [`Raw`], and that into what `serde` derives: so whatever an
//! answer holds, the domain decides what of it can be. What is wrong is not described, because nobody would
//! read it: a screen says `APP-004`. Without the descriptions the app is some twenty kilobytes smaller on the
//! wire than with `serde_json`'s reader, which is the judge in the tests.

mod reader;
mod text;

use domain::raw::Raw;
use serde::de::DeserializeOwned;
use std::fmt;

/// It cannot be read as what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the JSON that was asked for")
    }
}

impl std::error::Error for Unreadable {}

/// Reads a whole document.
///
/// # Errors
/// When it is no JSON, or other JSON than asked for, or deeper than anything here is.
pub fn read<T: DeserializeOwned>(document: &[u8]) -> Result<T, Unreadable> {
    let text = std::str::from_utf8(document).map_err(|_| Unreadable)?;
    let mut reader = reader::Reader::new(text);
    let raw: Raw = reader.value()?;
    reader.end()?;
    raw.read().map_err(|_| Unreadable)
}

#[cfg(test)]
mod tests;
