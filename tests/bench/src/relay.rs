//! The relay beside nginx, doing the same forward over mutual TLS on the same core.
//!
//! The proxy under test has core 0; load generator and upstream share core 1, so a proxy is never slowed by
//! its own measurement. Each contestant is measured in turns, three rounds; figures are of the medians.

mod contest;
mod load;
mod peers;
mod signed;

use crate::figure::{Failure, Figure, Limit, house};
use contest::{Round, median};
use peers::Peers;
use serde_json::json;
use std::process::Command;
use std::time::{Duration, Instant};

/// Rounds of each contestant.
const ROUNDS: usize = 3;

/// Throughput without and with checks.
pub(crate) fn throughput() -> Result<Vec<Figure>, Failure> {
    let peers = Peers::start()?;
    let (mut nginx, mut plain, mut signed) = (Vec::new(), Vec::new(), Vec::new());
    let rival = peers.nginx_rival()?;
    let open = peers.plain_relay()?;
    let full = peers.relay()?;
    let device = signed::enrol(&peers, &full)?;
    for _ in 0..ROUNDS {
        nginx.push(load::post(rival.port)?);
        plain.push(load::post(open.port)?);
        signed.push(load::signed(&full, &device)?);
    }
    let memory = full.peak_memory()?;
    let verification = signed::verification_seconds(&device)?;
    let (nginx, plain, signed) = (median(&nginx), median(&plain), median(&signed));
    // What one verification more for each request would leave of the plain relay's core.
    let bound = 1.0 / (1.0 / plain.per_second + verification);
    Ok(vec![
        Figure {
            name: "relay-plain-vs-nginx",
            value: plain.per_second / nginx.per_second,
            unit: "ratio",
            limit: Limit::None,
            beside: json!({ "nginx": nginx.json(), "relay_plain": plain.json(), "rounds": ROUNDS }),
        },
        Figure {
            name: "relay-signed-of-bound",
            value: signed.per_second / bound,
            unit: "ratio",
            limit: Limit::None,
            beside: json!({
                "relay_signed": signed.json(), "bound_per_second": bound,
                "verification_us": verification * 1e6, "rounds": ROUNDS
            }),
        },
        Figure {
            name: "relay-rss",
            value: memory,
            unit: "MB (peak, under load)",
            limit: Limit::None,
            beside: json!({ "connections": load::CONNECTIONS }),
        },
    ])
}

/// From the start of the process to its first answer.
pub(crate) fn start() -> Result<Vec<Figure>, Failure> {
    let peers = Peers::start()?;
    let mut times = Vec::new();
    for _ in 0..5 {
        let begin = Instant::now();
        let relay = peers.relay_unpinned()?;
        while !load::answers(relay.port, "/livez") {
            if begin.elapsed() > Duration::from_secs(10) {
                return Err("the relay does not answer".into());
            }
            std::hint::spin_loop();
        }
        times.push(begin.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    Ok(vec![Figure {
        name: "relay-start",
        value: times.get(times.len() / 2).copied().unwrap_or(f64::NAN),
        unit: "ms (process start to first answer, median of 5)",
        limit: Limit::None,
        beside: json!({ "all_ms": times }),
    }])
}

/// A program of the release build.
fn release(name: &str) -> Result<std::path::PathBuf, Failure> {
    let path = house().join("target/release").join(name);
    if path.exists() { Ok(path) } else { Err(format!("{} is not built; run: make bench", path.display()).into()) }
}

/// A command held on one core.
fn on_core(core: u8, program: &std::path::Path) -> Command {
    let mut command = Command::new("taskset");
    command.arg("-c").arg(core.to_string()).arg(program);
    command
}

impl Round {
    fn json(&self) -> serde_json::Value {
        json!({ "per_second": self.per_second, "p50_ms": self.p50_ms, "p99_ms": self.p99_ms })
    }
}
