//! What the database, or work on its thread, refused.
//!
//! [`SqlError`] is what one statement was answered with. A [`StoreError`] is that and everything else on the way
//! to the database. Neither is ever shown to a caller: they name tables and files. What passes by itself becomes
//! problem `UPS-503`, anything else `UPS-500`.

use super::bind::Cause;
use postgres::error::SqlState;
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
    /// PostgreSQL refused, or cannot be reached.
    #[error(transparent)]
    Server(ServerError),
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

    /// What a server answered, or that it did not.
    pub(super) fn of_server(error: &postgres::Error) -> Self {
        Self::Server(ServerError::of(error))
    }

    /// A connection that is over.
    pub(super) fn closed() -> Self {
        Self::Server(ServerError { code: None, what: "the connection is closed".to_owned(), lost: true })
    }

    /// Whether the connection went with it.
    pub(super) fn is_loss(&self) -> bool {
        matches!(self, Self::Server(error) if error.lost)
    }

    /// Whether a table or a schema is not there.
    pub(super) fn is_missing_table(&self) -> bool {
        let code = if let Self::Server(error) = self { error.code.as_ref() } else { None };
        code.is_some_and(|code| [SqlState::UNDEFINED_TABLE, SqlState::INVALID_SCHEMA_NAME].contains(code))
    }

    /// Whether the same may go well later: a full disk, another process at work, a server that is away.
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
            Self::Server(error) => error.passes(),
            Self::NoRow | Self::Given(_) | Self::Found(..) => false,
        }
    }
}

/// What a server answered, without the values it quotes and without who was asking.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("PostgreSQL{}: {what}", code.as_ref().map(|code| format!(" {}", code.code())).unwrap_or_default())]
pub struct ServerError {
    /// SQLSTATE; nothing when no answer came.
    code: Option<SqlState>,
    what: String,
    /// Whether the connection went with it.
    lost: bool,
}

impl ServerError {
    fn of(error: &postgres::Error) -> Self {
        let Some(answer) = error.as_db_error() else {
            let cause = std::error::Error::source(error);
            let lost = error.is_closed() || cause.is_some_and(|cause| cause.is::<std::io::Error>());
            let what = cause.map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"));
            return Self { code: None, what, lost };
        };
        let code = answer.code().clone();
        let what = match class(&code) {
            "28" => "the user or the password is not accepted",
            _ => answer.message(),
        };
        // 57P: a server that closes.
        let lost = class(&code) == "08" || code.code().starts_with("57P");
        Self { what: what.to_owned(), lost, code: Some(code) }
    }

    /// Classes: 40 rolled back, 53 a full disk or too many at once, 58 the server's own machine.
    fn passes(&self) -> bool {
        self.lost
            || self.code.as_ref().is_some_and(|code| {
                matches!(class(code), "40" | "53" | "58")
                    || [SqlState::LOCK_NOT_AVAILABLE, SqlState::QUERY_CANCELED].contains(code)
            })
    }
}

/// The class of an SQLSTATE.
fn class(code: &SqlState) -> &str {
    code.code().get(..2).unwrap_or_default()
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
