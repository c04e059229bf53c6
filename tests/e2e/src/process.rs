//! Programs a test starts and ends: only by the handle of what it started itself.

use crate::Failure;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// A program of this workspace, as built beside the test, or beside the program that asks.
///
/// # Errors
/// When it has not been built: `make e2e` builds it.
pub fn binary(name: &str) -> Result<PathBuf, Failure> {
    let test = std::env::current_exe()?;
    let folder = test.parent().ok_or("the test stands in no target folder")?;
    // Tests stand one folder deeper than programs.
    let folder = if folder.ends_with("deps") { folder.parent().unwrap_or(folder) } else { folder };
    let path = folder.join(name);
    if path.exists() {
        Ok(path)
    } else {
        Err(format!("{} is not built; run: make e2e", path.display()).into())
    }
}

/// A running program; it is ended when this is dropped.
pub(crate) struct Running {
    child: Child,
}

impl Running {
    /// Starts a program and waits until it prints a line that begins with `word`; returns that line.
    pub(crate) fn start(command: &mut Command, word: &str) -> Result<(Self, String), Failure> {
        let name = format!("{command:?}");
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
        let mut child = child.map_err(|error| format!("{name}: {error}"))?;
        let output = child.stdout.take().ok_or("no standard output")?;
        let running = Self { child };
        let (found, waiting) = mpsc::channel();
        let word = word.to_owned();
        // Reads to the end, so that the program never waits for a full pipe.
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if line.contains(&word) {
                    let _ = found.send(line);
                }
            }
        });
        match waiting.recv_timeout(Duration::from_secs(60)) {
            Ok(line) => Ok((running, line)),
            Err(_) => Err(format!("{name} did not get ready").into()),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
