//! Every entry in the order it was made: when, by whom, what, and what it replaced.

use crate::component::{Tone, all, badge, el, el_with, text};
use crate::text::{case as words, case_fact, format};
use domain::calendar::Date;
use domain::certification::{Entry, Event, History};
use domain::upstream::Hand;
use yew::prelude::*;

/// All of a case; `hands` says who entered what, as far as that may be known.
pub(in crate::page) fn entries(history: &History, hands: &[Hand], today: Date) -> Html {
    let entries = history.entries.iter().map(|entry| one(history, hands, entry, today));
    el("ol", "kk-entries", all(entries.collect()))
}

fn one(history: &History, hands: &[Hand], entry: &Entry, today: Date) -> Html {
    let event = &entry.event;
    let mut what = vec![
        el("strong", "", text(event.fact.step().name())),
        text(" "),
        el("span", "", text(case_fact(&event.fact, today))),
    ];
    let before: Vec<&Event> = history.replaced_by(event).collect();
    if !entry.holds {
        what.push(badge(Some(Tone::Warning), words().replaced));
    } else if !before.is_empty() {
        what.push(badge(Some(Tone::Info), words().corrected));
    }
    if entry.disputed {
        what.push(badge(Some(Tone::Warning), words().disputed));
    }
    let mut parts = vec![made(event, hands), el("p", "kk-entries__what", all(what))];
    if entry.holds && !before.is_empty() {
        let lines = before
            .iter()
            .map(|event| el("li", "", all(vec![text(case_fact(&event.fact, today)), made(event, hands)])));
        let lines = el("ul", "", all(lines.collect()));
        parts.push(el("div", "kk-entries__before", all(vec![text(words().before), lines])));
    }
    let class = if entry.holds { "kk-entries__one" } else { "kk-entries__one kk-entries__one--old" };
    el("li", class, all(parts))
}

/// 令和8年11月22日 14:05 伊勢崎市(保険者) 入力:森 和子
fn made(event: &Event, hands: &[Hand]) -> Html {
    let values = vec![format::machine_time(event.at).into(), format::gregorian_time(event.at).into()];
    let time = el_with("time", &["datetime", "title"], values, text(format::time(event.at)));
    let mut parts = vec![time, text(" "), text(event.source.clone())];
    for hand in hands.iter().filter(|hand| hand.entered(event)) {
        parts.push(text([" ", words().entered, ":", &hand.by].concat()));
    }
    el("p", "kk-entries__made", all(parts))
}
