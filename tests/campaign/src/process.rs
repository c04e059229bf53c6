//! Programs the campaign starts and kills: only by the handle of what it started itself.

use crate::Failure;
use rustix::process::{Pid, Resource, Rlimit};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// A program of this workspace in a folder of built ones.
///
/// # Errors
/// When it has not been built.
pub fn binary(folder: &Path, name: &str) -> Result<PathBuf, Failure> {
    let path = folder.join(name);
    if path.exists() {
        Ok(path)
    } else {
        Err(format!("{} is not built; run: make test", path.display()).into())
    }
}

/// Where a sandbox keeps everything: in its own file when nothing is said, whatever is around here.
pub(crate) fn set_database(command: &mut Command, url: Option<&str>) {
    const NAME: &str = "KAKEHASHI_DATABASE";
    match url {
        Some(url) => command.env(NAME, url),
        None => command.env_remove(NAME),
    };
}

/// A running program; it is killed when this is dropped.
#[derive(Debug)]
pub(crate) struct Running(Child);

impl Running {
    /// Starts a program and waits for its line `ready …`; the words after that.
    ///
    /// It goes through a shell that lets a write past a limit fail, as on a full disk, instead of ending the
    /// program, and keeps no core of one that aborts.
    pub(crate) fn start(
        program: &Path,
        words: &[&str],
        database: Option<&str>,
    ) -> Result<(Self, Vec<String>), Failure> {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", "trap '' XFSZ; ulimit -c 0; exec \"$0\" \"$@\""]).arg(program).args(words);
        command.env("KAKEHASHI_LOG", "off").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        set_database(&mut command, database);
        let mut child = command.spawn()?;
        let output = child.stdout.take().ok_or("no standard output")?;
        let running = Self(child);
        let (found, waiting) = mpsc::channel();
        // Reads to the end, so that the program never waits for a full pipe.
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some(words) = line.strip_prefix("ready ") {
                    let _ = found.send(words.split(' ').map(str::to_owned).collect());
                }
            }
        });
        match waiting.recv_timeout(Duration::from_secs(60)) {
            Ok(words) => Ok((running, words)),
            Err(_) => Err(format!("{} did not get ready", program.display()).into()),
        }
    }

    /// SIGKILL, at once. It is dead when this returns.
    pub(crate) fn kill(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }

    /// Whether it has ended.
    pub(crate) fn ended(&mut self) -> bool {
        !matches!(self.0.try_wait(), Ok(None))
    }

    /// From now on it can write no file past so many bytes; without a number it can again.
    pub(crate) fn limit_files(&self, bytes: Option<u64>) -> Result<(), Failure> {
        let maximum = rustix::process::getrlimit(Resource::Fsize).maximum;
        let limit = Rlimit { current: bytes.or(maximum), maximum };
        rustix::process::prlimit(self.pid(), Resource::Fsize, limit)?;
        Ok(())
    }

    fn pid(&self) -> Option<Pid> {
        i32::try_from(self.0.id()).ok().and_then(Pid::from_raw)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}
