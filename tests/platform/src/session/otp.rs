//! Second step: ticket and one-time password → a session.

use super::guard::{self, Who};
use super::member::{self, Session};
use crate::Rules;
use crate::answer::{Done, Outcome, business};
use crate::audit::Line;
use crate::http::{Caller, Signed};
use crate::state::Shared;
use crate::store::{OptionalExtension, StoreError, Transaction, params};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::extract::State;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::upstream::{self, AuditKind, BusinessError, OtpRequest};

/// What is kept of a ticket.
struct Ticket {
    account: i64,
    user_id: String,
    device: String,
    office: String,
    otp: Vec<u8>,
    ends_at: i64,
    tries_left: u8,
}

/// `/api/v1/session/otp`
pub(crate) async fn otp(
    State(state): State<Shared>,
    Signed { caller, body }: Signed<OtpRequest>,
) -> Outcome<upstream::Session> {
    let now = state.now();
    let (hash, offered) = (state.key.token(&body.ticket), state.key.otp(&body.ticket, body.otp.trim()));
    let (rules, key) = (state.rules.clone(), state.key.clone());
    let session = state
        .store
        .write(move |db| {
            let account = match redeem(db, &caller, hash, offered, &rules, now)? {
                Ok(account) => account,
                Err(error) => return Ok(Err(error)),
            };
            Line::new(&caller, Some(account), now, AuditKind::SignIn.code()).write(db)?;
            Session::begin(db, &key, &rules, account, &caller.device, now).map(Ok)
        })
        .await??;
    Ok(Done(session))
}

/// Uses a ticket up: for the account it is of, or for one try less.
fn redeem(
    db: &Transaction<'_>,
    caller: &Caller,
    hash: [u8; 32],
    offered: [u8; 32],
    rules: &Rules,
    now: Time,
) -> Result<Result<i64, BusinessError>, StoreError> {
    let over = || Ok(Err(business("UPS-104")));
    let Some(ticket) = find(db, hash)? else { return over() };
    if ticket.device != caller.device || ticket.office != caller.office.as_str() {
        return over();
    }
    let who = Who { office: ticket.office, user_id: ticket.user_id };
    let remove = || db.prepare_cached("DELETE FROM ticket WHERE hash = ?1")?.execute([hash]);
    if ticket.ends_at <= now.0 {
        remove()?;
        return over();
    }
    if let Err(locked) = guard::check(db, &who, now)? {
        return Ok(Err(locked));
    }
    if verify_slices_are_equal(&ticket.otp, &offered).is_ok() {
        remove()?;
        guard::clear(db, &who)?;
        member::forget_old(db, now)?;
        return Ok(Ok(ticket.account));
    }
    // A wrong code counts for the lock-out too; else a known password would buy tries without end.
    let left = ticket.tries_left.saturating_sub(1);
    let failed = guard::failed(db, &who, rules, now, "UPS-103")?;
    if left == 0 || failed.retry_at.is_some() {
        remove()?;
    } else {
        db.prepare_cached("UPDATE ticket SET tries_left = ?2 WHERE hash = ?1")?
            .execute(params![hash, left])?;
    }
    Ok(Err(BusinessError { tries_left: failed.tries_left.map(|tries| tries.min(left)), ..failed }))
}

fn find(db: &Transaction<'_>, hash: [u8; 32]) -> Result<Option<Ticket>, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT t.account, a.user_id, t.device, a.office, t.otp, t.ends_at, t.tries_left
             FROM ticket t JOIN account a ON a.id = t.account WHERE t.hash = ?1",
        )?
        .query_row([hash], |row| {
            Ok(Ticket {
                account: row.get(0)?,
                user_id: row.get(1)?,
                device: row.get(2)?,
                office: row.get(3)?,
                otp: row.get(4)?,
                ends_at: row.get(5)?,
                tries_left: row.get(6)?,
            })
        })
        .optional()?;
    Ok(found)
}
