//! Whose time it is: the machine's, or a test's.

use kakehashi_domain::calendar::Time;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the time of the service's rules: sessions, codes, viewing rights, validity of cards.
///
/// TLS and the window of signatures always go by the machine's own clock: devices do too.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Time;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Time {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Time(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
    }
}

/// Another clock, some seconds on. Copies share the shift.
#[derive(Clone)]
pub struct ShiftClock {
    base: Arc<dyn Clock>,
    plus_s: Arc<AtomicI64>,
}

impl ShiftClock {
    /// Goes with `base` until shifted.
    pub fn new(base: Arc<dyn Clock>) -> Self {
        Self { base, plus_s: Arc::default() }
    }

    /// Moves on by some seconds (back when negative) and tells the whole shift.
    pub fn shift(&self, seconds: i64) -> i64 {
        self.plus_s.fetch_add(seconds, Ordering::SeqCst).saturating_add(seconds)
    }
}

impl Clock for ShiftClock {
    fn now(&self) -> Time {
        self.base.now().plus(self.plus_s.load(Ordering::SeqCst))
    }
}

impl fmt::Debug for ShiftClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShiftClock").field("plus_s", &self.plus_s).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Still;

    impl Clock for Still {
        fn now(&self) -> Time {
            Time(1_000)
        }
    }

    #[test]
    fn copies_share_the_shift() {
        let clock = ShiftClock::new(Arc::new(Still));
        let copy = clock.clone();
        assert_eq!(clock.shift(60), 60);
        assert_eq!(clock.shift(-10), 50);
        assert_eq!(copy.now(), Time(1_050));
    }
}
