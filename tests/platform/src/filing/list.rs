//! `/api/v1/filing/list`: the office's own filings, latest first.

use super::door;
use super::page::{self, Place};
use super::read::{Eye, question};
use crate::access::Gate;
use crate::answer::{Done, Outcome, business};
use crate::audit::Line;
use crate::http::Authorised;
use crate::state::Shared;
use crate::store::params;
use axum::extract::State;
use kakehashi_domain::upstream::{AuditKind, FilingsRequest, FilingsResponse};

/// A page of an office's list.
pub(crate) fn of_office() -> String {
    question(
        "f.office = ?1 AND (f.received_at, f.id) < (?2, ?3)
         ORDER BY f.received_at DESC, f.id DESC LIMIT ?4",
    )
}

/// A page of an office's list about one person.
pub(crate) fn of_person() -> String {
    question(
        "f.person = ?5 AND f.office = ?1 AND (f.received_at, f.id) < (?2, ?3)
         ORDER BY f.received_at DESC, f.id DESC LIMIT ?4",
    )
}

/// Whether somebody may read is decided by the account; a person nobody knows has no filings.
pub(crate) async fn list(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<FilingsRequest>,
) -> Outcome<FilingsResponse> {
    let now = state.now();
    let size = page::size(body.size)?;
    let place = Place::after(body.after.as_ref())?.unwrap_or(Place::LATEST);
    let answer = state
        .store
        .write(move |db| {
            let line = Line::new(&caller, Some(member.account), now, AuditKind::FilingList.code());
            if let Err(code) = door::office(&member) {
                line.refused(code).write(db)?;
                return Ok(Err(business(code)));
            }
            let (office, limit) = (caller.office.as_str(), size as i64 + 1);
            let (kept, next) = match &body.person {
                None => {
                    let asked = params![office, place.at, place.id, limit];
                    page::read(db, &of_office(), asked, size)?
                }
                Some(handle) => {
                    let person = Gate { db, member: &member, now }.asked(handle)?.person;
                    let asked = params![office, place.at, place.id, limit, person];
                    page::read(db, &of_person(), asked, size)?
                }
            };
            let eye = Eye::Office(&caller.office, now);
            let mut filings = Vec::with_capacity(kept.len());
            let mut people = Vec::new();
            for one in &kept {
                let entry = eye.entry(db, one)?;
                people.extend(entry.person.is_some().then_some(one.person));
                filings.push(entry);
            }
            people.sort_unstable();
            people.dedup();
            line.write_list(db, &people)?;
            Ok(Ok(FilingsResponse { now, filings, next }))
        })
        .await??;
    Ok(Done(answer))
}
