//! Cases in the database: events are added, and what stands is made from all of them.

use crate::store::{Connection, Json, OptionalExtension, Row, SqlError, StoreError, params};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::certification::{Case, CaseId, Event, Fact, History, Outcome};
use kakehashi_domain::number::{InsurerNumber, NumberError};
use kakehashi_domain::upstream;

/// Columns of a [`Kept`], for `care_case c`.
pub(crate) const COLUMNS: &str = "c.id, c.person, c.insurer, c.case_no, c.changed_by, c.stands";
/// An insurer's case by its opaque name.
pub(crate) const BY_NAME: &str = "SELECT c.id, c.person, c.insurer, c.case_no, c.changed_by, c.stands
     FROM care_case c WHERE c.name = ?1 AND c.insurer = ?2";
/// An insurer's case by 申請番号.
pub(crate) const BY_NUMBER: &str = "SELECT c.id, c.person, c.insurer, c.case_no, c.changed_by, c.stands
     FROM care_case c WHERE c.case_no = ?1 AND c.insurer = ?2";
/// The cases of a person.
pub(crate) const OF_PERSON: &str = "SELECT c.id, c.person, c.insurer, c.case_no, c.changed_by, c.stands
     FROM care_case c WHERE c.person = ?1 ORDER BY c.id";
/// Everything entered for a case.
pub(crate) const EVENTS: &str =
    "SELECT version, at, source, fact FROM case_event WHERE care_case = ?1 ORDER BY id";

/// What was entered for a case after a version, and by which account.
pub(crate) const SINCE: &str = "SELECT version, at, source, fact, account FROM case_event
     WHERE care_case = ?1 AND version > ?2 ORDER BY id";

/// Who entered what for a case, as far as it was a clerk.
pub(crate) const HANDS: &str = "SELECT DISTINCT e.version, e.at, a.name FROM case_event e
     JOIN account a ON a.id = e.account WHERE e.care_case = ?1 ORDER BY e.version, e.at, a.name";

/// A case as it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    /// Its place in the table.
    pub(crate) id: i64,
    /// Whose.
    pub(crate) person: i64,
    /// 保険者番号.
    pub(crate) insurer: InsurerNumber,
    /// 申請番号.
    pub(crate) case_no: String,
    /// Who changed it last; a name.
    pub(crate) changed_by: String,
    /// What stands.
    pub(crate) case: Case,
}

/// Who enters.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hand<'a> {
    /// The account; none for a file.
    pub(crate) account: Option<i64>,
    /// The name that is shown.
    pub(crate) name: &'a str,
}

/// A case to begin.
#[derive(Debug, Clone)]
pub(crate) struct Beginning<'a> {
    /// Its opaque name.
    pub(crate) name: &'a CaseId,
    /// Whose.
    pub(crate) person: i64,
    /// 保険者番号.
    pub(crate) insurer: &'a InsurerNumber,
    /// 申請番号.
    pub(crate) case_no: &'a str,
    /// What is looked for, in normal form.
    pub(crate) words: &'a str,
}

/// Reads [`COLUMNS`].
pub(crate) fn kept(row: &Row<'_>) -> Result<Kept, SqlError> {
    let Json(case) = row.get(5)?;
    let insurer = InsurerNumber::parse(&row.get::<_, String>(2)?)
        .map_err(|error: NumberError| SqlError::found(2, error))?;
    Ok(Kept {
        id: row.get(0)?,
        person: row.get(1)?,
        insurer,
        case_no: row.get(3)?,
        changed_by: row.get(4)?,
        case,
    })
}

/// An insurer's case by its name; another insurer's is none.
pub(crate) fn by_name(
    db: &Connection,
    name: &CaseId,
    insurer: &InsurerNumber,
) -> Result<Option<Kept>, StoreError> {
    Ok(db.prepare_cached(BY_NAME)?.query_row(params![name.0, insurer.as_str()], kept).optional()?)
}

/// An insurer's case by 申請番号.
pub(crate) fn by_number(
    db: &Connection,
    insurer: &InsurerNumber,
    case_no: &str,
) -> Result<Option<Kept>, StoreError> {
    Ok(db.prepare_cached(BY_NUMBER)?.query_row(params![case_no, insurer.as_str()], kept).optional()?)
}

