//! `/api/v1/filing/cancel`: 取下げ, while the municipality has not decided.

use super::door;
use super::keep::{self, Step};
use super::read::{self, Eye};
use crate::answer::{Done, Outcome, Problem, business};
use crate::audit::Line;
use crate::http::Authorised;
use crate::state::Shared;
use axum::extract::State;
use kakehashi_domain::upstream::{AuditKind, CancelRequest, FilingEntry, FilingState, ServiceType};

/// Letters a reason may have.
pub(super) const LETTERS: usize = 400;

/// Whether something is said, and not too much of it.
pub(super) fn is_reason(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= LETTERS
}

/// Any number of times with the same outcome. What came on paper is taken back where it came.
pub(crate) async fn cancel(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<CancelRequest>,
) -> Outcome<FilingEntry> {
    let now = state.now();
    if !is_reason(&body.reason) {
        return Err(Problem::Malformed("reason").into());
    }
    let entry = state
        .store
        .write_durably(move |db| {
            let line = Line::new(&caller, Some(member.account), now, AuditKind::FilingCancelled.code());
            if member.staff.service == ServiceType::Municipality {
                line.refused("UPS-130").write(db)?;
                return Ok(Err(business("UPS-130")));
            }
            let kept = match door::own(db, &member, &body.number, &line)? {
                Ok(kept) => kept,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let (eye, line) = (Eye::Office(&caller.office, now), line.about(Some(kept.person)));
            let sent = kept.sender == caller.office.as_str();
            match kept.state {
                FilingState::Cancelled if sent => return eye.entry(db, &kept).map(Ok),
                FilingState::Received if sent => {}
                _ => {
                    line.refused("UPS-158").write(db)?;
                    return Ok(Err(business("UPS-158")));
                }
            }
            let plain = Step::plain(FilingState::Cancelled, now, member.account);
            keep::step(db, kept.id, &Step { reason: Some(body.reason.trim()), ..plain })?;
            line.write(db)?;
            let after = read::find(db, &read::of_office(), &kept.number, caller.office.as_str())?;
            eye.entry(db, &after.unwrap_or(kept)).map(Ok)
        })
        .await??;
    Ok(Done(entry))
}
