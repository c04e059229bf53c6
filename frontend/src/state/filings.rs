//! 届出 of whoever is signed in: drafts of this device, what waits to be sent, what was sent. No browser in here.

mod draft;

pub use draft::{Draft, DraftKey, Sent};

use super::Load;
use crate::service::problem::Problem;
use domain::calendar::Time;
use domain::filing::FilingNumber;
use domain::filing::outbox::Told;
use domain::upstream::{FilingState, FilingsResponse, PersonHandle};
use std::rc::Rc;

/// All of it.
#[derive(Debug, Default)]
pub struct Filings {
    /// Whether the drafts of this device are there.
    pub opening: Opening,
    /// Drafts, the one that was begun last first.
    pub drafts: Vec<Kept>,
    /// Drafts that could not be opened.
    pub shut: Vec<Shut>,
    /// What was sent, as upstream tells it.
    pub list: Load<FilingsResponse>,
    /// When that was last asked for.
    pub asked_at: Option<Time>,
    /// Of which the proof was asked for last.
    pub proof: Option<FilingNumber>,
    /// A check by card for a draft, until its page takes it.
    pub checked: Option<Checked>,
}

/// How far the drafts of this device are read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Opening {
    /// Not yet in this session.
    #[default]
    Not,
    /// Under way.
    Opening,
    /// Read.
    Open,
    /// They cannot be read or kept; what is written is in memory only.
    Failed(Problem),
}

/// A draft in memory, and how it lies on the device.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Its name.
    pub key: DraftKey,
    /// The version that is on the device; 0 for none.
    pub version: u32,
    /// What it says.
    pub draft: Rc<Draft>,
    /// Whether what it says is on the device.
    pub saved: Saved,
    /// What happened to it last that a person should know.
    pub trouble: Option<Problem>,
}

/// Whether a draft is on the device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// Since then.
    At(Time),
    /// It is being written, or about to be.
    Soon,
    /// It cannot be.
    Not(Problem),
}

/// A draft that could not be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shut {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// Why.
    pub problem: Problem,
}

/// 本人確認 by card that has just been made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// For which draft.
    pub draft: DraftKey,
    /// Whose card it was.
    pub person: PersonHandle,
    /// Names the check.
    pub transaction: String,
    /// When.
    pub at: Time,
}

impl Filings {
    /// A draft.
    pub fn get(&self, key: DraftKey) -> Option<&Kept> {
        self.drafts.iter().find(|kept| kept.key == key)
    }

    /// A draft, to be changed.
    pub fn get_mut(&mut self, key: DraftKey) -> Option<&mut Kept> {
        self.drafts.iter_mut().find(|kept| kept.key == key)
    }

    /// Puts a draft in the place of the one with its name, or before all others.
    pub fn put(&mut self, kept: Kept) {
        match self.get_mut(kept.key) {
            Some(there) => *there = kept,
            None => self.drafts.insert(0, kept),
        }
    }

    /// Takes a draft away.
    pub fn remove(&mut self, key: DraftKey) {
        self.drafts.retain(|kept| kept.key != key);
    }

    /// The session is over: what lies on the device is read again by whoever opens it, and leaves the memory.
    /// What could not be kept stays for the same person.
    pub fn close(&mut self) {
        self.drafts.retain(|kept| kept.version == 0 || matches!(kept.saved, Saved::Not(_)));
        (self.opening, self.checked) = (Opening::Not, None);
        self.shut.clear();
    }

    /// What is confirmed and may still be under way, and what may be told of each.
    pub fn waiting(&self) -> impl Iterator<Item = (&Kept, Told)> {
        let told = |kept| {
            let told = Kept::told(kept)?;
            matches!(told, Told::NotYet | Told::Checking | Told::GivingUp).then_some((kept, told))
        };
        self.drafts.iter().filter_map(told)
    }

    /// How many wait to be sent, and of how many it is being found out: for the band on every page.
    pub fn counts(&self) -> (usize, usize) {
        let not_yet = self.waiting().filter(|(_, told)| *told == Told::NotYet).count();
        (not_yet, self.waiting().count() - not_yet)
    }

    /// Drafts that need not be kept any more: the municipality has decided on what they became.
    pub fn settled(&self) -> Vec<DraftKey> {
        let Some(list) = &self.list.value else { return Vec::new() };
        let decided = |kept: &&Kept| {
            let Some(receipt) = kept.draft.receipt() else { return false };
            let entry = list.filings.iter().find(|entry| entry.number == receipt.number);
            entry.is_some_and(|entry| entry.state != FilingState::Received)
        };
        self.drafts.iter().filter(decided).map(|kept| kept.key).collect()
    }
}

impl Kept {
    /// What may be told of it; nothing while it is being written.
    pub fn told(&self) -> Option<Told> {
        self.draft.sent.as_ref().map(|sent| sent.outbox.told())
    }
}

#[cfg(test)]
mod tests;
