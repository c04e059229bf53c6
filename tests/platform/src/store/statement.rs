//! Statements and their rows, the same for every database behind.

use super::bind::{FromSql, Params};
use super::{SqlError, Value};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, params_from_iter};
use std::borrow::Cow;

/// A statement that is prepared.
pub struct Statement<'c>(pub(super) CachedStatement<'c>);

/// The rows of an answer, one after the other.
pub struct Rows<'s>(rusqlite::Rows<'s>);

/// One row.
pub struct Row<'r>(&'r rusqlite::Row<'r>);

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
        Ok(self.0.execute(params_from_iter(params.values()?))?)
    }

    /// Asks.
    ///
    /// # Errors
    /// What the database refused.
    pub fn query(&mut self, params: impl Params) -> Result<Rows<'_>, SqlError> {
        Ok(Rows(self.0.query(params_from_iter(params.values()?))?))
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
        Ok(self.0.next()?.map(Row))
    }
}

impl Row<'_> {
    /// What stands in a column.
    ///
    /// # Errors
    /// When it is of another kind, or not of the form.
    pub fn get<C: Column, T: FromSql>(&self, column: C) -> Result<T, SqlError> {
        let column = column.place();
        let value = match self.0.get_ref(column)? {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => Value::Integer(number),
            ValueRef::Text(bytes) => Value::Text(Cow::Borrowed(
                std::str::from_utf8(bytes).map_err(|error| SqlError::found(column, error))?,
            )),
            ValueRef::Blob(bytes) => Value::Blob(Cow::Borrowed(bytes)),
            ValueRef::Real(_) => return Err(SqlError::Found(column, "a fraction is there".into())),
        };
        T::from_sql(value).map_err(|cause| SqlError::Found(column, cause))
    }
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
