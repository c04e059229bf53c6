//! 介護保険負担割合証.

use super::Period;
use crate::calendar::{Date, GivenDate};
use serde::{Deserialize, Serialize};

/// The share the person pays — 負担割合証. Year: August 1 to July 31; it can change within the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopaymentCertificate {
    /// 交付年月日.
    #[serde(default)]
    pub issued_on: GivenDate,
    /// Shares with their periods (適用期間), newest first.
    #[serde(default)]
    pub periods: Vec<CopaymentPeriod>,
}

/// One row of a 負担割合証.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopaymentPeriod {
    /// Tenths the person pays: 1, 2 or 3 (割).
    pub tenths: u8,
    /// 適用期間.
    pub period: Period,
}

impl CopaymentCertificate {
    /// The share on a day; `None` when no row covers it. Rows that overlap: the one that begins last.
    pub fn on(&self, day: Date) -> Option<&CopaymentPeriod> {
        share_on(&self.periods, day)
    }
}

/// The row that holds on a day; `None` when none covers it. Rows that overlap: the one that begins last.
pub fn share_on(rows: &[CopaymentPeriod], day: Date) -> Option<&CopaymentPeriod> {
    rows.iter().filter(|row| row.period.covers(day)).max_by_key(|row| row.period.from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::from_iso(text).unwrap()
    }

    #[test]
    fn a_change_within_the_year_counts_from_its_day() {
        let row =
            |tenths, from, to| CopaymentPeriod { tenths, period: Period::new(day(from), Some(day(to))) };
        let certificate = CopaymentCertificate {
            issued_on: day("2026-07-15").into(),
            periods: vec![row(2, "2026-11-01", "2027-07-31"), row(1, "2026-08-01", "2026-10-31")],
        };
        assert_eq!(certificate.on(day("2026-10-31")).map(|row| row.tenths), Some(1));
        assert_eq!(certificate.on(day("2026-11-01")).map(|row| row.tenths), Some(2));
        assert_eq!(certificate.on(day("2027-08-01")), None);
    }
}
