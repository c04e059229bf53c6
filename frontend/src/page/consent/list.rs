//! Every record: who, when, how, on which paper, what for, till when, who wrote it down, what became of it.

use super::{ConsentPage, Msg};
use crate::component::{Button, Rank, Tone, all, badge, el, rows, text};
use crate::text::format::time;
use crate::text::{consent as words, consent_given, consent_giver, consent_method, consent_until};
use domain::calendar::Time;
use domain::upstream::{ConsentListResponse, ConsentRecord, ConsentScope};
use yew::prelude::*;

/// All of them, latest first, as they came.
pub(super) fn list(ctx: &Context<ConsentPage>, list: &ConsentListResponse) -> Html {
    let mut parts = vec![el("h2", "kk-subtitle", text(words().list))];
    if list.consents.is_empty() {
        parts.push(el("p", "kk-empty", text(words().none)));
        parts.push(el("p", "kk-support", text(words().none_why)));
    }
    parts.extend(list.consents.iter().map(|record| one(ctx, record, list.now)));
    el("section", "kk-consents", all(parts))
}

fn one(ctx: &Context<ConsentPage>, record: &ConsentRecord, now: Time) -> Html {
    let terms = &record.terms;
    let (tone, said) = match (&record.withdrawal, record.is_open(now)) {
        (Some(_), _) => (Tone::Error, words().state_withdrawn),
        (None, true) => (Tone::Success, words().state_open),
        (None, false) => (Tone::Warning, words().state_over),
    };
    let kind = if record.is_comprehensive() { words().comprehensive } else { words().own };
    let head = vec![badge(Some(tone), said), el("strong", "", text(record.taker_name.clone()))];
    let paper = match &terms.basis_version {
        Some(version) => [name(terms.basis.unknown(), terms.basis.name()), "(", version, ")"].concat(),
        None => name(terms.basis.unknown(), terms.basis.name()).to_owned(),
    };
    let recorded = [&record.recorded_by, " ", &time(record.recorded_at)].concat();
    let mut lines = vec![
        (words().by, consent_given(terms)),
        (words().given, time(terms.given_at)),
        (words().how, consent_method(terms.method).to_owned()),
        (words().paper, paper),
        (words().what, scope(&terms.scope)),
        (words().until, consent_until(terms.until)),
        (words().recorded, recorded),
    ];
    if let Some(withdrawal) = &record.withdrawal {
        let reason = withdrawal.reason.clone().unwrap_or_else(|| words().no_reason.to_owned());
        lines.push((words().withdrawn, time(withdrawal.at)));
        lines.push((words().withdrawn_by, consent_giver(withdrawal.by).to_owned()));
        lines.push((words().reason, reason));
    }
    let mut parts = vec![
        el("p", "kk-consents__head", all(head)),
        el("p", "kk-support", text(kind)),
        rows(lines.into_iter().map(|(name, value)| (text(name), text(value)))),
    ];
    if record.is_open(now) {
        let label = [words().withdraw, ":", &time(terms.given_at), " ", &consent_given(terms)].concat();
        let onclick = {
            let record = record.clone();
            ctx.link().callback(move |()| Msg::Ask(Some(Box::new(record.clone()))))
        };
        parts.push(html! {
            <p class="kk-actions"><Button rank={Rank::Secondary} {label} {onclick}>{ words().withdraw }</Button></p>
        });
    }
    el("article", "kk-sheet kk-consents__one", all(parts))
}

/// 認定の進捗、主治医意見書
fn scope(scope: &[ConsentScope]) -> String {
    let names: Vec<&str> = scope.iter().map(|one| name(one.unknown(), one.name())).collect();
    names.join("、")
}

/// The name; a code that is not known here as it came.
fn name<'a>(unknown: Option<&'a str>, known: &'static str) -> &'a str {
    unknown.unwrap_or(known)
}
