//! 住宅改修費: what a planned work would find, with 3段階リセット and 転居リセット.
//!
//! Sources: <http://www.miya-kenchiku.or.jp/careinsurance/05.html> (steps, base, nothing added up, only
//! while the level is high), <http://sendai-reformkan.com/kaigo/index.html> (once a person, 転居 first,
//! returning to an old dwelling). It is as the insurer has registered it: 申請中・未反映は含みません.

use super::Dated;
use crate::calendar::Date;
use crate::qualification::{CareLevel, Dwelling, HousingUse};

/// 住宅改修費支給限度基準額 of a dwelling, yen, cost before the person's share.
pub static HOUSING_LIMIT: [Dated<u32>; 1] = [Dated {
    from: (2000, 4, 1),
    value: 200_000,
    source: "介護保険法45条・57条 (http://sendai-reformkan.com/kaigo/index.html)",
}];

/// How often the 3段階リセット can be had. The sources say once a person; some read once a dwelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ResetScope {
    /// Once in a life: 1人の被保険者について1回限り.
    #[default]
    PerPerson,
    /// Once for each dwelling.
    PerDwelling,
}

/// Where the 3段階リセット stands for a work that would begin now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reset {
    /// No paid work in this dwelling yet: this one sets the base (also after a move: 転居リセット).
    SetsBase,
    /// Fewer than three steps up; `steps` may be negative.
    NotReached {
        /// Steps above the base.
        steps: i8,
    },
    /// Three steps or more: a new limit, if the work begins while the level is this high.
    Applies {
        /// Steps above the base.
        steps: i8,
    },
    /// It was had before, with the work begun that day.
    Used {
        /// 着工日 of that work.
        on: Date,
    },
    /// There are payments, but the insurer has not registered the base level.
    BaseUnknown,
}

/// What a planned work would find and leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HousingPlan {
    /// The ceiling that counts, yen.
    pub limit_yen: u32,
    /// Left before the work, yen; the whole ceiling when a reset applies.
    pub left_before_yen: u32,
    /// Part of the cost that counts, yen.
    pub counted_yen: u32,
    /// Part that the person pays alone, yen.
    pub over_yen: u32,
    /// Left after the work, yen.
    pub left_after_yen: u32,
    /// Where the reset stands.
    pub reset: Reset,
}

/// 「介護の必要の程度」の段階, 1–6: 要支援2 and 要介護1 share the second. None for levels without 住宅改修費.
pub fn step(level: CareLevel) -> Option<i8> {
    match level {
        CareLevel::Support1 => Some(1),
        CareLevel::Support2 | CareLevel::Care1 => Some(2),
        CareLevel::Care2 => Some(3),
        CareLevel::Care3 => Some(4),
        CareLevel::Care4 => Some(5),
        CareLevel::Care5 => Some(6),
        CareLevel::None | CareLevel::Programme | CareLevel::Unknown(_) => None,
    }
}

impl HousingUse {
    /// What a work would find in a dwelling of this record, or in a new one (`None`: 転居リセット), that
    /// begins at `level` on `day` and costs so much. `None` when the level has no 住宅改修費 or is unknown.
    pub fn plan(
        &self,
        dwelling: Option<&Dwelling>,
        level: CareLevel,
        day: Date,
        cost_yen: u32,
        scope: ResetScope,
    ) -> Option<HousingPlan> {
        let reset = self.reset(dwelling, level, scope)?;
        let new_limit = Dated::on(&HOUSING_LIMIT, day).map_or(0, |row| row.value);
        let limit_yen = dwelling.map_or(new_limit, |dwelling| dwelling.limit_yen);
        let left_before_yen = match (dwelling, reset) {
            // What was left is not added; what began on the same day counts already.
            (Some(dwelling), Reset::Applies { .. }) => {
                dwelling.limit_yen.saturating_sub(dwelling.used_since_yen(day))
            }
            (Some(dwelling), _) => dwelling.left_yen(),
            (None, _) => limit_yen,
        };
        let counted_yen = cost_yen.min(left_before_yen);
        Some(HousingPlan {
            limit_yen,
            left_before_yen,
            counted_yen,
            over_yen: cost_yen - counted_yen,
            left_after_yen: left_before_yen - counted_yen,
            reset,
        })
    }

