//! The five kinds, for an office that may see them. Every viewing is written down before it is shown.

use super::register::{self, COLUMNS};
use crate::answer::{Done, Outcome, business};
use crate::http::Authorised;
use crate::state::Shared;
use crate::store::{Json, Kind, StoreError};
use axum::extract::State;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::qualification::{Content, Qualification, Sheet};
use kakehashi_domain::upstream::QualificationRequest;
use rusqlite::{OptionalExtension, Transaction, params};
use serde::de::DeserializeOwned;

/// `/api/v1/person/qualification`
pub(crate) async fn qualification(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<QualificationRequest>,
) -> Outcome<Qualification> {
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
            register::note(db, &caller, now, "qualification", Some(member.account), Some(person))?;
            let who = db
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM person p JOIN insurer i ON i.number = p.insurer
                     JOIN handle h ON h.person = p.id WHERE h.handle = ?1"
                ))?
                .query_row([&body.person.0], register::person)?;
            let nothing = || (now, format!("{}(保険者)", who.insurer_name));
            Ok(Ok(Qualification {
                certificate: sheet(db, person, Kind::Certificate, nothing)?,
                copayment: sheet(db, person, Kind::Copayment, nothing)?,
                limit: sheet(db, person, Kind::Limit, nothing)?,
                housing: sheet(db, person, Kind::Housing, nothing)?,
                equipment: sheet(db, person, Kind::Equipment, nothing)?,
                person: who,
            }))
        })
        .await??;
    Ok(Done(found))
}

/// What holds of one kind: the last of its history, or that the insurer has brought nothing.
fn sheet<T: DeserializeOwned>(
    db: &Transaction<'_>,
    person: i64,
    kind: Kind,
    nothing: impl Fn() -> (Time, String),
) -> Result<Sheet<T>, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT as_of, source, content FROM record WHERE person = ?1 AND kind = ?2
             ORDER BY history DESC LIMIT 1",
        )?
        .query_row(params![person, kind.name()], |row| {
            let Json(content): Json<Content<T>> = row.get(2)?;
            Ok(Sheet { as_of: Time(row.get(0)?), source: row.get(1)?, content })
        })
        .optional()?;
    Ok(found.unwrap_or_else(|| {
        let (as_of, source) = nothing();
        Sheet { as_of, source, content: Content::NotMigrated }
    }))
}
