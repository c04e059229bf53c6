//! Reading everything back: what stands in the sandbox's database file, and what the sandbox says ([`over_the_api`]).

mod api;

pub(crate) use api::over_the_api;

use crate::Failure;
use crate::lane::Lane;
use crate::report::{Record, Report};
use kakehashi_domain::filing::{Filing, Statement};
use kakehashi_domain::upstream::{KeyOutcome, Receipt};
use rusqlite::{Connection, OpenFlags};
use std::collections::HashMap;

/// One filing as the file has it.
struct Row {
    key: String,
    insured: String,
    number: String,
    content: String,
    /// Nothing when it has no proof, no outcome, no first step: when it is half there.
    statement: Option<String>,
    receipt: Option<String>,
    outcome: Option<String>,
    steps: i64,
}

const ROWS: &str =
    "SELECT f.idempotency_key, p.insured, f.number, f.content, r.statement, r.receipt, k.outcome,
        (SELECT count(*) FROM filing_step s WHERE s.filing = f.id)
    FROM filing f JOIN person p ON p.id = f.person
    LEFT JOIN filing_proof r ON r.filing = f.id
    LEFT JOIN filing_key k ON k.office = f.sender AND k.idempotency_key = f.idempotency_key
    WHERE f.way = 'online'";

/// How many filings the file holds.
pub(crate) fn filings(lane: &Lane) -> Result<usize, Failure> {
    Ok(rows(lane)?.len())
}

/// What was told as filed is there once and whole, what was told as not filed is not, and there is nothing else.
pub(crate) fn in_the_file(
    lane: &Lane,
    before: usize,
    records: &[Record],
    report: &mut Report,
) -> Result<(), Failure> {
    let rows = rows(lane)?;
    let mut by_key: HashMap<&str, Vec<&Row>> = HashMap::new();
    let mut by_person: HashMap<&str, usize> = HashMap::new();
    for row in &rows {
        by_key.entry(&row.key).or_default().push(row);
        *by_person.entry(&row.insured).or_default() += 1;
    }
    for record in records {
        let name = &record.name;
        let there = by_key.get(record.key.as_str()).map(Vec::as_slice).unwrap_or_default();
        match there {
            [] if record.told_filed() => report.lost.push(format!("{name} is not there")),
            [] => {}
            [row] if record.told_filed() => {
                if let Some(lacks) = lacks(row, record) {
                    report.lost.push(format!("{name} is not whole: {lacks}"));
                }
            }
            [_] => report.wrong.push(format!("{name} is there and was told as not filed")),
            _ => report.duplicated.push(format!("{name} is there {} times", there.len())),
        }
    }
    // Under another key it would still be the same person's; each has one, whoever filed.
    for (insured, told) in filed_by_person(records) {
        let there = by_person.get(insured).copied().unwrap_or_default();
        if there > told {
            report.duplicated.push(format!("insured number {insured}: {there} filings, {told} told"));
        }
    }
    let told = records.iter().filter(|record| record.told_filed()).count();
    if rows.len() != before + told {
        report.wrong.push(format!("{} filings, {before} from before and {told} told", rows.len()));
    }
    Ok(())
}

fn filed_by_person(records: &[Record]) -> HashMap<&str, usize> {
    let mut filed = HashMap::new();
    for record in records {
        *filed.entry(record.insured.as_str()).or_default() += usize::from(record.told_filed());
    }
    filed
}

/// What a filing lacks, if it is not whole.
fn lacks(row: &Row, record: &Record) -> Option<&'static str> {
    if row.statement.as_deref() != Some(&record.statement) {
        return Some("the statement");
    }
    let said: Option<Statement> = serde_json::from_str(&record.statement).ok();
    let kept: Option<Filing> = serde_json::from_str(&row.content).ok();
    if kept.is_none() || said.map(|said| said.filing) != kept {
        return Some("the content");
    }
    let receipt: Option<Receipt> = row.receipt.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let Some(receipt) = receipt.filter(|receipt| receipt.number.0 == row.number) else {
        return Some("the receipt");
    };
    let outcome: Option<KeyOutcome> = row.outcome.as_deref().and_then(|text| serde_json::from_str(text).ok());
    if outcome != Some(KeyOutcome::Received(Box::new(receipt))) {
        return Some("the key's outcome");
    }
    (row.steps != 1).then_some("its first step")
}

fn rows(lane: &Lane) -> Result<Vec<Row>, Failure> {
    let file = Connection::open_with_flags(lane.database(), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let whole: String = file.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if whole != "ok" {
        return Err(format!("the database file is not whole: {whole}").into());
    }
    let mut select = file.prepare(ROWS)?;
    let rows = select.query_map([], |row| {
        Ok(Row {
            key: row.get(0)?,
            insured: row.get(1)?,
            number: row.get(2)?,
            content: row.get(3)?,
            statement: row.get(4)?,
            receipt: row.get(5)?,
            outcome: row.get(6)?,
            steps: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
