//! The rules and the decisions about access per second, natively and as WebAssembly: the same code over the same people, and the same answers.
//!
//! Native is this program (speed); WebAssembly is built as the app is (size) and run in Node, whose V8 is
//! Chromium's. Both are counted in seconds of processor time, in turns, so that other programs do not matter.

use crate::figure::{Failure, Figure, Limit, house};
use crate::part::part;
use crate::processor::used;
use crate::sandbox;
use kakehashi_bench_rules::{Answers, Looks};
use serde::Deserialize;
use serde_json::{Value, json};
use std::process::Command;

/// Turns, rounds within a turn, and passes over everything within a round.
const TURNS: usize = 3;
const ROUNDS: usize = 5;
const PASSES: u32 = 40;

/// The names of the figures of [`rates`] …
pub(crate) const NAMES: &[&str] = &["rules-per-second", "rules-per-second-wasm", "rules-wasm-of-native"];
/// … and of [`decisions`].
pub(crate) const DECISIONS: &[&str] =
    &["access-decisions-per-second", "access-decisions-per-second-wasm", "access-wasm-of-native"];

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
    let units = ["rules a second (native)", "rules a second (WebAssembly, in Node)"];
    let beside = json!({ "people": people.all.len() });
    compare("ask", NAMES, units, &beside, &serde_json::to_vec(&people)?, || {
        std::hint::black_box(&people).ask()
    })
}

/// Decisions about access in a second: every account's every look.
pub(crate) fn decisions() -> Result<Vec<Figure>, Failure> {
    let looks = Looks::new().ok_or("the insurer's number is none")?;
    let units = ["decisions a second (native)", "decisions a second (WebAssembly, in Node)"];
    let nobody = br#"{"today":"2026-11-22","all":[]}"#;
    compare("decide", DECISIONS, units, &json!({}), nobody, || std::hint::black_box(&looks).ask())
}

fn compare(
    what: &str,
    names: &[&'static str],
    units: [&'static str; 2],
    beside: &Value,
    people: &[u8],
    ask: impl Fn() -> Answers,
) -> Result<Vec<Figure>, Failure> {
    let answers = ask();
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("people.json");
    std::fs::write(&file, people)?;
    let (mut native, mut wasm) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        for _ in 0..ROUNDS {
            let begin = used();
            for _ in 0..PASSES {
                if ask() != answers {
                    return Err("the rules do not answer the same twice".into());
                }
            }
            native.push(f64::from(answers.rules * PASSES) / (used() - begin));
        }
        let said = node(&file, what)?;
        if (Answers { rules: said.rules / PASSES, sum: said.sum }) != answers {
            return Err("WebAssembly does not answer as native code does".into());
        }
        wasm.extend(said.seconds.iter().map(|seconds| f64::from(said.rules) / seconds));
    }
    let (fast, slow) = (part(&native, 0.5), part(&wasm, 0.5));
    let range =
        |rates: &[f64]| json!({ "least": part(rates, 0.0).round(), "most": part(rates, 1.0).round() });
    let figure =
        |at: usize, value: f64, unit, limit, beside| Figure { name: names[at], value, unit, limit, beside };
    let about = json!({ "of": beside, "in_a_pass": answers.rules, "rates": range(&native) });
    Ok(vec![
        figure(0, fast.round(), units[0], Limit::None, about),
        figure(1, slow.round(), units[1], Limit::None, range(&wasm)),
        figure(2, slow / fast, "ratio", Limit::Least(0.5), json!({})),
    ])
}

fn node(people: &std::path::Path, what: &str) -> Result<Said, Failure> {
    let module = house().join("target/bench-rules/rules.js");
    if !module.exists() {
        return Err(format!("{} is not built; run: make bench", module.display()).into());
    }
    let mut command = Command::new("node");
    command.arg(house().join("tests/bench/rules/run.cjs")).arg(module).arg(people).arg(what);
    let output = command.args([ROUNDS.to_string(), PASSES.to_string()]).output()?;
    if !output.status.success() {
        return Err(format!("node: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
