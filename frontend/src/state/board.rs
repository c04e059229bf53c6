//! 認定の進捗 as far as it was told, when to ask again, and what somebody has looked at. No browser in here.

mod due;
#[cfg(test)]
pub(super) mod sample;
mod seen;

pub use seen::Seen;

use crate::service::problem::Problem;
use domain::access::Denial;
use domain::calendar::Time;
use domain::certification::{CaseId, Cases, Taken};
use domain::upstream::{CaseEntry, CasesNews, CasesResponse, Mark, PersonHandle};
use due::Due;
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
    pub all: Option<Rc<Cases>>,
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
    /// Cases that are another than before.
    pub entries: Vec<Rc<CaseEntry>>,
    /// Whether what is kept of the looks is another than before.
    pub looks: bool,
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

    /// An answer came. A case that is gone is no reason to close anything: one that ended long ago leaves the
    /// board too. `kept` is what was kept of earlier looks; used at the first answer only.
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
        let first = self.all.is_none();
        let mut all = self.all.take().unwrap_or_default();
        let Taken { entries, newer, closed, left } = Rc::make_mut(&mut all).take(response.news);
        // At the first answer nothing can have changed.
        let (closed, changed) = if first { (Vec::new(), Vec::new()) } else { (closed, newer) };
        let told = Told { closed, changed, entries, looks: left || self.seen.is_none() };
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
                all.iter().flat_map(|all| &all.entries).map(|entry| entry.person.handle.clone()).collect()
            }
        };
        self.problem = Some(problem);
        Told { closed, ..Told::default() }
    }

    /// Nothing of a person may stay, before the upstream says so with the next answer. Everything is asked for
    /// then: what may still be seen of the person comes back.
    pub fn forget(&mut self, person: &PersonHandle) {
        if self.all.as_mut().is_some_and(|all| Rc::make_mut(all).forget(person)) {
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
                let theirs = all.entries.iter().filter(|entry| entry.person.handle == *person);
                Rc::make_mut(seen).look(theirs.map(|entry| &entry.case));
            }
        }
        self.count();
    }

    fn count(&mut self) {
        let cases = self.all.iter().flat_map(|all| &all.entries);
        self.fresh = cases.filter(|entry| self.is_fresh(&entry.case.id, entry.case.version)).count();
    }
}

#[cfg(test)]
mod tests;
