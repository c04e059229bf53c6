//! What a month's services would cost the person: within 区分支給限度基準額 at the share, above it in full.
//!
//! Sources: 介護保険法43条・55条 (区分支給限度基準額), the month of change in [`super::monthly_limit`], the
//! split in [`super::Terms`]. 費用 is counted in one sum here; a bill counts it for each kind of service and
//! rounds each down, so that it can differ by some yen.

use super::{Payment, Rounding, Terms};

/// Yen a 単位 in hundredths: 10円, the price without the additions of a 地域区分. The office's own lies between
/// 10円 and 11.4円, by 地域区分 and kind of service (<https://kaigoways.com/caresystem/division.html>), and is
/// typed in.
pub const LEAST_UNIT_PRICE: u32 = 1_000;

/// What is planned for a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// 単位
    Units(u32),
    /// 費用, yen.
    Yen(u32),
}

/// What it would come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthPlan {
    /// 費用 in all, yen.
    pub cost_yen: u32,
    /// Of it within the limit, yen.
    pub counted_yen: u32,
    /// Of it above the limit: the person's alone, yen.
    pub over_yen: u32,
    /// 単位 above the limit; only when the amount was 単位.
    pub over_units: u32,
    /// What is left of the limit: 単位 when the amount was 単位, else yen.
    pub left: u32,
    /// Who pays what.
    pub payment: Payment,
}

/// The split of a month's amount. `price`: hundredths of a yen a 単位. `None` when the share is none of 1–3.
pub fn month_plan(
    amount: Amount,
    limit_units: u32,
    price: u32,
    terms: Terms,
    rounding: Rounding,
) -> Option<MonthPlan> {
    let yen = |units: u32| u32::try_from(u64::from(units) * u64::from(price) / 100).unwrap_or(u32::MAX);
    let (cost_yen, counted_yen, over_units, left) = match amount {
        Amount::Units(units) => {
            let counted = units.min(limit_units);
            (yen(units), yen(counted), units - counted, limit_units - counted)
        }
        Amount::Yen(cost) => {
            let counted = cost.min(yen(limit_units));
            (cost, counted, 0, yen(limit_units) - counted)
        }
    };
    let over_yen = cost_yen - counted_yen;
    let payment = terms.split_with(counted_yen, over_yen, rounding)?;
    Some(MonthPlan { cost_yen, counted_yen, over_yen, over_units, left, payment })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn terms(tenths: u8) -> Terms {
        Terms { tenths, repayment: false, reduced: false }
    }

    fn plan(amount: Amount, price: u32, tenths: u8) -> MonthPlan {
        month_plan(amount, 19_705, price, terms(tenths), Rounding::BenefitDown).unwrap()
    }

    #[test]
    fn above_the_limit_the_person_pays_all() {
        // 要介護2, 1割, 10円: 19,705単位 are 197,050円, of which 19,705円; 1,000単位 more are 10,000円.
        let found = plan(Amount::Units(20_705), 1_000, 1);
        assert_eq!((found.cost_yen, found.counted_yen, found.over_yen), (207_050, 197_050, 10_000));
        assert_eq!((found.over_units, found.left), (1_000, 0));
        assert_eq!(found.payment.person_yen, 19_705 + 10_000);
        let within = plan(Amount::Units(10_000), 1_021, 2);
        assert_eq!((within.cost_yen, within.payment.person_yen, within.left), (102_100, 20_420, 9_705));
    }

    #[test]
    fn an_amount_in_yen_meets_the_same_limit() {
        let found = plan(Amount::Yen(200_000), 1_000, 3);
        assert_eq!((found.counted_yen, found.over_yen), (197_050, 2_950));
        assert_eq!(found.payment.person_yen, 59_115 + 2_950);
        assert_eq!(plan(Amount::Yen(100_000), 1_000, 3).left, 97_050);
    }

    #[test]
    fn a_share_that_cannot_be_gives_nothing() {
        assert_eq!(month_plan(Amount::Units(1), 1, 1_000, terms(5), Rounding::BenefitDown), None);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_counts_above_the_limit(
            units: u32, limit in 0u32..50_000, price in 1_000u32..2_000, tenths in 1u8..4, yen: bool,
        ) {
            let amount = if yen { Amount::Yen(units) } else { Amount::Units(units) };
            let found = month_plan(amount, limit, price, terms(tenths), Rounding::BenefitDown).unwrap();
            prop_assert_eq!(found.counted_yen + found.over_yen, found.cost_yen);
            prop_assert_eq!(u64::from(found.payment.person_yen) + u64::from(found.payment.benefit_yen),
                u64::from(found.cost_yen));
            prop_assert!(u64::from(found.counted_yen) <= u64::from(limit) * u64::from(price) / 100);
        }
    }
}
