//! `/api/v1/documents/open`

use super::made::Made;
use super::source::{Shelf, information, kind_of, looked_at};
use crate::access::Gate;
use crate::answer::{Done, Outcome, Refusal, business};
use crate::audit::{Line, seen_lately};
use crate::http::Authorised;
use crate::person::register::named;
use crate::state::Shared;
use crate::store::StoreError;
use axum::extract::State;
use kakehashi_domain::access::{Denial, Grant};
use kakehashi_domain::upstream::{
    DocumentBody, DocumentHead, DocumentKind, DocumentOpenRequest, DocumentOpened, DocumentPart, Person,
};
use serde_json::Value;
use tokio::task::spawn_blocking;

/// A later piece belongs to a look that was written down so many seconds ago at most.
const ONE_LOOK_S: i64 = 15 * 60;

/// What was opened, and till when it may be shown.
struct Opened {
    made: Made,
    head: DocumentHead,
    whose: Person,
    grant: Grant,
}

/// Decided and written down in one change; the paper is made after it, so that a long one keeps nobody waiting.
pub(crate) async fn open(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<DocumentOpenRequest>,
) -> Outcome<DocumentOpened<Value>> {
    let (now, key) = (state.now(), state.key.clone());
    let DocumentOpenRequest { person: handle, document, part } = body;
    let opened = state
        .store
        .write(move |db| {
            let kind = kind_of(&document);
            let what = looked_at(kind);
            let gate = Gate { db, member: &member, now };
            let asked = gate.asked(&handle)?;
            let line = Line::new(&caller, Some(member.account), now, what.code()).about(asked.person);
            let refuse = |denial: Denial| {
                line.clone().refused(denial.code()).write(db)?;
                Ok(Err(business(denial.code())))
            };
            // The kind as a whole first: what is closed is not looked for.
            if let Err(denial) = gate.decide(&asked, information(kind), None)? {
                return refuse(denial);
            }
            let Some(person) = asked.person else { return refuse(Denial::NotYours) };
            let shelf = Shelf { db, key: &key, office: &member.staff.office, person, today: now.date() };
            let Some(made) = shelf.papers(kind)?.into_iter().find(|made| made.id == document) else {
                return refuse(Denial::Old);
            };
            let grant = match gate.decide(&asked, information(kind), Some(made.paper()))? {
                Ok(grant) => grant,
                Err(denial) => return refuse(denial),
            };
            let later = matches!(part, DocumentPart::Pdf { offset } if offset > 0);
            if !later || !seen_lately(db, &member, what, person, now.plus(-ONE_LOOK_S))? {
                line.write(db)?;
            }
            let whose = named(db, &handle)?;
            let head = shelf.head(&made, &whose)?;
            Ok(Ok(Opened { made, head, whose, grant }))
        })
        .await??;
    // A municipality's own have no 閲覧期限: they go with the session's token.
    let until = opened.grant.until.unwrap_or(now.plus(i64::from(state.rules.access_s)));
    let Opened { made, head, whose, .. } = opened;
    let shelf = state.clone();
    let body =
        spawn_blocking(move || part_of(&shelf, &made, &whose, part)).await.map_err(StoreError::other)??;
    Ok(Done(DocumentOpened { head, opened_at: now, until, body }))
}

fn part_of(
    state: &Shared,
    made: &Made,
    whose: &Person,
    part: DocumentPart,
) -> Result<DocumentBody<Value>, Refusal> {
    if let DocumentPart::Pdf { offset } = part {
        let file = state.originals.file(&made.id, || made.pdf(whose));
        return Ok(DocumentBody::Pdf(file.piece(offset)));
    }
    Ok(match (&made.judgement, made.kind) {
        (Some(judgement), _) => content(judgement)?,
        (_, DocumentKind::Opinion) => content(made.opinion(whose))?,
        (_, _) => content(made.survey(whose))?,
    })
}

fn content(paper: impl serde::Serialize) -> Result<DocumentBody<Value>, StoreError> {
    serde_json::to_value(paper).map(DocumentBody::Content).map_err(StoreError::other)
}
