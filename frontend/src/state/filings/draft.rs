//! One draft: what was answered, and once it is confirmed what is sent of it.

use domain::calendar::Time;
use domain::filing::outbox::{Outbox, Phase};
use domain::filing::{Answers, FilingNumber};
use domain::qualification::InsuranceCertificate;
use domain::upstream::{KeyOutcome, Person, Receipt};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Names a draft, also in an address: random, nothing personal in it, the same after the page was loaded anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DraftKey(pub u64);

impl fmt::Display for DraftKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for DraftKey {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// A 届出 that is being written, or on its way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Whose, as told when it was begun.
    pub person: Person,
    /// 被保険者証 as it was then, so that a draft is checked without a line as well.
    #[serde(default)]
    pub certificate: Option<InsuranceCertificate>,
    /// What was answered.
    pub answers: Answers,
    /// The page it was left on, from 1.
    pub page: u8,
    /// What it takes the place of.
    #[serde(default)]
    pub replaces: Option<FilingNumber>,
    /// Begun.
    pub begun_at: Time,
    /// Since it was confirmed.
    #[serde(default)]
    pub sent: Option<Sent>,
}

/// What was confirmed, and how far it is on its way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sent {
    /// The statement, byte by byte as it was signed.
    pub statement: String,
    /// The device's signature over it.
    pub signature: String,
    /// The machine that sends it.
    pub outbox: Outbox,
    /// What upstream has said of its key.
    #[serde(default)]
    pub outcome: Option<KeyOutcome>,
}

impl Draft {
    /// 受付の控え, once there is one.
    pub fn receipt(&self) -> Option<&Receipt> {
        match self.sent.as_ref()?.outcome.as_ref()? {
            KeyOutcome::Received(receipt) => Some(receipt),
            _ => None,
        }
    }

    /// Whether it may be thrown away: it was never confirmed, or upstream has said what became of it.
    pub fn may_go(&self) -> bool {
        self.sent.as_ref().is_none_or(|sent| sent.outbox.ended())
    }

    /// Whether it may be written on: it was never confirmed.
    pub fn is_open(&self) -> bool {
        self.sent.is_none()
    }

    /// The same to be written on again, after it was refused or given up; its key is never used again.
    #[must_use]
    pub fn reopened(&self) -> Option<Self> {
        let phase = self.sent.as_ref()?.outbox.phase;
        matches!(phase, Phase::Refused | Phase::Void).then(|| Self { sent: None, ..self.clone() })
    }

    /// Takes in what another tab has kept of the same draft. Nothing ever goes back: what is confirmed there is
    /// confirmed here, and what was learnt stays.
    pub fn take_in(&mut self, kept: &Self) {
        match (&mut self.sent, &kept.sent) {
            (Some(mine), Some(theirs)) if mine.outbox.key == theirs.outbox.key => {
                mine.outbox.take_in(&theirs.outbox);
                if mine.outcome.is_none() {
                    mine.outcome.clone_from(&theirs.outcome);
                }
            }
            _ => self.clone_from(kept),
        }
    }
}
