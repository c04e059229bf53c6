//! Filings as they are shown: what stands, and every step.

use crate::person::register;
use crate::secret::random_text;
use crate::store::{Connection, Json, OptionalExtension, Row, SqlError, StoreError, params};
use kakehashi_domain::calendar::{Date, Time};
use kakehashi_domain::filing::{Filing, FilingNumber, Identity};
use kakehashi_domain::number::OfficeNumber;
use kakehashi_domain::upstream::{FilingEntry, FilingState, FilingStep, FilingWay, Person};

/// Columns of a [`Kept`].
const COLUMNS: &str = "f.id, f.number, f.version, f.person, f.way, f.state, f.content, f.identity,
         f.received_at, f.received_on, f.replaces, r.number, b.number, f.sender";
/// Where they stand.
const TABLES: &str =
    "filing f LEFT JOIN filing r ON r.id = f.replaces LEFT JOIN filing b ON b.id = f.replaced_by";

/// The steps of a filing, with the name of whoever did each and their office.
pub(crate) const STEPS: &str = "SELECT s.state, s.at, s.reason, s.on_certificate, a.name, o.number, o.name
     FROM filing_step s JOIN account a ON a.id = s.account JOIN office o ON o.number = a.office
     WHERE s.filing = ?1 ORDER BY s.version";

/// Till when an office may view a person.
pub(crate) const UNTIL: &str = "SELECT until FROM held_right WHERE office = ?1 AND person = ?2";

/// A question for filings: the columns of all that agree with what comes after `WHERE`.
pub(crate) fn question(rest: &str) -> String {
    format!("SELECT {COLUMNS} FROM {TABLES} WHERE {rest}")
}

/// A filing of whoever's list it stands in, by number.
pub(crate) fn of_office() -> String {
    question("f.number = ?1 AND f.office = ?2")
}

/// A filing of an insurer, by number.
pub(crate) fn of_insurer() -> String {
    question("f.number = ?1 AND f.insurer = ?2")
}

/// A filing as it is kept.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    /// Its place in the table.
    pub(super) id: i64,
    pub(super) number: FilingNumber,
    pub(super) version: u32,
    pub(super) person: i64,
    pub(super) way: FilingWay,
    pub(super) state: FilingState,
    pub(super) filing: Filing,
    pub(super) identity: Option<Identity>,
    pub(super) received_at: Time,
    /// The day it came.
    pub(super) received_on: Date,
    /// Place of the one it took the place of.
    pub(super) replaces: Option<i64>,
    /// Who sent or entered it.
    pub(super) sender: String,
    replaces_number: Option<String>,
    replaced_by: Option<String>,
}

/// Reads the columns.
pub(super) fn kept(row: &Row<'_>) -> Result<Kept, SqlError> {
    let text = |column: usize| row.get::<_, String>(column);
    let Json(filing) = row.get(6)?;
    let identity = row.get::<_, Option<Json<Identity>>>(7)?.map(|Json(identity)| identity);
    Ok(Kept {
        id: row.get(0)?,
        number: FilingNumber(row.get(1)?),
        version: row.get(2)?,
        person: row.get(3)?,
        way: FilingWay::from_code(&text(4)?),
        state: FilingState::from_code(&text(5)?),
        filing,
        identity,
        received_at: Time(row.get(8)?),
        received_on: Date::from_iso(&text(9)?).map_err(|error| SqlError::found(9, error))?,
        replaces: row.get(10)?,
        replaces_number: row.get(11)?,
        replaced_by: row.get(12)?,
        sender: row.get(13)?,
    })
}

/// A filing by number: [`of_office`], [`of_insurer`].
pub(super) fn find(
    db: &Connection,
    question: &str,
    number: &FilingNumber,
    whose: &str,
) -> Result<Option<Kept>, StoreError> {
    Ok(db.prepare_cached(question)?.query_row(params![number.0, whose], kept).optional()?)
}

/// Who looks.
#[derive(Debug, Clone, Copy)]
pub(super) enum Eye<'a> {
    /// An office sees who it is while it may view the person.
    Office(&'a OfficeNumber, Time),
    /// A municipality always sees its own.
    Clerk(&'a OfficeNumber),
}

impl Eye<'_> {
    fn office(&self) -> &OfficeNumber {
        match self {
            Self::Office(office, _) | Self::Clerk(office) => office,
        }
    }

    /// A filing for the screen. Whoever did something is named to the own office; to others their office is.
    pub(super) fn entry(&self, db: &Connection, kept: &Kept) -> Result<FilingEntry, StoreError> {
        let mut select = db.prepare_cached(STEPS)?;
        let steps = select.query_map([kept.id], |row| self.step(row))?.collect::<Result<Vec<_>, _>>()?;
        let by = steps.first().map(|step| step.by.clone()).unwrap_or_default();
        let filing = &kept.filing;
        Ok(FilingEntry {
            number: kept.number.clone(),
            version: kept.version,
            person: self.person(db, kept.person)?,
            form: filing.form,
            category: filing.category,
            office: filing.office.number.clone(),
            office_name: filing.office.name.clone(),
            start_on: filing.start_on,
            filed_on: filing.filed_on,
            way: kept.way,
            by,
            state: kept.state,
            steps,
            replaces: kept.replaces_number.clone().map(FilingNumber),
            replaced_by: kept.replaced_by.clone().map(FilingNumber),
        })
    }

    fn step(&self, row: &Row<'_>) -> Result<FilingStep, SqlError> {
        let own = row.get::<_, String>(5)? == self.office().as_str();
        Ok(FilingStep {
            state: FilingState::from_code(&row.get::<_, String>(0)?),
            at: Time(row.get(1)?),
            by: row.get(if own { 4 } else { 6 })?,
            reason: row.get(2)?,
            on_certificate: row.get(3)?,
        })
    }

    fn person(&self, db: &Connection, person: i64) -> Result<Option<Person>, StoreError> {
        let office = self.office().as_str();
        match self {
            Self::Office(_, now) => {
                let until: Option<i64> = db
                    .prepare_cached(UNTIL)?
                    .query_row(params![office, person], |row| row.get(0))
                    .optional()?;
                if until.is_none_or(|until| until <= now.0) {
                    return Ok(None);
                }
            }
            // The office gets its own name for the person when it has none yet.
            Self::Clerk(_) => {
                db.prepare_cached(
                    "INSERT INTO handle (handle, office, person) VALUES (?1, ?2, ?3)
                     ON CONFLICT (office, person) DO NOTHING",
                )?
                .execute(params![random_text::<16>()?, office, person])?;
            }
        }
        let found = db
            .prepare_cached(&register::granted())?
            .query_row(params![person, office], register::person)
            .optional()?;
        Ok(found)
    }
}
