//! The configuration file, a struct a concern. Unknown keys are refused; every value but the paths of CA,
//! certificate and key and the upstream's address has a default, written in `relay.example.toml`.

mod access;
mod limits;
mod upstream;

pub use access::{Access, App, Enrol};
pub use limits::{Audit, Limits, Metrics};
pub use upstream::{Identity, Upstream};

use serde::Deserialize;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// All of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where to listen, plain HTTP: `127.0.0.1:8480`. Port 0 takes any free one.
    #[serde(default = "listen")]
    pub listen: SocketAddr,
    /// Allows `listen` to be something other than this computer itself.
    #[serde(default)]
    pub allow_lan: bool,
    /// Folder for the issuer key, enrolment codes and the audit log.
    pub state: PathBuf,
    /// Threads that serve requests.
    #[serde(default = "workers")]
    pub workers: usize,
    /// `origins` and `authority`, at the top of the file.
    #[serde(flatten)]
    pub access: Access,
    /// Where requests go.
    pub upstream: Upstream,
    /// The office's certificate.
    pub identity: Identity,
    /// The built app, with `--app`.
    #[serde(default)]
    pub app: App,
    /// Devices.
    #[serde(default)]
    pub enrol: Enrol,
    /// How much of anything.
    #[serde(default)]
    pub limits: Limits,
    /// The audit log.
    #[serde(default)]
    pub audit: Audit,
    /// Numbers for a monitor.
    #[serde(default)]
    pub metrics: Metrics,
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the configuration {path} cannot be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is not of the form.
    #[error("the configuration {path} is wrong")]
    Form {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
    /// A listening address that others can reach, without saying so.
    #[error("{0} can be reached from other computers; set allow_lan = true if that is meant")]
    Lan(SocketAddr),
    /// A value that cannot be.
    #[error("{key}: {reason}")]
    Value {
        /// Which.
        key: &'static str,
        /// What it must be.
        reason: String,
    },
}

impl Config {
    /// Reads and checks a file. Relative paths in it start from the file's own folder.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Read { path: path.to_owned(), source })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::parse(&text, folder).map_err(|error| match error {
            ConfigError::Form { source, .. } => ConfigError::Form { path: path.to_owned(), source },
            other => other,
        })
    }

    /// Reads and checks a text; relative paths start from `folder`.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, ConfigError> {
        let mut config: Self = toml::from_str(text)
            .map_err(|error| ConfigError::Form { path: PathBuf::new(), source: Box::new(error) })?;
        let paths = [
            &mut config.state,
            &mut config.upstream.ca,
            &mut config.identity.certificate,
            &mut config.identity.key,
        ];
        for path in paths {
            *path = folder.join(&*path);
        }
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        if !self.listen.ip().is_loopback() && !self.allow_lan {
            return Err(ConfigError::Lan(self.listen));
        }
        if self.workers == 0 {
            return Err(value("workers", "1 or more"));
        }
        if self.listen.ip().is_unspecified() && self.access.authority.is_empty() {
            return Err(value(
                "authority",
                "the names by which browsers call this relay, as it listens everywhere",
            ));
        }
        self.access.check()?;
        self.upstream.check()?;
        self.app.check()?;
        self.enrol.check()?;
        self.limits.check()?;
        self.times()
    }

    /// No time is longer than an hour, and where none at all would stop everything, it is at least 1 ms.
    fn times(&self) -> Result<(), ConfigError> {
        let Self { limits, upstream, identity, audit, .. } = self;
        for (key, time, least) in [
            ("limits.header_ms", limits.header_ms, 1),
            ("limits.body_ms", limits.body_ms, 1),
            ("limits.send_ms", limits.send_ms, 1),
            ("limits.stop_ms", limits.stop_ms, 0),
            ("upstream.connect_ms", upstream.connect_ms, 1),
            ("upstream.response_ms", upstream.response_ms, 1),
            ("upstream.idle_ms", upstream.idle_ms, 0),
            ("identity.check_ms", identity.check_ms, 1),
            ("audit.sync_ms", audit.sync_ms, 0),
        ] {
            if !(least..=3_600_000).contains(&time.0) {
                return Err(value(key, format!("{least} to 3600000")));
            }
        }
        Ok(())
    }
}

/// A duration in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub u64);

impl From<Millis> for Duration {
    fn from(millis: Millis) -> Self {
        Self::from_millis(millis.0)
    }
}

fn value(key: &'static str, reason: impl Into<String>) -> ConfigError {
    ConfigError::Value { key, reason: reason.into() }
}

fn listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8480))
}

fn workers() -> usize {
    2
}

#[cfg(test)]
mod tests;
