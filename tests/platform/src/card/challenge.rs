//! A challenge: good once, for this session in this browser, for a few minutes.

use crate::answer::{Done, Outcome, business};
use crate::http::{Authorised, Caller};
use crate::secret::random_text;
use crate::session::Member;
use crate::state::Shared;
use crate::store::{OptionalExtension, StoreError, Transaction, params};
use axum::extract::State;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::upstream::{BusinessError, ChallengeRequest, ChallengeResponse, Purpose};

/// Most challenges a session has at a time; the oldest goes for a new one.
const OPEN: i64 = 16;

/// `/api/v1/card/challenge`
pub(crate) async fn challenge(
    State(state): State<Shared>,
    Authorised { caller, member, body: ChallengeRequest { purpose } }: Authorised<ChallengeRequest>,
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
                "INSERT INTO challenge (transaction_id, nonce, session, device, ends_at, purpose)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                kept.0,
                kept.1,
                member.session,
                caller.device,
                ends_at.0,
                code(purpose)
            ])?;
            Ok(())
        })
        .await?;
    Ok(Done(ChallengeResponse { transaction, nonce, expires_in_s: state.rules.challenge_s }))
}

/// As it stands in the table.
fn code(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::View => "view",
        Purpose::File => "file",
    }
}

/// A challenge that is used up.
pub(super) struct Spent {
    pub(super) nonce: String,
    pub(super) purpose: Purpose,
}

/// Uses a challenge up. Whoever it is not for cannot use it up.
pub(super) fn spend(
    db: &Transaction<'_>,
    caller: &Caller,
    member: &Member,
    transaction: &str,
    now: Time,
) -> Result<Result<Spent, BusinessError>, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT nonce, session, device, ends_at, spent, purpose FROM challenge WHERE transaction_id = ?1",
        )?
        .query_row([transaction], |row| {
            let filing = row.get::<_, String>(5)? == code(Purpose::File);
            let purpose = if filing { Purpose::File } else { Purpose::View };
            let spent = Spent { nonce: row.get(0)?, purpose };
            let (session, device): (i64, String) = (row.get(1)?, row.get(2)?);
            let (ends_at, used): (i64, bool) = (row.get(3)?, row.get(4)?);
            Ok((spent, session, device, ends_at, used))
        })
        .optional()?;
    let Some((spent, session, device, ends_at, used)) = found else {
        return Ok(Err(business("UPS-201")));
    };
    if session != member.session || device != caller.device {
        return Ok(Err(business("UPS-208")));
    }
    if used || ends_at <= now.0 {
        return Ok(Err(business("UPS-201")));
    }
    db.prepare_cached("UPDATE challenge SET spent = 1 WHERE transaction_id = ?1")?.execute([transaction])?;
    Ok(Ok(spent))
}
