//! Who may speak to the relay: hosts, pages, devices; and what the app may connect to.

use super::{ConfigError, value};
use serde::Deserialize;

/// Names this relay answers to, pages that may call it, routes it forwards.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Access {
    /// Other pages that may call the relay (`https://kaigo.city.example.jp`), exact. The relay's own always may.
    pub origins: Vec<String>,
    /// Accepted `Host` values. Empty: the listening address, and `localhost` with its port on loopback.
    pub authority: Vec<String>,
    /// Exact paths that are forwarded, all POST. Empty: the upstream's ten of version 1.
    pub routes: Vec<String>,
}

/// The built app.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct App {
    /// What the page may connect to besides its own origin (CSP `connect-src`).
    pub connect: Vec<String>,
}

/// Devices.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Enrol {
    /// How long a one-time code is good, in minutes.
    pub code_minutes: u64,
    /// How long a device is enrolled, in days.
    pub device_days: u64,
    /// Wrong codes from one address until it has to wait.
    pub attempts: u32,
    /// How long it has to wait, in minutes.
    pub wait_minutes: u64,
}

impl Default for Enrol {
    fn default() -> Self {
        Self { code_minutes: 30, device_days: 365, attempts: 10, wait_minutes: 15 }
    }
}

impl Access {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        for origin in &self.origins {
            let rest =
                ["https://", "http://", "isolated-app://"].iter().find_map(|it| origin.strip_prefix(it));
            if !rest.is_some_and(host_and_port) {
                return Err(value(
                    "origins",
                    format!("{origin} is no origin: scheme://host or scheme://host:port"),
                ));
            }
        }
        for authority in &self.authority {
            if !host_and_port(authority) {
                return Err(value("authority", format!("{authority} is no host or host:port in lower case")));
            }
        }
        for route in &self.routes {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_');
            if route.strip_prefix("/api/").is_none_or(str::is_empty)
                || route.contains("//")
                || !route.bytes().all(plain)
            {
                return Err(value("routes", format!("{route} is no plain path below /api/")));
            }
        }
        Ok(())
    }
}

impl App {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let good = |byte: u8| matches!(byte, b'!'..=b'~') && !matches!(byte, b';' | b',' | b'\'' | b'"');
        match self.connect.iter().find(|source| source.is_empty() || !source.bytes().all(good)) {
            Some(source) => Err(value("app.connect", format!("{source:?} is no source for connect-src"))),
            None => Ok(()),
        }
    }
}

impl Enrol {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let all = [self.code_minutes, self.device_days, u64::from(self.attempts), self.wait_minutes];
        if all.contains(&0) || all.iter().any(|number| *number > 100_000) {
            return Err(value("enrol", "every value is at least 1 and at most 100000"));
        }
        Ok(())
    }
}

/// `host` or `host:port` as a browser writes it: lower case, no user, no path.
fn host_and_port(text: &str) -> bool {
    let good = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']')
    };
    !text.is_empty() && text.bytes().all(good) && text.parse::<http::uri::Authority>().is_ok()
}
