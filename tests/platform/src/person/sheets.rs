//! The five kinds as they hold now.

use crate::store::{Json, Kind, StoreError};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::qualification::{Content, Qualification, Sheet};
use kakehashi_domain::upstream::Person;
use rusqlite::{Connection, OptionalExtension, params};
use serde::de::DeserializeOwned;

/// All five of one person, whose number in the register is `id`.
pub(crate) fn sheets(db: &Connection, who: Person, id: i64, now: Time) -> Result<Qualification, StoreError> {
    let nothing = || (now, format!("{}(保険者)", who.insurer_name));
    Ok(Qualification {
        certificate: sheet(db, id, Kind::Certificate, nothing)?,
        copayment: sheet(db, id, Kind::Copayment, nothing)?,
        limit: sheet(db, id, Kind::Limit, nothing)?,
        housing: sheet(db, id, Kind::Housing, nothing)?,
        equipment: sheet(db, id, Kind::Equipment, nothing)?,
        person: who,
    })
}

/// What holds of one kind: the last of its history, or that the insurer has brought nothing.
fn sheet<T: DeserializeOwned>(
    db: &Connection,
    person: i64,
    kind: Kind,
    nothing: impl Fn() -> (Time, String),
) -> Result<Sheet<T>, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT as_of, source, content FROM record WHERE person = ?1 AND kind = ?2
             AND withdrawn_on IS NULL ORDER BY history DESC LIMIT 1",
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
