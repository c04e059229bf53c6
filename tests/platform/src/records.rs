//! The file way: a municipality's records out and in, in the formats of docs/records.md.

mod words;

use crate::cases::keep::Hand;
use crate::clock::Clock;
use crate::layout::Layout;
use crate::municipality::Work;
use crate::municipality::desk::Measure;
use crate::store::{Connection, Json, Row, StoreError};
use crate::{PlatformError, SystemClock};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::certification::{Event, Fact, Record, record};
use kakehashi_domain::number::{InsuredNumber, InsurerNumber};
use kakehashi_domain::upstream::BulkResult;

/// How records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With a heading.
    Csv,
    /// A list of objects.
    Json,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// Lines that were taken: entered, replacing, older than what stands.
    pub taken: usize,
    /// Lines that stood there already.
    pub known: usize,
    /// Lines that could not be taken.
    pub refused: usize,
    /// What was found, in sentences: errors by line, then what does not fit in a case.
    pub notes: Vec<String>,
    /// Whether anything was written.
    pub written: bool,
}

/// Every record, or those of an insurer: oldest first within a case.
pub(crate) const ALL: &str = "SELECT c.insurer, p.insured, c.case_no, e.version, e.at, e.source, e.fact
     FROM care_case c JOIN person p ON p.id = c.person JOIN case_event e ON e.care_case = c.id
     WHERE CAST(?1 AS TEXT) IS NULL OR c.insurer = ?1 ORDER BY c.insurer, c.case_no, e.id";

/// Writes the records of all insurers or of one.
///
/// # Errors
/// When there is no database, or it cannot be read.
pub fn export(
    layout: &Layout,
    format: Format,
    insurer: Option<&InsurerNumber>,
) -> Result<String, PlatformError> {
    let db = open(layout)?;
    let records = all(&db, insurer)?;
    Ok(match format {
        Format::Csv => record::write_csv(&records),
        Format::Json => {
            let rows: Vec<_> = records.iter().map(record::row).collect();
            serde_json::to_string_pretty(&rows).map_err(StoreError::other)? + "\n"
        }
    })
}

fn all(db: &Connection, insurer: Option<&InsurerNumber>) -> Result<Vec<Record>, StoreError> {
    let mut select = db.prepare_cached(ALL)?;
    let mut rows = select.query([insurer.map(InsurerNumber::as_str)])?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        records.push(read(&row)?);
    }
    Ok(records)
}

fn read(row: &Row<'_>) -> Result<Record, StoreError> {
    let Json(fact): Json<Fact> = row.get(6)?;
    let event = Event { version: row.get(3)?, at: Time(row.get(4)?), source: row.get(5)?, fact };
    let insurer = InsurerNumber::parse(&row.get::<_, String>(0)?).map_err(StoreError::other)?;
    let insured = InsuredNumber::parse(&row.get::<_, String>(1)?).map_err(StoreError::other)?;
    Ok(Record::of(insurer, insured, row.get(2)?, &event))
}

/// Takes records over. They may come in any order and more than once; what contradicts is taken as it is and
/// told. A line that cannot be read, or is about nobody, is left out; with `whole` nothing is written then.
///
/// # Errors
/// When there is no database, it cannot be written, or the file as a whole cannot be read.
pub fn import(layout: &Layout, format: Format, text: &str, whole: bool) -> Result<Imported, PlatformError> {
    let file = match format {
        Format::Csv => record::read_csv(text).map_err(|error| PlatformError::Records(words::file(&error)))?,
        Format::Json => record::read_rows(
            serde_json::from_str::<Vec<record::RecordRow>>(text)
                .map_err(|error| PlatformError::Records(format!("JSONとして読めません({error})。")))?,
        ),
    };
    let mut imported = Imported::default();
    for line in &file.lines {
        let found = line.findings.iter().map(|finding| words::finding(line.line, finding));
        imported.notes.extend(found);
        imported.refused += usize::from(line.record.is_none());
    }
    let mut db = open(layout)?;
    let write = db.transaction().map_err(StoreError::from)?;
    let now = SystemClock.now();
    let today = now.date();
    let mut work = Work::new(Measure { today, now, strict: false }, None);
    let (lines, records): (Vec<usize>, Vec<&Record>) = file.records().unzip();
    for (line, result) in lines.iter().zip(work.judge(&write, &records)?) {
        match result {
            BulkResult::Known => imported.known += 1,
            BulkResult::Refused(why) => {
                imported.refused += 1;
                imported.notes.push(words::refused(*line, &why));
            }
            _ => imported.taken += 1,
        }
    }
    let odd = work.contradictions(today);
    imported.notes.extend(odd.into_iter().map(|(case_no, odd)| words::odd(case_no, odd)));
    if !(whole && imported.refused > 0) {
        work.close(&write, Hand { account: None, name: "ファイル連携" })?;
        write.commit().map_err(StoreError::from)?;
        imported.written = imported.taken > 0;
    }
    Ok(imported)
}

fn open(layout: &Layout) -> Result<Connection, PlatformError> {
    let database = layout.database();
    if database.note("nobody")?.is_none() {
        return Err(PlatformError::NotSeeded { dir: layout.dir().to_owned() });
    }
    Ok(database.open()?)
}
