//! Filings (届出): whether all come once and whole through faults, how long one takes, how many a second.

mod bare;
mod server;
mod speed;

pub(crate) use speed::{NAMES as SPEED_NAMES, speed};

use crate::figure::{Failure, Figure, Limit};
use crate::relay::release;
use kakehashi_campaign::{Fault, Plan, Report};
use serde_json::{Map, Value, json};
use std::path::Path;
use tokio::runtime::{Builder, Runtime};

/// The names of the campaign's figures.
pub(crate) const NAMES: &[&str] = &["filing-lost", "filing-duplicated", "filing-told-wrongly"];
/// Courses that meet a fault, at least.
const COURSES: usize = 10_000;
/// Of each kind, at least.
const EACH: usize = 300;
const LANES: usize = 8;
const SEED: u64 = 2026;

/// Ten thousand filings through faults, and what the database file holds afterwards.
pub(crate) fn campaign() -> Result<Vec<Figure>, Failure> {
    eprintln!("  {COURSES} filings through {} kinds of faults (some minutes)", Fault::ALL.len());
    let begin = std::time::Instant::now();
    let programs = programs()?;
    let plan =
        Plan { courses: COURSES, each: EACH, lanes: LANES, seed: SEED, programs: &programs, wrong: None };
    let report = runtime()?.block_on(kakehashi_campaign::run(plan)).map_err(|error| error.to_string())?;
    if report.courses < COURSES || Fault::ALL.iter().any(|fault| report.met(*fault) < EACH) {
        return Err(format!("too few faults were met: {report:?}").into());
    }
    let beside = beside(&report, begin.elapsed().as_secs());
    let found = [&report.lost, &report.duplicated, &report.wrong];
    Ok(NAMES
        .iter()
        .zip(found)
        .map(|(name, found)| {
            for one in found.iter().take(5) {
                eprintln!("  {name}: {one}");
            }
            let mut beside = beside.clone();
            beside.insert("found".into(), json!(found));
            Figure {
                name,
                #[expect(clippy::cast_precision_loss, reason = "there are some thousands at most")]
                value: found.len() as f64,
                unit: "of 10,000 filings and more, each through at least one fault",
                limit: Limit::Most(0.0),
                beside: Value::Object(beside),
            }
        })
        .collect())
}

fn beside(report: &Report, seconds: u64) -> Map<String, Value> {
    let met = Fault::ALL.iter().map(|fault| (format!("{fault:?}"), json!(report.met(*fault))));
    let mut beside = Map::new();
    beside.insert("courses".into(), json!(report.courses));
    beside.insert("met".into(), Value::Object(met.collect()));
    beside.insert("filed".into(), json!(report.filed));
    beside.insert("refused".into(), json!(report.refused));
    beside.insert("given_up".into(), json!(report.given_up));
    beside.insert("seed".into(), json!(SEED));
    beside.insert("seconds".into(), json!(seconds));
    beside
}

/// Where the release builds stand.
fn programs() -> Result<std::path::PathBuf, Failure> {
    let sandbox = release("kakehashi-platform")?;
    release("kakehashi-relay")?;
    Ok(sandbox.parent().unwrap_or(Path::new("")).to_owned())
}

fn runtime() -> Result<Runtime, Failure> {
    Ok(Builder::new_multi_thread().enable_all().build()?)
}
