//! 判定結果・審査会の意見 to be read: the computer's judgement, then the committee's. What is not known is said so.

use super::front::front;
use super::opened::OpenJudgement;
use crate::component::{Tone, all, badge, el, row, text};
use crate::text::{case_outcome, case_validity, document as words, document_changed, document_code as named};
use domain::certification::Outcome;
use domain::document::judgement::{FirstJudgement, SecondJudgement};
use yew::prelude::*;

/// The whole paper.
pub(super) fn view(open: &OpenJudgement, close: Html) -> Html {
    let judgement = &open.judgement;
    let mut parts = vec![front(&open.head, case_outcome(&judgement.second.outcome), close)];
    parts.extend(document_changed(judgement).map(|said| el("p", "", text(said))));
    let first = match &judgement.first {
        Some(first) => computed(first),
        None => el("p", "", text(words().no_first)),
    };
    parts.push(section(words().first, first));
    let hide_reason = judgement.changed() == Some(false);
    parts.push(section(words().second, committee(&judgement.second, hide_reason)));
    parts.push(el("p", "kk-support", text(words().judgement_reading)));
    el("div", "kk-paper", all(parts))
}

fn section(title: &'static str, inside: Html) -> Html {
    el("section", "kk-paper__section", all(vec![el("h3", "kk-paper__group", text(title)), inside]))
}

/// A name and what is known; what is not is said so.
fn fact(name: &'static str, known: Option<String>) -> Html {
    let value = known.map_or_else(|| el("span", "kk-quiet", text(words().not_known)), text);
    row(text(name), value)
}

fn computed(first: &FirstJudgement) -> Html {
    let mut rows = vec![
        fact(words().first_on, first.on.map(|on| on.wareki())),
        fact(words().first_level, first.level.map(|level| named(level.name(), level.unknown()))),
        fact(words().time, first.time.map(|time| time.words())),
    ];
    if !first.acts.is_empty() {
        rows.push(row(text(words().acts), acts(first)));
    }
    let stability =
        first.stability.map(|one| fact(words().stability, Some(named(one.name(), one.unknown()))));
    let benefit = first.benefit.map(|one| fact(words().benefit, Some(named(one.name(), one.unknown()))));
    rows.extend(stability);
    rows.extend(benefit);
    el("dl", "kk-rows", all(rows))
}

/// The time by 行為区分.
fn acts(first: &FirstJudgement) -> Html {
    let lines = first.acts.iter().map(|one| {
        let name = named(one.act.name(), one.act.unknown());
        el("li", "", text([&name, " ", &one.time.words()].concat()))
    });
    let mut parts = vec![el("ul", "kk-acts", all(lines.collect()))];
    if first.adds_up() == Some(false) {
        parts.push(badge(Some(Tone::Warning), words().acts_differ));
    }
    all(parts)
}

fn committee(second: &SecondJudgement, hide_reason: bool) -> Html {
    let mut rows = vec![fact(words().committee_on, second.committee_on.map(|on| on.wareki()))];
    match &second.outcome {
        Outcome::Certified { level, validity, .. } => {
            rows.push(fact(words().level, Some(named(level.name(), level.unknown()))));
            rows.push(fact(words().validity, Some(case_validity(validity))));
        }
        other => {
            rows.push(fact(words().result, Some(other.name().to_owned())));
            if let Outcome::Dismissed { reason, .. } = other {
                rows.push(fact(words().dismissed_because, reason.clone()));
            }
        }
    }
    rows.push(fact(words().decided_on, Some(second.outcome.on().wareki())));
    if !hide_reason {
        rows.push(fact(words().changed_because, second.changed_because.clone()));
    }
    rows.push(fact(words().committee_opinion, second.opinion.clone()));
    el("dl", "kk-rows", all(rows))
}
