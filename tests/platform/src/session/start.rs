//! First step: user ID and password → a ticket, and a one-time password on its way.

use super::guard::{self, Who};
use super::password;
use crate::answer::{Done, Outcome, Refusal, business};
use crate::extras::Message;
use crate::http::Signed;
use crate::secret::{random_bytes, random_text};
use crate::state::Shared;
use crate::store::{OptionalExtension, StoreError, params};
use axum::extract::State;
use kakehashi_domain::upstream::{StartRequest, StartResponse};
use tokio::task::spawn_blocking;

/// An account, as far as this step needs it.
struct Account {
    id: i64,
    office: String,
    mail: String,
    password: String,
}

/// `/api/v1/session/start`
pub(crate) async fn start(
    State(state): State<Shared>,
    Signed { caller, body }: Signed<StartRequest>,
) -> Outcome<StartResponse> {
    let who = Who { office: caller.office.to_string(), user_id: body.user_id.to_string() };
    let _turn = state.guard.turn(&who).await;
    let now = state.now();

    let (checked, user_id) = (who.clone(), who.user_id.clone());
    let account = state
        .store
        .write(move |db| {
            if let Err(locked) = guard::check(db, &checked, now)? {
                return Ok(Err(locked));
            }
            let account = db
                .prepare_cached("SELECT id, office, mail, password FROM account WHERE user_id = ?1")?
                .query_row([user_id], |row| {
                    Ok(Account {
                        id: row.get(0)?,
                        office: row.get(1)?,
                        mail: row.get(2)?,
                        password: row.get(3)?,
                    })
                })
                .optional()?;
            Ok(Ok(account))
        })
        .await??;

    // A user who does not exist costs the same work and gets the same answer.
    let kept = account.as_ref().map_or(&state.guard.nobody, |account| &account.password).clone();
    let _place = state.guard.hashing.acquire().await.map_err(StoreError::other)?;
    let right =
        spawn_blocking(move || password::verify(&body.password, &kept)).await.map_err(StoreError::other)?;
    let account = match account {
        Some(account) if right => account,
        _ => {
            let rules = state.rules.clone();
            let failed = state.store.write(move |db| guard::failed(db, &who, &rules, now, "UPS-101"));
            return Err(Refusal::Business(failed.await?));
        }
    };
    if account.office != caller.office.as_str() {
        return Err(business("UPS-107").into());
    }

    let (ticket, otp) = (random_text::<32>()?, one_time_password()?);
    let (hash, hidden) = (state.key.token(&ticket), state.key.otp(&ticket, &otp));
    let (rules, device) = (state.rules.clone(), caller.device);
    state
        .store
        .write(move |db| {
            // One sign-in at a time from one device: an older code is of no more use.
            db.prepare_cached("DELETE FROM ticket WHERE ends_at <= ?1 OR (account = ?2 AND device = ?3)")?
                .execute(params![now.0, account.id, device])?;
            db.prepare_cached(
                "INSERT INTO ticket (hash, account, device, otp, ends_at, tries_left)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                hash,
                account.id,
                device,
                hidden,
                now.plus(i64::from(rules.otp_s)).0,
                rules.otp_tries
            ])?;
            Ok(())
        })
        .await?;
    let sent_to = masked(&account.mail);
    state.outbox.put(Message { at: now, to: account.mail, user_id: body.user_id.to_string(), otp });
    Ok(Done(StartResponse { ticket, sent_to, expires_in_s: state.rules.otp_s }))
}

/// Six digits, all equally likely.
fn one_time_password() -> Result<String, Refusal> {
    // 2^64 is so much more than 10^6 that the remainder favours nobody worth speaking of.
    let number = u64::from_be_bytes(random_bytes::<8>()?) % 1_000_000;
    Ok(format!("{number:06}"))
}

/// `k***@example.jp`
fn masked(mail: &str) -> String {
    let (name, host) = mail.split_once('@').unwrap_or((mail, ""));
    let first: String = name.chars().take(1).collect();
    format!("{first}***@{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_is_told_of_an_address() {
        assert_eq!(masked("kyotaku@example.jp"), "k***@example.jp");
        assert_eq!(one_time_password().unwrap().len(), 6);
    }
}
