//! How the inbox looks: in columns on a wide screen, as cards on a narrow one, like the queue.

use super::{InboxPage, Msg};
use crate::component::{
    Button, FaultMessage, IconKind, Rank, Tone, Waiting, address, all, as_of, badge, el, el_with, icon, link,
    text,
};
use crate::page::desk::parts::{self, Choice, choice};
use crate::page::parts::{actions, heading, paragraph, press};
use crate::route::Route;
use crate::state::{App, InboxWish};
use crate::text::desk::filing::{desk_filing as words, form, waited};
use crate::text::desk::{desk, shown};
use crate::text::format::time;
use domain::calendar::Time;
use domain::filing::FormKind;
use domain::upstream::{FilingEntry, FilingState, FilingWay, InboxResponse};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// `id` of the search field.
pub(super) const SEARCH: &str = "inbox-search";
/// `id` of the count.
pub(super) const COUNT: &str = "inbox-count";
/// What the `id` of a row's link begins with.
pub(super) const ROW: &str = "filing-";

impl InboxPage {
    pub(super) fn page(&self, ctx: &Context<Self>) -> Html {
        let app = &ctx.props().app;
        let (load, wish) = app.desk_filings(|desk| (desk.inbox.clone(), desk.wish.clone()));
        let again = ctx.link().callback(|()| Msg::Reload);
        let problem = load.problem.clone().map(|problem| {
            let old = if load.value.is_some() { paragraph(desk().old_kept) } else { Html::default() };
            html! { <FaultMessage {problem} onagain={again.clone()}>{ old }</FaultMessage> }
        });
        let waiting =
            (load.waiting && load.value.is_none()).then(|| html! { <Waiting what={words().waiting} /> });
        let tools = vec![
            link(Route::DeskPaper, "kk-button kk-button--primary", text(words().paper)),
            press("inbox-reload", Rank::Secondary, desk().reload, again),
        ];
        // Each has a place of its own, also when it is not there.
        let parts = vec![
            heading(words().title),
            el("div", "kk-tools", all(tools)),
            search(ctx, &wish),
            problem.unwrap_or_default(),
            waiting.unwrap_or_default(),
            self.listed(ctx),
        ];
        let values = vec!["kk-page kk-desk".into(), if load.waiting { "true" } else { "false" }.into()];
        el_with("article", &["class", "aria-busy"], values, all(parts))
    }

    fn listed(&self, ctx: &Context<Self>) -> Html {
        let app = &ctx.props().app;
        let Some(value) = &self.of else { return Html::default() };
        let (asked, before, first) = app.desk_filings(|desk| {
            let before = desk.marks.last().map_or(0, |end| end.cases);
            (desk.asked.clone(), before, desk.marks.is_empty())
        });
        let values = vec!["status".into(), "kk-count".into(), COUNT.into(), "-1".into()];
        let said = text(shown(before, value.filings.len(), value.total));
        let count = el_with("p", &["role", "class", "id", "tabindex"], values, said);
        if value.filings.is_empty() {
            return all(vec![count, nothing(ctx, &asked)]);
        }
        let turn = |id, on: bool, words, there: bool| {
            let go = ctx.link().callback(move |()| Msg::Turn(on));
            if there { press(id, Rank::Secondary, words, go) } else { Html::default() }
        };
        let pages = vec![
            turn("inbox-before", false, desk().before, !first),
            turn("inbox-next", true, desk().next, value.next.is_some()),
        ];
        let values = vec!["kk-actions".into(), desk().pages.into()];
        let pages = el_with("nav", &["class", "aria-label"], values, all(pages));
        let source = value.filings.iter().find_map(|entry| entry.person.as_ref());
        let source = source.map(|person| person.insurer_name.clone()).unwrap_or_default();
        all(vec![count, rows(ctx, app, value), as_of(value.now, source.into()), pages])
    }
}

fn search(ctx: &Context<InboxPage>, wish: &InboxWish) -> Html {
    let oninput = {
        let wish = wish.clone();
        ctx.link().batch_callback(move |event: InputEvent| {
            let input = event.target_dyn_into::<HtmlInputElement>()?;
            Some(Msg::Wish(InboxWish { text: input.value(), ..wish.clone() }, false))
        })
    };
    let onsubmit = ctx.link().callback(|event: SubmitEvent| {
        event.prevent_default();
        Msg::Find
    });
    let onkeydown = on_key(ctx, false);
    let change = |apply: fn(&mut InboxWish, String)| {
        let wish = wish.clone();
        ctx.link().callback(move |value: String| {
            let mut wish = wish.clone();
            apply(&mut wish, value);
            Msg::Wish(wish, true)
        })
    };
    let others = FilingState::ALL.iter().filter(|one| **one != FilingState::Received);
    let states = std::iter::once((String::new(), words().undecided))
        .chain(others.map(|one| (one.code().to_owned(), one.name())));
    let forms = std::iter::once((String::new(), desk().every))
        .chain(FormKind::ALL.iter().map(|one| (one.code().to_owned(), form(*one))));
    let selects = vec![
        choice(Choice {
            id: "inbox-state",
            label: words().state,
            answers: states.collect(),
            selected: wish.state.as_ref().map(FilingState::code).unwrap_or_default(),
            wrong: None,
            onchange: change(|wish, value| {
                wish.state = FilingState::ALL.iter().find(|one| one.code() == value).copied();
            }),
        }),
        choice(Choice {
            id: "inbox-form",
            label: words().form,
            answers: forms.collect(),
            selected: wish.form.as_ref().map(FormKind::code).unwrap_or_default(),
            wrong: None,
            onchange: change(|wish, value| {
                wish.form = FormKind::ALL.iter().find(|one| one.code() == value).copied();
            }),
        }),
    ];
    html! {
        <search class="kk-search">
            <form {onsubmit} {onkeydown}>
                <label for={SEARCH}>{ text(words().search) }</label>
                <span class="kk-desk__find">
                    <span class="kk-find__line">
                        { icon(IconKind::Find) }
                        <input
                            id={SEARCH}
                            class="kk-find__input"
                            type="search"
                            value={wish.text.clone()}
                            autocomplete="off"
                            aria-describedby="inbox-search-support"
                            {oninput}
                        />
                    </span>
                    <Button submit=true>{ desk().find }</Button>
                </span>
                <p class="kk-support" id="inbox-search-support">{ text(desk().search_support) }</p>
                { el("div", "kk-search__selects kk-desk__selects", all(selects)) }
            </form>
        </search>
    }
}

