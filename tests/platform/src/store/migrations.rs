//! The tables, step by step. A step that was released never changes; a change is a new step.
//!
//! A step is written once, as SQLite knows it, and [turned](dialect::tables) for PostgreSQL. What no rule turns,
//! views and triggers, makes a second file of its step necessary; a test holds the outcomes against each other.

use super::server::SCHEMA;
use super::{Connection, StoreError, dialect};
use rusqlite_migration::{M, Migrations};
use std::borrow::Cow;

/// A step as SQLite knows it and, when it cannot be turned, as PostgreSQL does.
type Step = (&'static str, Option<&'static str>);

const STEPS: &[Step] = &[
    (include_str!("001_start.sql"), None),
    (include_str!("002_clients.sql"), Some(include_str!("002_clients.postgres.sql"))),
    (include_str!("003_history.sql"), None),
    (include_str!("004_access.sql"), None),
    (include_str!("005_cases.sql"), Some(include_str!("005_cases.postgres.sql"))),
    (include_str!("006_filing.sql"), Some(include_str!("006_filing.postgres.sql"))),
];

/// What PostgreSQL remembers the steps by.
const DONE: &str = "CREATE TABLE IF NOT EXISTS step_done (number BIGINT PRIMARY KEY)";
const LAST: &str = "SELECT coalesce(max(number), 0) FROM step_done";

/// Brings the tables of SQLite up to date.
pub(super) fn sqlite(connection: &mut rusqlite::Connection) -> Result<(), StoreError> {
    Ok(steps().to_latest(connection)?)
}

fn steps() -> Migrations<'static> {
    Migrations::from_iter(STEPS.iter().map(|(sqlite, _)| M::up(sqlite)))
}

/// Brings the tables of PostgreSQL up to date: all steps that are missing, or none.
pub(super) fn postgres(connection: &mut Connection) -> Result<(), StoreError> {
    let known: u32 = match connection.query_row(LAST, [], |row| row.get(0)) {
        Err(error) if error.is_missing_table() => 0,
        last => last?,
    };
    if known as usize == STEPS.len() {
        return Ok(());
    }
    let transaction = connection.transaction()?;
    transaction.execute_batch(&format!("CREATE SCHEMA IF NOT EXISTS {SCHEMA}; {DONE}"))?;
    // Another process may have been faster.
    let known: u32 = transaction.query_row(LAST, [], |row| row.get(0))?;
    if known as usize > STEPS.len() {
        return Err(StoreError::other("the tables are those of a later version"));
    }
    transaction.execute_batch(&from(known as usize))?;
    Ok(transaction.commit()?)
}

/// Everything anew, for PostgreSQL.
pub(super) fn anew() -> String {
    format!("DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}; {DONE};\n{}", from(0))
}

/// The steps of PostgreSQL after so many.
fn from(known: usize) -> String {
    let mut all = String::new();
    for (number, (sqlite, postgres)) in (1..).zip(STEPS).skip(known) {
        let turned = postgres.map_or_else(|| Cow::Owned(dialect::tables(sqlite)), Cow::Borrowed);
        all.push_str(&turned);
        all.push_str(&format!("\nINSERT INTO step_done VALUES ({number});\n"));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_sound() {
        steps().validate().unwrap();
    }
}
