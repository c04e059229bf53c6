//! How long a case has waited, against the thirty days of the law.

use super::Case;
use crate::calendar::Date;

/// 申請から30日以内 (介護保険法27条11項; for 更新 and 区分変更 by 28条4項, 29条2項). The day of the application is
/// not counted (民法140条).
pub const LIMIT_DAYS: i64 = 30;

/// How a case stands to the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// 申請日.
    pub since: Date,
    /// Days since then: until today, or until the result.
    pub days: i64,
    /// The last of the thirty days.
    pub limit: Date,
    /// How it stands.
    pub state: WaitState,
}

/// How a case stands to the limit. The names are in the order of urgency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaitState {
    /// The result is there.
    Ended {
        /// Whether it came within the thirty days.
        in_time: bool,
    },
    /// Within the thirty days; on the last of them 0 are left.
    Within {
        /// Days left.
        left: i64,
    },
    /// 延期通知 was given, and the time it names is not over (or it names none).
    Postponed {
        /// 処理見込期間.
        until: Option<Date>,
    },
    /// Over the limit without 延期通知, or over the time that names.
    Late {
        /// Days over.
        days: i64,
    },
}

impl Case {
    /// How long it has waited; `None` while the day of the application is not known or lies ahead.
    pub fn wait(&self, today: Date) -> Option<Wait> {
        let since = self.application?.on;
        let limit = since.plus_days(LIMIT_DAYS);
        let (end, state) = match &self.outcome {
            Some(outcome) => (outcome.on(), WaitState::Ended { in_time: outcome.on() <= limit }),
            None if today <= limit => (today, WaitState::Within { left: today.days_until(limit) }),
            None => match &self.postponement {
                Some(notice) if notice.until.is_none_or(|until| today <= until) => {
                    (today, WaitState::Postponed { until: notice.until })
                }
                Some(notice) => {
                    // A time that ends before the limit takes nothing away from the limit.
                    let over = notice.until.unwrap_or(limit).max(limit);
                    (today, WaitState::Late { days: over.days_until(today) })
                }
                None => (today, WaitState::Late { days: limit.days_until(today) }),
            },
        };
        let days = since.days_until(end);
        (days >= 0).then_some(Wait { since, days, limit, state })
    }

    /// Whether it is over the limit.
    pub fn is_late(&self, today: Date) -> bool {
        matches!(self.wait(today), Some(Wait { state: WaitState::Late { .. }, .. }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{case, day};
    use super::*;
    use crate::certification::{Fact, Postponement};

    fn state(case: &Case, today: &str) -> (i64, WaitState) {
        let wait = case.wait(day(today)).unwrap();
        (wait.days, wait.state)
    }

    #[test]
    fn thirty_days_without_the_first() {
        let open = case(5);
        assert_eq!(state(&open, "2026-10-05"), (0, WaitState::Within { left: 30 }));
        assert_eq!(state(&open, "2026-11-04"), (30, WaitState::Within { left: 0 }));
        assert_eq!(state(&open, "2026-11-05"), (31, WaitState::Late { days: 1 }));
        assert!(open.is_late(day("2026-11-05")) && !open.is_late(day("2026-11-04")));
        assert_eq!(open.wait(day("2026-10-04")), None);
        assert_eq!(case(0).wait(day("2026-10-05")), None);
    }

    #[test]
    fn a_notice_gives_time_and_the_result_ends_the_wait() {
        let notice = |until: Option<&str>| {
            let notified_on = day("2026-11-01");
            let until = until.map(day);
            case(5).with(&[Fact::Postponement(Postponement { notified_on, until, reason: None })])
        };
        let until = notice(Some("2026-11-20"));
        assert_eq!(
            state(&until, "2026-11-20"),
            (46, WaitState::Postponed { until: Some(day("2026-11-20")) })
        );
        assert_eq!(state(&until, "2026-11-22"), (48, WaitState::Late { days: 2 }));
        assert_eq!(state(&notice(None), "2027-01-01").1, WaitState::Postponed { until: None });
        assert_eq!(state(&notice(Some("2026-10-20")), "2026-11-05").1, WaitState::Late { days: 1 });
        assert_eq!(state(&case(8), "2027-01-01"), (32, WaitState::Ended { in_time: false }));
    }
}
