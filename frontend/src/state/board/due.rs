//! When to ask the upstream again: gently, and after failures more and more seldom.

use domain::calendar::Time;

/// Seconds between questions when the upstream names too few, …
const LEAST: u32 = 15;
/// … or too many.
const MOST: u32 = 900;
/// Before anything was answered.
const USUAL: u32 = 60;

/// When the next question may go out. Times are those of this app's clock, so that a computer that slept asks
/// as soon as it wakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Due {
    /// The last question ended then, and the next may go out then; nothing before the first.
    wait: Option<(Time, Time)>,
    /// What the upstream asked for.
    pause_s: u32,
    /// Failures since the last answer.
    failures: u32,
}

impl Due {
    /// Whether it is time.
    pub(super) fn is_due(&self, now: Time) -> bool {
        // A clock set back must not silence the app until it has caught up.
        self.wait.is_none_or(|(since, until)| now >= until || now < since)
    }

    /// An answer came; not before so many seconds should be asked again.
    pub(super) fn answered(&mut self, now: Time, again_in_s: u32) {
        self.pause_s = again_in_s.clamp(LEAST, MOST);
        self.failures = 0;
        self.wait = Some((now, now.plus(i64::from(self.pause_s))));
    }

    /// The question failed; the upstream may have said when to come again.
    pub(super) fn failed(&mut self, now: Time, retry_at: Option<Time>) {
        self.failures = self.failures.saturating_add(1);
        let pause = if self.pause_s == 0 { USUAL } else { self.pause_s };
        let doubled = pause.saturating_mul(1 << self.failures.min(10)).min(MOST);
        let until = now.plus(i64::from(doubled));
        let most = now.plus(i64::from(MOST));
        self.wait = Some((now, retry_at.map_or(until, |at| at.clamp(until, most.max(until)))));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Seconds until it is due again.
    fn pause(due: &Due, now: Time) -> i64 {
        (0..=i64::from(MOST)).find(|after| due.is_due(now.plus(*after))).unwrap()
    }

    #[test]
    fn as_the_upstream_wishes_within_reason() {
        let now = Time(1_000);
        let mut due = Due::default();
        assert!(due.is_due(now), "nothing was asked yet");
        for (wish, pause_s) in [(60, 60), (0, 15), (100_000, 900)] {
            due.answered(now, wish);
            assert_eq!(pause(&due, now), pause_s);
        }
        assert!(due.is_due(Time(999)), "the clock was set back");
        assert!(due.is_due(now.plus(30_000)), "the computer slept");
    }

    #[test]
    fn failures_make_it_rarer_and_an_answer_makes_up_for_them() {
        let now = Time(1_000);
        let mut due = Due::default();
        due.answered(now, 60);
        let pauses: Vec<i64> = (0..6)
            .map(|_| {
                due.failed(now, None);
                pause(&due, now)
            })
            .collect();
        assert_eq!(pauses, [120, 240, 480, 900, 900, 900]);
        due.answered(now, 60);
        assert_eq!(pause(&due, now), 60);
        due.failed(now, Some(now.plus(600)));
        assert_eq!(pause(&due, now), 600, "the upstream said when");
    }

    proptest! {
        /// However it goes: it never hurries, and it never falls silent.
        #[test]
        fn between_a_quarter_of_a_minute_and_a_quarter_of_an_hour(
            steps in proptest::collection::vec((any::<bool>(), any::<u32>(), -5_000i64..5_000), 1..40)
        ) {
            let mut due = Due::default();
            let mut now = Time(1_000_000);
            for (good, wish, at) in steps {
                if good { due.answered(now, wish) } else { due.failed(now, Some(now.plus(at))) }
                prop_assert!(!due.is_due(now.plus(i64::from(LEAST) - 1)));
                prop_assert!(due.is_due(now.plus(i64::from(MOST))));
                now = now.plus(at.abs());
            }
        }
    }
}
