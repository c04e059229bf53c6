//! One round's result.

/// Throughput and latency of one round.
#[derive(Clone, Copy)]
pub(crate) struct Round {
    pub(crate) per_second: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
}

/// The round of median throughput.
pub(crate) fn median(rounds: &[Round]) -> Round {
    let mut sorted = rounds.to_vec();
    sorted.sort_by(|a, b| a.per_second.total_cmp(&b.per_second));
    sorted.get(sorted.len() / 2).copied().unwrap_or(Round { per_second: f64::NAN, p50_ms: f64::NAN, p99_ms: f64::NAN })
}
