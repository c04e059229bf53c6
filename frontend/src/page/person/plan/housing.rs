//! A planned 住宅改修.

use super::outcome::{Balance, Outcome};
use super::{boxed, choice, number, result};
use crate::text::{person, plan as words};
use domain::benefit::{Reset, ResetScope, amount};
use domain::calendar::Date;
use domain::qualification::Qualification;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`HousingPlan`].
#[derive(Properties, PartialEq)]
pub(in crate::page::person) struct HousingPlanProps {
    pub(in crate::page::person) all: Rc<Qualification>,
    pub(in crate::page::person) today: Date,
}

/// The box.
#[component]
pub(in crate::page::person) fn HousingPlan(props: &HousingPlanProps) -> Html {
    let cost = use_state_eq(String::new);
    let at = use_state_eq(|| 0);
    let Some(used) = props.all.housing.value() else { return Html::default() };
    let mut names: Vec<String> = used
        .dwellings
        .iter()
        .map(|one| {
            let which = if one.current { person().current_home } else { person().former_home };
            [which, "(", &one.label, ")"].concat()
        })
        .collect();
    names.push(words().new_home.to_owned());
    let yen = amount(&cost);
    let wrong = (yen.is_none() && !cost.trim().is_empty()).then_some(words().cost_wrong);
    boxed(
        "housing-plan",
        words().housing,
        vec![
            number("housing-cost", words().cost, words().cost_support, &cost, wrong),
            choice("housing-home", words().dwelling, &names, &at),
            result(yen.map(|yen| outcome(&props.all, *at, yen, props.today))),
        ],
    )
}

/// What a work of this cost would come to; `at`: which dwelling of the record, one past the last for a new one.
fn outcome(all: &Qualification, at: usize, cost_yen: u32, today: Date) -> Outcome {
    let Some(used) = all.housing.value() else { return Outcome::default() };
    let Some(level) = all.certificate.value().and_then(|paper| paper.level_on(today)) else {
        return Outcome::none(words().no_level);
    };
    let dwelling = used.dwellings.get(at);
    let Some(plan) = used.plan(dwelling, level, today, cost_yen, ResetScope::PerPerson) else {
        return Outcome::none(words().no_benefit);
    };
    let mut out = Outcome::default();
    let (before, after) = (plan.left_before_yen, plan.left_after_yen);
    out.balance(all, today, Balance { before, counted: plan.counted_yen, over: plan.over_yen, after });
    if dwelling.is_none() && !used.dwellings.is_empty() {
        out.note(words::moved());
    }
    out.note(words::reset(plan.reset, dwelling.and_then(|one| one.baseline), level));
    if matches!(plan.reset, Reset::Applies { .. } | Reset::Used { .. }) {
        out.note(words().once);
    }
    out.note(words::today_of_work(today));
    out.note(words().not_in);
    out.note(words().paid_how);
    out
}

#[cfg(test)]
mod tests {
    use super::super::super::sample::{day, qualification};
    use super::*;
    use domain::qualification::{CareLevel, Content};

    #[test]
    fn within_and_above_what_is_left() {
        // 80,000円 are left, 2割.
        let out = outcome(&qualification(), 0, 100_000, day("2026-11-22"));
        let rows: Vec<(&str, &str)> =
            out.rows.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(
            rows,
            [
                ("使う前の残り", "80,000円"),
                ("限度額に入る額", "80,000円"),
                ("限度を超える額(全額が本人の負担)", "20,000円"),
                ("保険から出る額", "64,000円"),
                ("本人の負担(2割)", "36,000円"),
                ("使ったあとの残り", "0円"),
            ]
        );
        assert!(out.notes.iter().any(|note| note == "申請中・未反映は含みません。"));
        assert!(
            out.notes[0].contains("1段階上がっています(はじめの工事のときの区分は要介護1、いまは要介護2)")
        );
    }

    #[test]
    fn a_reset_and_a_move_bring_the_whole_limit() {
        let mut all = qualification();
        if let Content::Present(paper) = &mut all.certificate.content {
            paper.level = Some(CareLevel::Care4);
        }
        let reset = outcome(&all, 0, 50_000, day("2026-11-22"));
        assert_eq!(reset.value("使う前の残り"), "200,000円");
        assert!(reset.notes[0].starts_with("3段階リセットが使えます。"));
        let moved = outcome(&qualification(), 1, 50_000, day("2026-11-22"));
        assert_eq!(moved.value("使ったあとの残り"), "150,000円");
        assert!(moved.notes[0].contains("転居リセット"));
    }

    #[test]
    fn without_a_certification_or_a_share_that_is_said() {
        let after = outcome(&qualification(), 0, 50_000, day("2027-04-01"));
        assert_eq!(after, Outcome::none("今日有効な認定がないため、見積もれません。"));
        let mut all = qualification();
        all.copayment.content = Content::NotMigrated;
        let out = outcome(&all, 0, 50_000, day("2026-11-22"));
        assert!(out.notes.iter().any(|note| note.contains("負担割合の記録がない")));
        assert!(out.rows.iter().all(|(name, _)| !name.contains("本人の負担(")));
    }
}