fn nothing(ctx: &Context<InboxPage>, asked: &InboxWish) -> Html {
    if asked.is_all() {
        return all(vec![el("p", "kk-empty", text(words().empty)), paragraph(words().empty_why)]);
    }
    let clear = ctx.link().callback(|()| Msg::Wish(InboxWish::default(), true));
    let clear = press("inbox-clear", Rank::Secondary, desk().clear, clear);
    all(vec![el("p", "kk-empty", text(words().none)), paragraph(words().none_why), actions(vec![clear])])
}

fn rows(ctx: &Context<InboxPage>, app: &App, value: &InboxResponse) -> Html {
    let names =
        [words().received, words().category, words().office, words().starts, words().way, words().state];
    let heads = names.map(|head| el("span", "", text(head)));
    let heads = vec![el("span", "", text(words().person)), el("div", "", all(heads.into()))];
    let values = vec!["kk-queue__heads".into(), "true".into()];
    let heads = el_with("div", &["class", "aria-hidden"], values, all(heads));
    let rows = value.filings.iter().enumerate().map(|(at, entry)| row(at, entry, app, value.now));
    let rows = el("ol", "kk-queue", all(rows.collect()));
    let onkeydown = on_key(ctx, true);
    html! { <div class="kk-queue__frame" {onkeydown}>{ heads }{ rows }</div> }
}

fn row(at: usize, entry: &FilingEntry, app: &App, now: Time) -> Html {
    let (name, kana, insured) = entry.person.as_ref().map_or((words().no_person, "", ""), |person| {
        (person.name.as_str(), person.kana.as_str(), person.insured.as_str())
    });
    let name = text(name.to_owned());
    let name = match app.desk_filings(|desk| desk.key_of(&entry.number)) {
        Some(filing) => {
            let id = [ROW, &at.to_string()].concat();
            let values =
                vec!["kk-queue__name".into(), address(Route::DeskFiled { filing }).into(), id.into()];
            el_with("a", &["class", "href", "id"], values, name)
        }
        None => el("span", "kk-queue__name", name),
    };
    let numbers = [entry.number.0.as_str(), "・", insured].concat();
    let who = vec![
        el("span", "kk-queue__kana", text(kana.to_owned())),
        name,
        el("span", "kk-queue__small", text(numbers)),
    ];
    let received = entry.steps.first().map_or_else(Html::default, |step| {
        all(vec![text(time(step.at)), text(" "), el("span", "kk-queue__small", text(waited(step.at, now)))])
    });
    let office = all(vec![
        text(entry.office_name.clone()),
        text(" "),
        el("span", "kk-queue__small", text(form(entry.form))),
    ]);
    let facts = vec![
        fact(words().received, received),
        fact(words().category, text(entry.category.name())),
        fact(words().office, office),
        fact(words().starts, text(entry.start_on.wareki_short())),
        fact(words().way, way(entry.way)),
        fact(words().state, state(entry.state)),
    ];
    let who = el("div", "kk-queue__who", all(who));
    el("li", "kk-queue__row", all(vec![who, el("dl", "kk-queue__facts", all(facts))]))
}

fn fact(name: &'static str, inside: Html) -> Html {
    el("div", "", all(vec![el("dt", "", text(name)), el("dd", "", inside)]))
}

/// By which way it came; paper stands out.
fn way(way: FilingWay) -> Html {
    if way == FilingWay::Online { text(way.name()) } else { badge(None, way.name()) }
}

/// Where a filing stands, with its sign.
pub(in crate::page::desk) fn state(state: FilingState) -> Html {
    let (tone, name) = match state {
        FilingState::Received => (Some(Tone::Info), words().undecided),
        FilingState::Accepted => (Some(Tone::Success), state.name()),
        FilingState::Returned => (Some(Tone::Warning), state.name()),
        _ => (None, state.name()),
    };
    badge(tone, name)
}

/// The list's own keys; all others are the browser's.
fn on_key(ctx: &Context<InboxPage>, in_list: bool) -> Callback<KeyboardEvent> {
    ctx.link().batch_callback(move |event: KeyboardEvent| {
        parts::list_key(&event, ROW, in_list).map(|(key, at)| Msg::Key(key, at))
    })
}
