//! `/api/v1/consent/list`

use super::{concerning, door};
use crate::access::Gate;
use crate::answer::{Done, Outcome, business};
use crate::audit::Line;
use crate::http::Authorised;
use crate::state::Shared;
use axum::extract::State;
use kakehashi_domain::upstream::{AuditKind, ConsentListRequest, ConsentListResponse};

/// The records that concern this office.
pub(crate) async fn list(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<ConsentListRequest>,
) -> Outcome<ConsentListResponse> {
    let now = state.now();
    let consents = state
        .store
        .write(move |db| {
            let line = Line::new(&caller, Some(member.account), now, AuditKind::ConsentList.code());
            let person = match door::person(&Gate { db, member: &member, now }, &body.person)? {
                Ok((person, _)) => person,
                Err(denial) => {
                    line.refused(denial.code()).write(db)?;
                    return Ok(Err(business(denial.code())));
                }
            };
            line.about(Some(person)).write(db)?;
            concerning(db, person, &member.staff.office).map(Ok)
        })
        .await??;
    Ok(Done(ConsentListResponse { now, consents }))
}
