//! A line: JSON, one object, chained by the hash of the line before.

use crate::visit::Visit;
use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;
use x509_cert::der::DateTime;

/// Seconds by which Japan is ahead of UTC.
const JAPAN: u64 = 9 * 3600;

/// What happened to one request.
#[derive(Debug)]
pub struct Entry {
    /// The request.
    pub visit: Arc<Visit>,
    /// Name of the route; `-` for anything that is none.
    pub route: &'static str,
    /// Status of the answer.
    pub status: u16,
    /// Code of the refusal, if it was one.
    pub code: Option<u16>,
    /// How long it took.
    pub took: Duration,
}

impl Entry {
    /// At a request's begin.
    pub fn new(visit: Arc<Visit>, route: &'static str) -> Self {
        Self { visit, route, status: 0, code: None, took: Duration::ZERO }
    }

    /// When the answer was there, since the epoch.
    pub(super) fn end(&self) -> Duration {
        self.visit.at + self.took
    }
}

/// As written.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line<'a> {
    pub(super) seq: u64,
    /// Hash of the line before, without its line feed; of nothing for the first.
    pub(super) prev: String,
    pub(super) at: String,
    pub(super) event: Event,
    #[serde(skip_serializing_if = "Option::is_none", borrow)]
    pub(super) request: Option<Request<'a>>,
    /// How many lines were left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) count: Option<u64>,
}

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Event {
    /// A relay has opened the log.
    Start,
    /// The line before is torn: the process ended while writing it.
    Torn,
    /// A request.
    Request,
    /// Refused requests of callers nobody knows that have no line of their own, since the line before.
    Strangers,
}

/// A request's part of a line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<&'a str>,
    method: &'a str,
    route: &'a str,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    ms: u64,
    from: &'a str,
}

impl<'a> From<&'a Entry> for Request<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self {
            id: entry.visit.id(),
            device: entry.visit.device(),
            method: entry.visit.method,
            route: entry.route,
            status: entry.status,
            code: entry.code.map(|code| format!("RLY-{code:03}")),
            ms: u64::try_from(entry.took.as_millis()).unwrap_or(u64::MAX),
            from: if entry.visit.from.to_canonical().is_loopback() { "local" } else { "lan" },
        }
    }
}

/// The hash of a line, without its line feed.
pub(super) fn hash(line: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(&Sha256::digest(line))
}

/// RFC 3339 in UTC, to the millisecond.
pub(super) fn instant(at: Duration) -> String {
    match DateTime::from_unix_duration(Duration::from_secs(at.as_secs())) {
        Ok(time) => format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            time.year(),
            time.month(),
            time.day(),
            time.hour(),
            time.minutes(),
            time.seconds(),
            at.subsec_millis()
        ),
        Err(_) => format!("@{}", at.as_secs()),
    }
}

/// The day in Japan (UTC+9), counted from the epoch's.
pub(super) fn day_number(at: Duration) -> u64 {
    (at.as_secs() + JAPAN) / 86_400
}

/// The day in Japan: the name of the file a line goes to.
pub(super) fn day(at: Duration) -> String {
    let japan = Duration::from_secs(at.as_secs() + JAPAN);
    let text = instant(japan);
    text.get(..10).unwrap_or("0000-00-00").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_computer_is_told_from_others_in_either_family() {
        for (from, word) in
            [("127.0.0.1", "local"), ("::1", "local"), ("::ffff:127.0.0.1", "local"), ("192.168.1.5", "lan")]
        {
            let visit = Visit::new(&http::Method::POST, from.parse().unwrap());
            assert_eq!(Request::from(&Entry::new(Arc::new(visit), "-")).from, word, "{from}");
        }
    }

    #[test]
    fn times() {
        let at = Duration::from_millis(1_795_365_645_123);
        assert_eq!(instant(at), "2026-11-22T16:40:45.123Z");
        assert_eq!(day(at), "2026-11-23", "in Japan it is tomorrow already");
        let midnight = Duration::from_secs(1_795_359_600);
        assert_eq!(day(midnight), "2026-11-23");
        assert_eq!(day_number(at), day_number(midnight));
        assert_eq!(day_number(midnight - Duration::from_secs(1)) + 1, day_number(midnight));
    }
}
