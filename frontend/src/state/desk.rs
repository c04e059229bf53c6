//! 受付: what a municipality's clerk works on, in memory only.

mod draft;
mod filings;

pub use draft::{BulkAnswer, BulkDraft, EntryDraft, EntryField};
pub use filings::{DeskFilings, FiledKey, InboxWish, PaperDraft};

use super::Load;
use domain::certification::{ApplicationKind, Case, CaseId, Stage};
use domain::upstream::{PageMark, QueueEntry, QueueFilter, QueueResponse};
use std::fmt;
use std::rc::Rc;
use std::str::FromStr;

/// Names a case within one session, as [`super::PersonKey`] names a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CaseKey(usize);

impl fmt::Display for CaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for CaseKey {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// What is wished of the queue, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueueWish {
    /// Part of a name or number.
    pub text: String,
    /// 段階.
    pub stage: Option<Stage>,
    /// 申請区分.
    pub kind: Option<ApplicationKind>,
    /// Only those past the limit.
    pub late: bool,
    /// Ended ones too.
    pub ended: bool,
    /// 申請日 on or after.
    pub from: String,
    /// 申請日 on or before.
    pub to: String,
}

/// Where a page of the queue ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageEnd {
    /// As the upstream says it.
    pub mark: PageMark,
    /// How many cases stood till there.
    pub cases: usize,
}

/// The desk.
#[derive(Debug, Default)]
pub struct Desk {
    /// What is wished of the queue.
    pub wish: QueueWish,
    /// What was asked for last.
    pub asked: QueueFilter,
    /// Where the pages before the one that is shown end; empty on the first.
    pub marks: Vec<PageEnd>,
    /// The page that is shown.
    pub queue: Load<QueueResponse>,
    /// Many lines from a file.
    pub bulk: Option<BulkDraft>,
    /// 届出.
    pub filings: DeskFilings,
    /// Counts questions: only the answer to the last one is shown.
    turn: u32,
    met: Vec<Met>,
}

#[derive(Debug)]
struct Met {
    entry: Rc<QueueEntry>,
    draft: EntryDraft,
}

impl Desk {
    /// Asks for a page; the number of the question.
    pub fn ask(&mut self, filter: QueueFilter, marks: Vec<PageEnd>) -> u32 {
        // Another question's answer is not what is asked for now.
        self.queue = if filter == self.asked && marks == self.marks {
            self.queue.started()
        } else {
            Load::default().started()
        };
        (self.asked, self.marks) = (filter, marks);
        self.turn += 1;
        self.turn
    }

    /// Takes the answer to a question; `None` when another was asked since.
    pub fn answered(&mut self, turn: u32) -> Option<&mut Load<QueueResponse>> {
        (turn == self.turn).then_some(&mut self.queue)
    }

    /// Takes a case as it came.
    pub fn take(&mut self, entry: &QueueEntry) -> CaseKey {
        match self.key_of(&entry.case.id) {
            Some(key) => {
                // Answers may overtake each other.
                if let Some(met) =
                    self.met.get_mut(key.0).filter(|met| met.entry.case.version <= entry.case.version)
                {
                    met.entry = Rc::new(entry.clone());
                }
                key
            }
            None => {
                self.met.push(Met { entry: Rc::new(entry.clone()), draft: EntryDraft::default() });
                CaseKey(self.met.len() - 1)
            }
        }
    }

    /// A case was changed by somebody else.
    pub fn changed(&mut self, key: CaseKey, case: Case, by: String) {
        if let Some(met) = self.met.get_mut(key.0) {
            let mut entry = (*met.entry).clone();
            (entry.case, entry.changed_by) = (case, by);
            met.entry = Rc::new(entry);
        }
    }

    /// A case met in this session.
    pub fn get(&self, key: CaseKey) -> Option<Rc<QueueEntry>> {
        self.met.get(key.0).map(|met| Rc::clone(&met.entry))
    }

    /// The key of a case.
    pub fn key_of(&self, id: &CaseId) -> Option<CaseKey> {
        self.met.iter().position(|met| met.entry.case.id == *id).map(CaseKey)
    }

    /// What was typed for a case and is not entered yet.
    pub fn draft(&self, key: CaseKey) -> EntryDraft {
        self.met.get(key.0).map(|met| met.draft.clone()).unwrap_or_default()
    }

    /// Keeps it.
    pub fn set_draft(&mut self, key: CaseKey, draft: EntryDraft) {
        if let Some(met) = self.met.get_mut(key.0) {
            met.draft = draft;
        }
    }
}

#[cfg(test)]
pub mod sample;

#[cfg(test)]
mod tests {
    use super::sample::entry;
    use super::*;

    #[test]
    fn a_case_keeps_its_key_and_the_newest_version_counts() {
        let mut desk = Desk::default();
        let first = desk.take(&entry("c1", 5));
        let second = desk.take(&entry("c2", 1));
        assert_ne!(first, second);
        let draft = EntryDraft::default().typed(EntryField::Survey, "R8.10.14");
        desk.set_draft(first, draft.clone());
        assert_eq!(desk.take(&entry("c1", 6)), first);
        assert_eq!(desk.take(&entry("c1", 4)), first);
        assert_eq!(desk.get(first).unwrap().case.version, 6);
        assert_eq!(desk.draft(first), draft, "what was typed stays");
        assert_eq!(first.to_string().parse(), Ok(first));
        assert!(desk.get(CaseKey(9)).is_none());
    }

    #[test]
    fn only_the_answer_to_the_last_question_is_taken() {
        let mut desk = Desk::default();
        let slow = desk.ask(QueueFilter::default(), Vec::new());
        let late = QueueFilter { late: true, ..QueueFilter::default() };
        let quick = desk.ask(late, Vec::new());
        assert!(desk.answered(slow).is_none());
        assert!(desk.answered(quick).is_some_and(|load| load.waiting && load.value.is_none()));
    }
}
