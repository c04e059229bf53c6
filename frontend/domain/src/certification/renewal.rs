//! 更新申請: when it can be made.

use super::{ApplicationKind, Case, Outcome};
use crate::calendar::Date;
use crate::qualification::{CareLevel, InsuranceCertificate, Period};

/// From sixty days before the last day of the 有効期間 to that day
/// (<https://www.city.matsusaka.mie.jp/site/koureisya-wel/kousin.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RenewalWindow {
    /// First day on which it can be made.
    pub opens: Date,
    /// Cities ask for it by then, thirty days before the end: a decision takes about that long.
    pub asked_by: Date,
    /// Last day: that of the 有効期間.
    pub closes: Date,
}

impl RenewalWindow {
    /// The window before the last day of a 有効期間.
    pub fn before(last: Date) -> Self {
        Self { opens: last.plus_days(-60), asked_by: last.plus_days(-30), closes: last }
    }

    /// The window of a certificate; `None` when its level is not renewed (非該当, 事業対象者, unknown) or
    /// the 有効期間 has no end or cannot be.
    pub fn of(certificate: &InsuranceCertificate) -> Option<Self> {
        Self::held(certificate.level, certificate.validity)
    }

    /// The same of a level and its 有効期間.
    pub fn held(level: Option<CareLevel>, validity: Option<Period>) -> Option<Self> {
        let validity = validity.filter(|validity| validity.is_possible())?;
        level.filter(|level| *level >= CareLevel::Support1)?;
        validity.to.map(Self::before)
    }

    /// Whether this case is the 更新申請 made in it.
    pub fn is_used(&self, case: &Case) -> bool {
        let withdrawn = matches!(case.outcome, Some(Outcome::Withdrawn { .. } | Outcome::Dismissed { .. }));
        let renewal = case.application.filter(|application| application.kind == ApplicationKind::Renewal);
        !withdrawn && renewal.is_some_and(|application| self.is_open(application.on))
    }

    /// Whether it can be made on a day.
    pub fn is_open(&self, day: Date) -> bool {
        self.opens <= day && day <= self.closes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        Date::from_iso(text).unwrap()
    }

    #[test]
    fn worked_windows() {
        for (last, opens) in [
            ("2027-03-31", "2027-01-30"),
            ("2026-11-30", "2026-10-01"),
            // Over a leap day.
            ("2028-03-31", "2028-01-31"),
            ("2028-02-29", "2027-12-31"),
        ] {
            let window = RenewalWindow::before(day(last));
            assert_eq!(window.opens, day(opens), "{last}");
            assert!(window.is_open(day(opens)) && window.is_open(day(last)));
            assert!(!window.is_open(day(opens).plus_days(-1)) && !window.is_open(day(last).plus_days(1)));
        }
    }

    #[test]
    fn what_is_not_renewed_has_no_window() {
        let period = |to| Some(Period::new(day("2026-04-01"), to));
        let held = |level, to: Option<&str>| RenewalWindow::held(level, period(to.map(day)));
        let end = Some("2027-03-31");
        assert_eq!(held(Some(CareLevel::Care2), end), Some(RenewalWindow::before(day("2027-03-31"))));
        assert_eq!(held(Some(CareLevel::Programme), end), None);
        assert_eq!(held(Some(CareLevel::from_code("99")), end), None);
        assert_eq!(held(None, end), None);
        assert_eq!(held(Some(CareLevel::Care2), None), None);
        assert_eq!(held(Some(CareLevel::Care2), Some("2026-03-31")), None, "it ends before it begins");
    }

    #[test]
    fn a_renewal_made_in_it_uses_it_unless_it_came_to_nothing() {
        use crate::certification::{Application, Fact, sample};
        let window = RenewalWindow::before(day("2026-12-31"));
        let applied =
            |kind, on| sample::case(0).with(&[Fact::Application(Application { kind, on: day(on) })]);
        let renewal = applied(ApplicationKind::Renewal, "2026-11-20");
        assert!(window.is_used(&renewal));
        assert!(!window.is_used(&applied(ApplicationKind::Change, "2026-11-20")));
        assert!(!window.is_used(&applied(ApplicationKind::Renewal, "2025-11-20")), "of the one before");
        let withdrawn = Outcome::Withdrawn { on: day("2026-11-25") };
        assert!(!window.is_used(&renewal.with(&[Fact::Outcome(withdrawn)])));
    }

    proptest! {
        #[test]
        fn always_sixty_days(number in -30_000i64..100_000) {
            let last = Date::from_day_number(number);
            let window = RenewalWindow::before(last);
            prop_assert_eq!(window.opens.days_until(window.closes), 60);
            prop_assert_eq!(window.closes, last);
            prop_assert!(window.is_open(window.asked_by));
        }
    }
}
