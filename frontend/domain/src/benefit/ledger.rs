//! 住宅改修費 from the works themselves: who keeps the works can compute the account the insurer keeps.

use super::{HOUSING_LIMIT, Reset, ResetScope};
use crate::calendar::Date;
use crate::qualification::{CareLevel, Dwelling, HousingPayment, HousingUse};

/// One work to be paid for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Which dwelling, by any name that stays: the person lives there when it begins.
    pub dwelling: String,
    /// 着工日.
    pub started_on: Date,
    /// Level on that day.
    pub level: CareLevel,
    /// What is done.
    pub work: String,
    /// Cost, yen.
    pub cost_yen: u32,
}

/// What was counted of a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paid {
    /// Counted against the limit, yen.
    pub counted_yen: u32,
    /// Left to the person alone, yen.
    pub over_yen: u32,
    /// Whether the 3段階リセット was used by it.
    pub reset: bool,
}

/// The accounts of one person, built work by work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HousingLedger {
    scope: ResetScope,
    accounts: HousingUse,
}

impl HousingLedger {
    /// No work yet.
    pub fn new(scope: ResetScope) -> Self {
        Self { scope, accounts: HousingUse { dwellings: Vec::new() } }
    }

    /// All works in the order they began, however they were told.
    pub fn replay(scope: ResetScope, mut works: Vec<Work>) -> (Self, Vec<Paid>) {
        works.sort_by_key(|work| work.started_on);
        let mut ledger = Self::new(scope);
        let paid = works.into_iter().map(|work| ledger.pay(work)).collect();
        (ledger, paid)
    }

    /// Counts a work that begins after those before it. Works of a level without 住宅改修費 and days
    /// before the insurance count nothing.
    pub fn pay(&mut self, work: Work) -> Paid {
        let at = self.accounts.dwellings.iter().position(|dwelling| dwelling.label == work.dwelling);
        let dwelling = at.and_then(|at| self.accounts.dwellings.get(at));
        let plan = self.accounts.plan(dwelling, work.level, work.started_on, work.cost_yen, self.scope);
        let Some(plan) = plan.filter(|plan| plan.counted_yen > 0) else {
            return Paid { counted_yen: 0, over_yen: work.cost_yen, reset: false };
        };
        let reset = matches!(plan.reset, Reset::Applies { .. });
        let mut dwelling = match at {
            Some(at) => self.accounts.dwellings.remove(at),
            None => Dwelling {
                label: work.dwelling,
                current: true,
                limit_yen: plan.limit_yen,
                baseline: Some(work.level),
                reset_on: None,
                payments: Vec::new(),
            },
        };
        if reset {
            dwelling.reset_on = Some(work.started_on);
        }
        dwelling.payments.push(HousingPayment {
            started_on: work.started_on,
            work: work.work,
            cost_yen: plan.counted_yen,
        });
        // The person lives where the last work was; that account stands first.
        for other in &mut self.accounts.dwellings {
            other.current = false;
        }
        dwelling.current = true;
        self.accounts.dwellings.insert(0, dwelling);
        Paid { counted_yen: plan.counted_yen, over_yen: plan.over_yen, reset }
    }

    /// The accounts, the present dwelling first.
    pub fn accounts(&self) -> &HousingUse {
        &self.accounts
    }

