//! Nobody at the screen: first it is covered, then it is locked. The computer's clock counts, so a machine
//! that slept locks at once when it wakes.

use super::config::IdleLimits;
use super::{browser, clock};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Interval;
use std::cell::Cell;
use std::rc::Rc;

/// How long nobody has touched anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Somebody is there.
    Active,
    /// Long enough to cover the screen.
    Covered,
    /// Long enough to lock.
    Locked,
}

/// The stage after some seconds without a touch. A clock set back counts as a touch.
pub fn stage(idle_s: i64, limits: IdleLimits) -> Stage {
    match idle_s {
        idle if idle >= i64::from(limits.lock_s) => Stage::Locked,
        idle if idle >= i64::from(limits.mask_s) => Stage::Covered,
        _ => Stage::Active,
    }
}

/// What counts as a touch. Moving the pointer does not: a cleaner's cloth on the table would keep the page open.
const TOUCHES: [&str; 4] = ["pointerdown", "keydown", "wheel", "input"];

/// Watches as long as it lives.
pub struct IdleWatch {
    _listeners: Vec<EventListener>,
    _timer: Interval,
}

impl IdleWatch {
    /// Tells each stage as it begins.
    pub fn start(limits: IdleLimits, tell: impl Fn(Stage) + 'static) -> Self {
        let touched = Rc::new(Cell::new(clock::local().0));
        let told = Cell::new(Stage::Active);
        let look = {
            let touched = Rc::clone(&touched);
            Rc::new(move || {
                let now = stage(clock::local().0 - touched.get(), limits);
                if told.replace(now) != now {
                    tell(now);
                }
            })
        };
        let listeners = browser::document().map_or_else(Vec::new, |document| {
            let listen = |event: &'static str| {
                let (touched, look) = (Rc::clone(&touched), Rc::clone(&look));
                let options = EventListenerOptions::run_in_capture_phase();
                EventListener::new_with_options(&document, event, options, move |_| {
                    // The stage is looked at first: whoever comes back late still finds the lock.
                    look();
                    touched.set(clock::local().0);
                    look();
                })
            };
            TOUCHES.into_iter().map(listen).collect()
        });
        let timer = Interval::new(1000, move || look());
        Self { _listeners: listeners, _timer: timer }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covered_at_five_minutes_and_locked_at_fifteen() {
        let limits = IdleLimits::default();
        assert_eq!(stage(0, limits), Stage::Active);
        assert_eq!(stage(299, limits), Stage::Active);
        assert_eq!(stage(300, limits), Stage::Covered);
        assert_eq!(stage(899, limits), Stage::Covered);
        assert_eq!(stage(900, limits), Stage::Locked);
        assert_eq!(stage(i64::MAX, limits), Stage::Locked);
        assert_eq!(stage(-5000, limits), Stage::Active);
    }

    #[test]
    fn a_lock_before_the_cover_still_locks() {
        assert_eq!(stage(10, IdleLimits { mask_s: 60, lock_s: 10 }), Stage::Locked);
    }
}
