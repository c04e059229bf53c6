//! The card's answer to a challenge → a person and a viewing right; of a challenge for a 届出 it is kept as the
//! proof of identity that the statement names.
//!
//! Order, and what each step answers: challenge (201, 208), origin (208), issuer (205), validity (203),
//! kind of certificate (207), revocation (204), signature (202), person (206).

use super::certificate::UnverifiedCertificate;
use super::challenge;
use crate::access::Gate;
use crate::answer::{Done, Outcome, business};
use crate::audit::Line;
use crate::http::{Authorised, Caller};
use crate::person;
use crate::pki::jpki::TEST_AUTH_POLICY;
use crate::secret::{hex, public_key_pem};
use crate::session::Member;
use crate::state::{Shared, State as Shelf};
use crate::store::{OptionalExtension, StoreError, Transaction, params};
use axum::extract::State;
use base64ct::{Base64UrlUnpadded, Encoding};
use kakehashi_domain::access::Information;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::upstream::{
    AssertionRequest, AuditKind, BusinessError, Found, Purpose, ViewingRight, Way, signed_digest,
};
use sha2::{Digest, Sha256};

/// Whose card it is.
pub(crate) const BOUND: &str = "SELECT person FROM card_binding WHERE spki = ?1";

/// Checks for 届出 that were never used, and can be no more.
pub(crate) const OVER: &str = "DELETE FROM card_check WHERE used_by IS NULL AND at <= ?1";

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
    let spent =
        state.store.write(move |db| challenge::spend(db, &spender, &holder, &transaction, now)).await??;
    if caller.origin.as_deref() != Some(body.origin.as_str()) {
        return Err(business("UPS-208").into());
    }
    let Proof { binding, public_key } = prove(&state, &body, &spent.nonce, &caller.device, now)?;
    let until = now.plus(i64::from(state.rules.right_by_card_s));
    let check_s = i64::from(state.rules.filing_check_s);
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
            if spent.purpose == Purpose::File {
                // Nobody can name an old one any more.
                db.prepare_cached(OVER)?.execute([now.plus(-check_s).0])?;
                let made = Made { body: &body, nonce: &spent.nonce, public_key: &public_key };
                keep(db, (&caller, &member), person, &made, now)?;
            }
            let right = ViewingRight { way: Way::Card, until };
            person::grant(db, &caller.office, person, right).map(Ok)
        })
        .await??;
    Ok(Done(found))
}

/// A check to be kept.
struct Made<'a> {
    body: &'a AssertionRequest,
    nonce: &'a str,
    public_key: &'a str,
}

/// Keeps a check for a 届出: everything the card's signature is computed from, and its public key. The
/// certificate holds its serial number and is not kept.
fn keep(
    db: &Transaction<'_>,
    (caller, member): (&Caller, &Member),
    person: i64,
    made: &Made<'_>,
    now: Time,
) -> Result<(), StoreError> {
    let certificate =
        Base64UrlUnpadded::decode_vec(&made.body.unverified_certificate).map_err(StoreError::other)?;
    db.prepare_cached(
        "INSERT INTO card_check (transaction_id, account, person, device, at, origin, nonce, signature,
             certificate_sha256, public_key)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute(params![
        made.body.transaction,
        member.account,
        person,
        caller.device,
        now.0,
        made.body.origin,
        made.nonce,
        made.body.signature,
        hex(&Sha256::digest(certificate)),
        made.public_key,
    ])?;
    Ok(())
}

/// What a card has proved.
struct Proof {
    /// What its holder is bound by.
    binding: [u8; 32],
    /// PEM.
    public_key: String,
}

/// Checks certificate and signature.
fn prove(
    state: &Shelf,
    body: &AssertionRequest,
    nonce: &str,
    device: &str,
    now: Time,
) -> Result<Proof, BusinessError> {
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
    let public_key = public_key_pem(certificate.spki()).map_err(|_| business("UPS-207"))?;
    Ok(Proof { binding: state.key.binding(certificate.spki()), public_key })
}
