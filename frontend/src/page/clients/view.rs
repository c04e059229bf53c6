//! How the list's page looks.

use super::choice::Selects;
use super::{ClientsPage, Msg, keys, list};
use crate::component::{
    FaultMessage, IconKind, Rank, Tone, Waiting, all, badge, el, el_with, icon, large_icon, link, text,
};
use crate::page::parts::{actions, heading, note, paragraph, press};
use crate::page::ways::Ways;
use crate::route::Route;
use crate::state::Wish;
use crate::text::{clients as words, clients_shown};
use domain::raw::Raw;
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// `id` of the search field.
pub(super) const SEARCH: &str = "clients-search";

impl ClientsPage {
    pub(super) fn page(&self, ctx: &Context<Self>) -> Html {
        let app = &ctx.props().app;
        let load = app.clients();
        // Children without keys are matched from the end: each has a place of its own, also when it is not
        // there, or the field somebody types in would be made anew under their fingers.
        let problem = load.problem.clone().map(|problem| {
            let old = if load.value.is_some() { paragraph(words().old_kept) } else { Html::default() };
            let again = ctx.link().callback(|()| Msg::Reload);
            html! { <FaultMessage {problem} onagain={again}>{ old }</FaultMessage> }
        });
        let waiting =
            (load.waiting && load.value.is_none()).then(|| html! { <Waiting what={words().waiting} /> });
        let people = match &load.value {
            Some(_) if self.rows.is_empty() => nobody_yet(),
            Some(_) => self.people(ctx),
            None => Html::default(),
        };
        let unread = load.value.as_deref().map(|value| unread(&value.unreadable)).unwrap_or_default();
        let waiting = waiting.unwrap_or_default();
        let parts = vec![heading(words().title), problem.unwrap_or_default(), waiting, unread, people];
        html! { <article class="kk-page" aria-busy={load.waiting.then_some("true")}>{ all(parts) }</article> }
    }

    fn people(&self, ctx: &Context<Self>) -> Html {
        let found = self.drawn.found();
        let status = clients_shown(found.len(), self.rows.len());
        let ways = vec![
            link(Route::ClientsFile, "kk-button kk-button--secondary", text(words().by_file)),
            link(Route::Find, "kk-button kk-button--secondary", text(words().add)),
        ];
        let nobody = if found.is_empty() {
            let clear = ctx.link().callback(|()| Msg::Wish(Wish::default()));
            let clear = press("clients-clear", Rank::Secondary, words().clear, clear);
            all(vec![
                el("p", "kk-empty", text(words().nobody)),
                paragraph(words().nobody_why),
                actions(vec![clear]),
            ])
        } else {
            Html::default()
        };
        // It stays also when nobody is found: making it anew would take longer than emptying it.
        let onkeydown = on_key(ctx, true);
        let listed = html! { <div {onkeydown} hidden={found.is_empty()}>{ list::list(&self.drawn) }</div> };
        all(vec![
            el("div", "kk-tools", all(ways)),
            self.search(ctx),
            html! { <p role="status" class="kk-count">{ text(status) }</p> },
            nobody,
            listed,
        ])
    }

    fn search(&self, ctx: &Context<Self>) -> Html {
        let oninput = ctx.link().batch_callback(|event: InputEvent| {
            Some(Msg::Typed(event.target_dyn_into::<HtmlInputElement>()?.value()))
        });
        let onsubmit = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Msg::Open
        });
        let onkeydown = on_key(ctx, false);
        let (choices, onchoice) = (Rc::clone(&self.choices), self.onchoice.clone());
        let Wish { typed, filter, level, insurer, sort } = self.wish.clone();
        html! {
            <search class="kk-search">
                <form {onsubmit} {onkeydown}>
                    <label for={SEARCH}>{ text(words().search) }</label>
                    <span class="kk-find__line">
                        { icon(IconKind::Find) }
                        <input
                            id={SEARCH}
                            class="kk-find__input"
                            type="search"
                            value={typed}
                            autocomplete="off"
                            aria-describedby="clients-search-support"
                            {oninput}
                        />
                    </span>
                    <p class="kk-support" id="clients-search-support">{ text(words().search_support) }</p>
                    <Selects {choices} {filter} {level} {insurer} {sort} {onchoice} />
                </form>
            </search>
        }
    }
}

/// The list's own keys; all others are the browser's.
fn on_key(ctx: &Context<ClientsPage>, in_list: bool) -> Callback<KeyboardEvent> {
    ctx.link().batch_callback(move |event: KeyboardEvent| {
        let key = event.key();
        let at = keys::row();
        // The arrows of a choice are its own.
        let choosing = event.target_dyn_into::<HtmlSelectElement>().is_some();
        if choosing || !keys::is_ours(&key, in_list) || (in_list && at.is_none()) {
            return None;
        }
        event.prevent_default();
        Some(Msg::Key(key, at))
    })
}

/// Entries that cannot be read: what came of who they are.
fn unread(entries: &[Raw]) -> Html {
    if entries.is_empty() {
        return Html::default();
    }
    let lines = entries.iter().map(|entry| {
        let person = entry.member("person").unwrap_or(entry);
        let named = ["name", "kana", "insurer", "insured", "birth_date"];
        let said: Vec<String> = named.iter().filter_map(|name| person.member(name)).map(Raw::shown).collect();
        let said = if said.is_empty() { person.shown() } else { said.join(" ") };
        el("li", "", text(said))
    });
    let inside = vec![
        el("p", "", badge(Some(Tone::Warning), words().unread)),
        el("p", "", text(words().unread_next)),
        el("ul", "", all(lines.collect())),
    ];
    el_with("div", &["class", "role"], vec!["kk-doubt".into(), "note".into()], all(inside))
}

/// The list is empty: why, and the three ways to fill it.
fn nobody_yet() -> Html {
    let file = all(vec![el("strong", "", text(words().by_file)), el("span", "", text(words().by_file_more))]);
    let file = all(vec![large_icon(IconKind::Copy), el("span", "kk-way__words", file), icon(IconKind::Next)]);
    let file = el("ul", "kk-ways", el("li", "", link(Route::ClientsFile, "kk-way", file)));
    all(vec![el("p", "kk-empty", text(words().empty)), note(words().empty_why), file, html! { <Ways /> }])
}
