//! A connection and a transaction, the same for every database behind.

use super::bind::Params;
use super::{Row, SqlError, Statement};
use std::ops::Deref;

/// An open database.
#[derive(Debug)]
pub struct Connection(rusqlite::Connection);

impl Connection {
    pub(super) fn of_sqlite(connection: rusqlite::Connection) -> Self {
        Self(connection)
    }

    /// SQLite itself, for what is its own.
    #[cfg(test)]
    pub(crate) fn sqlite(&self) -> &rusqlite::Connection {
        &self.0
    }

    /// A statement; the same text is prepared once.
    ///
    /// # Errors
    /// What the database does not understand.
    pub fn prepare_cached(&self, sql: &str) -> Result<Statement<'_>, SqlError> {
        Ok(Statement(self.0.prepare_cached(sql)?))
    }

    /// Changes; answers how many rows.
    ///
    /// # Errors
    /// What the database refused.
    pub fn execute(&self, sql: &str, params: impl Params) -> Result<usize, SqlError> {
        self.prepare_cached(sql)?.execute(params)
    }

    /// Asks for one row.
    ///
    /// # Errors
    /// As [`Statement::query_row`].
    pub fn query_row<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> Result<T, SqlError>,
    ) -> Result<T, SqlError> {
        self.prepare_cached(sql)?.query_row(params, read)
    }

    /// Several statements without values.
    ///
    /// # Errors
    /// What the database refused.
    pub fn execute_batch(&self, sql: &str) -> Result<(), SqlError> {
        Ok(self.0.execute_batch(sql)?)
    }

    /// Begins to change. No other process changes anything until it is over.
    ///
    /// # Errors
    /// When another process is changing and does not end in time.
    pub fn transaction(&mut self) -> Result<Transaction<'_>, SqlError> {
        self.execute_batch("BEGIN IMMEDIATE")?;
        Ok(Transaction { connection: self, open: true })
    }

    /// Closes it, and says whether everything was well.
    ///
    /// # Errors
    /// What the database refused.
    pub fn close(self) -> Result<(), SqlError> {
        self.0.close().map_err(|(_, error)| error.into())
    }

    /// Whether a commit waits until the disk has it.
    pub(super) fn set_durable(&self, durable: bool) -> Result<(), SqlError> {
        Ok(self.0.pragma_update(None, "synchronous", if durable { "FULL" } else { "NORMAL" })?)
    }
}

/// Changes that stand together: all of them once [committed](Self::commit), else none.
#[derive(Debug)]
pub struct Transaction<'c> {
    connection: &'c Connection,
    open: bool,
}

impl Transaction<'_> {
    /// Makes the changes stand.
    ///
    /// # Errors
    /// What the database refused; then none of them stands.
    pub fn commit(mut self) -> Result<(), SqlError> {
        self.connection.execute_batch("COMMIT")?;
        self.open = false;
        Ok(())
    }
}

impl Deref for Transaction<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        // A full disk has undone it already.
        if self.open && !self.connection.0.is_autocommit() {
            let undone = self.connection.execute_batch("ROLLBACK");
            if let Err(error) = undone {
                tracing::error!(%error, "a change could not be undone");
            }
        }
    }
}
