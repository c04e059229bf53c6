//! `/api/v1/audit/list`: the office's own record, for its administrator.

use super::Line;
use super::page::{self, Page, Place};
use crate::answer::{Done, Outcome, Problem, business};
use crate::http::Authorised;
use crate::state::Shared;
use axum::extract::State;
use kakehashi_domain::access::may_read_audit;
use kakehashi_domain::upstream::{AuditKind, AuditRequest, AuditResponse};

/// Entries a page may have.
const MOST: u16 = 500;

/// A page, latest first. Whether somebody may read is decided by the account, before anything is looked up.
pub(crate) async fn list(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<AuditRequest>,
) -> Outcome<AuditResponse> {
    let now = state.now();
    if !(1..=MOST).contains(&body.size) {
        return Err(Problem::Malformed("size").into());
    }
    let after =
        body.after.as_ref().map(Place::of_mark).transpose().map_err(|_| Problem::Malformed("after"))?;
    let page = state
        .store
        .write(move |db| {
            let line = Line::new(&caller, Some(member.account), now, AuditKind::AuditList.code());
            if let Err(denial) = may_read_audit(&member.staff) {
                line.refused(denial.code()).write(db)?;
                return Ok(Err(business(denial.code())));
            }
            let found = page::read(db, &Page { office: &member.staff.office, wanted: &body, after })?;
            line.write(db)?;
            Ok(Ok(found))
        })
        .await??;
    Ok(Done(page))
}
