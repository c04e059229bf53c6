//! The five kinds, for an office that may see them. Every viewing is written down before it is shown.

use super::register;
use super::sheets::{Answer, Look};
use crate::access::Viewing;
use crate::answer::{Done, Outcome};
use crate::http::Authorised;
use crate::state::Shared;
use axum::extract::State;
use kakehashi_domain::access::Information;
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
            let viewing =
                Viewing { caller: &caller, information: Information::Qualification, what: "qualification" };
            let person = match viewing.at(db, &member, &body.person, now)? {
                Ok((person, _)) => person,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let who = register::named(db, &body.person)?;
            Look { db, now, failing: &failing }.answer(who, person).map(Ok)
        })
        .await??;
    Ok(Done(found))
}
