//! Every event of a person's cases, for an account that may see the progress.

use super::keep;
use crate::access::Viewing;
use crate::answer::{Done, Outcome};
use crate::http::Authorised;
use crate::state::Shared;
use axum::extract::State;
use kakehashi_domain::access::Information;
use kakehashi_domain::upstream::{CaseEvents, CaseEventsRequest, CaseEventsResponse};

/// `/api/v1/cases/events`
pub(crate) async fn events(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<CaseEventsRequest>,
) -> Outcome<CaseEventsResponse> {
    let now = state.now();
    let cases = state
        .store
        .write(move |db| {
            let viewing =
                Viewing { caller: &caller, information: Information::Progress, what: "case_events" };
            let person = match viewing.at(db, &member, &body.person, now)? {
                Ok((person, _)) => person,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let mut cases = Vec::new();
            // An office learns that the insurer said so; which of its clerks is the insurer's own matter.
            let municipal = member.staff.insurer.is_some();
            for kept in keep::of_person(db, person)? {
                let hands = if municipal { keep::hands(db, kept.id)? } else { Vec::new() };
                cases.push(CaseEvents { events: keep::events(db, kept.id)?, case: kept.case.id, hands });
            }
            Ok(Ok(cases))
        })
        .await??;
    Ok(Done(CaseEventsResponse { now, cases }))
}
