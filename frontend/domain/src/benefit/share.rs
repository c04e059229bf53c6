//! The person's share in yen — 利用者負担.
//!
//! The benefit is rounded down to a yen and the person pays the rest: 5,590円 at 1割 is 5,031円 and
//! 559円 (<https://star-gyousei.com/2020/03/10/2020-3-10-keisan/>; the same steps in
//! <http://micchanen.net/kaigohoken-ichiwari-keisannhouhou-2417>). For 住宅改修 and 福祉用具 no source was
//! found that says otherwise; the rule is an argument, so that an insurer's own can be set.

use crate::calendar::Date;
use crate::qualification::{BenefitRestriction, RestrictionKind};

/// Which of the two parts loses the fraction of a yen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rounding {
    /// 給付額の1円未満切捨て: the person pays what is left.
    #[default]
    BenefitDown,
    /// 利用者負担額の1円未満切捨て: the benefit is what is left.
    ShareDown,
}

/// On what terms a person pays on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// 負担割合, 1–3 (割).
    pub tenths: u8,
    /// 支払方法変更: all is paid first.
    pub repayment: bool,
    /// 給付額減額: 3割, or 4割 for those at 3割.
    pub reduced: bool,
}

/// Who pays what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payment {
    /// Tenths that were counted with, 1–4.
    pub tenths: u8,
    /// Paid at the office by the person, yen.
    pub now_yen: u32,
    /// Paid back to the person on application, yen (償還払い); it can be held back (一時差止).
    pub back_yen: u32,
    /// Benefit in all, yen.
    pub benefit_yen: u32,
    /// The person's own part in the end, yen.
    pub person_yen: u32,
}

impl Terms {
    /// The terms on a day: the share, and the restrictions that hold. They do not touch 総合事業
    /// (<https://www.iwami.gr.jp/3322.htm>).
    pub fn on(tenths: u8, restrictions: &[BenefitRestriction], day: Date) -> Self {
        let holds = |kind| restrictions.iter().any(|one| one.kind == kind && one.period.covers(day));
        Self {
            tenths,
            repayment: holds(RestrictionKind::RepaymentOnly),
            reduced: holds(RestrictionKind::Reduced),
        }
    }

    /// Tenths that count: 給付額減額 makes 1割 and 2割 into 3割, 3割 into 4割
    /// (<https://www.city.odawara.kanagawa.jp/field/service/nursing/kaigo-shikumi/kyufuseigen.html>).
    /// `None` when the share is none of 1–3.
    pub fn counted_tenths(&self) -> Option<u8> {
        match (self.tenths, self.reduced) {
            (tenths @ 1..=3, false) => Some(tenths),
            (1 | 2, true) => Some(3),
            (3, true) => Some(4),
            _ => None,
        }
    }

    /// Whether 負担限度額 is paid: not under 給付額減額
    /// (<https://www.city.kadoma.osaka.jp/mokutekibetsu/korei_kaigo/34851.html>).
    pub fn limits_are_paid(&self) -> bool {
        !self.reduced
    }

    /// Splits a cost that counts wholly. `None` when the share is none of 1–3.
    pub fn split(&self, cost_yen: u32, rounding: Rounding) -> Option<Payment> {
        self.split_with(cost_yen, 0, rounding)
    }

