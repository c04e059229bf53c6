//! What was registered of a person, and when, for an office that may see it.

use super::register;
use crate::answer::{Done, Outcome, business};
use crate::http::Authorised;
use crate::state::Shared;
use crate::store::{Json, Kind, StoreError};
use axum::extract::State;
use kakehashi_domain::calendar::{Date, Time};
use kakehashi_domain::qualification::{Content, EquipmentUse, History, HousingUse, Version};
use kakehashi_domain::upstream::{Application, HistoryRequest, HistoryResponse};
use rusqlite::{Connection, params};
use serde::de::DeserializeOwned;

/// `/api/v1/person/history`
pub(crate) async fn history(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<HistoryRequest>,
) -> Outcome<HistoryResponse> {
    let now = state.now();
    let found = state
        .store
        .write(move |db| {
            let Some((person, right)) = register::right(db, &caller.office, &body.person)? else {
                return Ok(Err(business("UPS-121")));
            };
            if right.until <= now {
                return Ok(Err(business("UPS-120")));
            }
            register::note(db, &caller, now, "history", Some(member.account), Some(person))?;
            let insurer = register::named(db, &body.person)?.insurer_name;
            let (as_of, source) = origin(db, person)?.unwrap_or((now, format!("{insurer}(保険者)")));
            let history = History {
                certificates: versions(db, person, Kind::Certificate)?,
                copayments: versions(db, person, Kind::Copayment)?,
                limits: versions(db, person, Kind::Limit)?,
            };
            let dwellings = used::<HousingUse>(db, person, Kind::Housing)?.pop();
            let mut equipment = used::<EquipmentUse>(db, person, Kind::Equipment)?;
            // Of a fiscal year the last record holds.
            equipment.reverse();
            equipment.sort_by_key(|used| used.fiscal_year);
            equipment.dedup_by_key(|used| used.fiscal_year);
            Ok(Ok(HistoryResponse {
                as_of,
                source,
                history,
                applications: applications(db, person)?,
                dwellings: dwellings.map(|used| used.dwellings).unwrap_or_default(),
                equipment,
            }))
        })
        .await??;
    Ok(Done(found))
}

/// When the last of a person's records came, and from whom.
fn origin(db: &Connection, person: i64) -> Result<Option<(Time, String)>, StoreError> {
    let mut select =
        db.prepare_cached("SELECT as_of, source FROM record WHERE person = ?1 ORDER BY as_of DESC LIMIT 1")?;
    let mut rows = select.query_map([person], |row| Ok((Time(row.get(0)?), row.get(1)?)))?;
    Ok(rows.next().transpose()?)
}

/// The versions of one kind; one that was taken back also as withdrawn.
fn versions<T: DeserializeOwned + Clone>(
    db: &Connection,
    person: i64,
    kind: Kind,
) -> Result<Vec<Version<T>>, StoreError> {
    let mut select = db.prepare_cached(
        "SELECT history, registered_on, withdrawn_on, content FROM record
         WHERE person = ?1 AND kind = ?2 AND registered_on IS NOT NULL ORDER BY history",
    )?;
    let mut rows = select.query(params![person, kind.name()])?;
    let mut versions = Vec::new();
    while let Some(row) = rows.next()? {
        let Json(Content::Present(value)) = row.get::<_, Json<Content<T>>>(3)? else { continue };
        let number = row.get(0)?;
        let mut at = |registered_on, withdrawn| {
            versions.push(Version { number, registered_on, withdrawn, value: value.clone() });
        };
        at(day(&row.get::<_, String>(1)?)?, false);
        if let Some(withdrawn_on) = row.get::<_, Option<String>>(2)? {
            at(day(&withdrawn_on)?, true);
        }
    }
    Ok(versions)
}

/// The records of a benefit, oldest first.
fn used<T: DeserializeOwned>(db: &Connection, person: i64, kind: Kind) -> Result<Vec<T>, StoreError> {
    let mut select = db.prepare_cached(
        "SELECT content FROM record WHERE person = ?1 AND kind = ?2 AND withdrawn_on IS NULL ORDER BY history",
    )?;
    let mut rows = select.query(params![person, kind.name()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        if let Json(Content::Present(value)) = row.get::<_, Json<Content<T>>>(0)? {
            found.push(value);
        }
    }
    Ok(found)
}

fn applications(db: &Connection, person: i64) -> Result<Vec<Application>, StoreError> {
    let mut select = db.prepare_cached(
        "SELECT kind, applied_on, decided_on FROM application WHERE person = ?1 ORDER BY applied_on",
    )?;
    let mut rows = select.query([person])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let Json(kind) = row.get(0)?;
        let decided_on = row.get::<_, Option<String>>(2)?.as_deref().map(day).transpose()?;
        found.push(Application { kind, applied_on: day(&row.get::<_, String>(1)?)?, decided_on });
    }
    Ok(found)
}

fn day(text: &str) -> Result<Date, StoreError> {
    Date::from_iso(text).map_err(StoreError::other)
}
