//! Where a database is, and how it is opened.

use super::server::{SCHEMA, Server};
use super::{Connection, OptionalExtension, StoreError, Transaction, migrations};
use crate::PlatformError;
use rusqlite::OpenFlags;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a writer of SQLite waits for another process.
const BUSY: Duration = Duration::from_secs(5);

/// Where the sandbox keeps what it knows.
#[derive(Clone)]
pub enum Database {
    /// SQLite: a file with its companions beside it.
    File(PathBuf),
    /// PostgreSQL: the schema `kakehashi` of a database on a server.
    Server(Box<postgres::Config>),
}

/// It is no URL of a database. The text itself may hold a password, so it is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "データベースの指定を読めません。postgres://利用者:パスワード@ホスト:番号/データベース の形で書いてください。"
)]
pub struct NoDatabase;

impl Database {
    /// Reads `postgres://user:password@host:port/database`.
    ///
    /// # Errors
    /// When it is none.
    pub fn of_url(url: &str) -> Result<Self, NoDatabase> {
        let known = ["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme));
        let config = url.parse::<postgres::Config>().ok().filter(|_| known).ok_or(NoDatabase)?;
        Ok(Self::Server(Box::new(config)))
    }

    /// Opens it, with its tables up to date. Others may have it open too.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(&self) -> Result<Connection, StoreError> {
        match self {
            Self::File(path) => {
                let mut connection = sqlite(path)?;
                migrations::sqlite(&mut connection)?;
                Ok(Connection::of_sqlite(connection))
            }
            Self::Server(config) => {
                let mut connection = Connection::of_server(Server::connect(config, false)?);
                migrations::postgres(&mut connection)?;
                Ok(connection)
            }
        }
    }

    /// Opens it for the one who changes, for long.
    pub(super) fn writer(&self) -> Result<Connection, StoreError> {
        if let Self::File(path) = self {
            let mut connection = sqlite(path)?;
            connection.pragma_update(None, "journal_mode", "WAL")?;
            // In WAL mode NORMAL loses no integrity, at worst the last moments before a power cut.
            connection.pragma_update(None, "synchronous", "NORMAL")?;
            migrations::sqlite(&mut connection)?;
            return Ok(Connection::of_sqlite(connection));
        }
        self.open()
    }

    /// Opens it for one who changes nothing.
    pub(super) fn reader(&self) -> Result<Connection, StoreError> {
        Ok(match self {
            Self::File(path) => {
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
                let connection = rusqlite::Connection::open_with_flags(path, flags)?;
                connection.busy_timeout(BUSY)?;
                connection.set_prepared_statement_cache_capacity(64);
                Connection::of_sqlite(connection)
            }
            Self::Server(config) => Connection::of_server(Server::connect(config, true)?),
        })
    }

    /// A note kept in it; nothing when it has none, or is not there or no database of this kind.
    pub(crate) fn note(&self, key: &str) -> Result<Option<String>, StoreError> {
        const NOTE: &str = "SELECT value FROM meta WHERE key = ?1";
        match self {
            Self::File(path) if !path.exists() => Ok(None),
            Self::File(path) => {
                let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
                let connection = rusqlite::Connection::open_with_flags(path, flags)?;
                connection.busy_timeout(BUSY)?;
                let connection = Connection::of_sqlite(connection);
                Ok(connection.query_row(NOTE, [key], |row| row.get(0)).optional().unwrap_or_default())
            }
            Self::Server(_) => match self.reader()?.query_row(NOTE, [key], |row| row.get(0)).optional() {
                Err(error) if error.is_missing_table() => Ok(None),
                read => Ok(read?),
            },
        }
    }

    /// Fills it anew. What was in it stays until everything is written, and for good when the work fails.
    pub(crate) fn fill<R>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<R, PlatformError>,
    ) -> Result<R, PlatformError> {
        match self {
            Self::File(path) => {
                let part = path.with_extension("part");
                remove(&part)?;
                let mut connection = fresh(&part)?;
                let done = filled(&mut connection, ("", ""), work)?;
                connection.close().map_err(StoreError::from)?;
                remove(path)?;
                fs::rename(&part, path).map_err(|source| PlatformError::file(&part, source))?;
                Ok(done)
            }
            Self::Server(config) => {
                let server = Server::connect(config, false).map_err(StoreError::from)?;
                let tables = migrations::anew();
                filled(&mut Connection::of_server(server), (&tables, ANALYSE), work)
            }
        }
    }
}

/// So that the first questions already find their way by what is there.
const ANALYSE: &str = "DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
        EXECUTE format('ANALYZE %I', one.tablename);
    END LOOP;
END $$";

/// Puts tables, work and what comes after it into one change.
fn filled<R>(
    connection: &mut Connection,
    (before, after): (&str, &str),
    work: impl FnOnce(&Transaction<'_>) -> Result<R, PlatformError>,
) -> Result<R, PlatformError> {
    let transaction = connection.transaction().map_err(StoreError::from)?;
    transaction.execute_batch(before).map_err(StoreError::from)?;
    let done = work(&transaction)?;
    transaction.execute_batch(after).map_err(StoreError::from)?;
    transaction.commit().map_err(StoreError::from)?;
    Ok(done)
}

/// A new database for filling: whoever is interrupted starts again, so nothing is synced on the way.
pub(crate) fn fresh(path: &Path) -> Result<Connection, StoreError> {
    let mut connection = sqlite(path)?;
    connection.pragma_update(None, "journal_mode", "MEMORY")?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    migrations::sqlite(&mut connection)?;
    Ok(Connection::of_sqlite(connection))
}

fn sqlite(path: &Path) -> Result<rusqlite::Connection, StoreError> {
    let connection = rusqlite::Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Removes a database with its companions.
fn remove(database: &Path) -> Result<(), PlatformError> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut path = database.as_os_str().to_owned();
        path.push(suffix);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(PlatformError::file(path.as_ref(), error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Never with user and password.
impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "SQLite {}", path.display()),
            Self::Server(config) => {
                write!(f, "PostgreSQL {:?} {:?} {SCHEMA}", config.get_hosts(), config.get_dbname())
            }
        }
    }
}
