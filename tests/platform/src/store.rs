//! SQLite: one file, write-ahead log, one writer, a few readers, each call on a blocking thread.
//!
//! Every change goes through [`Store::write`], which is one transaction: all of it or nothing.

mod bind;
mod connection;
mod error;
mod migrations;
#[cfg(test)]
mod plans;
mod statement;
mod value;

pub(crate) use bind::params;
pub use bind::{Cause, FromSql, Params, ToSql, Value};
pub use connection::{Connection, Transaction};
pub use error::{OptionalExtension, SqlError, StoreError};
pub use statement::{Column, Row, Rows, Statement};
pub(crate) use value::{Json, Kind};

use rusqlite::OpenFlags;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// Readers at one time.
const READERS: usize = 4;
/// How long a writer waits for another process.
const BUSY: Duration = Duration::from_secs(5);

/// The open database.
#[derive(Debug, Clone)]
pub(crate) struct Store(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    places: Semaphore,
}

impl Store {
    /// Opens a database and brings its tables up to date.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        let mut writer = connect(path)?;
        writer.pragma_update(None, "journal_mode", "WAL")?;
        // In WAL mode NORMAL loses no integrity, at worst the last moments before a power cut.
        writer.pragma_update(None, "synchronous", "NORMAL")?;
        migrations::run(&mut writer)?;
        Ok(Self(Arc::new(Inner {
            path: path.to_owned(),
            writer: Mutex::new(Connection::of_sqlite(writer)),
            readers: Mutex::default(),
            places: Semaphore::new(READERS),
        })))
    }

    /// A new database for filling: whoever is interrupted starts again, so nothing is synced on the way.
    pub(crate) fn create(path: &Path) -> Result<Connection, StoreError> {
        let mut connection = connect(path)?;
        connection.pragma_update(None, "journal_mode", "MEMORY")?;
        connection.pragma_update(None, "synchronous", "OFF")?;
        migrations::run(&mut connection)?;
        Ok(Connection::of_sqlite(connection))
    }

    /// A database that a running sandbox may have open too.
    pub(crate) fn beside(path: &Path) -> Result<Connection, StoreError> {
        let mut connection = connect(path)?;
        migrations::run(&mut connection)?;
        Ok(Connection::of_sqlite(connection))
    }

    /// A note kept in a database; `None` when it has none or is no database of this kind.
    pub(crate) fn meta(path: &Path, key: &str) -> Result<Option<String>, StoreError> {
        let connection = rusqlite::Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.busy_timeout(BUSY)?;
        let connection = Connection::of_sqlite(connection);
        let read =
            connection.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0)).optional();
        Ok(read.unwrap_or_default())
    }

    /// The numbers of the offices in a database.
    pub(crate) fn offices(path: &Path) -> Result<HashSet<String>, StoreError> {
        let connection = reader(path)?;
        let mut select = connection.prepare_cached("SELECT number FROM office")?;
        let numbers = select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(numbers)
    }

    /// Reads.
    pub(crate) async fn read<R, F>(&self, work: F) -> Result<R, StoreError>
    where
        F: FnOnce(&Connection) -> Result<R, StoreError> + Send + 'static,
        R: Send + 'static,
    {
        let inner = Arc::clone(&self.0);
        let _place = self.0.places.acquire().await.map_err(StoreError::other)?;
        spawn_blocking(move || {
            let free = inner.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let connection = free.map_or_else(|| reader(&inner.path), Ok)?;
            let outcome = work(&connection);
            inner.readers.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            outcome
        })
        .await
        .map_err(StoreError::other)?
    }

    /// Changes, in one transaction: an error undoes all of it. A power cut may undo the last moments.
    pub(crate) async fn write<R, F>(&self, work: F) -> Result<R, StoreError>
    where
        F: FnOnce(&Transaction<'_>) -> Result<R, StoreError> + Send + 'static,
        R: Send + 'static,
    {
        self.change(false, work).await
    }

    /// Like [`write`](Self::write), and no power cut undoes what was answered.
    pub(crate) async fn write_durably<R, F>(&self, work: F) -> Result<R, StoreError>
    where
        F: FnOnce(&Transaction<'_>) -> Result<R, StoreError> + Send + 'static,
        R: Send + 'static,
    {
        self.change(true, work).await
    }

    async fn change<R, F>(&self, durable: bool, work: F) -> Result<R, StoreError>
    where
        F: FnOnce(&Transaction<'_>) -> Result<R, StoreError> + Send + 'static,
        R: Send + 'static,
    {
        let inner = Arc::clone(&self.0);
        spawn_blocking(move || {
            let mut writer = inner.writer.lock().unwrap_or_else(PoisonError::into_inner);
            if durable {
                writer.set_durable(true)?;
            }
            let outcome = in_one(&mut writer, work);
            if durable {
                // Whatever comes after is as safe when this fails, only slower.
                let _ = writer.set_durable(false);
            }
            outcome
        })
        .await
        .map_err(StoreError::other)?
    }
}

/// All of the work, or nothing of it.
fn in_one<R>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> Result<R, StoreError>,
) -> Result<R, StoreError> {
    let transaction = connection.transaction()?;
    let outcome = work(&transaction)?;
    transaction.commit()?;
    Ok(outcome)
}

fn connect(path: &Path) -> Result<rusqlite::Connection, StoreError> {
    let connection = rusqlite::Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

fn reader(path: &Path) -> Result<Connection, StoreError> {
    let connection = rusqlite::Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(Connection::of_sqlite(connection))
}

#[cfg(test)]
mod tests;
