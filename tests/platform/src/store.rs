//! The database: SQLite in a file, or PostgreSQL on a server. One writer, a few readers, each call on a blocking
//! thread.
//!
//! Every change goes through [`Store::write`], which is one transaction: all of it or nothing. Handlers know one
//! face ([`Connection`], [`Statement`], [`Row`]) and one SQL; what the two databases call differently is turned
//! in `dialect`.

mod bind;
mod connection;
mod database;
mod dialect;
mod error;
mod migrations;
#[cfg(test)]
mod plans;
mod server;
mod statement;
mod value;

pub use bind::{Cause, FromSql, Params, ToSql, Value, params};
pub use connection::{Connection, Transaction};
#[cfg(test)]
pub(crate) use database::fresh;
pub use database::{Database, NoDatabase};
pub use error::{OptionalExtension, ServerError, SqlError, StoreError};
pub use statement::{Column, Row, Rows, Statement};
pub(crate) use value::{Json, Kind};

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// Readers at one time.
const READERS: usize = 4;

/// The open database.
#[derive(Debug, Clone)]
pub(crate) struct Store(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    database: Database,
    /// Nothing before the first change, and after a server was lost.
    writer: Mutex<Option<Connection>>,
    readers: Mutex<Vec<Connection>>,
    places: Semaphore,
}

impl Store {
    /// Opens a database and brings its tables up to date.
    pub(crate) fn open(database: Database) -> Result<Self, StoreError> {
        let writer = database.writer()?;
        Ok(Self(Arc::new(Inner {
            database,
            writer: Mutex::new(Some(writer)),
            readers: Mutex::default(),
            places: Semaphore::new(READERS),
        })))
    }

    /// The numbers of the offices.
    pub(crate) fn offices(&self) -> Result<HashSet<String>, StoreError> {
        self.0.read(|db| {
            let mut select = db.prepare_cached("SELECT number FROM office")?;
            let numbers = select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            Ok(numbers)
        })
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
            server::this_thread_may_block();
            inner.read(work)
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
            server::this_thread_may_block();
            inner.change(durable, work)
        })
        .await
        .map_err(StoreError::other)?
    }
}

impl Inner {
    fn read<R>(&self, work: impl FnOnce(&Connection) -> Result<R, StoreError>) -> Result<R, StoreError> {
        let free = self.free().pop();
        let good = free.filter(|connection| !connection.is_gone());
        let connection = good.map_or_else(|| self.database.reader(), Ok)?;
        let outcome = work(&connection);
        let mut free = self.free();
        if connection.is_lost() {
            // Those that wait went with the same server.
            free.clear();
        } else {
            free.push(connection);
        }
        outcome
    }

    fn free(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change<R>(
        &self,
        durable: bool,
        work: impl FnOnce(&Transaction<'_>) -> Result<R, StoreError>,
    ) -> Result<R, StoreError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let held = writer.take().filter(|connection| !connection.is_gone());
        let mut connection = held.map_or_else(|| self.database.writer(), Ok)?;
        let outcome = in_one(&mut connection, durable, work);
        *writer = Some(connection).filter(|connection| !connection.is_lost());
        outcome
    }
}

/// All of the work, or nothing of it.
fn in_one<R>(
    connection: &mut Connection,
    durable: bool,
    work: impl FnOnce(&Transaction<'_>) -> Result<R, StoreError>,
) -> Result<R, StoreError> {
    let transaction = Transaction::begin(connection, durable)?;
    let outcome = work(&transaction)?;
    transaction.commit()?;
    Ok(outcome)
}

#[cfg(test)]
mod tests;
