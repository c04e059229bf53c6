//! Lines for callers nobody knows: so many a minute, the rest a number.

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many may have a line, and how many had none.
#[derive(Debug)]
pub(super) struct Strangers {
    lines: DefaultDirectRateLimiter,
    left_out: AtomicU64,
}

impl Strangers {
    /// So many lines a minute, and as many at once.
    pub(super) fn new(per_minute: u32) -> Self {
        let quota = Quota::per_minute(NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN));
        Self { lines: RateLimiter::direct(quota), left_out: AtomicU64::new(0) }
    }

    /// Whether one more gets a line; if not, it is counted.
    pub(super) fn line(&self) -> bool {
        let line = self.lines.check().is_ok();
        if !line {
            self.left_out.fetch_add(1, Ordering::Relaxed);
        }
        line
    }

    /// How many had none since this was last asked.
    pub(super) fn left_out(&self) -> u64 {
        self.left_out.swap(0, Ordering::Relaxed)
    }
}

impl Default for Strangers {
    fn default() -> Self {
        Self::new(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_is_a_number_that_is_told_once() {
        let strangers = Strangers::new(2);
        let lines: Vec<bool> = (0..5).map(|_| strangers.line()).collect();
        assert_eq!(lines, [true, true, false, false, false]);
        assert_eq!((strangers.left_out(), strangers.left_out()), (3, 0));
    }
}
