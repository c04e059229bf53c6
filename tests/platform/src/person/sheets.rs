//! The five kinds as they hold now: as they were delivered, whether they can be or not.

use crate::store::{Connection, Kind, OptionalExtension, StoreError, params};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::qualification::{Parts, Qualification, Sheet};
use kakehashi_domain::raw::Raw;
use kakehashi_domain::upstream::Person;
use serde::Serialize;
use serde_json::Value;

/// Answers a kind that cannot be fetched just now.
const UNAVAILABLE: &str = "\"unavailable\"";
/// Answers a kind that the insurer has not brought.
const NOT_MIGRATED: &str = "\"not_migrated\"";

/// What is read for, and what fails meanwhile.
#[derive(Clone, Copy)]
pub(crate) struct Look<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) now: Time,
    /// Kinds that cannot be fetched.
    pub(crate) failing: &'a [Kind],
}

/// The answer: `Qualification` on the wire, nothing of it read on the way.
#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    person: Person,
    certificate: Delivered,
    copayment: Delivered,
    limit: Delivered,
    housing: Delivered,
    equipment: Delivered,
}

#[derive(Debug, Serialize)]
struct Delivered {
    as_of: Time,
    source: String,
    content: Value,
}

impl Look<'_> {
    /// All five of one person, whose number in the register is `id`, as they were delivered.
    pub(crate) fn answer(self, person: Person, id: i64) -> Result<Answer, StoreError> {
        let delivered = |kind| -> Result<Delivered, StoreError> {
            let (as_of, source, content) = self.record(&person, id, kind)?;
            Ok(Delivered {
                as_of,
                source,
                content: serde_json::from_str(&content).map_err(StoreError::other)?,
            })
        };
        Ok(Answer {
            certificate: delivered(Kind::Certificate)?,
            copayment: delivered(Kind::Copayment)?,
            limit: delivered(Kind::Limit)?,
            housing: delivered(Kind::Housing)?,
            equipment: delivered(Kind::Equipment)?,
            person,
        })
    }

    /// The same, read as the domain reads it.
    pub(crate) fn read(self, person: &Person, id: i64) -> Result<Qualification, StoreError> {
        Ok(Qualification {
            person: person.clone(),
            certificate: self.sheet(person, id, Kind::Certificate)?,
            copayment: self.sheet(person, id, Kind::Copayment)?,
            limit: self.sheet(person, id, Kind::Limit)?,
            housing: self.sheet(person, id, Kind::Housing)?,
            equipment: self.sheet(person, id, Kind::Equipment)?,
        })
    }

    fn sheet<T: Parts>(self, person: &Person, id: i64, kind: Kind) -> Result<Sheet<T>, StoreError> {
        let (as_of, source, content) = self.record(person, id, kind)?;
        let raw: Raw = serde_json::from_str(&content).map_err(StoreError::other)?;
        Ok(Sheet::of_raw(as_of, source, &raw))
    }

    /// What holds of one kind: the last of its history that was not taken back, or why there is none.
    fn record(self, person: &Person, id: i64, kind: Kind) -> Result<(Time, String, String), StoreError> {
        let instead = |why: &str| (self.now, format!("{}(保険者)", person.insurer_name), why.to_owned());
        if self.failing.contains(&kind) {
            return Ok(instead(UNAVAILABLE));
        }
        let found = self
            .db
            .prepare_cached(RECORD)?
            .query_row(params![id, kind.name()], |row| Ok((Time(row.get(0)?), row.get(1)?, row.get(2)?)))
            .optional()?;
        Ok(found.unwrap_or_else(|| instead(NOT_MIGRATED)))
    }
}

pub(crate) const RECORD: &str = "SELECT as_of, source, content FROM record
     WHERE person = ?1 AND kind = ?2 AND withdrawn_on IS NULL ORDER BY history DESC LIMIT 1";
