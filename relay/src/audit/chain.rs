//! The files of the log and the end of its chain: `audit/2026-11-22.jsonl`, a file a day, one chain through all.

use super::line::{Entry, Event, Line, day, day_number, hash, instant};
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How far from its end a file is looked at for its last lines. A line is below 600 bytes.
const TAIL: u64 = 64 * 1024;

/// The open end of the chain.
#[derive(Debug)]
pub(super) struct Chain {
    folder: PathBuf,
    /// Held as long as the log is open: one process writes.
    _lock: File,
    file: File,
    day: String,
    /// A day whose lines belong into the open file, as last seen: the day of nearly every line.
    usual: Option<u64>,
    seq: u64,
    prev: String,
    /// Lines made but not yet in the file, and how much of them already is.
    pending: Vec<u8>,
    written: usize,
    /// Whether anything written may not be on disk yet.
    dirty: bool,
}

/// Why the log cannot be opened or read.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// Another process has it.
    #[error("another relay has the audit log of this state folder open")]
    Busy,
    /// The files cannot be used.
    #[error("the audit log in {} cannot be used", .0.display())]
    Io(PathBuf, #[source] io::Error),
    /// The last line makes no sense although it is whole: somebody else wrote it.
    #[error("the last line of {} is none of the relay's; run the audit command", .0.display())]
    Foreign(PathBuf),
    /// The thread could not be started.
    #[error("the audit log's thread cannot be started")]
    Thread(#[source] io::Error),
}

/// The log's folder in a state folder.
pub fn folder(state: &Path) -> PathBuf {
    state.join("audit")
}

/// The log's files, oldest first.
pub(super) fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .filter(|path| path.as_ref().map_or(true, |path| path.extension().is_some_and(|e| e == "jsonl")))
        .collect::<io::Result<_>>()?;
    files.sort();
    Ok(files)
}

impl Chain {
    /// Opens the log where it ended. A last line torn by a crash is kept, closed, and followed by a line that
    /// says so.
    pub(super) fn open(folder: &Path) -> Result<Self, AuditError> {
        let io = |error| AuditError::Io(folder.to_owned(), error);
        fs::create_dir_all(folder).map_err(io)?;
        let lock = File::create(folder.join("lock")).map_err(io)?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => AuditError::Busy,
            TryLockError::Error(error) => io(error),
        })?;
        let now = crate::time::since_epoch();
        let last = files(folder).map_err(io)?.pop();
        let end = match &last {
            Some(path) => End::of(path)?,
            None => End::default(),
        };
        // Not before the last file's day, even if the clock has gone back: the files' order is the chain's.
        let today = day(now);
        let day = match last.as_deref().and_then(Path::file_stem).and_then(|stem| stem.to_str()) {
            Some(last) if last > today.as_str() => last.to_owned(),
            _ => today,
        };
        if end.torn
            && let Some(path) = &last
        {
            let mut file = append(path).map_err(io)?;
            file.write_all(b"\n").map_err(io)?;
        }
        let file = append(&folder.join(format!("{day}.jsonl"))).map_err(io)?;
        let mut chain = Self {
            folder: folder.to_owned(),
            _lock: lock,
            file,
            day,
            usual: None,
            seq: end.seq,
            prev: end.hash,
            pending: Vec::new(),
            written: 0,
            dirty: false,
        };
        if end.torn {
            chain.add(now, Event::Torn, None, None);
        }
        chain.add(now, Event::Start, None, None);
        Ok(chain)
    }

    /// Adds a request's line to those to be written.
    pub(super) fn request(&mut self, entry: &Entry) {
        self.add(entry.end(), Event::Request, Some(entry), None);
    }

    /// Adds the line that says how many have none.
    pub(super) fn strangers(&mut self, at: Duration, count: u64) {
        self.add(at, Event::Strangers, None, Some(count));
    }

    /// Whether a line of this time belongs into another file than the open one; then everything pending has
    /// to be written first, and [`Self::turn`] be called.
    pub(super) fn turns(&mut self, at: Duration) -> bool {
        let number = day_number(at);
        if self.usual == Some(number) {
            return false;
        }
        let turns = day(at) > self.day;
        self.usual = (!turns).then_some(number);
        turns
    }

    /// Goes on in the file of a later day.
    pub(super) fn turn(&mut self, at: Duration) -> io::Result<()> {
        self.file.sync_data()?;
        let day = day(at);
        self.file = append(&self.folder.join(format!("{day}.jsonl")))?;
        self.day = day;
        Ok(())
    }

    /// Writes what is pending. After an error the rest stays pending; nothing is written twice.
    pub(super) fn write(&mut self) -> io::Result<()> {
        while self.written < self.pending.len() {
            match self.file.write(&self.pending[self.written..]) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => {
                    self.written += count;
                    self.dirty = true;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.pending.clear();
        self.written = 0;
        Ok(())
    }

    /// Forces what is written to disk.
    pub(super) fn sync(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.dirty) { self.file.sync_data() } else { Ok(()) }
    }

    #[cfg(test)]
    pub(super) fn swap_file(&mut self, file: File) -> File {
        std::mem::replace(&mut self.file, file)
    }

    fn add(&mut self, at: Duration, event: Event, entry: Option<&Entry>, count: Option<u64>) {
        self.seq += 1;
        let line = Line {
            seq: self.seq,
            prev: std::mem::take(&mut self.prev),
            at: instant(at),
            event,
            request: entry.map(Into::into),
            count,
        };
        let start = self.pending.len();
        match serde_json::to_writer(&mut self.pending, &line) {
            Ok(()) => {}
            // Strings and numbers into memory: there is nothing that could fail.
            Err(error) => tracing::error!(%error, "An audit line could not be made."),
        }
        self.prev = hash(&self.pending[start..]);
        self.pending.push(b'\n');
    }
}

