//! The card's answer to a challenge → a person and a viewing right.
//!
//! Order, and what each step answers: challenge (201, 208), origin (208), issuer (205), validity (203),
//! kind of certificate (207), revocation (204), signature (202), person (206).

use super::certificate::UnverifiedCertificate;
use super::challenge;
use crate::access::Gate;
use crate::answer::{Done, Outcome, business};
use crate::audit::Line;
use crate::http::Authorised;
use crate::person;
use crate::pki::jpki::TEST_AUTH_POLICY;
use crate::state::{Shared, State as Shelf};
use crate::store::{OptionalExtension, Transaction};
use axum::extract::State;
use base64ct::{Base64UrlUnpadded, Encoding};
use kakehashi_domain::access::Information;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::upstream::{
    AssertionRequest, AuditKind, BusinessError, Found, ViewingRight, Way, signed_digest,
};

/// Whose card it is.
pub(crate) const BOUND: &str = "SELECT person FROM card_binding WHERE spki = ?1";

/// `/api/v1/card/assertion`
pub(crate) async fn assertion(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<AssertionRequest>,
) -> Outcome<Found> {
    let now = state.now();
    if let Err(refusal) = Gate::may_ask(&member, Information::Qualification) {
        let line = move |db: &Transaction<'_>| {
            let line = Line::new(&caller, Some(member.account), now, AuditKind::Card.code());
            line.refused(&refusal.code).write(db).map(|()| refusal)
        };
        return Err(state.store.write(line).await?.into());
    }
    let (spender, holder, transaction) = (caller.clone(), member.clone(), body.transaction.clone());
    let nonce =
        state.store.write(move |db| challenge::spend(db, &spender, &holder, &transaction, now)).await??;
    if caller.origin.as_deref() != Some(body.origin.as_str()) {
        return Err(business("UPS-208").into());
    }
    let binding = prove(&state, &body, &nonce, &caller.device, now)?;
    let until = now.plus(i64::from(state.rules.right_by_card_s));
    let found = state
        .store
        .write(move |db| {
            let note = |what| Line::new(&caller, Some(member.account), now, what);
            let person: Option<i64> =
                db.prepare_cached(BOUND)?.query_row([binding], |row| row.get(0)).optional()?;
            let Some(person) = person else {
                note("card_unbound").refused("UPS-206").write(db)?;
                return Ok(Err(business("UPS-206")));
            };
            note("found_by_card").about(Some(person)).write(db)?;
            let right = ViewingRight { way: Way::Card, until };
            person::grant(db, &caller.office, person, right).map(Ok)
        })
        .await??;
    Ok(Done(found))
}

/// Checks certificate and signature; gives what the card's holder is bound by.
fn prove(
    state: &Shelf,
    body: &AssertionRequest,
    nonce: &str,
    device: &str,
    now: Time,
) -> Result<[u8; 32], BusinessError> {
    let bytes = Base64UrlUnpadded::decode_vec(&body.unverified_certificate);
    let certificate = bytes.ok().and_then(|bytes| UnverifiedCertificate::read(&bytes));
    let certificate = certificate
        .ok_or_else(|| business("UPS-207"))?
        .verify(&state.trust, TEST_AUTH_POLICY, now)
        .map_err(|flaw| business(flaw.code()))?;
    let signature = Base64UrlUnpadded::decode_vec(&body.signature).map_err(|_| business("UPS-202"))?;
    let hash = signed_digest(&body.origin, nonce, &body.transaction, device);
    if !certificate.signed_hash(&hash, &signature) {
        return Err(business("UPS-202"));
    }
    Ok(state.key.binding(certificate.spki()))
}
