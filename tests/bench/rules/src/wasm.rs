//! The way in from JavaScript.

use crate::People;
use wasm_bindgen::prelude::wasm_bindgen;

/// People in the memory of the module.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Bench(People);

#[wasm_bindgen]
impl Bench {
    /// Reads people; none when it is not JSON of them.
    pub fn read(json: &str) -> Option<Bench> {
        serde_json::from_str(json).ok().map(Self)
    }

    /// Asks all rules about everybody, so many times: how often rules were asked, and what the answers of one
    /// time add up to.
    pub fn ask(&self, times: u32) -> Vec<u32> {
        let (mut rules, mut sum) = (0, 0);
        for _ in 0..times {
            let answers = self.0.ask();
            rules += answers.rules;
            sum = answers.sum;
        }
        vec![rules, sum]
    }
}
