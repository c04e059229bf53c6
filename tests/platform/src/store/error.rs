//! What the database, or work on its thread, refused.

use std::fmt;

/// An error of storing. Never shown to a caller: it names tables and files.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// The tables cannot be brought up to date.
    #[error(transparent)]
    Migration(#[from] rusqlite_migration::Error),
    /// Something else on the way.
    #[error("{0}")]
    Other(String),
}

impl StoreError {
    pub(crate) fn other(cause: impl fmt::Display) -> Self {
        Self::Other(cause.to_string())
    }
}

impl From<crate::secret::NoRandomness> for StoreError {
    fn from(cause: crate::secret::NoRandomness) -> Self {
        Self::other(cause)
    }
}
