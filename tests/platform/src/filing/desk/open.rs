//! `/api/v1/municipality/filing`: one filing with the register's word.

use super::super::evidence::proof;
use super::super::read::{self, Eye, Kept, kept, question};
use crate::answer::{Done, Outcome, business};
use crate::audit::Line;
use crate::http::Authorised;
use crate::municipality::{Clerk, clerk};
use crate::person::sheets::RECORD;
use crate::state::Shared;
use crate::store::{Connection, Kind, OptionalExtension, StoreError, params};
use axum::extract::State;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::filing::{Confirmation, FilingNumber, Statement};
use kakehashi_domain::number::OfficeNumber;
use kakehashi_domain::qualification::{Content, InsuranceCertificate, Sheet};
use kakehashi_domain::raw::Raw;
use kakehashi_domain::upstream::{AuditKind, InboxOpenRequest, InboxOpened, Register};

/// Other filings of a person that are undecided or accepted, latest first.
pub(crate) fn others() -> String {
    question(
        "f.person = ?1 AND f.id <> ?2 AND f.state IN ('received', 'accepted')
         ORDER BY f.received_at DESC, f.id DESC",
    )
}

/// Opens one.
pub(crate) async fn open(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<InboxOpenRequest>,
) -> Outcome<InboxOpened> {
    let now = state.now();
    let answer = state
        .store
        .write(move |db| {
            let line = Line::new(&caller, Some(member.account), now, AuditKind::FilingOpened.code());
            let clerk = match clerk(db, &member.staff, &line)? {
                Ok(clerk) => clerk,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let Some(kept) = find(db, &clerk, &body.number)? else {
                line.refused("UPS-157").write(db)?;
                return Ok(Err(business("UPS-157")));
            };
            line.about(Some(kept.person)).write(db)?;
            opened(db, &caller.office, &kept).map(Ok)
        })
        .await??;
    Ok(Done(answer))
}

/// A filing of the clerk's insurer.
pub(super) fn find(
    db: &Connection,
    clerk: &Clerk,
    number: &FilingNumber,
) -> Result<Option<Kept>, StoreError> {
    read::find(db, &read::of_insurer(), number, clerk.insurer.as_str())
}

/// A filing on the desk.
pub(super) fn opened(db: &Connection, office: &OfficeNumber, kept: &Kept) -> Result<InboxOpened, StoreError> {
    let eye = Eye::Clerk(office);
    Ok(InboxOpened {
        entry: eye.entry(db, kept)?,
        filing: kept.filing.clone(),
        identity: kept.identity.clone(),
        confirmation: confirmation(db, kept.id)?,
        register: Register { certificate: certificate(db, kept.person)?, others: rest(db, eye, kept)? },
    })
}

fn confirmation(db: &Connection, filing: i64) -> Result<Option<Confirmation>, StoreError> {
    let Some((statement, ..)) = proof(db, filing)? else { return Ok(None) };
    let statement: Statement = serde_json::from_str(&statement.text).map_err(StoreError::other)?;
    Ok(Some(statement.confirmation))
}

fn certificate(db: &Connection, person: i64) -> Result<Option<InsuranceCertificate>, StoreError> {
    let content: Option<String> = db
        .prepare_cached(RECORD)?
        .query_row(params![person, Kind::Certificate.name()], |row| row.get(2))
        .optional()?;
    let Some(content) = content else { return Ok(None) };
    let raw: Raw = serde_json::from_str(&content).map_err(StoreError::other)?;
    let sheet = Sheet::<InsuranceCertificate>::of_raw(Time(0), String::new(), &raw);
    Ok(match sheet.content {
        Content::Present(paper) => Some(paper),
        _ => None,
    })
}

fn rest(
    db: &Connection,
    eye: Eye<'_>,
    of: &Kept,
) -> Result<Vec<kakehashi_domain::upstream::FilingEntry>, StoreError> {
    let mut select = db.prepare_cached(&others())?;
    let all = select.query_map(params![of.person, of.id], kept)?.collect::<Result<Vec<_>, _>>()?;
    all.iter().map(|one| eye.entry(db, one)).collect()
}
