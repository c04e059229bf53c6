//! 住宅改修費 and 福祉用具購入費: what has been used, as the insurer has registered it.
//!
//! Applied for and not yet registered amounts are not in it (申請中・未反映は含みません).

use super::CareLevel;
use crate::calendar::Date;
use serde::{Deserialize, Serialize};

/// 住宅改修費の利用状況, by dwelling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HousingUse {
    /// Dwellings with payments, the present one first.
    pub dwellings: Vec<Dwelling>,
}

/// One dwelling's account. The ceiling counts cost before the person's share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dwelling {
    /// Which one, in the insurer's words: `現住所`, `前住所`.
    pub label: String,
    /// Whether the person lives there now.
    pub current: bool,
    /// 支給限度基準額, yen.
    pub limit_yen: u32,
    /// Level at the start of the first paid work: the base of the 3段階リセット.
    pub baseline: Option<CareLevel>,
    /// 着工日 of the work that used the 3段階リセット; payments before it no longer count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reset_on: Option<Date>,
    /// Payments, oldest first.
    pub payments: Vec<HousingPayment>,
}

/// One paid work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HousingPayment {
    /// Day the work was begun (着工日).
    pub started_on: Date,
    /// What was done: `手すりの取付け`.
    pub work: String,
    /// Cost counted against the ceiling, yen.
    pub cost_yen: u32,
}

impl Dwelling {
    /// Cost counted so far, yen: since the reset, if there was one.
    pub fn used_yen(&self) -> u32 {
        match self.reset_on {
            Some(reset) => self.used_since_yen(reset),
            None => total(self.payments.iter()),
        }
    }

    /// Cost of the works begun on a day or later, yen.
    pub fn used_since_yen(&self, day: Date) -> u32 {
        total(self.payments.iter().filter(|payment| day <= payment.started_on))
    }

    /// What is left of the ceiling, yen; never below zero.
    pub fn left_yen(&self) -> u32 {
        self.limit_yen.saturating_sub(self.used_yen())
    }
}

fn total<'a>(payments: impl Iterator<Item = &'a HousingPayment>) -> u32 {
    payments.fold(0, |sum, payment| sum.saturating_add(payment.cost_yen))
}

/// 福祉用具購入費の利用状況 of one fiscal year (April 1 – March 31).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EquipmentUse {
    /// 年度.
    pub fiscal_year: i32,
    /// 支給限度基準額, yen.
    pub limit_yen: u32,
    /// Purchases of the year, oldest first.
    pub purchases: Vec<EquipmentPurchase>,
}

/// One purchase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EquipmentPurchase {
    /// 購入日.
    pub bought_on: Date,
    /// 種目: `腰掛便座`.
    pub item: String,
    /// Cost counted against the ceiling, yen.
    pub cost_yen: u32,
}

impl EquipmentUse {
    /// Cost counted so far, yen.
    pub fn used_yen(&self) -> u32 {
        self.purchases.iter().fold(0, |sum, purchase| sum.saturating_add(purchase.cost_yen))
    }

    /// What is left of the ceiling, yen; never below zero.
    pub fn left_yen(&self) -> u32 {
        self.limit_yen.saturating_sub(self.used_yen())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn balances_never_go_below_zero_and_never_overflow() {
        let payment = |cost_yen| HousingPayment {
            started_on: Date::from_iso("2026-04-01").unwrap(),
            work: "手すりの取付け".into(),
            cost_yen,
        };
        let mut dwelling = Dwelling {
            label: "現住所".into(),
            current: true,
            limit_yen: 200_000,
            baseline: None,
            reset_on: None,
            payments: vec![payment(120_000)],
        };
        assert_eq!(dwelling.left_yen(), 80_000);
        dwelling.payments.push(payment(u32::MAX));
        assert_eq!(dwelling.left_yen(), 0);
        assert_eq!(dwelling.used_yen(), u32::MAX);
    }
}
