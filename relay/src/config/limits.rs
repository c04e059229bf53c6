//! How much, how long, how many.

use super::{ConfigError, Millis, value};
use serde::Deserialize;

/// Limits on what comes in.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// A request's content, in bytes.
    pub body_bytes: usize,
    /// A request's headers together, in bytes.
    pub header_bytes: usize,
    /// Time to send the headers; also how long an unused connection is kept.
    pub header_ms: Millis,
    /// Time to send the content.
    pub body_ms: Millis,
    /// Time in which a caller has to take a piece of its answer.
    pub send_ms: Millis,
    /// Requests served at the same time; more are turned away.
    pub in_flight: usize,
    /// Open connections; more wait.
    pub connections: usize,
    /// Requests served at the same time for one other computer.
    pub address_in_flight: usize,
    /// Open connections of one other computer; more are closed.
    pub address_connections: usize,
    /// Requests a second from one address (and as many at once).
    pub address_per_second: u32,
    /// Requests a second from one device (and as many at once).
    pub device_per_second: u32,
    /// Nonces remembered. At least: requests a second of all devices × 70.
    pub nonces: usize,
    /// An upstream's answer up to this size is read whole before a byte of it is passed on, so that a broken
    /// one is reported as such; a longer one is passed on as it comes.
    pub answer_bytes: usize,
    /// Time running requests have to finish when the relay stops.
    pub stop_ms: Millis,
}

/// The audit log.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Audit {
    /// How often the file is forced to disk: what a power cut may cost at most.
    pub sync_ms: Millis,
    /// Lines a minute for refused requests of callers nobody knows; more are counted, so that a stranger
    /// cannot fill the disk.
    pub strangers_per_minute: u32,
}

/// Numbers for a monitor.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Metrics {
    /// Whether other computers may read them too.
    pub lan: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 1024 * 1024,
            header_bytes: 16 * 1024,
            header_ms: Millis(15_000),
            body_ms: Millis(15_000),
            send_ms: Millis(15_000),
            in_flight: 64,
            connections: 256,
            // A browser opens six.
            address_in_flight: 16,
            address_connections: 32,
            address_per_second: 200,
            device_per_second: 50,
            nonces: 100_000,
            answer_bytes: 1024 * 1024,
            stop_ms: Millis(10_000),
        }
    }
}

impl Default for Audit {
    fn default() -> Self {
        Self { sync_ms: Millis(1_000), strangers_per_minute: 60 }
    }
}

impl Limits {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let counts = [
            self.body_bytes,
            self.in_flight,
            self.connections,
            self.address_in_flight,
            self.address_connections,
            self.nonces,
            self.answer_bytes,
        ];
        let rates = [self.address_per_second, self.device_per_second];
        if counts.contains(&0) || rates.contains(&0) {
            return Err(value("limits", "every value is at least 1"));
        }
        if !(4096..=64 * 1024).contains(&self.header_bytes) {
            return Err(value("limits.header_bytes", "4096 to 65536"));
        }
        Ok(())
    }
}
