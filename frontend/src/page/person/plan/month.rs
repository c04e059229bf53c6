//! A month's services: within 区分支給限度基準額 at the share, above it in full.

use super::outcome::{Outcome, terms};
use super::{choice, number, result};
use crate::component::{all, el, sheet};
use crate::text::{format, plan as words};
use domain::benefit::{Amount, LEAST_UNIT_PRICE, Rounding, amount, month_plan, monthly_limit, unit_price};
use domain::calendar::{Date, Month};
use domain::qualification::{CareLevel, Held, HeldKind, History, Period, Qualification};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`MonthPlan`].
#[derive(Properties, PartialEq)]
pub(in crate::page::person) struct MonthPlanProps {
    pub(in crate::page::person) all: Rc<Qualification>,
    pub(in crate::page::person) history: Rc<History>,
    pub(in crate::page::person) today: Date,
}

/// What was asked.
#[derive(Debug, Clone, Copy)]
struct Asked {
    amount: Amount,
    /// Hundredths of a yen a 単位.
    price: u32,
    month: Month,
}

/// The section.
#[component]
pub(in crate::page::person) fn MonthPlan(props: &MonthPlanProps) -> Html {
    let typed = use_state_eq(String::new);
    let price = use_state_eq(|| (LEAST_UNIT_PRICE / 100).to_string());
    let (unit, month) = (use_state_eq(|| 0), use_state_eq(|| 0));
    let this = Month::of(props.today);
    let months: Vec<Month> = (0..3).map(|later| this.plus(later)).collect();
    let names: Vec<String> = months.iter().map(|month| words::month(month.first())).collect();
    let number_of = amount(&typed);
    let wrong = (number_of.is_none() && !typed.trim().is_empty()).then_some(words().amount_wrong);
    let price_of = unit_price(&price);
    let asked = number_of.zip(price_of).zip(months.get(*month)).map(|((number, price), month)| Asked {
        amount: if *unit == 0 { Amount::Units(number) } else { Amount::Yen(number) },
        price,
        month: *month,
    });
    let units = [words().units.to_owned(), words().yen.to_owned()];
    let price_wrong = price_of.is_none().then_some(words().price_wrong);
    let fields = vec![
        number("month-amount", words().amount, words().amount_support, &typed, wrong),
        choice("month-unit", words().unit, &units, &unit),
        number("month-price", words().price, words().price_support, &price, price_wrong),
        choice("month-month", words().which_month, &names, &month),
    ];
    let result = result(asked.map(|asked| outcome(&props.all, &props.history, asked, props.today)));
    let inside = vec![el("div", "kk-plan__fields", all(fields)), result];
    sheet("month-plan", words().month, Some(words().month_plain), all(inside))
}

/// What a month would come to.
fn outcome(all: &Qualification, history: &History, asked: Asked, today: Date) -> Outcome {
    let levels: Vec<(CareLevel, Period)> = history
        .held(HeldKind::Level, today)
        .into_iter()
        .filter_map(|one| match one.value {
            Held::Level(level) => Some((level, one.period)),
            _ => None,
        })
        .collect();
    let Some(limit) = monthly_limit(&levels, asked.month) else { return Outcome::none(words().no_month) };
    // The share of a month to come is that of its first day.
    let Some(terms) = terms(all, today.max(asked.month.first())) else {
        return Outcome::none(words().no_share);
    };
    let Some(plan) = month_plan(asked.amount, limit.units, asked.price, terms, Rounding::BenefitDown) else {
        return Outcome::none(words().no_share);
    };
    let mut out = Outcome::default();
    out.row(words().month_limit, words::limit(limit.level, limit.units));
    out.yen(words().whole, plan.cost_yen);
    out.yen(words().counted, plan.counted_yen);
    if plan.over_units > 0 {
        out.row(words().over_units, format::units(plan.over_units));
    }
    if plan.over_yen > 0 {
        out.yen(words().over, plan.over_yen);
    }
    out.payment(terms, plan.payment);
    let in_units = matches!(asked.amount, Amount::Units(_));
    out.row(words().left_after, if in_units { format::units(plan.left) } else { format::yen(plan.left) });
    if limit.changed {
        out.note(words().changed);
    }
    if limit.unsure {
        out.note(words().unsure);
    }
    out.note(words().about);
    out.note(words().not_in);
    out
}

#[cfg(test)]
mod tests {
    use super::super::super::sample::{day, qualification};
    use super::*;
    use domain::qualification::Version;

    fn asked(amount: Amount, month: &str) -> Asked {
        Asked { amount, price: 1_000, month: Month::of(day(month)) }
    }

    #[test]
    fn above_the_limit_all_is_the_persons() {
        let all = qualification();
        let history = History::default().or_sheets(&all);
        let out = outcome(&all, &history, asked(Amount::Units(20_705), "2026-11-22"), day("2026-11-22"));
        assert_eq!(out.value("この月の区分支給限度基準額"), "要介護2 19,705単位");
        assert_eq!(out.value("限度を超える単位"), "1,000単位");
        assert_eq!(out.value("本人の負担(2割)"), "49,410円");
        assert_eq!(out.value("使ったあとの残り"), "0単位");
        let later = outcome(&all, &history, asked(Amount::Units(1), "2027-05-01"), day("2026-11-22"));
        assert_eq!(later, Outcome::none("この月に有効な認定がないため、見積もれません。"));
    }

    #[test]
    fn in_a_month_of_change_the_heavier_level_counts() {
        let all = qualification();
        let mut history = History::default().or_sheets(&all);
        let mut heavier: Version<_> = history.certificates[0].clone();
        heavier.number = 2;
        heavier.registered_on = day("2026-11-10");
        heavier.value.level = Some(CareLevel::Care4);
        heavier.value.validity = Some(Period::new(day("2026-11-15"), Some(day("2027-05-31"))));
        history.certificates.push(heavier);
        let out = outcome(&all, &history, asked(Amount::Yen(100_000), "2026-11-22"), day("2026-11-22"));
        assert_eq!(out.value("この月の区分支給限度基準額"), "要介護4 30,938単位");
        assert!(out.notes[0].contains("重いほう"));
    }
}
