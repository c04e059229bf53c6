//! 更新申請: when it can be made.

use crate::calendar::Date;
use crate::qualification::{CareLevel, InsuranceCertificate};

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
        let validity = certificate.validity.filter(|validity| validity.is_possible())?;
        certificate.level.filter(|level| *level >= CareLevel::Support1)?;
        validity.to.map(Self::before)
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
