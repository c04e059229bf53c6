//! The rules per second, natively and as WebAssembly: the same code over the same people, and the same answers.
//!
//! Native is this program (speed); WebAssembly is built as the app is (size) and run in Node, whose V8 is
//! Chromium's. Both are counted in seconds of processor time, in turns, so that other programs do not matter.

use crate::figure::{Failure, Figure, Limit, house};
use crate::part::part;
use crate::processor::used;
use crate::sandbox;
use kakehashi_bench_rules::Answers;
use serde::Deserialize;
use serde_json::json;
use std::process::Command;

/// Turns, rounds within a turn, and passes over all people within a round.
const TURNS: usize = 3;
const ROUNDS: usize = 5;
const PASSES: u32 = 40;

/// The names of the figures of [`rates`].
pub(crate) const NAMES: &[&str] = &["rules-per-second", "rules-per-second-wasm", "rules-wasm-of-native"];

/// What Node says.
#[derive(Deserialize)]
struct Said {
    seconds: Vec<f64>,
    rules: u32,
    sum: u32,
}

/// Rules asked in a second.
pub(crate) fn rates() -> Result<Vec<Figure>, Failure> {
    let people = sandbox::people()?;
    let answers = people.ask();
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("people.json");
    std::fs::write(&file, serde_json::to_vec(&people)?)?;
    let (mut native, mut wasm) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        for _ in 0..ROUNDS {
            let begin = used();
            for _ in 0..PASSES {
                if std::hint::black_box(&people).ask() != answers {
                    return Err("the rules do not answer the same twice".into());
                }
            }
            native.push(f64::from(answers.rules * PASSES) / (used() - begin));
        }
        let said = node(&file)?;
        if (Answers { rules: said.rules / PASSES, sum: said.sum }) != answers {
            return Err("WebAssembly does not answer as native code does".into());
        }
        wasm.extend(said.seconds.iter().map(|seconds| f64::from(said.rules) / seconds));
    }
    let (fast, slow) = (part(&native, 0.5), part(&wasm, 0.5));
    let range =
        |rates: &[f64]| json!({ "least": part(rates, 0.0).round(), "most": part(rates, 1.0).round() });
    Ok(vec![
        Figure {
            name: NAMES[0],
            value: fast.round(),
            unit: "rules a second (native)",
            limit: Limit::None,
            beside: json!({ "people": people.all.len(), "rules": answers.rules, "rates": range(&native) }),
        },
        Figure {
            name: NAMES[1],
            value: slow.round(),
            unit: "rules a second (WebAssembly, in Node)",
            limit: Limit::None,
            beside: range(&wasm),
        },
        Figure {
            name: NAMES[2],
            value: slow / fast,
            unit: "ratio",
            limit: Limit::Least(0.5),
            beside: json!({}),
        },
    ])
}

fn node(people: &std::path::Path) -> Result<Said, Failure> {
    let module = house().join("target/bench-rules/rules.js");
    if !module.exists() {
        return Err(format!("{} is not built; run: make bench", module.display()).into());
    }
    let mut command = Command::new("node");
    command.arg(house().join("tests/bench/rules/run.cjs")).arg(module).arg(people);
    let output = command.args([ROUNDS.to_string(), PASSES.to_string()]).output()?;
    if !output.status.success() {
        return Err(format!("node: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