    /// Where the reset stands for a work beginning at `level`. 転居 comes first: only the dwelling's own
    /// base counts, so returning to an old one brings back its balance and its base.
    pub fn reset(&self, dwelling: Option<&Dwelling>, level: CareLevel, scope: ResetScope) -> Option<Reset> {
        let now = step(level)?;
        let Some(dwelling) = dwelling.filter(|dwelling| !dwelling.payments.is_empty()) else {
            return Some(Reset::SetsBase);
        };
        let used = match scope {
            ResetScope::PerDwelling => dwelling.reset_on,
            ResetScope::PerPerson => self.dwellings.iter().filter_map(|one| one.reset_on).min(),
        };
        Some(match (used, dwelling.baseline.and_then(step)) {
            (Some(on), _) => Reset::Used { on },
            (None, None) => Reset::BaseUnknown,
            (None, Some(base)) if now - base >= 3 => Reset::Applies { steps: now - base },
            (None, Some(base)) => Reset::NotReached { steps: now - base },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qualification::HousingPayment;

    fn day(text: &str) -> Date {
        Date::from_iso(text).unwrap()
    }

    fn home(base: CareLevel, cost_yen: u32) -> Dwelling {
        Dwelling {
            label: "現住所".into(),
            current: true,
            limit_yen: 200_000,
            baseline: Some(base),
            reset_on: None,
            payments: vec![HousingPayment {
                started_on: day("2024-05-01"),
                work: "手すりの取付け".into(),
                cost_yen,
            }],
        }
    }

    fn plan(home: &Dwelling, level: CareLevel, cost_yen: u32) -> HousingPlan {
        let all = HousingUse { dwellings: vec![home.clone()] };
        all.plan(Some(home), level, day("2026-11-22"), cost_yen, ResetScope::PerPerson).unwrap()
    }

    /// The table of steps, every pair: a reset from three steps on.
    #[test]
    fn three_steps_from_the_first_works_level() {
        use CareLevel::{Care1, Care2, Care3, Care4, Care5, Support1, Support2};
        for (base, lowest) in [
            (Support1, Some(Care3)),
            (Support2, Some(Care4)),
            (Care1, Some(Care4)),
            (Care2, Some(Care5)),
            (Care3, None),
            (Care4, None),
            (Care5, None),
        ] {
            for level in [Support1, Support2, Care1, Care2, Care3, Care4, Care5] {
                let applies = matches!(plan(&home(base, 150_000), level, 0).reset, Reset::Applies { .. });
                assert_eq!(applies, lowest.is_some_and(|lowest| level >= lowest), "{base:?} {level:?}");
            }
        }
    }

    #[test]
    fn what_was_left_is_not_added_to_the_new_limit() {
        let found = plan(&home(CareLevel::Care1, 50_000), CareLevel::Care4, 230_000);
        assert_eq!(found.reset, Reset::Applies { steps: 3 });
        assert_eq!((found.left_before_yen, found.counted_yen, found.over_yen), (200_000, 200_000, 30_000));
        assert_eq!(found.left_after_yen, 0);
    }

    #[test]
    fn the_level_when_the_work_begins_counts_not_the_one_that_was() {
        // It was 要介護4 for a while; the work begins at 要介護2.
        let found = plan(&home(CareLevel::Care1, 150_000), CareLevel::Care2, 80_000);
        assert_eq!(found.reset, Reset::NotReached { steps: 1 });
        assert_eq!((found.counted_yen, found.over_yen), (50_000, 30_000));
    }

    #[test]
    fn once_is_once() {
        let mut old = home(CareLevel::Support1, 10_000);
        old.reset_on = Some(day("2025-01-10"));
        let new = home(CareLevel::Support2, 120_000);
        let all = HousingUse { dwellings: vec![new.clone(), old.clone()] };
        let reset = |dwelling, scope| all.reset(Some(dwelling), CareLevel::Care5, scope).unwrap();
        let used = Reset::Used { on: day("2025-01-10") };
        assert_eq!(reset(&old, ResetScope::PerDwelling), used);
        assert_eq!(reset(&new, ResetScope::PerPerson), used);
        assert_eq!(reset(&new, ResetScope::PerDwelling), Reset::Applies { steps: 4 });
    }

    #[test]
    fn a_new_dwelling_begins_anew_and_an_old_one_comes_back_as_it_was() {
        let old = home(CareLevel::Support1, 180_000);
        let all = HousingUse { dwellings: vec![old.clone()] };
        let on = day("2026-11-22");
        let moved = all.plan(None, CareLevel::Care1, on, 90_000, ResetScope::PerPerson).unwrap();
        assert_eq!((moved.reset, moved.left_after_yen), (Reset::SetsBase, 110_000));
        let back = all.plan(Some(&old), CareLevel::Care1, on, 90_000, ResetScope::PerPerson).unwrap();
        assert_eq!((back.reset, back.counted_yen), (Reset::NotReached { steps: 1 }, 20_000));
    }

    #[test]
    fn without_a_base_or_a_right_nothing_is_promised() {
        let mut unknown = home(CareLevel::Support1, 180_000);
        unknown.baseline = None;
        assert_eq!(plan(&unknown, CareLevel::Care5, 0).reset, Reset::BaseUnknown);
        for level in [CareLevel::None, CareLevel::Programme, CareLevel::from_code("77")] {
            let all = HousingUse { dwellings: Vec::new() };
            assert_eq!(all.plan(None, level, day("2026-11-22"), 1, ResetScope::PerPerson), None);
        }
    }
}
