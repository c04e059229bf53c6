//! The thread that owns the log: gathers lines for a moment, writes them in one go, syncs now and then.

use super::chain::Chain;
use super::line::Entry;
use super::strangers::Strangers;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::{Duration, Instant};

/// Lines are gathered for this long under load: one write for many, and no thread woken for each.
const GATHER: Duration = Duration::from_millis(5);
/// Lines in one write at most.
const BATCH: usize = 1024;
/// Between two tries on a disk that fails.
const RETRY: Duration = Duration::from_millis(250);
/// Tries when the relay is about to stop and the disk still fails.
const LAST_TRIES: u32 = 20;

pub(super) struct Writer {
    chain: Chain,
    well: Arc<AtomicBool>,
    every: Duration,
    strangers: Arc<Strangers>,
    /// When what has been written has to be on disk.
    due: Option<Instant>,
}

impl Writer {
    pub(super) fn new(
        chain: Chain,
        well: Arc<AtomicBool>,
        every: Duration,
        strangers: Arc<Strangers>,
    ) -> Self {
        Self { chain, well, every, strangers, due: None }
    }

    /// Until every sender is gone and every line is written.
    pub(super) fn run(mut self, lines: &Receiver<Entry>) {
        self.flush(Chain::write, None);
        loop {
            match self.next(lines) {
                Ok(entry) => {
                    self.take(&entry);
                    self.gather(lines);
                    self.flush(Chain::write, None);
                    self.due.get_or_insert_with(|| Instant::now() + self.every);
                    std::thread::sleep(GATHER);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if self.due.is_some_and(|due| due <= Instant::now()) {
                self.due = None;
                self.left_out();
                self.flush(Chain::write, None);
                self.flush(Chain::sync, None);
            }
        }
        self.left_out();
        self.flush(Chain::write, Some(LAST_TRIES));
        self.flush(Chain::sync, Some(LAST_TRIES));
    }

    /// The next line, or a timeout when a sync is due.
    fn next(&self, lines: &Receiver<Entry>) -> Result<Entry, RecvTimeoutError> {
        match self.due {
            Some(due) => lines.recv_timeout(due.saturating_duration_since(Instant::now())),
            None => lines.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    fn gather(&mut self, lines: &Receiver<Entry>) {
        for _ in 1..BATCH {
            match lines.try_recv() {
                Ok(entry) => self.take(&entry),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => return,
            }
        }
    }

    fn take(&mut self, entry: &Entry) {
        if self.chain.turns(entry.end()) {
            self.flush(Chain::write, None);
            self.flush(|chain| chain.turn(entry.end()), None);
        }
        self.left_out();
        self.chain.request(entry);
    }

    /// The line for those that have none of their own.
    fn left_out(&mut self) {
        match self.strangers.left_out() {
            0 => {}
            count => self.chain.strangers(crate::time::since_epoch(), count),
        }
    }

    /// Does it until it works. While it does not, the relay does not forward.
    fn flush(&mut self, step: impl Fn(&mut Chain) -> io::Result<()>, tries: Option<u32>) {
        let mut tried = 0;
        while let Err(error) = step(&mut self.chain) {
            if self.well.swap(false, Ordering::Relaxed) {
                tracing::error!(%error, "The audit log cannot be written; nothing is forwarded until it can.");
            }
            tried += 1;
            if tries.is_some_and(|tries| tried >= tries) {
                tracing::error!(%error, "The audit log could not be written to its end.");
                return;
            }
            std::thread::sleep(RETRY);
        }
        if !self.well.swap(true, Ordering::Relaxed) {
            tracing::info!("The audit log can be written again.");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::check;
    use crate::visit::Visit;
    use std::fs::File;
    use std::sync::mpsc::sync_channel;

    fn entry() -> Entry {
        let visit = Visit::new(&http::Method::POST, [127, 0, 0, 1].into());
        Entry::new(Arc::new(visit), "/api/v1/status")
    }

    #[test]
    fn a_disk_that_fails_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let well = Arc::new(AtomicBool::new(true));
        let chain = Chain::open(folder.path()).unwrap();
        let mut writer = Writer::new(chain, Arc::clone(&well), Duration::from_secs(1), Arc::default());
        writer.flush(Chain::write, None);
        // A handle that can only read stands for a disk that takes nothing.
        let good = writer.chain.swap_file(File::open(folder.path().join("lock")).unwrap());
        writer.take(&entry());
        writer.take(&entry());
        writer.flush(Chain::write, Some(1));
        assert!(!well.load(Ordering::Relaxed));
        writer.chain.swap_file(good);
        writer.flush(Chain::write, None);
        assert!(well.load(Ordering::Relaxed));
        assert_eq!(check(folder.path()).unwrap().lines, 3);
    }

    #[test]
    fn everything_queued_is_written_before_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let writer = Writer::new(
            Chain::open(folder.path()).unwrap(),
            Arc::default(),
            Duration::from_secs(1),
            Arc::default(),
        );
        let (queue, lines) = sync_channel(3000);
        for _ in 0..3000 {
            queue.send(entry()).unwrap();
        }
        drop(queue);
        writer.run(&lines);
        assert_eq!(check(folder.path()).unwrap().lines, 3001);
    }

    #[test]
    fn a_new_day_is_a_new_file_and_the_same_chain() {
        let folder = tempfile::tempdir().unwrap();
        let writer = Writer::new(
            Chain::open(folder.path()).unwrap(),
            Arc::default(),
            Duration::from_secs(1),
            Arc::default(),
        );
        let (queue, lines) = sync_channel(10);
        for days in [0, 1, 1, 2, 0] {
            let mut entry = entry();
            Arc::get_mut(&mut entry.visit).unwrap().at += Duration::from_secs(days * 86_400);
            queue.send(entry).unwrap();
        }
        drop(queue);
        writer.run(&lines);
        let files = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(files, 4, "three days and the lock");
        assert_eq!(check(folder.path()).unwrap().lines, 6);
    }
}
