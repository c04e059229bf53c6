//! The tables, step by step. A step that was released never changes; a change is a new step.

use super::StoreError;
use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

const STEPS: &[M<'static>] = &[
    M::up(include_str!("001_start.sql")),
    M::up(include_str!("002_clients.sql")),
    M::up(include_str!("003_history.sql")),
    M::up(include_str!("004_access.sql")),
    M::up(include_str!("005_cases.sql")),
    M::up(include_str!("006_filing.sql")),
];

/// Brings the tables up to date.
pub(super) fn run(connection: &mut Connection) -> Result<(), StoreError> {
    Ok(Migrations::from_slice(STEPS).to_latest(connection)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_sound() {
        Migrations::from_slice(STEPS).validate().unwrap();
    }
}
