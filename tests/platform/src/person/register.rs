//! People as the register has them, what an office calls them, and what was done.

use crate::secret::random_text;
use crate::store::{Connection, Json, OptionalExtension, Row, SqlError, StoreError, Transaction, params};
use kakehashi_domain::calendar::{GivenDate, Time};
use kakehashi_domain::number::{InsuredNumber, InsurerNumber, NumberError, OfficeNumber};
use kakehashi_domain::upstream::{Found, Person, PersonHandle, Sex, ViewingRight, Way};

/// Columns of a [`Person`], for `person p JOIN insurer i JOIN handle h`.
pub(crate) const COLUMNS: &str =
    "h.handle, p.name, p.kana, p.birth_date, p.sex, p.address, p.insurer, i.name, p.insured";

/// Reads [`COLUMNS`].
pub(crate) fn person(row: &Row<'_>) -> Result<Person, SqlError> {
    let Json(sex): Json<Sex> = row.get(4)?;
    let number = |at: usize| row.get::<_, String>(at);
    Ok(Person {
        handle: PersonHandle(row.get(0)?),
        name: row.get(1)?,
        kana: row.get(2)?,
        birth_date: GivenDate::from_text(&row.get::<_, String>(3)?),
        sex,
        address: row.get(5)?,
        insurer: InsurerNumber::parse(&number(6)?).map_err(|error: NumberError| SqlError::found(6, error))?,
        insurer_name: row.get(7)?,
        insured: InsuredNumber::parse(&number(8)?).map_err(|error: NumberError| SqlError::found(8, error))?,
    })
}

/// A person by place in the register, with an office's name for them.
pub(crate) fn granted() -> String {
    format!(
        "SELECT {COLUMNS} FROM person p JOIN insurer i ON i.number = p.insurer
         JOIN handle h ON h.person = p.id AND h.office = ?2 WHERE p.id = ?1"
    )
}

/// A person by handle.
pub(crate) fn by_handle() -> String {
    format!(
        "SELECT {COLUMNS} FROM person p JOIN insurer i ON i.number = p.insurer
         JOIN handle h ON h.person = p.id WHERE h.handle = ?1"
    )
}

/// A handle's person and right.
pub(crate) const RIGHT: &str = "SELECT h.person, r.way, r.until FROM handle h
     JOIN held_right r ON r.office = h.office AND r.person = h.person
     WHERE h.handle = ?1 AND h.office = ?2";

/// Gives an office the right to view a person, and its name for them.
pub(crate) fn grant(
    db: &Transaction<'_>,
    office: &OfficeNumber,
    person_id: i64,
    right: ViewingRight,
) -> Result<Found, StoreError> {
    db.prepare_cached(
        "INSERT INTO viewing_right (office, person, way, until) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (office, person) DO UPDATE SET way = excluded.way, until = excluded.until",
    )?
    .execute(params![office.as_str(), person_id, Json(right.way), right.until.0])?;
    db.prepare_cached(
        "INSERT INTO handle (handle, office, person) VALUES (?1, ?2, ?3)
         ON CONFLICT (office, person) DO NOTHING",
    )?
    .execute(params![random_text::<16>()?, office.as_str(), person_id])?;
    let person = db.prepare_cached(&granted())?.query_row(params![person_id, office.as_str()], person)?;
    // A client's right may reach further than what was just granted.
    let right = self::right(db, office, &person.handle)?.map_or(right, |(_, held)| held);
    Ok(Found { person, right })
}

/// Who a handle is.
pub(crate) fn named(db: &Connection, handle: &PersonHandle) -> Result<Person, StoreError> {
    let found = db.prepare_cached(&by_handle())?.query_row([&handle.0], person)?;
    Ok(found)
}

/// The person an office means, and its right; `None` when it has neither.
pub(crate) fn right(
    db: &Connection,
    office: &OfficeNumber,
    handle: &PersonHandle,
) -> Result<Option<(i64, ViewingRight)>, StoreError> {
    let found = db
        .prepare_cached(RIGHT)?
        .query_row(params![handle.0, office.as_str()], |row| {
            let Json(way): Json<Way> = row.get(1)?;
            Ok((row.get(0)?, ViewingRight { way, until: Time(row.get(2)?) }))
        })
        .optional()?;
    Ok(found)
}
