//! Sending a filing exactly once, whatever happens on the way: the client's side of one confirmed 届出.
//!
//! A machine without clock, line or storage. It is told what happened ([`Event`]), when, and a random number;
//! it answers what is to be kept and which call is to be made ([`Step`]). The same machine is driven by the
//! app, by the model test and by the fault campaign.
//!
//! What makes a filing come exactly once is its key: upstream, the outcome of a key is decided once and then
//! stays ([`KeyOutcome`]). So a repeated call is never wrong here, and only an outcome that upstream has
//! said is told to a person. The machine's part is that the key never changes, that nothing is called failed
//! because it went unanswered, and that it goes on until there is an outcome.
//!
//! # What whoever drives it does
//! - Keeps statement and [`Outbox::confirmed`] in one change, only if the draft has no key yet, and calls the
//!   filing confirmed when that change is on the disk.
//! - Carries out a [`Step`] in order. `keep` is one change: read what is kept, [`Outbox::take_in`], write. If
//!   it fails, or [`Outbox::stands`] no longer holds for the call, the call is not made and is answered with
//!   [`Reply::Nothing`].
//! - Answers every call once, [`Reply::Nothing`] after a deadline of its own shorter than [`LONGEST_CALL`].
//! - Says [`Event::Restarted`] after it read a machine back, and [`Event::Tick`] whenever [`Outbox::wait`] is
//!   over, the line changed, or somebody signed in. Too many ticks do no harm.
//! - Holds a lock among the browser's tabs, for quiet; without one it is right too. Whoever gets the lock reads
//!   what is kept: another tab may have confirmed something and died.

mod machine;
mod pause;
mod receipt;
#[cfg(test)]
mod tests;

pub use pause::{LEAST, LONGEST_CALL, MOST};
pub use receipt::reply;

use super::FilingKey;
use crate::calendar::Time;
#[cfg(doc)]
use crate::upstream::KeyOutcome;
use serde::{Deserialize, Serialize};

/// One confirmed filing on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outbox {
    /// Its key, which never changes.
    pub key: FilingKey,
    /// How far it is.
    pub phase: Phase,
    /// How often something was sent, for the screen.
    pub tries: u32,
    /// How many pauses in a row, which makes them grow.
    pub step: u8,
    /// When something was last sent, or the pause was begun anew.
    pub last: Time,
    /// Not before then is the next try.
    pub next: Time,
    /// The call under way. It dies with the page, and so is not kept.
    #[serde(skip)]
    under_way: Option<Call>,
}

/// How far a filing is. The order is the only way through; the last three are ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Confirmed, never sent.
    Waiting,
    /// Sent at least once; what became of it is not known.
    Sent,
    /// The person wants it back, and upstream has not answered that yet. It may have been received all the same.
    GivingUp,
    /// 受付済み: upstream has said so.
    Received,
    /// Refused for good: upstream has said so.
    Refused,
    /// Given up before it came: upstream has said so.
    Void,
}

/// What may be told to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// 「まだ提出されていません」
    NotYet,
    /// 「提出できたか確かめています」
    Checking,
    /// 「取りやめを確かめています」: it may still turn out to be filed.
    GivingUp,
    /// 「受け付けられました」
    Filed,
    /// 「受け付けられませんでした」: not filed, for good.
    Refused,
    /// 「取りやめました」: not filed, for good.
    GivenUp,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Time has passed, or the line has changed.
    Tick(Line),
    /// The person wants it back.
    GiveUp,
    /// A call was answered, or will not be.
    Answer(Call, Reply),
    /// The machine was read back: whatever was under way is gone.
    Restarted,
}

/// Whether anything can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// No network, as far as is known.
    Down,
    /// Nobody is signed in.
    SignedOut,
    /// It may be tried.
    Up,
}

/// A call to upstream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// [`crate::upstream::route::FILING_SUBMIT`], with the statement as it was kept.
    Submit,
    /// [`crate::upstream::route::FILING_KEYS`], with this key.
    Keys,
    /// [`crate::upstream::route::FILING_VOID`], with this key.
    Void,
}

/// What a call was answered; [`reply`] reads it from an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Received, with a receipt for this key and this statement.
    Received,
    /// Refused for good.
    Refused,
    /// Given up.
    Void,
    /// Nothing with this key has come yet.
    Unknown,
    /// Refused because nobody is signed in (`UPS-105`, `UPS-106`, `UPS-401`).
    SessionOver,
    /// No answer, one nobody understands, a system error, or a refusal that says nothing about the key.
    Nothing,
}

/// What is to be done, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[must_use]
pub struct Step {
    /// The machine is kept, before anything else.
    pub keep: bool,
    /// Then this is called.
    pub call: Option<Call>,
    /// Somebody has to sign in before it can go on.
    pub sign_in: bool,
}
