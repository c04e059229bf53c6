//! What became of keys: the one row each has, `/api/v1/filing/keys`, and `/api/v1/filing/void`.

use super::statement::is_key;
use crate::answer::{Done, Outcome, Problem};
use crate::audit::Line;
use crate::http::Authorised;
use crate::state::Shared;
use crate::store::{Connection, Json, OptionalExtension, StoreError, params};
use axum::extract::State;
use kakehashi_domain::filing::FilingKey;
use kakehashi_domain::number::OfficeNumber;
use kakehashi_domain::upstream::{AuditKind, KeyOutcome, KeysRequest, KeysResponse, VoidRequest};

/// Keys of a call at most.
const MOST: usize = 50;

/// What became of an office's key.
pub(crate) const OF_KEY: &str =
    "SELECT sha256, outcome FROM filing_key WHERE office = ?1 AND idempotency_key = ?2";

/// A key that is decided.
pub(super) struct Decided {
    /// Of the statement it came with; nothing for one that was given up.
    pub(super) sha256: Option<String>,
    pub(super) outcome: KeyOutcome,
}

/// What became of a key; nothing when it never came.
pub(super) fn decided(
    db: &Connection,
    office: &OfficeNumber,
    key: &FilingKey,
) -> Result<Option<Decided>, StoreError> {
    let found = db
        .prepare_cached(OF_KEY)?
        .query_row(params![office.as_str(), key.0], |row| {
            let Json(outcome) = row.get(1)?;
            Ok(Decided { sha256: row.get(0)?, outcome })
        })
        .optional()?;
    Ok(found)
}

/// Decides a key, once and for ever.
pub(super) fn decide(
    db: &Connection,
    office: &OfficeNumber,
    key: &FilingKey,
    decided: &Decided,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO filing_key (office, idempotency_key, sha256, outcome) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![office.as_str(), key.0, decided.sha256, Json(&decided.outcome)])?;
    Ok(())
}

/// `/api/v1/filing/keys`. Every account of the office may ask: the answer holds nothing of anybody, and whoever
/// has a key made the filing.
pub(crate) async fn keys(
    State(state): State<Shared>,
    Authorised { caller, body, .. }: Authorised<KeysRequest>,
) -> Outcome<KeysResponse> {
    let now = state.now();
    if body.keys.len() > MOST {
        return Err(Problem::Malformed("keys").into());
    }
    let outcomes = state
        .store
        .read(move |db| {
            let of = |key| {
                let found = decided(db, &caller.office, key)?;
                Ok(found.map_or(KeyOutcome::Unknown, |decided| decided.outcome))
            };
            body.keys.iter().map(of).collect::<Result<Vec<_>, StoreError>>()
        })
        .await?;
    Ok(Done(KeysResponse { now, outcomes }))
}

/// `/api/v1/filing/void`
pub(crate) async fn give_up(
    State(state): State<Shared>,
    Authorised { caller, member, body: VoidRequest { key } }: Authorised<VoidRequest>,
) -> Outcome<KeyOutcome> {
    let now = state.now();
    if !is_key(&key) {
        return Err(Problem::Malformed("key").into());
    }
    let outcome = state
        .store
        .write_durably(move |db| {
            if let Some(decided) = decided(db, &caller.office, &key)? {
                return Ok(decided.outcome);
            }
            let outcome = KeyOutcome::Void { at: now };
            decide(db, &caller.office, &key, &Decided { sha256: None, outcome: outcome.clone() })?;
            Line::new(&caller, Some(member.account), now, AuditKind::FilingVoided.code()).write(db)?;
            Ok(outcome)
        })
        .await?;
    Ok(Done(outcome))
}
