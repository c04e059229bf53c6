//! A figure and its limit.

use serde_json::{Value, json};
use std::fmt;
use std::path::{Path, PathBuf};

/// Why a figure could not be taken.
pub(crate) type Failure = Box<dyn std::error::Error>;

/// What a figure may be.
#[derive(Clone, Copy)]
pub(crate) enum Limit {
    /// At most this.
    Most(f64),
    /// At least this.
    Least(f64),
    /// Less than this.
    Below(f64),
    /// Reported only.
    None,
}

/// One measured number.
pub(crate) struct Figure {
    pub(crate) name: &'static str,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    pub(crate) limit: Limit,
    /// What stands beside it: the peer's number, spread, conditions.
    pub(crate) beside: Value,
}

impl Figure {
    pub(crate) fn holds(&self) -> bool {
        match self.limit {
            Limit::Most(most) => self.value <= most,
            Limit::Least(least) => self.value >= least,
            Limit::Below(bound) => self.value < bound,
            Limit::None => true,
        }
    }

    fn json(&self) -> Value {
        let limit = match self.limit {
            Limit::Most(most) => json!({ "at_most": most }),
            Limit::Least(least) => json!({ "at_least": least }),
            Limit::Below(bound) => json!({ "below": bound }),
            Limit::None => Value::Null,
        };
        json!({
            "name": self.name, "value": self.value, "unit": self.unit, "limit": limit,
            "holds": self.holds(), "beside": self.beside
        })
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value =
            if self.value.fract() == 0.0 { format!("{}", self.value) } else { format!("{:.3}", self.value) };
        write!(f, "bench: {} = {value} {}", self.name, self.unit)?;
        match self.limit {
            Limit::Most(most) => write!(f, " (limit {most})")?,
            Limit::Least(least) => write!(f, " (limit at least {least})")?,
            Limit::Below(bound) => write!(f, " (limit below {bound})")?,
            Limit::None => write!(f, " (limit none)")?,
        }
        if !self.holds() {
            write!(f, " PAST THE LIMIT")?;
        }
        Ok(())
    }
}

/// The workspace's own folder.
pub(crate) fn house() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Writes `target/bench.json`.
pub(crate) fn write(figures: &[Figure]) -> Result<(), Failure> {
    let all: Vec<_> = figures.iter().map(Figure::json).collect();
    let path = house().join("target/bench.json");
    std::fs::write(path, serde_json::to_string_pretty(&all)? + "\n")?;
    Ok(())
}
