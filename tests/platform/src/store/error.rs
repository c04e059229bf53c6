//! What the database, or work on its thread, refused.
//!
//! [`SqlError`] is what one statement was answered with. A [`StoreError`] is that and everything else on the way
//! to the database. Neither is ever shown to a caller: they name tables and files. What passes by itself becomes
//! problem `UPS-503`, anything else `UPS-500`.

use super::bind::Cause;
use rusqlite::ErrorCode;
use std::fmt;

/// What a statement was answered with instead of rows.
#[derive(Debug, thiserror::Error)]
pub enum SqlError {
    /// One row was asked for, and there is none.
    #[error("there is no such row")]
    NoRow,
    /// SQLite refused.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// A value cannot be written into the database.
    #[error("a value cannot be kept: {0}")]
    Given(Cause),
    /// A value of the database cannot be read; which column, from 0.
    #[error("column {0}: {1}")]
    Found(usize, Cause),
}

impl SqlError {
    /// A column holds what is of the right kind and not of the form.
    pub(crate) fn found(column: usize, error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Found(column, Box::new(error))
    }

    /// Whether the same may go well later: a full disk, another process at work.
    fn passes(&self) -> bool {
        match self {
            Self::Sqlite(error) => matches!(
                error.sqlite_error_code(),
                Some(
                    ErrorCode::DiskFull
                        | ErrorCode::DatabaseBusy
                        | ErrorCode::DatabaseLocked
                        | ErrorCode::SystemIoFailure
                        | ErrorCode::CannotOpen
                        | ErrorCode::OutOfMemory
                )
            ),
            Self::NoRow | Self::Given(_) | Self::Found(..) => false,
        }
    }
}

/// An error of storing.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A statement.
    #[error(transparent)]
    Sql(#[from] SqlError),
    /// The tables cannot be brought up to date.
    #[error(transparent)]
    Migration(#[from] rusqlite_migration::Error),
    /// No room is left on the disk.
    #[error("the disk is full")]
    Full,
    /// Something else on the way.
    #[error("{0}")]
    Other(String),
}

impl StoreError {
    pub(crate) fn other(cause: impl fmt::Display) -> Self {
        Self::Other(cause.to_string())
    }

    /// Whether the same may go well later.
    pub(crate) fn passes(&self) -> bool {
        match self {
            Self::Sql(error) => error.passes(),
            Self::Full => true,
            Self::Migration(_) | Self::Other(_) => false,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(cause: rusqlite::Error) -> Self {
        Self::Sql(cause.into())
    }
}

impl From<crate::secret::NoRandomness> for StoreError {
    fn from(cause: crate::secret::NoRandomness) -> Self {
        Self::other(cause)
    }
}

/// Turns "there is no such row" into nothing.
pub trait OptionalExtension<T> {
    /// The row, or nothing when there is none.
    ///
    /// # Errors
    /// Any other error stays.
    fn optional(self) -> Result<Option<T>, SqlError>;
}

impl<T> OptionalExtension<T> for Result<T, SqlError> {
    fn optional(self) -> Result<Option<T>, SqlError> {
        match self {
            Ok(row) => Ok(Some(row)),
            Err(SqlError::NoRow) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
