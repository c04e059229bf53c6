//! 認定の進捗 as far as it was told, when to ask again, and what somebody has looked at. No browser in here.

mod due;
#[cfg(test)]
pub(super) mod sample;
mod seen;

pub use seen::Seen;

use crate::service::problem::Problem;
use domain::access::Denial;
use domain::calendar::Time;
use domain::certification::CaseId;
use domain::upstream::{CasesAll, CasesNews, CasesResponse, Mark, PersonHandle};
use due::Due;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Which cases are wished for on the board.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BoardWish {
    /// What is searched for.
    pub typed: String,
    /// Number of an insurer.
    pub insurer: Option<String>,
    /// Only those over the thirty days.
    pub late: bool,
}

/// All that is known of the cases of the office's clients. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Board {
    /// What was told; nothing before the first answer.
    pub all: Option<Rc<CasesAll>>,
    /// The upstream's clock at the last answer.
    pub asked_at: Option<Time>,
    /// Why the last question came to nothing.
    pub problem: Option<Problem>,
    /// Whether an answer is awaited.
    pub waiting: bool,
    /// When to ask again.
    due: Due,
    /// What was looked at; nothing before the first answer.
    pub seen: Option<Rc<Seen>>,
    /// How many cases have changed since they were looked at.
    pub fresh: usize,
    /// Counts answers that brought something.
    pub turn: u32,
    mark: Option<Mark>,
    /// Whether the answer that is awaited was asked for before somebody was forgotten.
    stale: bool,
}

/// What an answer brought.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Clients whose cases and documents have to leave the screen.
    pub closed: Vec<PersonHandle>,
    /// People of cases that changed; empty at the first answer, when nothing can have changed.
    pub changed: Vec<PersonHandle>,
}

impl Board {
    /// What to send with the next question.
    pub fn mark(&self) -> Option<Mark> {
        self.mark.clone()
    }

    /// Whether it is time to ask.
    pub fn is_due(&self, now: Time) -> bool {
        !self.waiting && self.due.is_due(now)
    }

    /// An answer came. `kept` is what was kept of earlier looks; used at the first answer only.
    pub fn answered(&mut self, response: CasesResponse, now: Time, kept: Option<Seen>) -> Told {
        self.waiting = false;
        self.problem = None;
        if std::mem::take(&mut self.stale) {
            // It may still hold what has been taken out since: asked again.
            return Told::default();
        }
        self.due.answered(now, response.again_in_s);
        self.asked_at = Some(response.now);
        self.mark = Some(response.mark);
        if response.news == CasesNews::Unchanged && self.all.is_some() {
            return Told::default();
        }
        self.turn += 1;
        let first = self.all.is_none();
        let mut all = self.all.take().unwrap_or_default();
        let before: BTreeMap<CaseId, u32> =
            all.cases.iter().map(|entry| (entry.case.id.clone(), entry.case.version)).collect();
        let shut: BTreeSet<PersonHandle> = all.closed.iter().map(|one| one.person.clone()).collect();
        Rc::make_mut(&mut all).take(response.news);
        let told = if first { Told::default() } else { told(&before, &shut, &all) };
        if self.seen.is_none() {
            // Nobody looked before: there is nothing to tell apart.
            self.seen = Some(Rc::new(kept.unwrap_or_else(|| Seen::of(&all))));
        }
        self.all = Some(all);
        self.count();
        told
    }

    /// The question came to nothing: what is there stays, and the next one waits longer. Only when the account
    /// itself may not see it any more, everything leaves.
    pub fn failed(&mut self, problem: Problem, now: Time) -> Told {
        (self.waiting, self.stale) = (false, false);
        self.due.failed(now, problem.retry_at);
        let closed = match Denial::from_code(&problem.code) {
            Denial::Unknown(_) => Vec::new(),
            _ => {
                (self.mark, self.fresh) = (None, 0);
                let all = self.all.take();
                all.iter().flat_map(|all| &all.cases).map(|entry| entry.person.handle.clone()).collect()
            }
        };
        self.problem = Some(problem);
        Told { closed, changed: Vec::new() }
    }

    /// Nothing of a person may stay, before the upstream says so with the next answer. Everything is asked for
    /// then: what may still be seen of the person comes back.
    pub fn forget(&mut self, person: &PersonHandle) {
        let of_them = |all: &Rc<CasesAll>| all.cases.iter().any(|entry| entry.person.handle == *person);
        if let Some(all) = self.all.as_mut().filter(|all| of_them(all)) {
            Rc::make_mut(all).cases.retain(|entry| entry.person.handle != *person);
            self.count();
        }
        self.mark = None;
        self.stale = self.waiting;
        self.hasten();
    }

    /// The next glance at the clock asks.
    pub fn hasten(&mut self) {
        self.due = Due::default();
    }

    /// Whether a case has changed since it was looked at.
    pub fn is_fresh(&self, id: &CaseId, version: u32) -> bool {
        self.seen.as_ref().is_some_and(|seen| seen.is_fresh(id, version))
    }

    /// Somebody looked: at the cases of one person, or at all.
    pub fn look(&mut self, person: Option<&PersonHandle>) {
        let (Some(all), Some(seen)) = (&self.all, &mut self.seen) else { return };
        match person {
            None => *seen = Rc::new(Seen::of(all)),
            Some(person) => {
                let theirs = all.cases.iter().filter(|entry| entry.person.handle == *person);
                Rc::make_mut(seen).look(theirs.map(|entry| &entry.case));
            }
        }
        self.count();
    }

    fn count(&mut self) {
        let cases = self.all.iter().flat_map(|all| &all.cases);
        self.fresh = cases.filter(|entry| self.is_fresh(&entry.case.id, entry.case.version)).count();
    }
}

/// A case that is gone is no reason to close anything: one that ended long ago leaves the board too.
fn told(before: &BTreeMap<CaseId, u32>, shut: &BTreeSet<PersonHandle>, all: &CasesAll) -> Told {
    let closed: Vec<PersonHandle> =
        all.closed.iter().map(|one| &one.person).filter(|person| !shut.contains(*person)).cloned().collect();
    let newer = all
        .cases
        .iter()
        .filter(|entry| before.get(&entry.case.id).is_none_or(|version| *version < entry.case.version));
    Told { closed, changed: newer.map(|entry| entry.person.handle.clone()).collect() }
}

#[cfg(test)]
mod tests;
