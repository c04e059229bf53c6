//! `/api/v1/filing/evidence`: all that proves a filing, for the office whose it is and for the municipality.

use super::door;
use super::read::{Eye, Kept};
use crate::answer::{Done, Outcome};
use crate::audit::Line;
use crate::http::Authorised;
use crate::state::Shared;
use crate::store::{Connection, Json, OptionalExtension, Row, SqlError, StoreError};
use axum::extract::State;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::upstream::{
    AuditKind, CardProof, Evidence, EvidenceRequest, FilingEntry, Receipt, ServiceType, SignedText,
};

/// What proves a filing.
pub(crate) const PROOF: &str =
    "SELECT statement, signature, public_key, card_check, receipt FROM filing_proof WHERE filing = ?1";
/// What a card signed.
pub(crate) const CARD: &str = "SELECT origin, nonce, transaction_id, device, at, signature,
         certificate_sha256, public_key
     FROM card_check WHERE transaction_id = ?1";
/// The last decision.
pub(crate) const DECISION: &str = "SELECT decision FROM filing_step
     WHERE filing = ?1 AND decision IS NOT NULL ORDER BY version DESC LIMIT 1";

/// Whoever handed a filing in keeps its proof, also when the right to view the person is over.
pub(crate) async fn evidence(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<EvidenceRequest>,
) -> Outcome<Evidence> {
    let now = state.now();
    let answer = state
        .store
        .write(move |db| {
            let line = Line::new(&caller, Some(member.account), now, AuditKind::FilingEvidence.code());
            let kept = match door::own(db, &member, &body.number, &line)? {
                Ok(kept) => kept,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let eye = if member.staff.service == ServiceType::Municipality {
                Eye::Clerk(&caller.office)
            } else {
                Eye::Office(&caller.office, now)
            };
            line.about(Some(kept.person)).write(db)?;
            whole(db, &kept, eye.entry(db, &kept)?).map(Ok)
        })
        .await??;
    Ok(Done(answer))
}

fn whole(db: &Connection, kept: &Kept, entry: FilingEntry) -> Result<Evidence, StoreError> {
    let mut evidence = Evidence { entry, statement: None, card: None, receipt: None, decision: None };
    if let Some((statement, check, receipt)) = proof(db, kept.id)? {
        evidence.card = match check {
            Some(check) => db.prepare_cached(CARD)?.query_row([check], card).optional()?,
            None => None,
        };
        (evidence.statement, evidence.receipt) = (Some(statement), Some(receipt));
    }
    evidence.decision = db
        .prepare_cached(DECISION)?
        .query_row([kept.id], |row| {
            let Json(decision) = row.get(0)?;
            Ok(decision)
        })
        .optional()?;
    Ok(evidence)
}

/// Statement, transaction of the card's check, receipt; nothing of a filing on paper.
pub(super) fn proof(
    db: &Connection,
    filing: i64,
) -> Result<Option<(SignedText, Option<String>, Receipt)>, StoreError> {
    let found = db
        .prepare_cached(PROOF)?
        .query_row([filing], |row| {
            let statement = SignedText { text: row.get(0)?, signature: row.get(1)?, key: row.get(2)? };
            let Json(receipt) = row.get(4)?;
            Ok((statement, row.get(3)?, receipt))
        })
        .optional()?;
    Ok(found)
}

fn card(row: &Row<'_>) -> Result<CardProof, SqlError> {
    Ok(CardProof {
        origin: row.get(0)?,
        nonce: row.get(1)?,
        transaction: row.get(2)?,
        device: row.get(3)?,
        at: Time(row.get(4)?),
        signature: row.get(5)?,
        certificate_sha256: row.get(6)?,
        key: row.get(7)?,
    })
}
