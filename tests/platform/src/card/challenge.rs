//! A challenge: good once, for this session in this browser, for a few minutes.

use crate::answer::{Done, Outcome, business};
use crate::http::{Authorised, Caller};
use crate::secret::random_text;
use crate::session::Member;
use crate::state::Shared;
use crate::store::{OptionalExtension, StoreError, Transaction, params};
use axum::extract::State;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::upstream::{BusinessError, ChallengeRequest, ChallengeResponse};

/// Most challenges a session has at a time; the oldest goes for a new one.
const OPEN: i64 = 16;

/// `/api/v1/card/challenge`
pub(crate) async fn challenge(
    State(state): State<Shared>,
    Authorised { caller, member, body: ChallengeRequest { purpose: _ } }: Authorised<ChallengeRequest>,
) -> Outcome<ChallengeResponse> {
    let (transaction, nonce) = (random_text::<16>()?, random_text::<32>()?);
    let now = state.now();
    let ends_at = now.plus(i64::from(state.rules.challenge_s));
    let kept = (transaction.clone(), nonce.clone());
    state
        .store
        .write(move |db| {
            db.prepare_cached("DELETE FROM challenge WHERE session = ?1 AND ends_at <= ?2")?
                .execute(params![member.session, now.0])?;
            db.prepare_cached(
                "DELETE FROM challenge WHERE session = ?1 AND transaction_id NOT IN (SELECT transaction_id
                 FROM challenge WHERE session = ?1 ORDER BY ends_at DESC LIMIT ?2)",
            )?
            .execute(params![member.session, OPEN - 1])?;
            db.prepare_cached(
                "INSERT INTO challenge (transaction_id, nonce, session, device, ends_at)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![kept.0, kept.1, member.session, caller.device, ends_at.0])?;
            Ok(())
        })
        .await?;
    Ok(Done(ChallengeResponse { transaction, nonce, expires_in_s: state.rules.challenge_s }))
}

/// Uses a challenge up and gives its nonce. Whoever it is not for cannot use it up.
pub(super) fn spend(
    db: &Transaction<'_>,
    caller: &Caller,
    member: &Member,
    transaction: &str,
    now: Time,
) -> Result<Result<String, BusinessError>, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT nonce, session, device, ends_at, spent FROM challenge WHERE transaction_id = ?1",
        )?
        .query_row([transaction], |row| {
            let nonce: String = row.get(0)?;
            let (session, device): (i64, String) = (row.get(1)?, row.get(2)?);
            let (ends_at, spent): (i64, bool) = (row.get(3)?, row.get(4)?);
            Ok((nonce, session, device, ends_at, spent))
        })
        .optional()?;
    let Some((nonce, session, device, ends_at, spent)) = found else {
        return Ok(Err(business("UPS-201")));
    };
    if session != member.session || device != caller.device {
        return Ok(Err(business("UPS-208")));
    }
    if spent || ends_at <= now.0 {
        return Ok(Err(business("UPS-201")));
    }
    db.prepare_cached("UPDATE challenge SET spent = 1 WHERE transaction_id = ?1")?.execute([transaction])?;
    Ok(Ok(nonce))
}
