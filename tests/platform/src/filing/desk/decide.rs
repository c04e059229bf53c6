//! `/api/v1/municipality/decide`: 受理 and 差戻し, only on what the clerk had on the screen.

use super::super::cancel::is_reason;
use super::super::evidence::proof;
use super::super::keep::{self, Step};
use super::super::read::Kept;
use super::super::seal::{Seal, Verdict};
use super::open::{find, opened};
use crate::answer::{Done, Outcome, Problem, business};
use crate::audit::Line;
use crate::http::Authorised;
use crate::municipality::clerk;
use crate::municipality::reflect::Register;
use crate::state::Shared;
use crate::store::{Connection, OptionalExtension, StoreError, params};
use axum::extract::State;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::qualification::PlanOffice;
use kakehashi_domain::upstream::{AuditKind, DecideRequest, DecideResponse, Decision, FilingState};
use std::sync::Arc;

/// A step of a filing: whose it was, and what.
pub(crate) const STEP: &str =
    "SELECT account, state, reason FROM filing_step WHERE filing = ?1 AND version = ?2";

/// Decides.
pub(crate) async fn decide(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<DecideRequest>,
) -> Outcome<DecideResponse> {
    let now = state.now();
    if matches!(&body.decision, Decision::Return { reason } if !is_reason(reason)) {
        return Err(Problem::Malformed("reason").into());
    }
    let shared = Arc::clone(&state);
    let answer = state
        .store
        .write_durably(move |db| {
            let line = Line::new(&caller, Some(member.account), now, AuditKind::FilingDecided.code());
            let clerk = match clerk(db, &member.staff, &line)? {
                Ok(clerk) => clerk,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let Some(kept) = find(db, &clerk, &body.number)? else {
                line.refused("UPS-157").write(db)?;
                return Ok(Err(business("UPS-157")));
            };
            if kept.version != body.version || kept.state != FilingState::Received {
                let again = is_again(db, &kept, &body, member.account)?;
                let opened = Box::new(opened(db, &caller.office, &kept)?);
                let answer = if again { DecideResponse::Saved } else { DecideResponse::Conflict };
                return Ok(Ok(answer(opened)));
            }
            let hand = Hand { db, seal: &shared.seal, source: &clerk.source, account: member.account, now };
            hand.decide(&kept, &body.decision)?;
            line.about(Some(kept.person)).write(db)?;
            let after = find(db, &clerk, &body.number)?.unwrap_or(kept);
            Ok(Ok(DecideResponse::Saved(Box::new(opened(db, &caller.office, &after)?))))
        })
        .await??;
    Ok(Done(answer))
}

/// Whether the very same was decided on this version by this account, and nothing since: the request was sent
/// again.
fn is_again(db: &Connection, kept: &Kept, request: &DecideRequest, account: i64) -> Result<bool, StoreError> {
    if request.version.checked_add(1) != Some(kept.version) {
        return Ok(false);
    }
    let step: Option<(i64, String, Option<String>)> = db
        .prepare_cached(STEP)?
        .query_row(params![kept.id, kept.version], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let (state, reason) = said(&request.decision);
    Ok(step.is_some_and(|(by, was, why)| by == account && was == state.code() && why.as_deref() == reason))
}

fn said(decision: &Decision) -> (FilingState, Option<&str>) {
    match decision {
        Decision::Accept => (FilingState::Accepted, None),
        Decision::Return { reason } => (FilingState::Returned, Some(reason.trim())),
    }
}

/// One clerk at work.
pub(crate) struct Hand<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) seal: &'a Seal,
    /// The insurer, in words.
    pub(crate) source: &'a str,
    pub(crate) account: i64,
    pub(crate) now: Time,
}

impl Hand<'_> {
    /// Decides on a filing that is undecided.
    pub(in crate::filing) fn decide(&self, kept: &Kept, decision: &Decision) -> Result<(), StoreError> {
        let (state, reason) = said(decision);
        let on_certificate = match decision {
            Decision::Accept => self.accept(kept)?,
            Decision::Return { .. } => false,
        };
        let sha256 = proof(self.db, kept.id)?.map(|(.., receipt)| receipt.sha256);
        let decision = self.seal.decision(&Verdict {
            number: &kept.number,
            state,
            reason,
            on_certificate,
            at: self.now,
            sha256: sha256.as_deref(),
            by: self.source,
        })?;
        let (account, decision) = (self.account, Some(&decision));
        keep::step(self.db, kept.id, &Step { state, at: self.now, account, reason, on_certificate, decision })
    }

    /// The plan office stands on the 被保険者証 since, with the day the filing came; what it replaces is over.
    fn accept(&self, kept: &Kept) -> Result<bool, StoreError> {
        let (db, now) = (self.db, self.now);
        if let Some(old) = kept.replaces {
            let stands: String = db
                .prepare_cached("SELECT state FROM filing WHERE id = ?1")?
                .query_row([old], |row| row.get(0))?;
            if stands == FilingState::Accepted.code() {
                keep::step(db, old, &Step::plain(FilingState::Superseded, now, self.account))?;
                keep::replaced_by(db, old, kept.id)?;
            }
        }
        let office = &kept.filing.office;
        let plan = PlanOffice {
            number: Some(office.number.clone()),
            name: office.name.clone(),
            filed_on: kept.received_on,
        };
        Register { db, person: kept.person, now, source: self.source }.plan_office(&plan)
    }
}
