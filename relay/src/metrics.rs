//! Numbers for a monitor (`GET /metrics`, Prometheus' text format): how many requests of which kind ended how,
//! how long they took, how long the office certificate holds. No addresses, devices, persons or routes. A
//! request whose caller went away had no answer and is not counted; the audit log has it.

use crate::config;
use crate::problem::Code;
use std::fmt::{self, Write};
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper ends of the time histogram's buckets, in milliseconds; the last bucket has none.
const ENDS: [u64; 9] = [1, 2, 5, 10, 50, 100, 500, 1_000, 5_000];
/// Outcomes: a code's number, or 0 for a request that was answered.
const OUTCOMES: usize = 100;

/// What a request was about.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// For the upstream.
    Api,
    /// A device's enrolment.
    Enrol,
    /// Pages and the relay's own small answers.
    Page,
}

/// All counters. They start with the process.
#[derive(Debug)]
pub(crate) struct Metrics {
    lan: bool,
    kinds: [Tally; 3],
}

#[derive(Debug)]
struct Tally {
    outcomes: [AtomicU64; OUTCOMES],
    times: [AtomicU64; ENDS.len() + 1],
    micros: AtomicU64,
}

impl Kind {
    const ALL: [(Self, &str); 3] = [(Self::Api, "api"), (Self::Enrol, "enrol"), (Self::Page, "page")];
}

impl Metrics {
    pub(crate) fn new(config: &config::Metrics) -> Self {
        Self { lan: config.lan, kinds: [const { Tally::new() }; 3] }
    }

    /// Whether somebody at this address is told.
    pub(crate) fn told(&self, address: IpAddr) -> bool {
        self.lan || address.to_canonical().is_loopback()
    }

    /// A request has its answer.
    pub(crate) fn count(&self, kind: Kind, outcome: Option<Code>, took: Duration) {
        let tally = &self.kinds[kind as usize];
        tally.outcomes[outcome.map_or(0, |code| code as usize)].fetch_add(1, Ordering::Relaxed);
        let slot = ENDS.partition_point(|end| Duration::from_millis(*end) < took);
        tally.times[slot].fetch_add(1, Ordering::Relaxed);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        tally.micros.fetch_add(micros, Ordering::Relaxed);
    }

    /// The page. `days` is what is left of the office certificate, if there is one.
    pub(crate) fn page(&self, days: Option<u64>) -> Result<String, fmt::Error> {
        let mut page = String::with_capacity(4096);
        let name = head(&mut page, "requests_total", "counter", "Requests answered, by kind and outcome.")?;
        for (kind, label) in Kind::ALL {
            let outcomes = &self.kinds[kind as usize].outcomes;
            let answered = outcomes[0].load(Ordering::Relaxed);
            writeln!(page, "{name}{{kind=\"{label}\",outcome=\"answered\"}} {answered}")?;
            for code in Code::ALL {
                match outcomes[code as usize].load(Ordering::Relaxed) {
                    0 => {}
                    count => writeln!(page, "{name}{{kind=\"{label}\",outcome=\"{code}\"}} {count}")?,
                }
            }
        }
        let name = head(&mut page, "request_duration_seconds", "histogram", "Time to the answer, by kind.")?;
        for (kind, label) in Kind::ALL {
            self.kinds[kind as usize].write(&mut page, &name, label)?;
        }
        if let Some(days) = days {
            let name = head(&mut page, "certificate_days_left", "gauge", "Days the certificate holds.")?;
            writeln!(page, "{name} {days}")?;
        }
        Ok(page)
    }
}

impl Tally {
    const fn new() -> Self {
        Self {
            outcomes: [const { AtomicU64::new(0) }; OUTCOMES],
            times: [const { AtomicU64::new(0) }; ENDS.len() + 1],
            micros: AtomicU64::new(0),
        }
    }

    fn write(&self, page: &mut String, name: &str, kind: &str) -> fmt::Result {
        let mut count = 0;
        for (slot, times) in self.times.iter().enumerate() {
            count += times.load(Ordering::Relaxed);
            let end = ENDS.get(slot).map_or("+Inf".to_owned(), |end| seconds(Duration::from_millis(*end)));
            writeln!(page, "{name}_bucket{{kind=\"{kind}\",le=\"{end}\"}} {count}")?;
        }
        let sum = seconds(Duration::from_micros(self.micros.load(Ordering::Relaxed)));
        writeln!(page, "{name}_sum{{kind=\"{kind}\"}} {sum}\n{name}_count{{kind=\"{kind}\"}} {count}")
    }
}

/// What a metric is, and its whole name.
fn head(page: &mut String, name: &str, form: &str, help: &str) -> Result<String, fmt::Error> {
    let name = format!("kakehashi_relay_{name}");
    writeln!(page, "# HELP {name} {help}\n# TYPE {name} {form}")?;
    Ok(name)
}

fn seconds(time: Duration) -> String {
    time.as_secs_f64().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_times() {
        let metrics = Metrics::new(&config::Metrics::default());
        metrics.count(Kind::Api, None, Duration::from_micros(1_500));
        metrics.count(Kind::Api, Some(Code::Internal), Duration::from_secs(60));
        metrics.count(Kind::Page, None, Duration::from_millis(1));
        let page = metrics.page(Some(30)).unwrap();
        for line in [
            "# TYPE kakehashi_relay_requests_total counter",
            r#"kakehashi_relay_requests_total{kind="api",outcome="answered"} 1"#,
            r#"kakehashi_relay_requests_total{kind="api",outcome="RLY-099"} 1"#,
            r#"kakehashi_relay_requests_total{kind="enrol",outcome="answered"} 0"#,
            r#"kakehashi_relay_request_duration_seconds_bucket{kind="api",le="0.001"} 0"#,
            r#"kakehashi_relay_request_duration_seconds_bucket{kind="api",le="0.002"} 1"#,
            r#"kakehashi_relay_request_duration_seconds_bucket{kind="api",le="5"} 1"#,
            r#"kakehashi_relay_request_duration_seconds_bucket{kind="api",le="+Inf"} 2"#,
            r#"kakehashi_relay_request_duration_seconds_sum{kind="api"} 60.0015"#,
            r#"kakehashi_relay_request_duration_seconds_count{kind="api"} 2"#,
            r#"kakehashi_relay_request_duration_seconds_bucket{kind="page",le="0.001"} 1"#,
            "kakehashi_relay_certificate_days_left 30",
        ] {
            assert!(page.lines().any(|other| other == line), "{line}\n{page}");
        }
        assert!(!metrics.page(None).unwrap().contains("days_left"), "no certificate, no number");
    }

    #[test]
    fn every_code_has_its_place() {
        let metrics = Metrics::new(&config::Metrics::default());
        for code in Code::ALL {
            metrics.count(Kind::Enrol, Some(code), Duration::ZERO);
        }
        let page = metrics.page(None).unwrap();
        assert_eq!(page.matches("outcome=\"RLY-").count(), Code::ALL.len());
    }

    #[test]
    fn only_this_computer_is_told_unless_configured() {
        let closed = Metrics::new(&config::Metrics::default());
        for (address, told) in
            [("127.0.0.1", true), ("::1", true), ("::ffff:127.0.0.1", true), ("192.168.1.5", false)]
        {
            assert_eq!(closed.told(address.parse().unwrap()), told, "{address}");
        }
        assert!(Metrics::new(&config::Metrics { lan: true }).told("192.168.1.5".parse().unwrap()));
    }
}
