//! How long a filing takes through the relay, and how many a second are received.

use super::server::Server;
use super::{bare, programs, runtime};
use crate::figure::{Failure, Figure, Limit};
use crate::part::part;
use kakehashi_campaign::{Base, Lane, Setup};
use serde_json::json;
use std::sync::Arc;
use tokio::runtime::Runtime;

/// The names of the figures.
pub(crate) const NAMES: &[&str] =
    &["filing-submit-p50", "filing-submit-p99", "filings-per-second-sqlite", "filings-per-second-postgres"];
/// Filings at an even pace, of which the first tenth is not counted.
const PACED: usize = 1_000;
const PER_SECOND: u32 = 50;
/// Blocks of filings and of bare commits in turns; the first of each fills caches and is not counted.
const BLOCKS: usize = 6;
const BLOCK: usize = 400;
/// For the blocks and for whom the campaign's own first steps need.
const PEOPLE: usize = BLOCKS * BLOCK + 200;
/// Connections at once: offices, as the relay sees browsers.
const CONNECTIONS: usize = 8;

/// All of them.
pub(crate) fn speed() -> Result<Vec<Figure>, Failure> {
    let runtime = runtime()?;
    let base = Arc::new(Base::make(&programs()?, PACED + PEOPLE).map_err(text)?);
    let setup = Setup { straight: true, database: None };
    let lane = runtime.block_on(Lane::start(Arc::clone(&base), setup)).map_err(text)?;
    let times = runtime.block_on(lane.paced(PACED, PER_SECOND, CONNECTIONS)).map_err(text)?;
    let counted = times.get(PACED / 10..).unwrap_or_default();
    let bare = bare::Sqlite::open(lane.folder(), lane.statement().map_err(text)?)?;
    let sqlite = beside(&runtime, &lane, |count| bare.commits(count))?;
    let mut figures = vec![
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
        sqlite.figure(NAMES[2]),
    ];
    drop(lane);
    match Server::start()? {
        Some(server) => figures.push(postgres(&runtime, base, server.url())?),
        None => println!("bench: {} not run: there is no PostgreSQL on this machine", NAMES[3]),
    }
    Ok(figures)
}

/// The same into PostgreSQL.
fn postgres(runtime: &Runtime, base: Arc<Base>, url: &str) -> Result<Figure, Failure> {
    let setup = Setup { straight: true, database: Some(url.to_owned()) };
    let lane = runtime.block_on(Lane::start(base, setup)).map_err(text)?;
    let mut bare = bare::Postgres::open(url, lane.statement().map_err(text)?)?;
    Ok(beside(runtime, &lane, |count| bare.commits(count))?.figure(NAMES[3]))
}

/// Filings and bare commits in turns, on the same disk at the same time.
struct Beside {
    filings: Vec<f64>,
    commits: Vec<f64>,
    ratios: Vec<f64>,
}

fn beside(
    runtime: &Runtime,
    lane: &Lane,
    mut bare: impl FnMut(u32) -> Result<f64, Failure>,
) -> Result<Beside, Failure> {
    let mut beside = Beside { filings: Vec::new(), commits: Vec::new(), ratios: Vec::new() };
    for block in 0..BLOCKS {
        let filed = runtime.block_on(lane.flood(BLOCK, CONNECTIONS)).map_err(text)?;
        let committed = bare(u32::try_from(BLOCK)?)?;
        if block > 0 {
            beside.ratios.push(filed / committed);
            beside.filings.push(filed);
            beside.commits.push(committed);
        }
    }
    Ok(beside)
}

impl Beside {
    fn figure(&self, name: &'static str) -> Figure {
        let bare = part(&self.commits, 0.5);
        Figure {
            name,
            value: part(&self.filings, 0.5),
            unit: "filings a second (through the relay, each on the disk before it is answered)",
            limit: Limit::None,
            beside: json!({
                "bare_commits_per_second": bare, "of_bare": part(&self.ratios, 0.5),
                "each_block": self.ratios, "connections": CONNECTIONS,
            }),
        }
    }
}

fn text(error: kakehashi_campaign::Failure) -> String {
    error.to_string()
}
