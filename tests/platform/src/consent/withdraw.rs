//! `/api/v1/consent/withdraw`

use super::{concerning, door};
use crate::access::Gate;
use crate::answer::{Done, Outcome, business};
use crate::audit::Line;
use crate::http::Authorised;
use crate::state::Shared;
use crate::store::{Json, params};
use axum::extract::State;
use kakehashi_domain::access::Denial;
use kakehashi_domain::upstream::{AuditKind, ConsentListResponse, ConsentWithdrawRequest};

/// Letters a reason may have.
const LETTERS: usize = 500;

/// Withdraws a consent, at once. The first withdrawal stays as it was written.
pub(crate) async fn withdraw(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<ConsentWithdrawRequest>,
) -> Outcome<ConsentListResponse> {
    let now = state.now();
    let consents = state
        .store
        .write_durably(move |db| {
            let line = Line::new(&caller, Some(member.account), now, AuditKind::ConsentWithdrawn.code());
            let asked = door::person(&Gate { db, member: &member, now }, &body.person)?;
            let asked = asked.map(|(person, _)| person);
            let reason = body.reason.as_deref().map(|reason| first(reason, LETTERS));
            let records = concerning(db, asked.unwrap_or(-1), &member.staff.office)?;
            let person = match asked {
                Ok(person) if records.iter().any(|one| one.id == body.consent) => person,
                asked => {
                    let denial = asked.err();
                    let code = denial.as_ref().map_or("UPS-142", Denial::code);
                    line.refused(code).write(db)?;
                    return Ok(Err(business(code)));
                }
            };
            let account = member.account;
            db.prepare_cached(
                "UPDATE data_consent SET withdrawn_at = ?3, withdrawn_by = ?4, withdrawal_account = ?5,
                     withdrawal_reason = ?6
                 WHERE id = ?1 AND person = ?2 AND withdrawn_at IS NULL",
            )?
            .execute(params![body.consent.0, person, now.0, Json(body.by), account, reason])?;
            line.about(Some(person)).write(db)?;
            concerning(db, person, &member.staff.office).map(Ok)
        })
        .await??;
    Ok(Done(ConsentListResponse { now, consents }))
}

/// The first letters of a text: a withdrawal is never refused for being explained at length.
fn first(text: &str, letters: usize) -> String {
    text.chars().take(letters).collect()
}
