//! Statements and their rows, the same for every database behind.

use super::bind::{FromSql, Params};
use super::server::{self, Server};
use super::{SqlError, Value};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, params_from_iter};
use std::borrow::Cow;

/// A statement that is prepared.
pub struct Statement<'c>(pub(super) Prepared<'c>);

pub(super) enum Prepared<'c> {
    Sqlite(CachedStatement<'c>),
    Postgres(&'c Server, postgres::Statement),
}

/// The rows of an answer, one after the other.
pub struct Rows<'s>(Answer<'s>);

enum Answer<'s> {
    Sqlite(rusqlite::Rows<'s>),
    Postgres(std::vec::IntoIter<postgres::Row>),
}

/// One row.
pub struct Row<'r>(Line<'r>);

enum Line<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(postgres::Row),
}

/// How a column is named: by its place, from 0.
pub trait Column {
    /// Its place.
    fn place(self) -> usize;
}

impl Column for usize {
    fn place(self) -> usize {
        self
    }
}

impl Statement<'_> {
    /// Changes; answers how many rows.
    ///
    /// # Errors
    /// What the database refused.
    pub fn execute(&mut self, params: impl Params) -> Result<usize, SqlError> {
        let values = params.values()?;
        match &mut self.0 {
            Prepared::Sqlite(statement) => Ok(statement.execute(params_from_iter(values))?),
            Prepared::Postgres(server, statement) => server.execute(statement, &values),
        }
    }

    /// Asks.
    ///
    /// # Errors
    /// What the database refused.
    pub fn query(&mut self, params: impl Params) -> Result<Rows<'_>, SqlError> {
        let values = params.values()?;
        Ok(Rows(match &mut self.0 {
            Prepared::Sqlite(statement) => Answer::Sqlite(statement.query(params_from_iter(values))?),
            Prepared::Postgres(server, statement) => {
                Answer::Postgres(server.query(statement, &values)?.into_iter())
            }
        }))
    }

    /// Asks for the first row.
    ///
    /// # Errors
    /// What the database refused, [`SqlError::NoRow`] when there is no row, or what cannot be read.
    pub fn query_row<T>(
        &mut self,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> Result<T, SqlError>,
    ) -> Result<T, SqlError> {
        let mut rows = self.query(params)?;
        match rows.next()? {
            Some(row) => read(&row),
            None => Err(SqlError::NoRow),
        }
    }

    /// Asks for all rows and reads each. Nothing is read after one that cannot be read.
    ///
    /// # Errors
    /// What the database refused.
    pub fn query_map<T>(
        &mut self,
        params: impl Params,
        mut read: impl FnMut(&Row<'_>) -> Result<T, SqlError>,
    ) -> Result<std::vec::IntoIter<Result<T, SqlError>>, SqlError> {
        let mut rows = self.query(params)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let read = read(&row);
            let stop = read.is_err();
            all.push(read);
            if stop {
                break;
            }
        }
        Ok(all.into_iter())
    }
}

impl Rows<'_> {
    /// The next row; nothing after the last.
    ///
    /// # Errors
    /// What the database refused on the way.
    #[expect(clippy::should_implement_trait, reason = "a row is lent until the next one is asked for")]
    pub fn next(&mut self) -> Result<Option<Row<'_>>, SqlError> {
        Ok(match &mut self.0 {
            Answer::Sqlite(rows) => rows.next()?.map(|row| Row(Line::Sqlite(row))),
            Answer::Postgres(rows) => rows.next().map(|row| Row(Line::Postgres(row))),
        })
    }
}

impl Row<'_> {
    /// How many columns it has.
    pub fn len(&self) -> usize {
        match &self.0 {
            Line::Sqlite(row) => row.as_ref().column_count(),
            Line::Postgres(row) => row.len(),
        }
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What stands in a column.
    ///
    /// # Errors
    /// When it is of another kind, or not of the form.
    pub fn get<C: Column, T: FromSql>(&self, column: C) -> Result<T, SqlError> {
        let column = column.place();
        let value = match &self.0 {
            Line::Sqlite(row) => kept(row, column)?,
            Line::Postgres(row) => server::value(row, column)?,
        };
        T::from_sql(value).map_err(|cause| SqlError::Found(column, cause))
    }
}

/// What stands in a column of SQLite's.
fn kept<'r>(row: &'r rusqlite::Row<'_>, column: usize) -> Result<Value<'r>, SqlError> {
    Ok(match row.get_ref(column)? {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Text(bytes) => {
            let text = std::str::from_utf8(bytes).map_err(|error| SqlError::found(column, error))?;
            Value::Text(Cow::Borrowed(text))
        }
        ValueRef::Blob(bytes) => Value::Blob(Cow::Borrowed(bytes)),
        ValueRef::Real(_) => return Err(SqlError::Found(column, "a fraction is there".into())),
    })
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}
