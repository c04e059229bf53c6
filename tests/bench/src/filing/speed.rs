//! How long a filing takes through the relay, and how many a second are received.

use super::bare::Sqlite;
use super::{programs, runtime};
use crate::figure::{Failure, Figure, Limit};
use crate::part::part;
use kakehashi_campaign::{Base, Lane, Setup};
use serde_json::json;
use std::sync::Arc;

/// The names of the figures.
pub(crate) const NAMES: &[&str] = &["filing-submit-p50", "filing-submit-p99", "filings-per-second-sqlite"];
/// Filings at an even pace, of which the first tenth is not counted.
const PACED: usize = 1_000;
const PER_SECOND: u32 = 50;
/// Blocks of filings and of bare commits in turns; the first of each fills caches and is not counted.
const BLOCKS: usize = 6;
const BLOCK: usize = 400;
/// Connections at once: offices, as the relay sees browsers.
const CONNECTIONS: usize = 8;

/// All of them.
pub(crate) fn speed() -> Result<Vec<Figure>, Failure> {
    let people = PACED + BLOCKS * BLOCK + 200;
    let base = Arc::new(Base::make(&programs()?, people).map_err(text)?);
    let setup = Setup { straight: true, database: None };
    let runtime = runtime()?;
    let lane = runtime.block_on(Lane::start(base, setup)).map_err(text)?;
    let times = runtime.block_on(lane.paced(PACED, PER_SECOND, CONNECTIONS)).map_err(text)?;
    let counted = times.get(PACED / 10..).unwrap_or_default();
    let bare = Sqlite::open(lane.folder(), lane.statement().map_err(text)?)?;
    let (mut filings, mut commits, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for block in 0..BLOCKS {
        let filed = runtime.block_on(lane.flood(BLOCK, CONNECTIONS)).map_err(text)?;
        let committed = bare.commits(u32::try_from(BLOCK)?)?;
        if block > 0 {
            ratios.push(filed / committed);
            filings.push(filed);
            commits.push(committed);
        }
    }
    Ok(vec![
        Figure {
            name: NAMES[0],
            value: part(counted, 0.5),
            unit: "ms (median, through the relay, 50 filings a second)",
            limit: Limit::None,
            beside: json!({ "filings": counted.len(), "least_ms": part(counted, 0.0) }),
        },
        Figure {
            name: NAMES[1],
            value: part(counted, 0.99),
            unit: "ms (99th percentile, through the relay, 50 filings a second)",
            limit: Limit::Most(50.0),
            beside: json!({ "filings": counted.len(), "most_ms": part(counted, 1.0) }),
        },
        Figure {
            name: NAMES[2],
            value: part(&filings, 0.5),
            unit: "filings a second (through the relay, each on the disk before it is answered)",
            limit: Limit::None,
            beside: json!({
                "bare_commits_per_second": part(&commits, 0.5), "of_bare": part(&ratios, 0.5),
                "each_block": ratios, "connections": CONNECTIONS,
            }),
        },
    ])
}

fn text(error: kakehashi_campaign::Failure) -> String {
    error.to_string()
}
