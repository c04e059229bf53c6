//! The sandbox upstream on its own: one 被保険者 looked up through its real TLS port, each request signed by
//! an enrolled device of an office and sent by somebody who is signed in.
//!
//! Municipalities of some sizes are kept in `target/bench-data/`, made once a month or so: their dates stand
//! around today.

mod board;
mod caller;
mod data;
mod lookup;

pub(crate) use board::{NAMES as BOARD_NAMES, board};
pub(crate) use data::people;

use crate::figure::{Failure, Figure, Limit};
use crate::part::part;
use caller::Sandbox;
use serde_json::json;

/// 伊勢崎市 has about so many people over 65 — and the largest municipality nearly so many.
const TOWN: u32 = 60_000;
const SMALL: u32 = 10_000;
const LARGE: u32 = 1_000_000;
/// Blocks of lookups in each municipality, taken in turns.
const BLOCKS: usize = 10;

/// The names of the figures of [`lookups`].
pub(crate) const NAMES: &[&str] = &["sandbox-lookup-p99", "sandbox-lookup-growth"];

/// How long a lookup takes, and how that grows with the municipality.
pub(crate) fn lookups() -> Result<Vec<Figure>, Failure> {
    let town = Sandbox::start(&data::municipality(TOWN)?)?;
    let paced = lookup::paced(&town)?;
    drop(town);
    let (small, large) =
        (Sandbox::start(&data::municipality(SMALL)?)?, Sandbox::start(&data::municipality(LARGE)?)?);
    let (mut few, mut many, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for block in 0..=BLOCKS {
        // The order changes, so that neither always comes second.
        let (one, other) = if block % 2 == 0 {
            let one = lookup::block(&small)?;
            (one, lookup::block(&large)?)
        } else {
            let other = lookup::block(&large)?;
            (lookup::block(&small)?, other)
        };
        // The first block fills caches and is not counted.
        if block > 0 {
            ratios.push(part(&other, 0.5) / part(&one, 0.5));
            few.extend(one);
            many.extend(other);
        }
    }
    let growth = part(&many, 0.5) / part(&few, 0.5);
    // ln n: what a search tree needs.
    let logarithmic = f64::from(LARGE).ln() / f64::from(SMALL).ln();
    Ok(vec![
        Figure {
            name: NAMES[0],
            value: part(&paced, 0.99),
            unit: "ms (99th percentile, 200 lookups a second)",
            limit: Limit::Most(20.0),
            beside: json!({
                "people": TOWN, "connections": lookup::CONNECTIONS, "lookups": paced.len(),
                "p50_ms": part(&paced, 0.5), "most_ms": part(&paced, 1.0),
            }),
        },
        Figure {
            name: NAMES[1],
            value: growth,
            unit: "ratio (median of a lookup, 1,000,000 people to 10,000)",
            limit: Limit::Most(logarithmic),
            beside: json!({
                "p50_ms": [part(&few, 0.5), part(&many, 0.5)], "lookups_each": few.len(),
                // The measure's noise: the same ratio in each pair of blocks.
                "least_and_most_of_blocks": [part(&ratios, 0.0), part(&ratios, 1.0)], "blocks": ratios,
            }),
        },
    ])
}
