//! The five kinds, for an office that may see them. Every viewing is written down before it is shown.

use super::register;
use super::sheets::{Answer, Look};
use crate::answer::{Done, Outcome, business};
use crate::http::Authorised;
use crate::state::Shared;
use axum::extract::State;
use kakehashi_domain::upstream::QualificationRequest;

/// `/api/v1/person/qualification`
pub(crate) async fn qualification(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<QualificationRequest>,
) -> Outcome<Answer> {
    let (now, failing) = (state.now(), state.failing.kinds());
    let found = state
        .store
        .write(move |db| {
            let Some((person, right)) = register::right(db, &caller.office, &body.person)? else {
                return Ok(Err(business("UPS-121")));
            };
            if right.until <= now {
                return Ok(Err(business("UPS-120")));
            }
            register::note(db, &caller, now, "qualification", Some(member.account), Some(person))?;
            let who = register::named(db, &body.person)?;
            Look { db, now, failing: &failing }.answer(who, person).map(Ok)
        })
        .await??;
    Ok(Done(found))
}
