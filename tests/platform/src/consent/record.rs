//! `/api/v1/consent/record`

use super::{concerning, door};
use crate::access::Gate;
use crate::answer::{Done, Outcome, business};
use crate::audit::Line;
use crate::http::Authorised;
use crate::secret::random_text;
use crate::state::Shared;
use crate::store::{Json, StoreError, Transaction, params};
use axum::extract::State;
use kakehashi_domain::access::Denial;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::upstream::{
    AuditKind, ConsentListResponse, ConsentRecord, ConsentRecordRequest, ConsentTaker, ConsentTerms,
    ServiceType,
};

/// Letters a name or a version may have.
const LETTERS: usize = 100;

/// Records a consent this office took. The same one twice is one.
pub(crate) async fn record(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<ConsentRecordRequest>,
) -> Outcome<ConsentListResponse> {
    let now = state.now();
    let fits = body.terms.check(now).is_ok() && short(&body.terms);
    let consents = state
        .store
        .write_durably(move |db| {
            let line = Line::new(&caller, Some(member.account), now, AuditKind::ConsentRecorded.code());
            let gate = Gate { db, member: &member, now };
            let asked = door::person(&gate, &body.person)?.and_then(|(person, asked)| {
                // A municipality needs no right to view its own.
                let own = member.staff.service == ServiceType::Municipality;
                match asked.until {
                    _ if own => Ok(person),
                    None => Err(Denial::NotYours),
                    Some(until) if until <= now => Err(Denial::Over),
                    Some(_) => Ok(person),
                }
            });
            let person = match asked {
                Ok(person) if fits => person,
                asked => {
                    let code = asked.err();
                    let code = code.as_ref().map_or("UPS-142", Denial::code);
                    line.refused(code).write(db)?;
                    return Ok(Err(business(code)));
                }
            };
            let office = door::taker(&gate).map(|office| office.as_str());
            if !concerning(db, person, &member.staff.office)?.iter().any(|one| same(one, office, &body.terms))
            {
                insert(db, (person, office, member.account), &body.terms, now)?;
            }
            line.about(Some(person)).write(db)?;
            concerning(db, person, &member.staff.office).map(Ok)
        })
        .await??;
    Ok(Done(ConsentListResponse { now, consents }))
}

fn short(terms: &ConsentTerms) -> bool {
    let fits = |text: &Option<String>| text.as_ref().is_none_or(|text| text.chars().count() <= LETTERS);
    fits(&terms.giver_name) && fits(&terms.basis_version)
}

/// Whether this very paper is on record and stands.
fn same(one: &ConsentRecord, office: Option<&str>, terms: &ConsentTerms) -> bool {
    let taker = if office.is_none() { ConsentTaker::Municipality } else { ConsentTaker::Office };
    one.taker == taker && one.terms == *terms && one.withdrawal.is_none()
}

fn insert(
    db: &Transaction<'_>,
    (person, office, account): (i64, Option<&str>, i64),
    terms: &ConsentTerms,
    now: Time,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO data_consent (id, person, office, account, recorded_at, terms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![random_text::<16>()?, person, office, account, now.0, Json(terms)])?;
    Ok(())
}
