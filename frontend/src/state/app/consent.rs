//! 同意 and 閲覧の記録: what their pages ask for, and that whatever consent no longer covers leaves the memory.

use super::App;
use crate::service::problem::Problem;
use crate::state::{ConsentDraft, PersonKey, Work};
use domain::access::{Denial, may_read_audit};
use domain::upstream::{
    AuditEntry, AuditRequest, AuditResponse, ConsentGiver, ConsentId, ConsentListRequest,
    ConsentListResponse, ConsentRecordRequest, ConsentTerms, ConsentWithdrawRequest, SeenPerson,
};
use std::rc::Rc;

/// Entries fetched at once for a file.
const MANY: u16 = 500;
/// A record longer than this is no answer; a narrower span is asked for.
const MOST: usize = 100_000;

impl App {
    /// The consents that concern this office.
    ///
    /// # Errors
    /// `UPS-121`, and what can happen on the way.
    pub async fn consents(&self, key: PersonKey) -> Result<ConsentListResponse, Problem> {
        let person = self.handle(key)?;
        self.heard(self.client()?.consents(&ConsentListRequest { person }).await)
    }

    /// Records a consent. What was typed is let go once it is recorded, and the board asks again.
    ///
    /// # Errors
    /// `UPS-120`, `UPS-121`, `UPS-142`, and what can happen on the way.
    pub async fn record_consent(
        &self,
        key: PersonKey,
        terms: ConsentTerms,
    ) -> Result<ConsentListResponse, Problem> {
        let (person, hands) = (self.handle(key)?, self.hands());
        let request = ConsentRecordRequest { person, terms };
        let answer = self.heard(self.client()?.record_consent(&request).await)?;
        self.change_work(hands, |work| {
            work.consent = None;
            work.board.hasten();
        });
        Ok(answer)
    }

    /// Withdraws a consent. With the answer everything about the person's certification leaves this browser.
    ///
    /// # Errors
    /// `UPS-121`, `UPS-142`, and what can happen on the way.
    pub async fn withdraw_consent(
        &self,
        key: PersonKey,
        consent: ConsentId,
        by: ConsentGiver,
        reason: Option<String>,
    ) -> Result<ConsentListResponse, Problem> {
        let (person, hands) = (self.handle(key)?, self.hands());
        let request = ConsentWithdrawRequest { person, consent, by, reason };
        let answer = self.heard(self.client()?.withdraw_consent(&request).await)?;
        self.change_work(hands, |work| work.forget_certification(key));
        Ok(answer)
    }

    /// What was typed for a person's consent; nothing when it was for somebody else.
    pub fn consent_draft(&self, key: PersonKey) -> Option<ConsentDraft> {
        self.read(|memory| memory.work.consent.clone()).filter(|(of, _)| *of == key).map(|(_, draft)| draft)
    }

    /// Keeps it, also over a lock.
    pub fn set_consent_draft(&self, key: PersonKey, draft: Option<ConsentDraft>) {
        self.change(|memory| memory.work.consent = draft.map(|draft| (key, draft)));
    }

    /// Draws the consequences of a call about one person: a refusal for want of consent takes everything about
    /// the certification out of the memory, whatever page it stands on.
    pub(super) fn heard_of<T>(&self, key: PersonKey, result: Result<T, Problem>) -> Result<T, Problem> {
        match &result {
            Ok(_) => self.change(|memory| memory.work.people.open(key)),
            Err(problem) if without_consent(problem) => self.change(|memory| memory.work.refuse(key)),
            Err(_) => {}
        }
        self.heard(result)
    }

    /// Whether who works here may read the record of viewings, or why not; `None` when nobody works.
    pub fn may_read_audit(&self) -> Option<Result<(), Denial>> {
        self.session().map(|staff| may_read_audit(&staff))
    }

    /// A page of the record of viewings.
    ///
    /// # Errors
    /// `UPS-141`, and what can happen on the way.
    pub async fn audit(&self, request: &AuditRequest) -> Result<AuditResponse, Problem> {
        self.heard(self.client()?.audit(request).await)
    }

    /// All lines of the record that a question finds, for a file.
    ///
    /// # Errors
    /// As [`App::audit`]; `APP-004` when pages do not come to an end.
    pub async fn whole_audit(&self, request: &AuditRequest) -> Result<Vec<AuditEntry>, Problem> {
        let mut request = AuditRequest { after: None, size: MANY, ..request.clone() };
        let mut all = Vec::new();
        loop {
            let page = self.audit(&request).await?;
            let none = page.entries.is_empty();
            all.extend(page.entries);
            match page.next {
                None => return Ok(all),
                Some(_) if none || all.len() > MOST => return Err(Problem::new("APP-004")),
                next => request.after = next,
            }
        }
    }

    /// Everybody met in this session.
    pub fn everybody(&self) -> Vec<Rc<SeenPerson>> {
        self.read(|memory| memory.work.people.all())
    }
}

impl Work {
    /// 認定情報 of one person leaves: open documents, the time line, the cards of the board.
    pub(super) fn forget_certification(&mut self, key: PersonKey) {
        self.people.close(key);
        self.forget_cases(key);
    }

    /// The same, when a question about the person was refused.
    fn refuse(&mut self, key: PersonKey) {
        self.people.refuse(key);
        self.forget_cases(key);
    }

    fn forget_cases(&mut self, key: PersonKey) {
        if let Some(seen) = self.people.get(key) {
            self.board.forget(&seen.person.handle);
        }
    }
}

/// Whether a call was refused because consent is missing, withdrawn or over.
fn without_consent(problem: &Problem) -> bool {
    matches!(Denial::from_code(&problem.code), Denial::NoConsent | Denial::Withdrawn | Denial::ConsentOver)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::calendar::Time;
    use domain::upstream::{CasesAll, CasesNews, CasesResponse, Found, Mark};

    #[test]
    fn only_a_want_of_consent_takes_what_is_there() {
        let shuts = |code| without_consent(&Problem::new(code));
        assert!(["UPS-132", "UPS-133", "UPS-134"].into_iter().all(shuts));
        assert!(!["UPS-120", "UPS-131", "UPS-138", "APP-001", "RLY-041"].into_iter().any(shuts));
    }

    #[test]
    fn what_is_withdrawn_leaves_the_memory_and_others_stay() {
        let (mut work, one, other) = (Work::default(), "a", "b");
        let entries = [one, other].map(|name| crate::state::board::sample::entry(name, name, 1));
        let found =
            |entry: &domain::upstream::CaseEntry| Found { person: entry.person.clone(), right: entry.right };
        let keys = entries.each_ref().map(|entry| work.people.found(found(entry), Time(1)));
        let all = CasesAll { cases: entries.to_vec(), ..CasesAll::default() };
        let news = CasesNews::All(all);
        let answer = CasesResponse { mark: Mark("m".into()), now: Time(5), again_in_s: 60, news };
        work.board.answered(answer, Time(5), None);
        work.forget_certification(keys[0]);
        assert_eq!(keys.map(|key| work.people.closings(key)), [1, 0]);
        let left: Vec<_> =
            work.board.all.iter().flat_map(|all| &all.entries).map(|entry| &entry.case.id.0).collect();
        assert_eq!(left, [other]);
    }
}
