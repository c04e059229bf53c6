//! Renewal and sign-out. A refresh token is spent by its use; one that comes twice ends the session.
//!
//! Two tabs of one browser may race for the same renewal: within a few seconds, from the same device, the
//! token just spent gives the same successor again. The successor is kept sealed with the token it follows,
//! so the database alone gives none away.

use super::member::Session;
use crate::answer::{Done, Outcome, business};
use crate::audit::Line;
use crate::http::{Authorised, Signed};
use crate::secret::random_bytes;
use crate::state::Shared;
use crate::store::{OptionalExtension, StoreError, Transaction, params};
use axum::extract::State;
use base64ct::{Base64UrlUnpadded, Encoding};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::upstream::{self, Empty, EndRequest, RefreshRequest};
use sha2::{Digest, Sha256};

/// What is kept of a refresh token and its session.
struct Kept {
    session: i64,
    account: i64,
    device: String,
    office: String,
    ends_at: i64,
    ended: bool,
    reused: bool,
    spent_at: Option<i64>,
    successor: Option<Vec<u8>>,
}

/// `/api/v1/session/refresh`
pub(crate) async fn refresh(
    State(state): State<Shared>,
    Signed { caller, body }: Signed<RefreshRequest>,
) -> Outcome<upstream::Session> {
    let now = state.now();
    let (rules, key) = (state.rules.clone(), state.key.clone());
    let session = state
        .store
        .write(move |db| {
            let hash = key.token(&body.refresh_token);
            let Some(kept) = find(db, hash)? else { return Ok(Err(business("UPS-105"))) };
            if kept.reused {
                return Ok(Err(business("UPS-106")));
            }
            if kept.ended || kept.ends_at <= now.0 {
                return Ok(Err(business("UPS-105")));
            }
            let elsewhere = kept.device != caller.device || kept.office != caller.office.as_str();
            let successor = match (kept.spent_at, &kept.successor) {
                _ if elsewhere => None,
                (None, _) => {
                    let successor = random_bytes::<32>()?;
                    let token = Base64UrlUnpadded::encode_string(&successor);
                    db.prepare_cached(
                        "UPDATE refresh_token SET spent_at = ?2, successor = ?3 WHERE hash = ?1",
                    )?
                    .execute(params![
                        hash,
                        now.0,
                        sealed(successor, &body.refresh_token)
                    ])?;
                    Session::keep_refresh(db, &key, kept.session, &token)?;
                    Some(token)
                }
                (Some(spent_at), Some(successor)) if now.0 - spent_at <= i64::from(rules.refresh_race_s) => {
                    let opened = <[u8; 32]>::try_from(successor.as_slice()).map_err(StoreError::other)?;
                    let token = Base64UrlUnpadded::encode_string(&sealed(opened, &body.refresh_token));
                    let next = find(db, key.token(&token))?;
                    next.is_some_and(|next| next.spent_at.is_none()).then_some(token)
                }
                (Some(_), _) => None,
            };
            match successor {
                Some(token) => Session::answer(db, &key, &rules, kept.session, token, now).map(Ok),
                None => {
                    finish(db, kept.session, now, true)?;
                    Line::new(&caller, Some(kept.account), now, "token_reused").write(db)?;
                    Ok(Err(business("UPS-106")))
                }
            }
        })
        .await??;
    Ok(Done(session))
}

/// `/api/v1/session/end`
pub(crate) async fn end(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<EndRequest>,
) -> Outcome<Empty> {
    let now = state.now();
    let key = state.key.clone();
    state
        .store
        .write(move |db| {
            finish(db, member.session, now, false)?;
            // The refresh token may be of an older session of the same person in the same browser.
            let other = find(db, key.token(&body.refresh_token))?
                .filter(|kept| kept.account == member.account && kept.device == caller.device);
            if let Some(other) = other {
                finish(db, other.session, now, false)?;
            }
            Line::new(&caller, Some(member.account), now, "sign_out").write(db)
        })
        .await?;
    Ok(Done(Empty {}))
}

fn finish(db: &Transaction<'_>, session: i64, now: Time, reused: bool) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE session SET ended_at = ?2, reused = ?3 WHERE id = ?1 AND ended_at IS NULL")?
        .execute(params![session, now.0, reused])?;
    db.prepare_cached("DELETE FROM access_token WHERE session = ?1")?.execute([session])?;
    Ok(())
}

fn find(db: &Transaction<'_>, hash: [u8; 32]) -> Result<Option<Kept>, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT s.id, s.account, s.device, a.office, s.ends_at, s.ended_at IS NOT NULL, s.reused,
                    t.spent_at, t.successor
             FROM refresh_token t JOIN session s ON s.id = t.session JOIN account a ON a.id = s.account
             WHERE t.hash = ?1",
        )?
        .query_row([hash], |row| {
            Ok(Kept {
                session: row.get(0)?,
                account: row.get(1)?,
                device: row.get(2)?,
                office: row.get(3)?,
                ends_at: row.get(4)?,
                ended: row.get(5)?,
                reused: row.get(6)?,
                spent_at: row.get(7)?,
                successor: row.get(8)?,
            })
        })
        .optional()?;
    Ok(found)
}

/// Seals and opens: the pad is the hash of a token of 256 random bits that seals one successor only.
fn sealed(mut bytes: [u8; 32], token: &str) -> [u8; 32] {
    let pad = Sha256::new().chain_update(b"refresh successor\0").chain_update(token).finalize();
    bytes.iter_mut().zip(pad).for_each(|(byte, pad)| *byte ^= pad);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_token_opens_its_successor() {
        let successor = [7; 32];
        let kept = sealed(successor, "token");
        assert_ne!(kept, successor);
        assert_eq!(sealed(kept, "token"), successor);
        assert_ne!(sealed(kept, "other"), successor);
    }
}
