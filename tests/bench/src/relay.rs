//! The relay beside nginx, doing the same forward over mutual TLS on the same core.
//!
//! The contestant has core 0; load generator and upstream share core 1. All use the same certificates and send
//! and receive the same bytes. They are measured in turns, each after a warm-up, and compared within a
//! round; a figure is the median of the rounds. Rates are for a second of the contestant's processor time: at full load that is its throughput, and
//! it holds also where generator and upstream give out first, or other programs want the core.

mod contest;
mod core;
mod load;
mod pace;
mod peers;
mod signed;

use crate::figure::{Failure, Figure, Limit, house};
use contest::{Round, caution, median};
use peers::Peers;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Rounds of each contestant.
const ROUNDS: usize = 5;
/// Starts of the relay.
const STARTS: usize = 5;

/// Throughput without and with checks, memory under it.
pub(crate) fn throughput() -> Result<Vec<Figure>, Failure> {
    let peers = Peers::start()?;
    let rival = peers.nginx_rival()?;
    let open = peers.plain_relay()?;
    let full = peers.relay("signed")?;
    let device = signed::enrol(&peers, &full)?;
    let (mut nginx, mut plain, mut signed) = (Vec::new(), Vec::new(), Vec::new());
    let mut verifications = Vec::new();
    for round in 1..=ROUNDS {
        nginx.push(load::post(&peers, &rival, &device)?);
        plain.push(load::post(&peers, &open, &device)?);
        signed.push(load::signed(&peers, &full, &device)?);
        verifications.push(signed::verification_seconds(&device)?);
        let rates = [&nginx, &plain, &signed].map(|rounds| rounds.last().map_or(0.0, Round::per_core_second));
        eprintln!(
            "  round {round} of {ROUNDS}, requests a core second: nginx {:.0}, relay without checks {:.0}, relay {:.0}",
            rates[0], rates[1], rates[2]
        );
    }
    let memory = full.peak_memory()?;
    let pace = paced(&peers, &full, &device)?;
    let beside_nginx: Vec<f64> = pairs(&plain, &nginx).map(|(plain, nginx)| plain / nginx).collect();
    // What one verification more for each request would leave of the plain relay's core.
    let of_bound: Vec<f64> = pairs(&signed, &plain)
        .zip(&verifications)
        .map(|((signed, plain), verification)| signed * (1.0 / plain + verification))
        .collect();
    let mut cautions = Vec::new();
    for (name, rounds) in [("nginx", &nginx), ("the relay without checks", &plain), ("the relay", &signed)] {
        cautions.extend(caution(name, rounds));
    }
    for caution in &cautions {
        eprintln!("  note: {caution}");
    }
    Ok(vec![
        Figure {
            name: "relay-plain-vs-nginx",
            value: median(&beside_nginx),
            unit: "ratio",
            limit: Limit::None,
            beside: json!({
                "each_round": beside_nginx, "nginx": all(&nginx), "relay_plain": all(&plain), "cautions": cautions
            }),
        },
        Figure {
            name: "relay-signed-of-bound",
            value: median(&of_bound),
            unit: "ratio",
            limit: Limit::None,
            beside: json!({
                "each_round": of_bound, "relay_signed": all(&signed), "relay_plain": all(&plain),
                "verification_us": verifications.iter().map(|seconds| seconds * 1e6).collect::<Vec<_>>(),
                "pace": pace, "cautions": cautions
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

/// What the relay with all its checks adds at an even pace, against the upstream without TLS and alone.
fn paced(peers: &Peers, relay: &peers::Proxy, device: &signed::Device) -> Result<Value, Failure> {
    let requests: Vec<String> =
        (0..pace::COUNT).map(|_| signed::request(relay.port, device)).collect::<Result<_, _>>()?;
    let alone = pace::p99_ms(peers.open, &requests)?;
    let with = pace::p99_ms(relay.port, &requests)?;
    Ok(json!({
        "requests_per_second": pace::PER_SECOND, "p99_ms": with, "p99_upstream_alone_ms": alone,
        "p99_added_ms": with - alone
    }))
}

/// From the start of the process to its first answer.
pub(crate) fn start() -> Result<Vec<Figure>, Failure> {
    let peers = Peers::start()?;
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let begin = Instant::now();
        let relay = peers.relay("start")?;
        while !load::answers(relay.port, "/livez") {
            if begin.elapsed() > Duration::from_secs(10) {
                return Err("the relay does not answer".into());
            }
        }
        times.push(begin.elapsed().as_secs_f64() * 1e3);
    }
    Ok(vec![Figure {
        name: "relay-start",
        value: median(&times),
        unit: "ms (process start to first answer, median)",
        limit: Limit::None,
        beside: json!({ "all_ms": times }),
    }])
}

/// A program of the release build.
pub(crate) fn release(name: &str) -> Result<PathBuf, Failure> {
    let path = house().join("target/release").join(name);
    if path.exists() {
        Ok(path)
    } else {
        Err(format!("{} is not built; run: make bench", path.display()).into())
    }
}

/// Rates of two contestants in the same rounds.
fn pairs(one: &[Round], other: &[Round]) -> impl Iterator<Item = (f64, f64)> {
    one.iter().zip(other).map(|(one, other)| (one.per_core_second(), other.per_core_second()))
}

fn all(rounds: &[Round]) -> Value {
    rounds.iter().map(Round::json).collect()
}
