//! Whether the chain holds, and where it breaks if not.

use super::chain::{AuditError, files};
use super::line::{Event, Line, hash};
use std::fs;
use std::path::{Path, PathBuf};

/// A chain that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Lines.
    pub lines: u64,
    /// Number of the first; more than 1 if older files have been taken away.
    pub first: u64,
    /// Hash of the last; note it elsewhere to be able to see later that nothing is missing at the end.
    pub last: String,
}

/// A chain that does not hold.
#[derive(Debug, thiserror::Error)]
pub enum Break {
    /// The files cannot be read.
    #[error("the log cannot be read")]
    Read(#[from] AuditError),
    /// A line is none.
    #[error("{} line {line}: not a line of the log", file.display())]
    Form {
        /// The file.
        file: PathBuf,
        /// From 1.
        line: usize,
    },
    /// A line does not follow the one before: this one or that one was changed, or lines are missing between.
    #[error("{} line {line}: does not follow the line before", file.display())]
    Follow {
        /// The file.
        file: PathBuf,
        /// From 1.
        line: usize,
    },
    /// The last line is torn. The relay closes it at its next start; while it runs, it may just be writing.
    #[error("{} line {line}: the last line is not whole", file.display())]
    Torn {
        /// The file.
        file: PathBuf,
        /// From 1.
        line: usize,
    },
}

/// Reads the whole log and follows its chain.
pub fn check(folder: &Path) -> Result<Checked, Break> {
    let io = |error| Break::Read(AuditError::Io(folder.to_owned(), error));
    let mut walk = Walk::default();
    for file in files(folder).map_err(io)? {
        let text = fs::read(&file).map_err(io)?;
        let mut lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
        let rest = lines.pop().unwrap_or_default();
        for (index, line) in lines.iter().enumerate() {
            walk.step(line).map_err(|wrong| wrong.at(&file, index + 1))?;
        }
        if !rest.is_empty() {
            return Err(Break::Torn { file, line: lines.len() + 1 });
        }
        walk.place = Some((file, lines.len()));
    }
    match (walk.unexplained, walk.place) {
        (true, Some((file, line))) => Err(Break::Form { file, line }),
        _ => Ok(Checked { lines: walk.lines, first: walk.first, last: walk.prev }),
    }
}

#[derive(Default)]
struct Walk {
    lines: u64,
    first: u64,
    seq: u64,
    prev: String,
    /// The line before was none; only a line that says it was torn may follow.
    unexplained: bool,
    place: Option<(PathBuf, usize)>,
}

enum Wrong {
    Form,
    Follow,
    FormBefore,
}

impl Walk {
    fn step(&mut self, text: &[u8]) -> Result<(), Wrong> {
        let line = match serde_json::from_slice::<Line<'_>>(text) {
            Ok(line) => line,
            Err(_) if self.unexplained => return Err(Wrong::FormBefore),
            Err(_) => {
                self.unexplained = true;
                self.prev = hash(text);
                return Ok(());
            }
        };
        let torn = std::mem::take(&mut self.unexplained);
        if torn != (line.event == Event::Torn) {
            return Err(if torn { Wrong::FormBefore } else { Wrong::Form });
        }
        // The first line there is may follow files that have been taken away.
        let follows = line.seq == self.seq + 1 && line.prev == self.prev;
        if !follows && (self.lines > 0 || torn) {
            return Err(Wrong::Follow);
        }
        if self.lines == 0 {
            self.first = line.seq;
            if line.seq == 1 && !line.prev.is_empty() && !torn {
                return Err(Wrong::Follow);
            }
        }
        self.lines += 1;
        self.seq = line.seq;
        self.prev = hash(text);
        Ok(())
    }
}

impl Wrong {
    fn at(self, file: &Path, line: usize) -> Break {
        let file = file.to_owned();
        match self {
            Self::Form => Break::Form { file, line },
            Self::Follow => Break::Follow { file, line },
            Self::FormBefore => Break::Form { file, line: line.saturating_sub(1).max(1) },
        }
    }
}
