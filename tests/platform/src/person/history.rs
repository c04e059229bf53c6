//! What was registered of a person, and when, for an office that may see it.

use super::register;
use crate::access::Viewing;
use crate::answer::{Done, Outcome};
use crate::http::Authorised;
use crate::state::Shared;
use crate::store::{Connection, Json, Kind, StoreError, params};
use axum::extract::State;
use kakehashi_domain::access::Information;
use kakehashi_domain::calendar::{Date, Time};
use kakehashi_domain::upstream::{Application, HistoryRequest};
use serde::Serialize;
use serde_json::{Value, json};

/// The answer: `HistoryResponse` on the wire, as it was delivered, whether it can be or not.
#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    as_of: Time,
    source: String,
    history: Value,
    applications: Vec<Application>,
    dwellings: Value,
    equipment: Vec<Value>,
}

/// `/api/v1/person/history`
pub(crate) async fn history(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<HistoryRequest>,
) -> Outcome<Answer> {
    let now = state.now();
    let found = state
        .store
        .write(move |db| {
            let viewing =
                Viewing { caller: &caller, information: Information::Qualification, what: "history" };
            let person = match viewing.at(db, &member, &body.person, now)? {
                Ok((person, _)) => person,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let insurer = register::named(db, &body.person)?.insurer_name;
            let (as_of, source) = origin(db, person)?.unwrap_or((now, format!("{insurer}(保険者)")));
            Ok(Ok(Answer {
                as_of,
                source,
                history: json!({
                    "certificates": versions(db, person, Kind::Certificate)?,
                    "copayments": versions(db, person, Kind::Copayment)?,
                    "limits": versions(db, person, Kind::Limit)?,
                }),
                applications: applications(db, person)?,
                dwellings: dwellings(db, person)?,
                equipment: equipment(db, person)?,
            }))
        })
        .await??;
    Ok(Done(found))
}

/// When the last of a person's records came, and from whom.
fn origin(db: &Connection, person: i64) -> Result<Option<(Time, String)>, StoreError> {
    let mut select = db.prepare_cached(ORIGIN)?;
    let mut rows = select.query_map([person], |row| Ok((Time(row.get(0)?), row.get(1)?)))?;
    Ok(rows.next().transpose()?)
}

/// The versions of one kind; one that was taken back also as withdrawn.
fn versions(db: &Connection, person: i64, kind: Kind) -> Result<Vec<Value>, StoreError> {
    let mut select = db.prepare_cached(VERSIONS)?;
    let mut rows = select.query(params![person, kind.name()])?;
    let mut versions = Vec::new();
    while let Some(row) = rows.next()? {
        let Some(value) = present(row.get(3)?) else { continue };
        let number: u32 = row.get(0)?;
        let days: [Option<String>; 2] = [row.get(1)?, row.get(2)?];
        for (day, withdrawn) in days.into_iter().zip([false, true]) {
            if let Some(on) = day {
                versions.push(json!({
                    "number": number, "registered_on": on, "withdrawn": withdrawn, "value": value,
                }));
            }
        }
    }
    Ok(versions)
}

/// 住宅改修費 as it was delivered last.
fn dwellings(db: &Connection, person: i64) -> Result<Value, StoreError> {
    let last = used(db, person, Kind::Housing)?.pop();
    Ok(last.and_then(|mut used| used.get_mut("dwellings").map(Value::take)).unwrap_or_else(|| json!([])))
}

/// 福祉用具購入費: of each fiscal year what was delivered last.
fn equipment(db: &Connection, person: i64) -> Result<Vec<Value>, StoreError> {
    let mut all = used(db, person, Kind::Equipment)?;
    all.reverse();
    let year = |used: &Value| used.get("fiscal_year").and_then(Value::as_i64);
    all.sort_by_key(year);
    all.dedup_by_key(|used| year(used));
    Ok(all)
}

/// The records of a benefit, oldest first.
fn used(db: &Connection, person: i64, kind: Kind) -> Result<Vec<Value>, StoreError> {
    let mut select = db.prepare_cached(USED)?;
    let rows = select.query_map(params![person, kind.name()], |row| row.get(0))?;
    let contents = rows.collect::<Result<Vec<Json<Value>>, _>>()?;
    Ok(contents.into_iter().filter_map(present).collect())
}

/// What is delivered; nothing for "none" and "not yet".
fn present(Json(mut content): Json<Value>) -> Option<Value> {
    content.get_mut("present").map(Value::take)
}

fn applications(db: &Connection, person: i64) -> Result<Vec<Application>, StoreError> {
    let mut select = db.prepare_cached(APPLICATIONS)?;
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

pub(crate) const ORIGIN: &str =
    "SELECT as_of, source FROM record WHERE person = ?1 ORDER BY as_of DESC LIMIT 1";
pub(crate) const VERSIONS: &str = "SELECT history, registered_on, withdrawn_on, content FROM record
     WHERE person = ?1 AND kind = ?2 AND registered_on IS NOT NULL ORDER BY history";
pub(crate) const USED: &str = "SELECT content FROM record
     WHERE person = ?1 AND kind = ?2 AND withdrawn_on IS NULL ORDER BY history";
pub(crate) const APPLICATIONS: &str =
    "SELECT kind, applied_on, decided_on FROM application WHERE person = ?1 ORDER BY applied_on";
