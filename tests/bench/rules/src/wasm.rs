//! The way in from JavaScript.

use crate::{Answers, Looks, People};
use wasm_bindgen::prelude::wasm_bindgen;

/// People in the memory of the module.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Bench(People, Looks);

/// Does it so many times: how many rules were asked, and what the answers of one time add up to.
fn repeat(times: u32, once: impl Fn() -> Answers) -> Vec<u32> {
    let (mut rules, mut sum) = (0, 0);
    for _ in 0..times {
        let answers = once();
        rules += answers.rules;
        sum = answers.sum;
    }
    vec![rules, sum]
}

#[wasm_bindgen]
impl Bench {
    /// Reads people; none when it is not JSON of them.
    pub fn read(json: &str) -> Option<Bench> {
        Some(Self(serde_json::from_str(json).ok()?, Looks::new()?))
    }

    /// Asks all rules about everybody, so many times: how often rules were asked, and what the answers of one
    /// time add up to.
    pub fn ask(&self, times: u32) -> Vec<u32> {
        repeat(times, || self.0.ask())
    }

    /// Decides about every look, so many times: as above.
    pub fn decide(&self, times: u32) -> Vec<u32> {
        repeat(times, || self.1.ask())
    }
}