/// How a file ends.
#[derive(Debug, Default)]
struct End {
    seq: u64,
    hash: String,
    torn: bool,
}

impl End {
    fn of(path: &Path) -> Result<Self, AuditError> {
        let io = |error| AuditError::Io(path.to_owned(), error);
        let mut file = File::open(path).map_err(io)?;
        let length = file.metadata().map_err(io)?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL))).map_err(io)?;
        let mut tail = Vec::new();
        file.read_to_end(&mut tail).map_err(io)?;
        let (whole, torn) = match tail.iter().rposition(|byte| *byte == b'\n') {
            Some(end) => (&tail[..end], &tail[end + 1..]),
            None => (&tail[..0], tail.as_slice()),
        };
        let last = whole.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        let seq = match serde_json::from_slice::<Line<'_>>(last) {
            Ok(line) => line.seq,
            // An empty file, or one whose very first line was torn.
            Err(_) if last.is_empty() => before(path)?,
            Err(_) => return Err(AuditError::Foreign(path.to_owned())),
        };
        let (torn_off, last) = (!torn.is_empty(), if torn.is_empty() { last } else { torn });
        let hash = if last.is_empty() { previous_hash(path)? } else { hash(last) };
        Ok(Self { seq, hash, torn: torn_off })
    }
}

/// The file before this one, if any.
fn earlier(path: &Path) -> Result<Option<PathBuf>, AuditError> {
    let io = |error| AuditError::Io(path.to_owned(), error);
    let folder = path.parent().unwrap_or(Path::new(""));
    Ok(files(folder).map_err(io)?.into_iter().take_while(|other| other != path).last())
}

fn before(path: &Path) -> Result<u64, AuditError> {
    earlier(path)?.map_or(Ok(0), |path| End::of(&path).map(|end| end.seq))
}

fn previous_hash(path: &Path) -> Result<String, AuditError> {
    earlier(path)?.map_or(Ok(String::new()), |path| End::of(&path).map(|end| end.hash))
}

fn append(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
