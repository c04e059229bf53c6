//! Who is signed in, by an access token; and how a session begins.

use super::staff::{self, STAFF};
use crate::Rules;
use crate::answer::{Problem, Refusal};
use crate::http::Caller;
use crate::secret::{InstallationKey, random_text};
use crate::state::Shared;
use crate::store::{OptionalExtension, StoreError, Transaction, params};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::upstream::{self, Staff};

/// Sessions are kept so long after their end, to tell a late caller why it ended.
const KEPT_S: i64 = 24 * 60 * 60;

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) account: i64,
    pub(crate) session: i64,
    /// Who it is: role, office, 職種, insurer.
    pub(crate) staff: Staff,
}

/// Whose token it is.
pub(crate) fn of_token() -> String {
    format!(
        "SELECT {STAFF}, s.account, s.id, s.device
         FROM access_token t JOIN session s ON s.id = t.session JOIN account a ON a.id = s.account
         JOIN office o ON o.number = a.office
         WHERE t.hash = ?1 AND t.ends_at > ?2 AND s.ends_at > ?2 AND s.ended_at IS NULL"
    )
}

/// Who holds an access token, from this office and this device.
pub(crate) async fn member(state: &Shared, caller: &Caller, token: &str) -> Result<Member, Refusal> {
    let (hash, now) = (state.key.token(token), state.now());
    let found = state
        .store
        .read(move |db| {
            let found = db
                .prepare_cached(&of_token())?
                .query_row(params![hash, now.0], |row| {
                    let member =
                        Member { account: row.get(8)?, session: row.get(9)?, staff: staff::read(row)? };
                    Ok((member, row.get::<_, String>(10)?))
                })
                .optional()?;
            Ok(found)
        })
        .await?;
    let Some((member, device)) = found else { return Err(Problem::NotSignedIn.into()) };
    if member.staff.office != caller.office {
        return Err(Problem::NotThisOffice.into());
    }
    // A token that came into another browser is no session there.
    if device != caller.device {
        return Err(Problem::NotSignedIn.into());
    }
    Ok(member)
}

/// A session in the making.
pub(super) struct Session;

impl Session {
    /// Begins one.
    pub(super) fn begin(
        db: &Transaction<'_>,
        key: &InstallationKey,
        rules: &Rules,
        account: i64,
        device: &str,
        now: Time,
    ) -> Result<upstream::Session, StoreError> {
        let ends_at = now.plus(i64::from(rules.session_s));
        let insert = "INSERT INTO session (account, device, started_at, ends_at) VALUES (?1, ?2, ?3, ?4)
             RETURNING id";
        let session: i64 = db
            .prepare_cached(insert)?
            .query_row(params![account, device, now.0, ends_at.0], |row| row.get(0))?;
        let refresh = random_text::<32>()?;
        Self::keep_refresh(db, key, session, &refresh)?;
        Self::answer(db, key, rules, session, refresh, now)
    }

    pub(super) fn keep_refresh(
        db: &Transaction<'_>,
        key: &InstallationKey,
        session: i64,
        refresh: &str,
    ) -> Result<(), StoreError> {
        db.prepare_cached("INSERT INTO refresh_token (hash, session) VALUES (?1, ?2)")?
            .execute(params![key.token(refresh), session])?;
        Ok(())
    }

    /// A new access token, and what the caller is told.
    pub(super) fn answer(
        db: &Transaction<'_>,
        key: &InstallationKey,
        rules: &Rules,
        session: i64,
        refresh_token: String,
        now: Time,
    ) -> Result<upstream::Session, StoreError> {
        let (account, ends_at): (i64, i64) = db
            .prepare_cached("SELECT account, ends_at FROM session WHERE id = ?1")?
            .query_row([session], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let left = u32::try_from(ends_at - now.0).unwrap_or_default();
        let access_expires_in_s = rules.access_s.min(left);
        let access_token = random_text::<32>()?;
        db.prepare_cached("DELETE FROM access_token WHERE session = ?1 AND ends_at <= ?2")?
            .execute(params![session, now.0])?;
        db.prepare_cached("INSERT INTO access_token (hash, session, ends_at) VALUES (?1, ?2, ?3)")?.execute(
            params![key.token(&access_token), session, now.plus(i64::from(access_expires_in_s)).0],
        )?;
        Ok(upstream::Session {
            access_token,
            access_expires_in_s,
            refresh_token,
            refresh_expires_in_s: left,
            staff: staff::of(db, account)?,
        })
    }
}

/// Removes what ended long ago, with its tokens and challenges.
pub(super) fn forget_old(db: &Transaction<'_>, now: Time) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM session WHERE ends_at <= ?1")?.execute([now.0 - KEPT_S])?;
    Ok(())
}
