//! Entering facts into one case: all of them or none, and only on what the clerk had on the screen.

use super::queue::entry;
use super::reflect::Register;
use super::{Clerk, clerk};
use crate::answer::{Done, Outcome, Problem};
use crate::audit::Line;
use crate::cases::keep::{self, Hand, Kept};
use crate::http::Authorised;
use crate::state::Shared;
use crate::store::{Connection, StoreError};
use axum::extract::State;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::certification::{Contradiction, Event, Fact, Outcome as End};
use kakehashi_domain::upstream::{Conflict, EnterRequest, EnterResponse};

/// `/api/v1/municipality/enter`
pub(crate) async fn enter(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<EnterRequest>,
) -> Outcome<EnterResponse> {
    let now = state.now();
    if !body.facts.iter().all(is_known) {
        return Err(Problem::Malformed("facts").into());
    }
    let answer = state
        .store
        .write(move |db| {
            let line = Line::new(&caller, Some(member.account), now, "entered");
            let clerk = match clerk(db, &member.staff, &line)? {
                Ok(clerk) => clerk,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let Some(kept) = keep::by_name(db, &body.case, &clerk.insurer)? else {
                return Ok(Ok(EnterResponse::Refused(vec![Contradiction::Unknown])));
            };
            let saved = match decide(db, &kept, &body, (member.account, now))? {
                Step::Answer(answer) => return Ok(Ok(answer)),
                Step::Again => kept,
                Step::Enter => {
                    save(db, &kept, &body, (&clerk, member.account, now))?;
                    line.about(Some(kept.person)).write(db)?;
                    keep::by_name(db, &body.case, &clerk.insurer)?.unwrap_or(kept)
                }
            };
            Ok(Ok(EnterResponse::Saved(Box::new(entry(db, &caller.office, &saved)?))))
        })
        .await??;
    Ok(Done(answer))
}

/// What becomes of a request.
enum Step {
    Answer(EnterResponse),
    /// It was entered already: the same request, sent again.
    Again,
    Enter,
}

fn decide(
    db: &Connection,
    kept: &Kept,
    request: &EnterRequest,
    (account, now): (i64, Time),
) -> Result<Step, StoreError> {
    let case = &kept.case;
    if request.version != case.version {
        let mut since = Vec::new();
        let mut own = true;
        for (event, by) in keep::since(db, kept.id, request.version)? {
            own &= by == Some(account);
            since.push(event);
        }
        let same = |fact: &Fact| since.iter().any(|event| event.fact == *fact);
        if own && since.len() == request.facts.len() && request.facts.iter().all(same) {
            return Ok(Step::Again);
        }
        let (by, at) = (kept.changed_by.clone(), case.changed_at);
        let conflict = Conflict { by, at, case: case.clone(), since };
        return Ok(Step::Answer(EnterResponse::Conflict(Box::new(conflict))));
    }
    let found = case.entry(&request.facts, now.date());
    let against: Vec<_> = found.into_iter().filter(|one| one.refuses()).collect();
    Ok(match against.is_empty() {
        true if request.facts.is_empty() => Step::Again,
        true => Step::Enter,
        false => Step::Answer(EnterResponse::Refused(against)),
    })
}

fn save(
    db: &Connection,
    kept: &Kept,
    request: &EnterRequest,
    (clerk, account, now): (&Clerk, i64, Time),
) -> Result<(), StoreError> {
    let version = kept.case.version.saturating_add(1);
    let event = |fact: &Fact| Event { version, at: now, source: clerk.source.clone(), fact: fact.clone() };
    let events: Vec<Event> = request.facts.iter().map(event).collect();
    let hand = Hand { account: Some(account), name: &clerk.name };
    let after = keep::enter(db, kept.id, &request.case, &events, hand)?;
    Register { db, person: kept.person, now, source: &clerk.source }.reflect(&kept.case, &after)
}

/// Whether all its codes are known here, and no text is longer than a notice has room for.
pub(super) fn is_known(fact: &Fact) -> bool {
    let fits = |text: &Option<String>| text.as_ref().is_none_or(|text| text.chars().count() <= 400);
    match fact {
        Fact::Application(application) => application.kind.unknown().is_none(),
        Fact::Outcome(End::Certified { level, .. }) => level.unknown().is_none(),
        Fact::Outcome(End::Dismissed { reason, .. }) => fits(reason),
        Fact::Postponement(notice) => fits(&notice.reason),
        Fact::Cleared(step) => step.unknown().is_none(),
        _ => true,
    }
}