    /// Splits a cost of which `over_yen` more lies above a limit and is the person's alone.
    pub fn split_with(&self, counted_yen: u32, over_yen: u32, rounding: Rounding) -> Option<Payment> {
        let tenths = self.counted_tenths()?;
        let cost = u64::from(counted_yen);
        let benefit = match rounding {
            Rounding::BenefitDown => cost * u64::from(10 - tenths) / 10,
            Rounding::ShareDown => cost - cost * u64::from(tenths) / 10,
        };
        // A part of a u32 is a u32.
        let benefit_yen = benefit as u32;
        let person_yen = (counted_yen - benefit_yen).saturating_add(over_yen);
        let back_yen = if self.repayment { benefit_yen } else { 0 };
        let now_yen = person_yen.saturating_add(back_yen);
        Some(Payment { tenths, now_yen, back_yen, benefit_yen, person_yen })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qualification::Period;
    use proptest::prelude::*;

    fn terms(tenths: u8) -> Terms {
        Terms { tenths, repayment: false, reduced: false }
    }

    /// star-gyousei.com: 5,590円 at 1割.
    #[test]
    fn the_published_example_to_the_yen() {
        let paid = terms(1).split(5_590, Rounding::BenefitDown).unwrap();
        assert_eq!((paid.benefit_yen, paid.person_yen, paid.now_yen, paid.back_yen), (5_031, 559, 559, 0));
    }

    #[test]
    fn fractions_fall_to_the_person_or_to_the_benefit() {
        for (cost, tenths, rounding, person) in [
            (1_234, 1, Rounding::BenefitDown, 124),
            (1_234, 1, Rounding::ShareDown, 123),
            (1_001, 3, Rounding::BenefitDown, 301),
            (1_001, 3, Rounding::ShareDown, 300),
            (0, 2, Rounding::BenefitDown, 0),
        ] {
            assert_eq!(terms(tenths).split(cost, rounding).unwrap().person_yen, person, "{cost} {tenths}");
        }
    }

    /// 小田原市: 3割 in place of 1割 and 2割, 4割 in place of 3割.
    #[test]
    fn restrictions_change_what_is_paid() {
        for (tenths, counted) in [(1, 3), (2, 3), (3, 4)] {
            let reduced = Terms { reduced: true, ..terms(tenths) };
            assert_eq!(reduced.split(10_000, Rounding::BenefitDown).unwrap().tenths, counted);
            assert!(!reduced.limits_are_paid());
        }
        let first = Terms { repayment: true, ..terms(1) }.split(10_000, Rounding::BenefitDown).unwrap();
        assert_eq!((first.now_yen, first.back_yen, first.person_yen), (10_000, 9_000, 1_000));
    }

    #[test]
    fn a_restriction_counts_while_it_holds() {
        let day = |text: &str| Date::from_iso(text).unwrap();
        let held = [BenefitRestriction {
            kind: RestrictionKind::Reduced,
            period: Period::new(day("2026-10-01"), Some(day("2027-09-30"))),
        }];
        assert!(Terms::on(1, &held, day("2026-10-01")).reduced);
        assert!(!Terms::on(1, &held, day("2026-09-30")).reduced);
        assert!(!Terms::on(1, &held, day("2027-10-01")).reduced);
    }

    #[test]
    fn above_the_limit_the_person_pays_alone() {
        let paid = terms(1).split_with(62_400, 37_600, Rounding::BenefitDown).unwrap();
        assert_eq!((paid.benefit_yen, paid.person_yen), (56_160, 43_840));
    }

    #[test]
    fn a_share_that_cannot_be_is_not_counted_with() {
        for tenths in [0, 4, 10, 255] {
            assert_eq!(terms(tenths).split(1_000, Rounding::BenefitDown), None);
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_or_made(cost: u32, tenths in 1u8..=3, repayment: bool, reduced: bool, down: bool) {
            let rounding = if down { Rounding::BenefitDown } else { Rounding::ShareDown };
            let paid = Terms { tenths, repayment, reduced }.split(cost, rounding).unwrap();
            prop_assert_eq!(u64::from(paid.benefit_yen) + u64::from(paid.person_yen), u64::from(cost));
            prop_assert_eq!(u64::from(paid.now_yen), u64::from(paid.person_yen) + u64::from(paid.back_yen));
            let exact = u64::from(cost) * u64::from(paid.tenths);
            prop_assert!((u64::from(paid.person_yen) * 10).abs_diff(exact) < 10);
        }
    }
}
