//! `make bench`: one line a figure, `bench: NAME = VALUE UNIT (limit LIMIT)`, and `target/bench.json`.
//!
//! Where time is meant, the figure is a ratio against a peer or a bound measured in the same run on the same
//! core. NAME may be the beginning of some names. A figure past its limit makes the run fail; one without a limit is reported only.
#![expect(clippy::print_stdout, reason = "the figures are what this program prints")]

mod app;
mod board;
mod card;
mod figure;
mod filing;
mod list;
mod part;
mod processor;
mod relay;
mod rules;
mod sandbox;

use figure::{Failure, Figure};
use std::process::ExitCode;

/// A figure's name and how it is taken.
type Bench = (&'static [&'static str], fn() -> Result<Vec<Figure>, Failure>);

const ALL: &[Bench] = &[
    (&["app-first-load"], app::first_load),
    (&["app-page-card", "ccid-weight"], app::card),
    (card::COUNTS, card::counts),
    (&["card-time-overhead"], card::overhead),
    (list::NAMES, list::list),
    (board::NAMES, board::board),
    (rules::NAMES, rules::rates),
    (rules::DECISIONS, rules::decisions),
    (sandbox::NAMES, sandbox::lookups),
    (sandbox::BOARD_NAMES, sandbox::board),
    (filing::NAMES, filing::campaign),
    (filing::SPEED_NAMES, filing::speed),
    (&["relay-plain-vs-nginx", "relay-signed-of-bound", "relay-rss"], relay::throughput),
    (&["relay-start"], relay::start),
];

fn main() -> ExitCode {
    let only = std::env::args().nth(1);
    let wanted = |name: &str| only.as_deref().is_none_or(|only| name.starts_with(only));
    let mut figures = Vec::new();
    let mut failed = false;
    for (names, take) in ALL {
        if !names.iter().any(|name| wanted(name)) {
            continue;
        }
        match take() {
            Ok(taken) => figures.extend(taken),
            Err(reason) => {
                println!("bench: {} not measured: {reason}", names.join(", "));
                failed = true;
            }
        }
    }
    figures.retain(|figure| wanted(figure.name));
    for figure in &figures {
        println!("{figure}");
        failed |= !figure.holds();
    }
    if figures.is_empty() {
        println!("bench: there is no figure of that name; there are: {}", names().join(", "));
        return ExitCode::FAILURE;
    }
    if let Err(reason) = figure::write(&figures) {
        println!("bench: target/bench.json could not be written: {reason}");
        failed = true;
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn names() -> Vec<&'static str> {
    ALL.iter().flat_map(|(names, _)| names.iter().copied()).collect()
}
