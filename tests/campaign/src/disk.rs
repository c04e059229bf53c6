//! The client's disk: what is left of it after a crash.

use crate::Failure;
use crate::lane::lock;
use kakehashi_domain::filing::outbox::Outbox;
use std::sync::Mutex;

/// One confirmed filing, as JSON.
#[derive(Debug)]
pub(crate) struct Disk(Mutex<Texts>);

#[derive(Debug, Clone)]
struct Texts {
    now: String,
    /// What is left when the last write is lost.
    before: String,
}

impl Disk {
    /// What was kept when it was confirmed.
    pub(crate) fn new(outbox: &Outbox) -> Result<Self, Failure> {
        let now = serde_json::to_string(outbox)?;
        Ok(Self(Mutex::new(Texts { before: now.clone(), now })))
    }

    /// Reads, takes in, writes, as one change.
    pub(crate) fn keep(&self, outbox: &mut Outbox) -> Result<(), Failure> {
        let mut texts = lock(&self.0);
        outbox.take_in(&serde_json::from_str(&texts.now)?);
        let now = serde_json::to_string(outbox)?;
        texts.before = std::mem::replace(&mut texts.now, now);
        Ok(())
    }

    /// The last write never reached the disk.
    pub(crate) fn lose_last(&self) {
        let mut texts = lock(&self.0);
        texts.now = texts.before.clone();
    }

    /// What a page reads that is opened now.
    pub(crate) fn read(&self) -> Result<Outbox, Failure> {
        Ok(serde_json::from_str(&lock(&self.0).now)?)
    }
}
