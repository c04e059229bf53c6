//! What the disk and the database leave possible: as many bytes as a filing has, inserted and committed, one
//! after the other, by nothing but the database's own library.

use crate::figure::Failure;
use postgres::{Client, NoTls, Statement};
use rusqlite::Connection;
use std::path::Path;
use std::time::Instant;

/// Bare commits into an SQLite file of its own, as durable as a filing's.
pub(super) struct Sqlite {
    connection: Connection,
    text: String,
}

impl Sqlite {
    /// In this folder, with this text.
    pub(super) fn open(folder: &Path, text: String) -> Result<Self, Failure> {
        let connection = Connection::open(folder.join("bare.db"))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection
            .execute("CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, text TEXT NOT NULL)", [])?;
        Ok(Self { connection, text })
    }

    /// So many; a second's.
    pub(super) fn commits(&self, count: u32) -> Result<f64, Failure> {
        let begin = Instant::now();
        for _ in 0..count {
            // Each statement is a change of its own.
            self.connection.prepare_cached("INSERT INTO bare (text) VALUES (?1)")?.execute([&self.text])?;
        }
        Ok(f64::from(count) / begin.elapsed().as_secs_f64())
    }
}

/// Bare commits into a table of its own in PostgreSQL, as durable as a filing's.
pub(super) struct Postgres {
    client: Client,
    insert: Statement,
    text: String,
}

impl Postgres {
    /// In this database, with this text.
    pub(super) fn open(url: &str, text: String) -> Result<Self, Failure> {
        let mut client = Client::connect(url, NoTls)?;
        client.batch_execute("CREATE TABLE bare (id BIGSERIAL PRIMARY KEY, text TEXT NOT NULL)")?;
        let insert = client.prepare("INSERT INTO bare (text) VALUES ($1)")?;
        Ok(Self { client, insert, text })
    }

    /// So many; a second's.
    pub(super) fn commits(&mut self, count: u32) -> Result<f64, Failure> {
        let begin = Instant::now();
        for _ in 0..count {
            self.client.execute(&self.insert, &[&self.text])?;
        }
        Ok(f64::from(count) / begin.elapsed().as_secs_f64())
    }
}
