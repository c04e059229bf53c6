//! `/api/v1/documents/list`

use super::made::Made;
use super::source::{Shelf, information};
use crate::access::Gate;
use crate::answer::{Done, Outcome};
use crate::audit::Line;
use crate::http::Authorised;
use crate::person::register::named;
use crate::state::Shared;
use crate::store::StoreError;
use axum::extract::State;
use kakehashi_domain::access::Denial;
use kakehashi_domain::upstream::{
    AuditKind, DocumentHead, DocumentKind, DocumentListRequest, DocumentListResponse, DocumentShelf,
};

/// Each kind: closed as a whole, or its papers, each with the reason when it alone is closed. What is closed is
/// not looked for.
pub(crate) async fn list(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<DocumentListRequest>,
) -> Outcome<DocumentListResponse> {
    let (now, key) = (state.now(), state.key.clone());
    let kinds = state
        .store
        .write(move |db| {
            let gate = Gate { db, member: &member, now };
            let asked = gate.asked(&body.person)?;
            let mut kinds = Vec::new();
            for kind in DocumentKind::ALL.iter().copied() {
                let closed = gate.decide(&asked, information(kind), None)?.err();
                let documents = match (closed, asked.person) {
                    (None, Some(person)) => {
                        let office = &member.staff.office;
                        let shelf = Shelf { db, key: &key, office, person, today: now.date() };
                        let whose = named(db, &body.person)?;
                        let head = |made: Made| -> Result<DocumentHead, StoreError> {
                            let closed = gate.decide(&asked, information(kind), Some(made.paper()))?.err();
                            Ok(DocumentHead { closed, ..shelf.head(&made, &whose)? })
                        };
                        shelf.papers(kind)?.into_iter().map(head).collect::<Result<_, _>>()?
                    }
                    _ => Vec::new(),
                };
                kinds.push(DocumentShelf { kind, closed, documents });
            }
            let mut line = Line::new(&caller, Some(member.account), now, AuditKind::DocumentList.code());
            line = line.about(asked.person);
            // Refused is what shows nothing at all.
            let closed: Option<Vec<&Denial>> = kinds.iter().map(|shelf| shelf.closed.as_ref()).collect();
            if let Some(denial) = closed.as_ref().and_then(|all| all.first()) {
                line = line.refused(denial.code());
            }
            line.write(db)?;
            Ok(kinds)
        })
        .await?;
    Ok(Done(DocumentListResponse { now, kinds }))
}
