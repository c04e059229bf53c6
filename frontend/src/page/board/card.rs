//! One case on the board.

use super::model::Card;
use crate::component::{Tone, address, all, badge, el, el_with, text};
use crate::route::Route;
use crate::text::{
    board as words, board_awaited, board_day, board_expected, board_state, board_waited, case_outcome,
};
use domain::calendar::Date;
use domain::certification::{Case, LIMIT_DAYS, MINIMUM_CASES, WaitState};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`CaseCard`].
#[derive(Properties, PartialEq)]
pub(super) struct CaseCardProps {
    pub(super) card: Rc<Card>,
}

/// The card: a part of its own, so that one that has not changed is not compared again.
pub(super) struct CaseCard;

impl Component for CaseCard {
    type Message = ();
    type Properties = CaseCardProps;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let card = &ctx.props().card;
        let entry = &card.entry;
        let (case, today) = (&entry.case, card.today);
        let ended = case.outcome.is_some();
        let mut parts = vec![marks(card), name(card), el("p", "kk-case__small", text(kind(card)))];
        parts.push(wait(card));
        if let Some(outcome) = &case.outcome {
            parts.push(el("p", "kk-case__outcome", text(case_outcome(outcome))));
        } else {
            let expected = case.expected(&entry.person.insurer, &card.paces, MINIMUM_CASES);
            if let Some(expected) = board_expected(&expected, today) {
                parts.push(el("p", "kk-case__small", text(expected)));
            }
        }
        parts.push(dates(case, today));
        if !ended {
            parts.push(el("p", "kk-case__small", text(board_awaited(&case.awaited(today)))));
        }
        if let Some(person) = card.key {
            let label = [entry.person.name.as_str(), " ", words().events].concat();
            let values =
                vec!["kk-case__events".into(), address(Route::Cases { person }).into(), label.into()];
            parts.push(el_with("a", &["class", "href", "aria-label"], values, text(words().events)));
        }
        let class = if card.late { "kk-case kk-case--late" } else { "kk-case" };
        el("li", class, all(parts))
    }
}

/// What is to be seen at first sight, each in words.
fn marks(card: &Card) -> Html {
    let case = &card.entry.case;
    let mut marks = Vec::new();
    if card.fresh {
        let more = el("span", "kk-hidden", text(words().fresh_more));
        marks.push(el("span", "kk-case__fresh", all(vec![text(words().fresh), more])));
    }
    match card.wait.map(|wait| wait.state) {
        Some(WaitState::Late { .. }) => marks.push(badge(Some(Tone::Error), words().late)),
        Some(WaitState::Postponed { .. }) => marks.push(badge(Some(Tone::Warning), words().postponed)),
        _ => {}
    }
    if !case.contradictions(card.today).is_empty() {
        marks.push(badge(Some(Tone::Warning), words().doubtful));
    }
    if marks.is_empty() { Html::default() } else { el("p", "kk-case__marks", all(marks)) }
}

fn name(card: &Card) -> Html {
    let name = text(card.entry.person.name.clone());
    match card.key {
        Some(person) => {
            let id = ["case-", &card.entry.case.id.0].concat();
            let values = vec!["kk-case__name".into(), address(Route::Person { person }).into(), id.into()];
            el_with("a", &["class", "href", "id"], values, name)
        }
        None => el("span", "kk-case__name", name),
    }
}

/// 伊勢崎市・更新
fn kind(card: &Card) -> String {
    let entry = &card.entry;
    match entry.case.application {
        Some(application) => [entry.person.insurer_name.as_str(), "・", application.kind.name()].concat(),
        None => entry.person.insurer_name.clone(),
    }
}

fn wait(card: &Card) -> Html {
    let Some(wait) = &card.wait else {
        return el("p", "kk-case__small", text(words().no_application));
    };
    let mut parts = vec![
        el("strong", "kk-case__days", text(board_waited(wait))),
        el("span", "kk-case__small", text(board_state(wait, card.today))),
    ];
    if card.entry.case.outcome.is_none() {
        let values = vec![
            "kk-case__bar".into(),
            LIMIT_DAYS.to_string().into(),
            wait.days.min(LIMIT_DAYS).to_string().into(),
            "true".into(),
        ];
        parts.push(el_with("progress", &["class", "max", "value", "aria-hidden"], values, Html::default()));
    }
    el("p", "kk-case__wait", all(parts))
}

/// The three dates people ask for.
fn dates(case: &Case, today: Date) -> Html {
    let planned = |on: Option<Date>, without: &'static str| match on {
        Some(on) if on > today => board_day(on, today) + words().planned,
        Some(on) => board_day(on, today),
        None => without.to_owned(),
    };
    let one = |name: &'static str, said: String| {
        el("div", "", all(vec![el("dt", "", text(name)), el("dd", "", text(said))]))
    };
    let dates = vec![
        one(words().survey, planned(case.survey_on, words().not_yet)),
        one(words().opinion, planned(case.opinion_on, words().not_come)),
        one(words().committee, planned(case.committee_on, words().not_yet)),
    ];
    el("dl", "kk-case__dates", all(dates))
}
