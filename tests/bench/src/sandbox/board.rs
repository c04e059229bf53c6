//! The board of an office with a thousand certifications under way (認定の進捗), in a town of sixty thousand: all
//! of it at once, and asked again when nothing is new, as an open page does all day.

use super::caller::{Sandbox, exchange};
use super::data;
use crate::figure::{Failure, Figure, Limit};
use crate::part::part;
use kakehashi_domain::upstream::route;
use serde_json::{Value, json};
use std::time::Instant;

/// The names of the figures.
pub(crate) const NAMES: &[&str] = &["cases-list-1000", "cases-unchanged-p99"];
/// Whole boards asked for; the first is not counted, it makes the day's medians.
const WHOLE: usize = 21;
/// Questions to which the answer is "nothing new"; the first tenth is not counted.
const AGAIN: usize = 1_000;

/// How long the whole board takes, and how long it takes to say that nothing is new.
pub(crate) fn board() -> Result<Vec<Figure>, Failure> {
    let sandbox = Sandbox::start(&data::town_with_cases(super::TOWN)?)?;
    let first = sandbox.ask(route::CASES_LIST, &json!({}))?;
    let cases = first["news"]["all"]["cases"].as_array().map_or(0, Vec::len);
    if cases < 950 {
        return Err(format!("the board holds {cases} cases, not about 1,000").into());
    }
    let (whole, bytes) = times(&sandbox, WHOLE, &json!({}))?;
    let mark = sandbox.ask(route::CASES_LIST, &json!({}))?["mark"].take();
    let seen = json!({ "seen": mark });
    if sandbox.ask(route::CASES_LIST, &seen)?["news"] != "unchanged" {
        return Err("the board changed by itself".into());
    }
    let (again, _) = times(&sandbox, AGAIN, &seen)?;
    let (whole, again) = (whole.get(1..).unwrap_or_default(), again.get(AGAIN / 10..).unwrap_or_default());
    Ok(vec![
        Figure {
            name: NAMES[0],
            value: part(whole, 0.5),
            unit: "ms (median of a whole board)",
            limit: Limit::None,
            beside: json!({
                "people": super::TOWN, "cases": cases, "bytes": bytes,
                "least_ms": part(whole, 0.0), "most_ms": part(whole, 1.0),
            }),
        },
        Figure {
            name: NAMES[1],
            value: part(again, 0.99),
            unit: "ms (99th percentile, nothing new)",
            limit: Limit::Most(20.0),
            beside: json!({ "asked": again.len(), "p50_ms": part(again, 0.5), "most_ms": part(again, 1.0) }),
        },
    ])
}

/// One after the other on one connection; ms each, and the bytes of the last answer.
fn times(sandbox: &Sandbox, count: usize, body: &Value) -> Result<(Vec<f64>, usize), Failure> {
    let requests =
        (0..count).map(|_| sandbox.request(route::CASES_LIST, body)).collect::<Result<Vec<_>, _>>()?;
    sandbox.runtime.block_on(async {
        let mut line = sandbox.connect().await?;
        let (mut times, mut bytes) = (Vec::with_capacity(count), 0);
        for request in requests {
            let begin = Instant::now();
            bytes = exchange(&mut line, request).await?.len();
            times.push(begin.elapsed().as_secs_f64() * 1e3);
        }
        Ok((times, bytes))
    })
}
