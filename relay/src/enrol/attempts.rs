//! How many wrong codes an address may try.

use super::EnrolError;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Addresses remembered at most; beyond that everybody waits, which nobody reaches by honest use.
const ADDRESSES: usize = 1024;

#[derive(Debug)]
pub(super) struct Attempts {
    most: u32,
    wait: u64,
    wrong: Mutex<HashMap<IpAddr, Wrong>>,
}

#[derive(Debug, Clone, Copy)]
struct Wrong {
    times: u32,
    since: u64,
}

impl Attempts {
    /// `most` wrong codes in `wait` seconds.
    pub(super) fn new(most: u32, wait: u64) -> Self {
        Self { most, wait, wrong: Mutex::default() }
    }

    pub(super) fn check(&self, from: IpAddr, now: u64) -> Result<(), EnrolError> {
        let mut wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        wrong.retain(|_, entry| now < entry.since + self.wait);
        match wrong.get(&from) {
            Some(entry) if entry.times >= self.most => {
                Err(EnrolError::Attempts((entry.since + self.wait).saturating_sub(now)))
            }
            None if wrong.len() >= ADDRESSES => Err(EnrolError::Attempts(self.wait)),
            _ => Ok(()),
        }
    }

    pub(super) fn failed(&self, from: IpAddr, now: u64) {
        let mut wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        wrong.entry(from).or_insert(Wrong { times: 0, since: now }).times += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_the_last_one_it_has_to_wait() {
        let attempts = Attempts::new(2, 60);
        let (a, b) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([192, 168, 0, 2]));
        attempts.failed(a, 100);
        assert!(attempts.check(a, 100).is_ok());
        attempts.failed(a, 110);
        assert!(matches!(attempts.check(a, 120), Err(EnrolError::Attempts(40))));
        assert!(attempts.check(b, 120).is_ok(), "another address");
        assert!(attempts.check(a, 160).is_ok(), "the time is over");
    }
}
