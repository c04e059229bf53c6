//! One round's result, and what may be wrong with it.

use serde_json::{Value, json};

/// Throughput and latency of one round, and who used how much of a core meanwhile.
#[derive(Clone, Copy)]
pub(crate) struct Round {
    pub(crate) per_second: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    /// Share of its core the contestant used.
    pub(crate) proxy: f64,
    /// Share of the other core that generator and upstream used together.
    pub(crate) others: f64,
}

/// Below this share of its core a contestant was not what limited the round.
const FULL: f64 = 0.9;

impl Round {
    /// Requests for each second of processor time: what the core would do with nothing in its way. The same
    /// as the throughput when the contestant has the whole core.
    pub(crate) fn per_core_second(&self) -> f64 {
        self.per_second / self.proxy
    }

    pub(crate) fn json(&self) -> Value {
        json!({
            "per_second": self.per_second.round(),
            "per_core_second": self.per_core_second().round(),
            "p50_ms": self.p50_ms,
            "p99_ms": self.p99_ms,
            "share_of_core": percent(self.proxy),
            "share_of_generator_and_upstream": percent(self.others),
        })
    }
}

/// The middle one of some values.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// What to know about a contestant's rounds before believing them, if anything.
pub(crate) fn caution(name: &str, rounds: &[Round]) -> Option<String> {
    let least = rounds.iter().min_by(|a, b| a.proxy.total_cmp(&b.proxy))?;
    if least.proxy >= FULL {
        return None;
    }
    let why = if least.others >= FULL {
        "generator and upstream had no more to give"
    } else {
        "other programs wanted the cores too"
    };
    Some(format!("{name} used only {} % of its core in one round: {why}", percent(least.proxy)))
}

fn percent(share: f64) -> f64 {
    (share * 100.0).round()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(per_second: f64, proxy: f64, others: f64) -> Round {
        Round { per_second, p50_ms: 1.0, p99_ms: 2.0, proxy, others }
    }

    #[test]
    fn a_median_is_in_the_middle() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert!(median(&[]).is_nan());
    }

    #[test]
    fn rates_are_for_a_core_of_ones_own() {
        assert_eq!(round(10.0, 0.5, 0.5).per_core_second(), 20.0);
    }

    #[test]
    fn a_ceiling_is_named() {
        let full = round(1.0, 0.95, 0.99);
        assert_eq!(caution("nginx", &[full, full]), None);
        assert!(caution("nginx", &[full, round(1.0, 0.7, 0.99)]).unwrap().contains("generator"));
        assert!(caution("nginx", &[full, round(1.0, 0.7, 0.4)]).unwrap().contains("other programs"));
    }
}
