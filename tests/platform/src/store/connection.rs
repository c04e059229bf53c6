//! A connection and a transaction, the same for every database behind.

use super::bind::Params;
use super::server::Server;
use super::statement::Prepared;
use super::{Row, SqlError, Statement};
use std::fmt;
use std::ops::Deref;

/// An open database.
pub struct Connection(Side);

enum Side {
    Sqlite(rusqlite::Connection),
    Postgres(Box<Server>),
}

impl Connection {
    pub(super) fn of_sqlite(connection: rusqlite::Connection) -> Self {
        Self(Side::Sqlite(connection))
    }

    pub(super) fn of_server(server: Server) -> Self {
        Self(Side::Postgres(Box::new(server)))
    }

    /// SQLite itself, for what is its own.
    #[cfg(test)]
    pub(crate) fn sqlite(&self) -> &rusqlite::Connection {
        match &self.0 {
            Side::Sqlite(connection) => connection,
            Side::Postgres(_) => panic!("a test of SQLite"),
        }
    }

    /// Whether it went with its server, and another must be opened.
    pub(super) fn is_lost(&self) -> bool {
        matches!(&self.0, Side::Postgres(server) if server.is_lost())
    }

    /// Looks whether its server has closed it meanwhile.
    pub(super) fn is_gone(&self) -> bool {
        matches!(&self.0, Side::Postgres(server) if server.is_gone())
    }

    /// A statement; the same text is prepared once.
    ///
    /// # Errors
    /// What the database does not understand.
    pub fn prepare_cached(&self, sql: &str) -> Result<Statement<'_>, SqlError> {
        Ok(Statement(match &self.0 {
            Side::Sqlite(connection) => Prepared::Sqlite(connection.prepare_cached(sql)?),
            Side::Postgres(server) => Prepared::Postgres(server, server.prepare(sql)?),
        }))
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

    /// Several statements without values, in words this database knows.
    ///
    /// # Errors
    /// What the database refused.
    pub fn execute_batch(&self, sql: &str) -> Result<(), SqlError> {
        match &self.0 {
            Side::Sqlite(connection) => Ok(connection.execute_batch(sql)?),
            Side::Postgres(server) => server.batch(sql),
        }
    }

    /// Begins to change. Nobody else changes anything until it is over, in this process or another.
    ///
    /// # Errors
    /// When somebody else is changing and does not end in time.
    pub fn transaction(&mut self) -> Result<Transaction<'_>, SqlError> {
        Transaction::begin(self, false)
    }

    /// Closes it, and says whether everything was well.
    ///
    /// # Errors
    /// What the database refused.
    pub fn close(self) -> Result<(), SqlError> {
        match self.0 {
            Side::Sqlite(connection) => connection.close().map_err(|(_, error)| error.into()),
            Side::Postgres(_) => Ok(()),
        }
    }

    fn begin(&self, durable: bool) -> Result<(), SqlError> {
        match &self.0 {
            Side::Sqlite(connection) => {
                if durable {
                    connection.pragma_update(None, "synchronous", "FULL")?;
                }
                Ok(connection.execute_batch("BEGIN IMMEDIATE")?)
            }
            Side::Postgres(server) => server.begin(durable),
        }
    }

    /// After a change, whether it stands or not.
    fn end(&self, durable: bool) {
        if let (Side::Sqlite(connection), true) = (&self.0, durable) {
            // Whatever comes after is as safe when this fails, only slower.
            let _ = connection.pragma_update(None, "synchronous", "NORMAL");
        }
    }

    /// Whether a change is under way.
    fn is_changing(&self) -> bool {
        match &self.0 {
            // A full disk ends it.
            Side::Sqlite(connection) => !connection.is_autocommit(),
            Side::Postgres(server) => !server.is_lost(),
        }
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Side::Sqlite(_) => "Connection(SQLite)",
            Side::Postgres(_) => "Connection(PostgreSQL)",
        })
    }
}

/// Changes that stand together: all of them once [committed](Self::commit), else none. After a statement was
/// refused there is nothing to do but to give up: PostgreSQL takes no other one.
#[derive(Debug)]
pub struct Transaction<'c> {
    connection: &'c Connection,
    durable: bool,
    open: bool,
}

impl<'c> Transaction<'c> {
    /// Begins; `durable` when no power cut may undo what was committed.
    pub(super) fn begin(connection: &'c mut Connection, durable: bool) -> Result<Self, SqlError> {
        let connection = &*connection;
        connection.begin(durable).inspect_err(|_| connection.end(durable))?;
        Ok(Self { connection, durable, open: true })
    }

    /// Makes the changes stand.
    ///
    /// # Errors
    /// What the database refused; then none of them stands. Only of a server that was lost on the way it is
    /// not known.
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
        if self.open && self.connection.is_changing() {
            let undone = self.connection.execute_batch("ROLLBACK");
            if let Err(error) = undone {
                tracing::error!(%error, "a change could not be undone");
            }
        }
        self.connection.end(self.durable);
    }
}