    /// The ceiling of a dwelling as it holds now, yen.
    pub fn limit_yen() -> u32 {
        HOUSING_LIMIT.first().map_or(0, |row| row.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn work(dwelling: &str, on: &str, level: CareLevel, cost_yen: u32) -> Work {
        Work {
            dwelling: dwelling.into(),
            started_on: Date::from_iso(on).unwrap(),
            level,
            work: "段差の解消".into(),
            cost_yen,
        }
    }

    /// The example of a life: small works, a reset, a move, a return.
    #[test]
    fn a_life_of_works() {
        let (ledger, paid) = HousingLedger::replay(
            ResetScope::PerPerson,
            vec![
                work("甲", "2020-05-01", CareLevel::Support2, 60_000),
                work("甲", "2021-05-01", CareLevel::Care1, 60_000),
                // Two steps up from 要支援2: no reset, 80,000 left.
                work("甲", "2022-05-01", CareLevel::Care3, 100_000),
                // Three steps up: a new limit, nothing added to it.
                work("甲", "2023-05-01", CareLevel::Care4, 150_000),
                // Back to 要介護1: what is left of the new limit stays.
                work("甲", "2024-05-01", CareLevel::Care1, 80_000),
                // Moved.
                work("乙", "2025-05-01", CareLevel::Care1, 210_000),
                // Three steps up there, but the reset was had.
                work("乙", "2026-05-01", CareLevel::Care4, 10_000),
                // Back in the first dwelling: its account is as it was.
                work("甲", "2026-06-01", CareLevel::Care5, 10_000),
            ],
        );
        let counted: Vec<u32> = paid.iter().map(|paid| paid.counted_yen).collect();
        assert_eq!(counted, [60_000, 60_000, 80_000, 150_000, 50_000, 200_000, 0, 0]);
        assert_eq!(paid.iter().filter(|paid| paid.reset).count(), 1);
        let first = ledger.accounts().dwellings.iter().find(|dwelling| dwelling.label == "甲").unwrap();
        assert_eq!((first.used_yen(), first.left_yen()), (200_000, 0));
        assert_eq!(first.baseline, Some(CareLevel::Support2));
    }

    fn works() -> impl Strategy<Value = Vec<Work>> {
        let one = (0usize..3, 0i64..6_000, 0usize..9, 0u32..300_000);
        proptest::collection::vec(one, 0..30).prop_map(|works| {
            let make = |(dwelling, days, level, cost_yen): (usize, i64, usize, u32)| Work {
                dwelling: ["甲", "乙", "丙"][dwelling].into(),
                started_on: Date::from_iso("2010-01-01").unwrap().plus_days(days),
                level: CareLevel::ALL[level],
                work: String::new(),
                cost_yen,
            };
            works.into_iter().map(make).collect()
        })
    }

    proptest! {
        #[test]
        fn balances_stay_between_nothing_and_the_limit(works in works(), per_person: bool) {
            let scope = if per_person { ResetScope::PerPerson } else { ResetScope::PerDwelling };
            let mut ledger = HousingLedger::new(scope);
            let mut works = works;
            works.sort_by_key(|work| work.started_on);
            for work in works {
                let cost = work.cost_yen;
                let paid = ledger.pay(work);
                prop_assert_eq!(paid.counted_yen + paid.over_yen, cost);
                for dwelling in &ledger.accounts().dwellings {
                    prop_assert!(dwelling.used_yen() <= dwelling.limit_yen);
                    prop_assert_eq!(dwelling.used_yen() + dwelling.left_yen(), dwelling.limit_yen);
                }
                prop_assert!(ledger.accounts().dwellings.iter().filter(|one| one.current).count() <= 1);
            }
        }

        #[test]
        fn a_reset_is_had_once(works in works()) {
            let (person, paid) = HousingLedger::replay(ResetScope::PerPerson, works.clone());
            prop_assert!(paid.iter().filter(|paid| paid.reset).count() <= 1);
            for dwelling in &person.accounts().dwellings {
                let counted: u32 = dwelling.payments.iter().map(|payment| payment.cost_yen).sum();
                let times = if dwelling.reset_on.is_some() { 2 } else { 1 };
                prop_assert!(counted <= times * dwelling.limit_yen);
            }
            let (each, _) = HousingLedger::replay(ResetScope::PerDwelling, works);
            for dwelling in &each.accounts().dwellings {
                let counted: u32 = dwelling.payments.iter().map(|payment| payment.cost_yen).sum();
                prop_assert!(counted <= 2 * dwelling.limit_yen);
            }
        }
    }
}
