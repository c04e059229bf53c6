//! `/api/v1/filing/submit`

use super::judge::{Against, Fits, Judge};
use super::keep::{self, New};
use super::keys::{self, Decided};
use super::seal::{self, Received, Seal};
use super::statement::{Sent, device_key_pem};
use crate::access::Gate;
use crate::answer::{Done, Outcome, business};
use crate::audit::Line;
use crate::http::{Authorised, Caller};
use crate::session::Member;
use crate::state::Shared;
use crate::store::{Json, StoreError, Transaction, params};
use axum::extract::State;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::filing::Identity;
use kakehashi_domain::upstream::{
    AuditKind, BusinessError, FilingState, FilingWay, KeyOutcome, KeyRefusal, Receipt, SubmitRequest,
};
use std::sync::Arc;

/// Receives a filing, or says what became of its key before.
pub(crate) async fn submit(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<SubmitRequest>,
) -> Outcome<KeyOutcome> {
    let now = state.now();
    let sent = Sent::read(&caller, body)?;
    let fault = state.failing.take_filing();
    let shared = Arc::clone(&state);
    let outcome = state
        .store
        .write_durably(move |db| {
            let check_s = i64::from(shared.rules.filing_check_s);
            let counter = Counter { caller: &caller, member: &member, sent: &sent, seal: &shared.seal, now };
            let outcome = counter.take(db, check_s)?;
            fault.map_or(Ok(()), |fault| fault.before_commit())?;
            Ok(outcome)
        })
        .await??;
    if let Some(fault) = fault {
        fault.after_commit();
    }
    Ok(Done(outcome))
}

/// Where one statement is handed in.
struct Counter<'a> {
    caller: &'a Caller,
    member: &'a Member,
    sent: &'a Sent,
    seal: &'a Seal,
    now: Time,
}

impl Counter<'_> {
    /// The same key with the same text has the same answer for ever, whatever else has changed since.
    fn take(
        &self,
        db: &Transaction<'_>,
        check_s: i64,
    ) -> Result<Result<KeyOutcome, BusinessError>, StoreError> {
        let (office, key) = (&self.caller.office, &self.sent.statement.key);
        if let Some(decided) = keys::decided(db, office, key)? {
            if decided.sha256.is_none_or(|sha256| sha256 == self.sent.sha256) {
                return Ok(Ok(decided.outcome));
            }
            return self.refuse(db, "UPS-150");
        }
        let gate = Gate { db, member: self.member, now: self.now };
        let judge = Judge { gate, caller: self.caller, sent: self.sent, check_s };
        let outcome = match judge.judge() {
            Ok(fits) => KeyOutcome::Received(Box::new(self.receive(db, &fits)?)),
            Err(Against::Store(error)) => return Err(error),
            Err(Against::Now(code)) => return self.refuse(db, code),
            Err(Against::Ever(code, other)) => {
                self.line().refused(code).write(db)?;
                KeyOutcome::Refused(KeyRefusal { code: code.to_owned(), at: self.now, other })
            }
        };
        let decided = Decided { sha256: Some(self.sent.sha256.clone()), outcome };
        keys::decide(db, office, key, &decided)?;
        Ok(Ok(decided.outcome))
    }

    fn line(&self) -> Line<'_> {
        Line::new(self.caller, Some(self.member.account), self.now, AuditKind::FilingSubmitted.code())
    }

    /// Says nothing of the key.
    fn refuse<T>(&self, db: &Transaction<'_>, code: &str) -> Result<Result<T, BusinessError>, StoreError> {
        self.line().refused(code).write(db)?;
        Ok(Err(business(code)))
    }

    /// The filing with all that proves it.
    fn receive(&self, db: &Transaction<'_>, fits: &Fits) -> Result<Receipt, StoreError> {
        let statement = &self.sent.statement;
        let (account, insurer) = (self.member.account, &statement.filing.insured.insurer);
        let number = seal::number(insurer, self.now)?;
        // The one it replaces makes way first: a person has one undecided filing.
        let replaced = fits.replaces.filter(|(_, state)| *state != FilingState::Accepted);
        if let Some((old, _)) = replaced {
            keep::step(db, old, &keep::Step::plain(FilingState::Superseded, self.now, account))?;
        }
        let id = keep::begin(
            db,
            &New {
                number: &number,
                sender: &self.caller.office,
                key: &statement.key,
                account,
                office: &self.caller.office,
                person: fits.person,
                way: FilingWay::Online,
                at: self.now,
                on: self.now.date(),
                filing: &statement.filing,
                identity: Some(&statement.identity),
                replaces: fits.replaces.map(|(old, _)| old),
            },
        )?;
        if let Some((old, _)) = replaced {
            keep::replaced_by(db, old, id)?;
        }
        let to: String = db
            .prepare_cached("SELECT name FROM insurer WHERE number = ?1")?
            .query_row([insurer.as_str()], |row| row.get(0))?;
        let (key, sha256) = (&statement.key, self.sent.sha256.as_str());
        let received = Received { number: &number, key, at: self.now, sha256, to: &to };
        let receipt = self.seal.receipt(&received)?;
        self.prove(db, id, &receipt)?;
        self.line().about(Some(fits.person)).write(db)?;
        Ok(receipt)
    }

    fn prove(&self, db: &Transaction<'_>, id: i64, receipt: &Receipt) -> Result<(), StoreError> {
        let check = match &self.sent.statement.identity {
            Identity::Card { transaction } => Some(transaction.as_str()),
            Identity::Papers { .. } => None,
        };
        let public_key = device_key_pem(&self.caller.key).map_err(StoreError::other)?;
        db.prepare_cached(
            "INSERT INTO filing_proof (filing, statement, signature, public_key, card_check, receipt)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            id,
            self.sent.text,
            self.sent.signature,
            public_key,
            check,
            Json(receipt)
        ])?;
        if let Some(check) = check {
            db.prepare_cached("UPDATE card_check SET used_by = ?2 WHERE transaction_id = ?1")?
                .execute(params![check, receipt.number.0])?;
        }
        Ok(())
    }
}
