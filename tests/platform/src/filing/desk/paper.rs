//! `/api/v1/municipality/paper`: a filing on paper, entered by a clerk. The same key again is the same entry.

use super::super::judge::open as undecided;
use super::super::keep::{self, New};
use super::super::read::{Kept, kept, question};
use super::super::seal;
use super::super::statement::is_key;
use super::open::{find, opened};
use crate::answer::{Done, Outcome, Problem, business};
use crate::audit::Line;
use crate::http::{Authorised, Caller};
use crate::municipality::bulk::INSURED;
use crate::municipality::{Clerk, clerk};
use crate::secret::random_bytes;
use crate::session::Member;
use crate::state::Shared;
use crate::store::{OptionalExtension, StoreError, Transaction, params};
use axum::extract::State;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::filing::wizard::sound;
use kakehashi_domain::upstream::{AuditKind, BusinessError, FilingWay, InboxOpened, PaperRequest};

/// What was entered under a key.
pub(crate) fn of_key() -> String {
    question("f.sender = ?1 AND f.idempotency_key = ?2")
}

/// Enters one.
pub(crate) async fn paper(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<PaperRequest>,
) -> Outcome<InboxOpened> {
    let now = state.now();
    let today = now.date();
    if !is_key(&body.key) {
        return Err(Problem::Malformed("key").into());
    }
    if !matches!(body.way, FilingWay::Counter | FilingWay::Post) {
        return Err(Problem::Malformed("way").into());
    }
    if body.received_on > today {
        return Err(Problem::Malformed("received_on").into());
    }
    let answer = state
        .store
        .write_durably(move |db| {
            let line = Line::new(&caller, Some(member.account), now, AuditKind::FilingEntered.code());
            let clerk = match clerk(db, &member.staff, &line)? {
                Ok(clerk) => clerk,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let tray = Tray { db, caller: &caller, member: &member, clerk: &clerk, now };
            let entered = tray.earlier(&body)?.map_or_else(|| tray.enter(&body, &line), Ok)?;
            match entered {
                Ok(kept) => opened(db, &caller.office, &kept).map(Ok),
                Err(code) => {
                    line.refused(code).write(db)?;
                    Ok(Err::<_, BusinessError>(business(code)))
                }
            }
        })
        .await??;
    Ok(Done(answer))
}

/// Where papers are entered.
struct Tray<'a> {
    db: &'a Transaction<'a>,
    caller: &'a Caller,
    member: &'a Member,
    clerk: &'a Clerk,
    now: Time,
}

impl Tray<'_> {
    /// What was entered under the key before: the same, or something else.
    fn earlier(&self, body: &PaperRequest) -> Result<Option<Result<Kept, &'static str>>, StoreError> {
        let found = self
            .db
            .prepare_cached(&of_key())?
            .query_row(params![self.caller.office.as_str(), body.key.0], kept)
            .optional()?;
        Ok(found.map(|kept| {
            let same = kept.filing == body.filing
                && kept.way == body.way
                && kept.received_on == body.received_on
                && kept.identity == body.identity;
            if same { Ok(kept) } else { Err("UPS-150") }
        }))
    }

    fn enter(&self, body: &PaperRequest, line: &Line<'_>) -> Result<Result<Kept, &'static str>, StoreError> {
        let (db, insured) = (self.db, &body.filing.insured);
        if insured.insurer != self.clerk.insurer {
            return Ok(Err("UPS-140"));
        }
        let person: Option<i64> = db
            .prepare_cached(INSURED)?
            .query_row(params![insured.insurer.as_str(), insured.number.as_str()], |row| row.get(0))
            .optional()?;
        let Some(person) = person else { return Ok(Err("UPS-111")) };
        if sound(&body.filing, self.now.date()).is_err() {
            return Ok(Err("UPS-155"));
        }
        if undecided(db, person)?.is_some() {
            return Ok(Err("UPS-152"));
        }
        let number = seal::number(&insured.insurer, self.now, &random_bytes()?);
        keep::begin(
            db,
            &New {
                number: &number,
                sender: &self.caller.office,
                key: &body.key,
                account: self.member.account,
                office: &body.filing.office.number,
                person,
                way: body.way,
                at: self.now,
                on: body.received_on,
                filing: &body.filing,
                identity: body.identity.as_ref(),
                replaces: None,
            },
        )?;
        line.clone().about(Some(person)).write(db)?;
        let kept = find(db, self.clerk, &number)?;
        kept.map(Ok).ok_or_else(|| StoreError::other("what was entered is not there"))
    }
}
