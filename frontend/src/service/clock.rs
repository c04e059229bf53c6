//! The time, as the relay has it. An office's computer may be minutes off; signatures may not.

use domain::calendar::Time;
use std::cell::Cell;

/// Below this many seconds the computer's own clock is good enough.
const GOOD_ENOUGH: i64 = 5;

/// The computer's clock and what it is off.
#[derive(Debug, Default)]
pub struct Clock {
    offset: Cell<i64>,
}

impl Clock {
    /// Now.
    pub fn now(&self) -> Time {
        local().plus(self.offset.get())
    }

    /// Learns from a server's clock, read between two moments of the computer's.
    pub fn learn(&self, before: Time, server: Time, after: Time) {
        self.offset.set(offset(before, server, after));
    }
}

/// The computer's clock.
pub fn local() -> Time {
    Time((js_sys::Date::now() / 1000.0) as i64)
}

fn offset(before: Time, server: Time, after: Time) -> i64 {
    let middle = before.0 + (after.0 - before.0) / 2;
    let off = server.0 - middle;
    if off.abs() <= GOOD_ENOUGH { 0 } else { off }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_clock_is_left_alone_and_a_wrong_one_corrected() {
        assert_eq!(offset(Time(100), Time(102), Time(102)), 0);
        assert_eq!(offset(Time(100), Time(701), Time(102)), 600);
        assert_eq!(offset(Time(1000), Time(401), Time(1002)), -600);
    }
}