/// The cases of a person.
pub(crate) fn of_person(db: &Connection, person: i64) -> Result<Vec<Kept>, StoreError> {
    let mut select = db.prepare_cached(OF_PERSON)?;
    let rows = select.query_map([person], kept)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Everything entered for a case, in the order it came.
pub(crate) fn events(db: &Connection, id: i64) -> Result<Vec<Event>, StoreError> {
    let mut select = db.prepare_cached(EVENTS)?;
    let rows = select.query_map([id], event)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Who entered what for a case.
pub(crate) fn hands(db: &Connection, id: i64) -> Result<Vec<upstream::Hand>, StoreError> {
    let mut select = db.prepare_cached(HANDS)?;
    let hand =
        |row: &Row<'_>| Ok(upstream::Hand { version: row.get(0)?, at: Time(row.get(1)?), by: row.get(2)? });
    let rows = select.query_map([id], hand)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What was entered for a case after a version, and by which account.
pub(crate) fn since(db: &Connection, id: i64, version: u32) -> Result<Vec<(Event, Option<i64>)>, StoreError> {
    let mut select = db.prepare_cached(SINCE)?;
    let rows = select.query_map([id, i64::from(version)], |row| Ok((event(row)?, row.get(4)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn event(row: &Row<'_>) -> Result<Event, SqlError> {
    let Json(fact): Json<Fact> = row.get(3)?;
    Ok(Event { version: row.get(0)?, at: Time(row.get(1)?), source: row.get(2)?, fact })
}

/// Begins a case, of which nothing is known until its first events are [entered](enter).
pub(crate) fn begin(db: &Connection, beginning: &Beginning<'_>) -> Result<i64, StoreError> {
    let Beginning { name, person, insurer, case_no, words } = beginning;
    let case = Json(Case::new((*name).clone()));
    let insert = "INSERT INTO care_case (name, person, insurer, case_no, words, stands)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id";
    let begun = params![name.0, person, insurer.as_str(), case_no, words, case];
    Ok(db.prepare_cached(insert)?.query_row(begun, |row| row.get(0))?)
}

/// Adds events to a case and makes what stands from all of them. One that is there already stays once.
pub(crate) fn enter(
    db: &Connection,
    id: i64,
    name: &CaseId,
    new: &[Event],
    hand: Hand<'_>,
) -> Result<Case, StoreError> {
    let mut insert = db.prepare_cached(
        "INSERT INTO case_event (care_case, version, at, source, account, fact) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO NOTHING",
    )?;
    for event in new {
        insert.execute(params![
            id,
            event.version,
            event.at.0,
            event.source,
            hand.account,
            Json(&event.fact)
        ])?;
    }
    let case = History::of(name.clone(), events(db, id)?).case;
    let decided = match &case.outcome {
        Some(Outcome::Certified { on, .. } | Outcome::NotCertified { on }) => Some(on.to_string()),
        _ => None,
    };
    db.prepare_cached(
        "UPDATE care_case SET applied_on = ?2, kind = ?3, decided_on = ?4, ended = ?5, changed_by = ?6, stands = ?7
         WHERE id = ?1",
    )?
    .execute(params![
        id,
        case.application.map(|application| application.on.to_string()).unwrap_or_default(),
        case.application.map(|application| application.kind.code().to_owned()),
        decided,
        case.outcome.is_some(),
        hand.name,
        Json(&case)
    ])?;
    Ok(case)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store;
    use kakehashi_domain::calendar::Date;

    #[test]
    fn what_was_entered_stays_even_when_somebody_changes_the_tables() {
        let folder = tempfile::tempdir().unwrap();
        let db = store::fresh(&folder.path().join("x.db")).unwrap();
        db.execute_batch(
            "INSERT INTO insurer VALUES ('102046', '伊勢崎市');
             INSERT INTO person (id, insurer, insured, birth_date, sex, name, kana, address)
             VALUES (1, '102046', '0000012345', '1940-03-02', '\"2\"', 'x', 'x', 'x')",
        )
        .unwrap();
        let (name, insurer) = (CaseId("c".into()), InsurerNumber::parse("102046").unwrap());
        let beginning =
            Beginning { name: &name, person: 1, insurer: &insurer, case_no: "R08-000001", words: "" };
        let id = begin(&db, &beginning).unwrap();
        let on = Date::from_iso("2026-10-14").unwrap();
        let event = Event { version: 1, at: Time(0), source: "x".into(), fact: Fact::Survey(on) };
        let hand = Hand { account: None, name: "x" };
        for _ in 0..2 {
            assert_eq!(
                enter(&db, id, &name, std::slice::from_ref(&event), hand).unwrap().survey_on,
                Some(on)
            );
        }
        assert_eq!(events(&db, id).unwrap(), [event]);
        for change in ["UPDATE case_event SET version = 2", "DELETE FROM case_event"] {
            let refused = db.execute(change, []).unwrap_err().to_string();
            assert!(refused.contains("an event is never"), "{refused}");
        }
    }
}
