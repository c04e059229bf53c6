//! `/api/v1/documents/still`

use super::source::{Shelf, information, kind_of, looked_at};
use crate::access::Gate;
use crate::answer::{Done, Outcome, business};
use crate::audit::Line;
use crate::http::Authorised;
use crate::state::Shared;
use crate::store::Transaction;
use axum::extract::State;
use kakehashi_domain::access::Denial;
use kakehashi_domain::upstream::{DocumentStill, DocumentStillRequest};

/// Decided as [`open`](super::open) decides. Nothing is shown, so that only a refusal is written down: with it
/// the paper leaves a screen.
pub(crate) async fn still(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<DocumentStillRequest>,
) -> Outcome<DocumentStill> {
    let (now, key, again_in_s) = (state.now(), state.key.clone(), state.rules.cases_again_s);
    let kind = kind_of(&body.document);
    let account = member.account;
    let decided = state
        .store
        .read(move |db| {
            let gate = Gate { db, member: &member, now };
            let asked = gate.asked(&body.person)?;
            if let Err(denial) = gate.decide(&asked, information(kind), None)? {
                return Ok(Err((asked.person, denial)));
            }
            let Some(person) = asked.person else { return Ok(Err((None, Denial::NotYours))) };
            let shelf = Shelf { db, key: &key, office: &member.staff.office, person, today: now.date() };
            let made = shelf.papers(kind)?.into_iter().find(|made| made.id == body.document);
            let decided = match made {
                Some(made) => gate.decide(&asked, information(kind), Some(made.paper()))?.map(drop),
                None => Err(Denial::Old),
            };
            Ok(decided.map_err(|denial| (Some(person), denial)))
        })
        .await?;
    let Err((person, denial)) = decided else { return Ok(Done(DocumentStill { again_in_s })) };
    let what = looked_at(kind);
    let refused = move |db: &Transaction<'_>| {
        Line::new(&caller, Some(account), now, what.code()).about(person).refused(denial.code()).write(db)
    };
    state.store.write(refused).await?;
    Err(business(denial.code()).into())
}
