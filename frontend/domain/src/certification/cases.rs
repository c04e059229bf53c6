//! All cases as they were told, answer by answer. A case that stays the same stays the very same: who holds a
//! thousand of them makes only those anew that an answer brought.

use super::CaseId;
use crate::upstream::{CaseEntry, CasesChanged, CasesNews, ClosedPerson, Pace, PersonHandle};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What is known of the cases of an office's clients.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cases {
    /// One entry a case; a person may have more than one.
    pub entries: Vec<Rc<CaseEntry>>,
    /// Clients whose cases are closed to this account.
    pub closed: Vec<ClosedPerson>,
    /// How long insurers take.
    pub paces: Rc<Vec<Pace>>,
}

/// What an answer brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Taken {
    /// Entries that differ from those of before.
    pub entries: Vec<Rc<CaseEntry>>,
    /// People of cases that are new, or of a later version than before.
    pub newer: Vec<PersonHandle>,
    /// People who were not closed before.
    pub closed: Vec<PersonHandle>,
    /// Whether a case is not told of any more.
    pub left: bool,
}

impl Cases {
    /// Takes news in. Cases that stay keep their place; new ones stand at the end.
    pub fn take(&mut self, news: CasesNews) -> Taken {
        match news {
            CasesNews::Unchanged => Taken::default(),
            CasesNews::All(all) => {
                let mut old = BTreeMap::new();
                for entry in std::mem::take(&mut self.entries) {
                    old.insert(entry.case.id.clone(), entry);
                }
                let mut taken = Taken::default();
                for entry in all.cases {
                    let kept = match old.remove(&entry.case.id) {
                        Some(was) if *was == entry => was,
                        was => taken.note(was.as_deref(), entry),
                    };
                    self.entries.push(kept);
                }
                taken.left = !old.is_empty();
                self.close(all.closed, Some(all.paces), &mut taken);
                taken
            }
            CasesNews::Changed(CasesChanged { cases, gone, closed, paces }) => {
                let (mut taken, told) = (Taken::default(), self.entries.len());
                self.entries.retain(|entry| !gone.contains(&entry.case.id));
                taken.left = self.entries.len() < told;
                for entry in cases {
                    match self.entries.iter_mut().find(|old| old.case.id == entry.case.id) {
                        // Answers may overtake each other: an older version never replaces a newer one.
                        Some(old) if old.case.version > entry.case.version || **old == entry => {}
                        Some(old) => *old = taken.note(Some(old), entry),
                        None => self.entries.push(taken.note(None, entry)),
                    }
                }
                self.close(closed, paces, &mut taken);
                taken
            }
        }
    }

    /// Nothing of a person may stay; whether there was anything.
    pub fn forget(&mut self, person: &PersonHandle) -> bool {
        let told = self.entries.len();
        self.entries.retain(|entry| entry.person.handle != *person);
        self.entries.len() < told
    }

    /// The entry of a case.
    pub fn find(&self, id: &CaseId) -> Option<&Rc<CaseEntry>> {
        self.entries.iter().find(|entry| entry.case.id == *id)
    }

    /// Takes over who is closed, and leaves none of their cases.
    fn close(&mut self, closed: Vec<ClosedPerson>, paces: Option<Vec<Pace>>, taken: &mut Taken) {
        let before: BTreeSet<&PersonHandle> = self.closed.iter().map(|one| &one.person).collect();
        let people = closed.iter().map(|one| &one.person);
        taken.closed = people.clone().filter(|person| !before.contains(*person)).cloned().collect();
        let shut: BTreeSet<&PersonHandle> = people.collect();
        let open = |entry: &Rc<CaseEntry>| !shut.contains(&entry.person.handle);
        let told = self.entries.len();
        self.entries.retain(open);
        taken.entries.retain(open);
        taken.newer.retain(|person| !shut.contains(person));
        taken.left |= self.entries.len() < told;
        self.closed = closed;
        // The same figures stay the very same too: cards rest on them.
        if let Some(paces) = paces.filter(|paces| *paces != *self.paces) {
            self.paces = Rc::new(paces);
        }
    }
}

impl Taken {
    fn note(&mut self, was: Option<&CaseEntry>, entry: CaseEntry) -> Rc<CaseEntry> {
        if was.is_none_or(|was| was.case.version < entry.case.version) {
            self.newer.push(entry.person.handle.clone());
        }
        let entry = Rc::new(entry);
        self.entries.push(Rc::clone(&entry));
        entry
    }
}

#[cfg(test)]
mod tests;
