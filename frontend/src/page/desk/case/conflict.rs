//! Somebody else was first: who, when, what; theirs beside one's own; one press to go on.

use super::{CasePage, Msg};
use crate::component::{Banner, Rank, Tone, all, badge, el, el_with, text};
use crate::page::parts::{actions, paragraph, press};
use crate::text::desk::entry::{entry as words, who_and_when};
use crate::text::desk::fact::{fact as fact_words, standing, step as step_name};
use crate::text::format;
use domain::certification::Fact;
use domain::upstream::Conflict;
use yew::prelude::*;

/// What is said of it.
pub(super) fn conflict(ctx: &Context<CasePage>, conflict: &Conflict, mine: &[Fact]) -> Html {
    let mut since: Vec<_> = conflict.since.iter().collect();
    since.sort_by_key(|event| (event.at, event.version));
    let since = since.into_iter().map(|event| {
        let said =
            [&fact_words(&event.fact), "(", &format::time(event.at), "、", &event.source, ")"].concat();
        el("li", "", text(said))
    });
    let since: Vec<Html> = since.collect();
    let link = ctx.link();
    let ways = vec![
        press("case-take-over", Rank::Primary, words().take_over, link.callback(|()| Msg::TakeOver(true))),
        press("case-review", Rank::Secondary, words().review, link.callback(|()| Msg::TakeOver(false))),
    ];
    let inside = vec![
        el("p", "", text(who_and_when(&conflict.by, conflict.at))),
        el("h2", "kk-desk__subtitle", text(words().since)),
        el("ul", "kk-causes", all(since)),
        el("h2", "kk-desk__subtitle", text(words().beside)),
        beside(conflict, mine),
        paragraph(words().conflict_kept),
        actions(ways),
    ];
    html! { <Banner tone={Tone::Warning} title={words().conflict} focus=true>{ all(inside) }</Banner> }
}

/// Of each fact that was to be entered: what stands there now, and one's own.
fn beside(conflict: &Conflict, mine: &[Fact]) -> Html {
    let column = |name: &'static str| el_with("th", &["scope"], vec!["col".into()], text(name));
    let head = [words().item, words().theirs, words().mine].map(column);
    let rows = mine.iter().map(|fact| {
        let step = fact.step();
        let theirs = standing(&conflict.case, step).unwrap_or_else(|| words().none.to_owned());
        // Both touched the same: the one to be looked at.
        let clash = conflict.since.iter().any(|event| event.fact.step() == step && event.fact != *fact);
        let sign = if clash { badge(Some(Tone::Warning), words().clash) } else { Html::default() };
        let name = el_with("th", &["scope"], vec!["row".into()], text(step_name(step)));
        let theirs = el("td", "", all(vec![text(theirs), text(" "), sign]));
        el("tr", "", all(vec![name, theirs, el("td", "", text(fact_words(fact)))]))
    });
    let body = el("tbody", "", all(rows.collect()));
    el("table", "kk-table kk-lines-table", all(vec![el("thead", "", el("tr", "", all(head.into()))), body]))
}
