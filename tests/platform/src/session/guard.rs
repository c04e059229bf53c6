//! Lock-out after repeated failures, the same whether the user exists or not.
//!
//! Failures are counted for the office of the certificate and the user ID together: another office cannot
//! lock anybody here.

use crate::Rules;
use crate::answer::{business, wait};
use crate::store::{OptionalExtension, StoreError, Transaction, params};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::upstream::BusinessError;
use std::hash::{DefaultHasher, Hash, Hasher};
use tokio::sync::{Mutex, MutexGuard, Semaphore};

/// Attempts that may be judged at one time, each holding 19 MiB.
const HASHING: usize = 2;
const SHARDS: usize = 64;

/// Makes attempts at one user ID wait for each other, so that none is judged uncounted.
#[derive(Debug)]
pub(crate) struct Guard {
    turns: Vec<Mutex<()>>,
    /// Places for password hashing.
    pub(super) hashing: Semaphore,
    /// The hash that stands in for users who do not exist.
    pub(super) nobody: String,
}

impl Guard {
    pub(crate) fn new(nobody: String) -> Self {
        let turns = (0..SHARDS).map(|_| Mutex::new(())).collect();
        Self { turns, hashing: Semaphore::new(HASHING), nobody }
    }

    /// Waits until no other attempt at this user ID is under way.
    pub(super) async fn turn(&self, who: &Who) -> MutexGuard<'_, ()> {
        let mut hasher = DefaultHasher::new();
        who.hash(&mut hasher);
        self.turns[hasher.finish() as usize % SHARDS].lock().await
    }
}

/// Whom failures are counted for.
#[derive(Debug, Clone, Hash)]
pub(super) struct Who {
    pub(super) office: String,
    pub(super) user_id: String,
}

/// Refuses while locked.
pub(super) fn check(
    db: &Transaction<'_>,
    who: &Who,
    now: Time,
) -> Result<Result<(), BusinessError>, StoreError> {
    let until: Option<i64> = db
        .prepare_cached("SELECT until FROM lock_out WHERE office = ?1 AND user_id = ?2 AND until > ?3")?
        .query_row(params![who.office, who.user_id, now.0], |row| row.get(0))
        .optional()?;
    Ok(match until {
        Some(until) => Err(wait("UPS-102", Time(until))),
        None => Ok(()),
    })
}

/// Counts a failure, and locks when it was one too many. The error is what to answer: `code` with the tries
/// left, or that the user ID is locked.
pub(super) fn failed(
    db: &Transaction<'_>,
    who: &Who,
    rules: &Rules,
    now: Time,
    code: &'static str,
) -> Result<BusinessError, StoreError> {
    let begin = now.plus(-i64::from(rules.lock_window_s));
    db.prepare_cached("DELETE FROM failure WHERE at <= ?1")?.execute([begin.0])?;
    db.prepare_cached("DELETE FROM lock_out WHERE until <= ?1")?.execute([now.0])?;
    db.prepare_cached("INSERT INTO failure (office, user_id, at) VALUES (?1, ?2, ?3)")?.execute(params![
        who.office,
        who.user_id,
        now.0
    ])?;
    let count: u32 = db
        .prepare_cached("SELECT count(*) FROM failure WHERE office = ?1 AND user_id = ?2")?
        .query_row(params![who.office, who.user_id], |row| row.get(0))?;
    let left = u32::from(rules.lock_failures).saturating_sub(count);
    if left > 0 {
        return Ok(BusinessError { tries_left: u8::try_from(left).ok(), ..business(code) });
    }
    let until = now.plus(i64::from(rules.lock_s));
    clear(db, who)?;
    db.prepare_cached("INSERT INTO lock_out (office, user_id, until) VALUES (?1, ?2, ?3)")?
        .execute(params![who.office, who.user_id, until.0])?;
    Ok(wait("UPS-102", until))
}

/// Forgets failures, after a sign-in was completed.
pub(super) fn clear(db: &Transaction<'_>, who: &Who) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM failure WHERE office = ?1 AND user_id = ?2")?
        .execute(params![who.office, who.user_id])?;
    Ok(())
}
