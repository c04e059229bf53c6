//! A planned 福祉用具 purchase.

use super::outcome::{Balance, Outcome};
use super::{boxed, choice, number, result};
use crate::text::plan as words;
use domain::benefit::{EquipmentKind, amount, step};
use domain::calendar::Date;
use domain::qualification::{EquipmentUse, Qualification};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`EquipmentPlan`].
#[derive(Properties, PartialEq)]
pub(in crate::page::person) struct EquipmentPlanProps {
    pub(in crate::page::person) all: Rc<Qualification>,
    /// Other years, where the history is there: the same 種目 may have been bought in one of them.
    pub(in crate::page::person) years: Rc<Vec<EquipmentUse>>,
    pub(in crate::page::person) today: Date,
}

/// The box.
#[component]
pub(in crate::page::person) fn EquipmentPlan(props: &EquipmentPlanProps) -> Html {
    let cost = use_state_eq(String::new);
    let at = use_state_eq(|| 0);
    if props.all.equipment.value().is_none() {
        return Html::default();
    }
    let names: Vec<String> = EquipmentKind::ALL.iter().map(|kind| kind.name().to_owned()).collect();
    let yen = amount(&cost);
    let wrong = (yen.is_none() && !cost.trim().is_empty()).then_some(words().cost_wrong);
    let item = EquipmentKind::ALL.get(*at).map_or("", |kind| kind.name());
    boxed(
        "equipment-plan",
        words().equipment,
        vec![
            number("equipment-cost", words().cost, words().cost_support, &cost, wrong),
            choice("equipment-item", words().item, &names, &at),
            result(yen.map(|yen| outcome(&props.all, &props.years, item, yen, props.today))),
        ],
    )
}

/// What a purchase of this cost would come to.
fn outcome(all: &Qualification, others: &[EquipmentUse], item: &str, cost_yen: u32, today: Date) -> Outcome {
    let Some(used) = all.equipment.value() else { return Outcome::default() };
    let Some(level) = all.certificate.value().and_then(|paper| paper.level_on(today)) else {
        return Outcome::none(words().no_level);
    };
    if step(level).is_none() {
        return Outcome::none(words().no_benefit);
    }
    // The sheet is the newest; of the history only the other years count.
    let mut years = vec![used.clone()];
    years.extend(others.iter().filter(|one| one.fiscal_year != used.fiscal_year).cloned());
    let plan = EquipmentUse::plan(&years, item, today, cost_yen);
    let mut out = Outcome::default();
    let (before, after) = (plan.left_before_yen, plan.left_after_yen);
    out.balance(all, today, Balance { before, counted: plan.counted_yen, over: plan.over_yen, after });
    if let Some(before) = &plan.same_kind {
        out.note(words::bought_before(&before.item, before.bought_on));
    }
    if !plan.year_known {
        out.note(words().year_unknown);
    }
    out.note(words::day_of_purchase(today));
    out.note(words().not_in);
    out.note(words().paid_how);
    out
}

#[cfg(test)]
mod tests {
    use super::super::super::sample::{day, qualification};
    use super::*;

    fn plan(item: &str, today: &str) -> Outcome {
        outcome(&qualification(), &[], item, 70_000, day(today))
    }

    #[test]
    fn the_years_balance_and_the_same_kind() {
        // 61,500円 are left, 2割; a 腰掛便座 was bought in June.
        let out = plan("腰掛便座", "2026-11-22");
        assert_eq!(out.value("限度額に入る額"), "61,500円");
        assert_eq!(out.value("限度を超える額(全額が本人の負担)"), "8,500円");
        assert_eq!(out.value("本人の負担(2割)"), "20,800円");
        assert!(out.notes[0].contains("令和8年6月10日に買っています"));
        assert!(!plan("簡易浴槽", "2026-11-22").notes[0].contains("買っています"));
    }

    #[test]
    fn a_kind_bought_in_another_year_is_remembered_with_the_history() {
        let mut before = qualification().equipment.value().unwrap().clone();
        before.fiscal_year = 2024;
        before.purchases[0].bought_on = day("2024-06-10");
        before.purchases[0].item = "簡易浴槽".into();
        let out = outcome(&qualification(), &[before], "簡易浴槽", 10_000, day("2026-11-22"));
        assert!(out.notes[0].contains("令和6年6月10日に買っています"));
    }

    #[test]
    fn without_a_certification_that_is_said() {
        let none = Outcome::none("今日有効な認定がないため、見積もれません。");
        assert_eq!(plan("簡易浴槽", "2027-04-01"), none);
    }
}
