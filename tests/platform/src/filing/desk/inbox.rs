//! `/api/v1/municipality/filings`: undecided filings oldest first, others latest first.

use super::super::page::{self, Place};
use super::super::read::{Eye, question};
use crate::answer::{Done, Outcome};
use crate::audit::Line;
use crate::http::Authorised;
use crate::municipality::clerk;
use crate::state::Shared;
use crate::store::params;
use axum::extract::State;
use kakehashi_domain::search::normal;
use kakehashi_domain::upstream::{AuditKind, FilingState, InboxRequest, InboxResponse};

/// What is a column.
const FILTER: &str = "f.insurer = ?1 AND f.state = ?2 AND (CAST(?3 AS TEXT) IS NULL OR f.form = ?3)
         AND (CAST(?4 AS TEXT) IS NULL OR instr(f.words, ?4) > 0)";

/// A page.
pub(crate) fn sql(latest_first: bool) -> String {
    let (than, order) = if latest_first { ("<", " DESC") } else { (">", "") };
    question(&format!(
        "{FILTER} AND (f.received_at, f.id) {than} (?5, ?6)
         ORDER BY f.received_at{order}, f.id{order} LIMIT ?7"
    ))
}

/// How many there are in all.
pub(crate) fn count() -> String {
    format!("SELECT count(*) FROM filing f WHERE {FILTER}")
}

/// A page of the inbox.
pub(crate) async fn inbox(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<InboxRequest>,
) -> Outcome<InboxResponse> {
    let now = state.now();
    let size = page::size(body.size)?;
    let after = Place::after(body.after.as_ref())?;
    let answer = state
        .store
        .write(move |db| {
            let line = Line::new(&caller, Some(member.account), now, AuditKind::FilingList.code());
            let clerk = match clerk(db, &member.staff, &line)? {
                Ok(clerk) => clerk,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let state = body.state.unwrap_or(FilingState::Received);
            let latest_first = state != FilingState::Received;
            let place = after.unwrap_or(if latest_first { Place::LATEST } else { Place::OLDEST });
            let form = body.form.as_ref().map(|form| form.code());
            let text = body.text.as_deref().map(normal).filter(|text| !text.is_empty());
            let insurer = clerk.insurer.as_str();
            let asked = params![insurer, state.code(), form, text, place.at, place.id, size as i64 + 1];
            let (kept, next) = page::read(db, &sql(latest_first), asked, size)?;
            let total = db
                .prepare_cached(&count())?
                .query_row(params![insurer, state.code(), form, text], |row| row.get(0))?;
            let eye = Eye::Clerk(&caller.office);
            let filings = kept.iter().map(|one| eye.entry(db, one)).collect::<Result<Vec<_>, _>>()?;
            let mut people: Vec<i64> = kept.iter().map(|one| one.person).collect();
            people.sort_unstable();
            people.dedup();
            line.write_list(db, &people)?;
            Ok(Ok(InboxResponse { now, filings, next, total }))
        })
        .await??;
    Ok(Done(answer))
}
