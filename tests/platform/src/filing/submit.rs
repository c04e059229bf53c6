//! `/api/v1/filing/submit`

use super::judge::{Against, Fits, Judge};
use super::keys::{self, Decided};
use super::receive::Arrival;
use super::seal::{self, Seal};
use super::statement::{Sent, device_key_pem};
use crate::access::Gate;
use crate::answer::{Done, Outcome, business};
use crate::audit::Line;
use crate::http::{Authorised, Caller};
use crate::secret::random_bytes;
use crate::session::Member;
use crate::state::Shared;
use crate::store::{StoreError, Transaction};
use axum::extract::State;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::upstream::{AuditKind, BusinessError, KeyOutcome, KeyRefusal, Receipt, SubmitRequest};
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

    fn receive(&self, db: &Transaction<'_>, fits: &Fits) -> Result<Receipt, StoreError> {
        let public_key = device_key_pem(&self.caller.key).map_err(StoreError::other)?;
        let arrival = Arrival {
            number: seal::number(&self.sent.statement.filing.insured.insurer, self.now, &random_bytes()?),
            statement: &self.sent.statement,
            text: &self.sent.text,
            sha256: &self.sent.sha256,
            signature: &self.sent.signature,
            public_key: &public_key,
            person: fits.person,
            account: self.member.account,
            replaces: fits.replaces,
            at: self.now,
        };
        let receipt = arrival.receive(db, self.seal)?;
        self.line().about(Some(fits.person)).write(db)?;
        Ok(receipt)
    }
}
