//! Filings in the database: what stands in `filing`, every step in `filing_step`.

use crate::municipality;
use crate::store::{Connection, Json, StoreError, params};
use kakehashi_domain::calendar::{Date, Time};
use kakehashi_domain::filing::{Filing, FilingKey, FilingNumber, Identity};
use kakehashi_domain::number::OfficeNumber;
use kakehashi_domain::search::normal;
use kakehashi_domain::upstream::{FilingState, FilingWay, SignedText};

/// A filing to be written.
pub(super) struct New<'a> {
    pub(super) number: &'a FilingNumber,
    /// Who sends or enters it.
    pub(super) sender: &'a OfficeNumber,
    pub(super) key: &'a FilingKey,
    pub(super) account: i64,
    /// Whose list it stands in.
    pub(super) office: &'a OfficeNumber,
    pub(super) person: i64,
    pub(super) way: FilingWay,
    pub(super) at: Time,
    /// The day it came.
    pub(super) on: Date,
    pub(super) filing: &'a Filing,
    pub(super) identity: Option<&'a Identity>,
    pub(super) replaces: Option<i64>,
}

/// A step to be written.
pub(super) struct Step<'a> {
    pub(super) state: FilingState,
    pub(super) at: Time,
    pub(super) account: i64,
    pub(super) reason: Option<&'a str>,
    pub(super) on_certificate: bool,
    pub(super) decision: Option<&'a SignedText>,
}

impl Step<'_> {
    /// A step without anything said of it.
    pub(super) fn plain(state: FilingState, at: Time, account: i64) -> Self {
        Self { state, at, account, reason: None, on_certificate: false, decision: None }
    }
}

/// Writes a filing with its first step; answers its place in the table.
pub(super) fn begin(db: &Connection, new: &New<'_>) -> Result<i64, StoreError> {
    let (name, kana, insured): (String, String, String) = db
        .prepare_cached("SELECT name, kana, insured FROM person WHERE id = ?1")?
        .query_row([new.person], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let words = [municipality::words(&name, &kana, &insured), normal(&new.number.0)].join("\n");
    let id = db
        .prepare_cached(
            "INSERT INTO filing (number, sender, idempotency_key, account, office, insurer, person, way,
                 received_at, received_on, form, content, identity, state, version, replaces, words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 0, ?15, ?16) RETURNING id",
        )?
        .query_row(
            params![
                new.number.0,
                new.sender.as_str(),
                new.key.0,
                new.account,
                new.office.as_str(),
                new.filing.insured.insurer.as_str(),
                new.person,
                new.way.code(),
                new.at.0,
                new.on.to_string(),
                new.filing.form.code(),
                Json(new.filing),
                new.identity.map(Json),
                FilingState::Received.code(),
                new.replaces,
                words,
            ],
            |row| row.get(0),
        )?;
    step(db, id, &Step::plain(FilingState::Received, new.at, new.account))?;
    Ok(id)
}

/// Goes one step on.
pub(super) fn step(db: &Connection, filing: i64, step: &Step<'_>) -> Result<(), StoreError> {
    let version: i64 = db
        .prepare_cached(
            "UPDATE filing SET state = ?2, version = version + 1 WHERE id = ?1 RETURNING version",
        )?
        .query_row(params![filing, step.state.code()], |row| row.get(0))?;
    db.prepare_cached(
        "INSERT INTO filing_step (filing, version, state, at, account, reason, on_certificate, decision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        filing,
        version,
        step.state.code(),
        step.at.0,
        step.account,
        step.reason,
        step.on_certificate,
        step.decision.map(Json),
    ])?;
    Ok(())
}

/// Says by which one it was replaced.
pub(super) fn replaced_by(db: &Connection, filing: i64, by: i64) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE filing SET replaced_by = ?2 WHERE id = ?1")?.execute(params![filing, by])?;
    Ok(())
}
