//! A PostgreSQL of this run's own, when there is one on this machine.

use crate::figure::{Failure, house};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// Ends the same way when there is none.
const NONE_HERE: i32 = 77;

/// A running server; it and its data are gone with this.
pub(super) struct Server {
    process: Child,
    url: String,
}

impl Server {
    /// Starts one; nothing when there is none here.
    pub(super) fn start() -> Result<Option<Self>, Failure> {
        let mut command = Command::new(house().join(".make/postgres"));
        // It lives as long as somebody holds its standard input.
        command.args(["sh", "-c", "printf '%s\\n' \"$KAKEHASHI_DATABASE\"; read -r _ || true"]);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let output = process.stdout.take().ok_or("no standard output")?;
        let url =
            BufReader::new(output).lines().map_while(Result::ok).find(|line| line.starts_with("postgres://"));
        match url {
            Some(url) => Ok(Some(Self { process, url })),
            None if process.wait()?.code() == Some(NONE_HERE) => Ok(None),
            None => Err("PostgreSQL did not start".into()),
        }
    }

    /// Where it is, with its password.
    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
