//! Municipalities to look people up in.

use super::caller::Sandbox;
use crate::figure::{Failure, house};
use crate::relay::release;
use kakehashi_bench_rules::{People, Someone};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::upstream::route;
use serde_json::json;
use std::path::PathBuf;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

/// Clients of the office, taken evenly from the register: whoever is looked up is one of them.
const CLIENTS: u32 = 1_000;

/// The directory of a municipality of this size, made when it is not there or too old.
pub(super) fn municipality(people: u32) -> Result<PathBuf, Failure> {
    made(&people.to_string(), people, 0)
}

/// The same, all of whose office's clients have a certification under way.
pub(super) fn town_with_cases(people: u32) -> Result<PathBuf, Failure> {
    made(&format!("{people}-cases"), people, CLIENTS)
}

fn made(name: &str, people: u32, under_way: u32) -> Result<PathBuf, Failure> {
    let folder = house().join("target/bench-data").join(name);
    std::fs::create_dir_all(&folder)?;
    eprintln!("  a municipality of {people} (the first time a million takes about a minute, and 1.5 GB)");
    let [people, clients, under_way] = [people, CLIENTS, under_way].map(|number| number.to_string());
    let seed = ["seed", "--people", &people, "--clients", &clients, "--under-way", &under_way];
    for words in [&["init"][..], &seed] {
        let mut command = Command::new(release("kakehashi-platform")?);
        let output = command.args(words).arg("--dir").arg(&folder).output()?;
        if !output.status.success() {
            return Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
        }
    }
    Ok(folder)
}

/// All people of a village, as the upstream tells of them. The municipalities that are compared have no such
/// traffic: what is written of each viewing would make one slower than the other.
pub(crate) fn people() -> Result<People, Failure> {
    let sandbox = Sandbox::start(&municipality(CLIENTS)?)?;
    let mut all = Vec::new();
    for person in sandbox.clients() {
        let body = json!({ "person": person });
        let now = serde_json::from_value(sandbox.ask(route::PERSON_QUALIFICATION, &body)?)?;
        let before = serde_json::from_value(sandbox.ask(route::PERSON_HISTORY, &body)?)?;
        all.push(Someone { now, before });
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    Ok(People { today: Time(i64::try_from(now)?).date(), all })
}
