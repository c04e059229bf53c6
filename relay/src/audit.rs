//! The audit log: one line a request, each with the hash of the line before, so that a line changed, taken out
//! or put in shows (`kakehashi-relay audit`). Who (device), when, what kind of information (route), outcome.
//! No bodies, no tokens, no personal numbers, no addresses. Refused requests of callers nobody knows have lines
//! up to a number a minute; of the rest the log says how many there were.
//!
//! Writing is off the request's path: a bounded queue and one thread that owns the file. When the queue is full
//! the request waits; when the disk fails, lines stay in the queue and the relay stops forwarding until they
//! are written. A killed process may lose the lines of the last few milliseconds, a power cut those since the
//! last sync (`audit.sync_ms`); an orderly stop loses none. That lines are missing at the very end cannot be
//! seen from the log alone: note its last hash elsewhere from time to time.

mod chain;
mod check;
mod line;
mod record;
mod strangers;
mod writer;

pub use chain::{AuditError, folder};
pub use check::{Break, Checked, check};
pub use line::Entry;
pub use record::Record;

use crate::config;
use chain::Chain;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use strangers::Strangers;

/// Lines that may wait to be written.
const QUEUE: usize = 4096;

/// The way to the log. Cloning is cheap; the log is closed when the last one is gone.
#[derive(Debug, Clone)]
pub struct Audit {
    queue: SyncSender<Entry>,
    well: Arc<AtomicBool>,
    strangers: Arc<Strangers>,
}

/// The log is closed: its thread is gone.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the audit log is closed")]
pub struct Closed;

impl Audit {
    /// Opens the log, continues its chain, and starts its thread. Only one process can have it open.
    pub fn open(state: &Path, config: &config::Audit) -> Result<(Self, JoinHandle<()>), AuditError> {
        let chain = Chain::open(&folder(state))?;
        let (queue, lines) = sync_channel(QUEUE);
        let well = Arc::new(AtomicBool::new(true));
        let strangers = Arc::new(Strangers::new(config.strangers_per_minute));
        let every = config.sync_ms.into();
        let writer = writer::Writer::new(chain, Arc::clone(&well), every, Arc::clone(&strangers));
        let thread = std::thread::Builder::new()
            .name("audit".to_owned())
            .spawn(move || writer.run(&lines))
            .map_err(AuditError::Thread)?;
        Ok((Self { queue, well, strangers }, thread))
    }

    /// Whether lines can be written at present.
    pub fn well(&self) -> bool {
        self.well.load(Ordering::Relaxed)
    }

    /// Begins the line of a request.
    pub fn begin(&self, entry: Entry) -> Record<'_> {
        Record::new(self, entry)
    }

    /// Hands a line over. Waits while the queue is full.
    async fn record(&self, entry: Entry) -> Result<(), Closed> {
        match self.queue.try_send(entry) {
            Ok(()) => Ok(()),
            Err(TrySendError::Disconnected(_)) => Err(Closed),
            Err(TrySendError::Full(entry)) => {
                let queue = self.queue.clone();
                let sent = tokio::task::spawn_blocking(move || queue.send(entry)).await;
                if matches!(sent, Ok(Ok(()))) { Ok(()) } else { Err(Closed) }
            }
        }
    }

    /// The same where nobody can wait: another thread does.
    fn record_later(&self, entry: Entry) {
        if let Err(TrySendError::Full(entry)) = self.queue.try_send(entry) {
            let queue = self.queue.clone();
            tokio::task::spawn_blocking(move || queue.send(entry));
        }
    }
}
