//! How the queue looks: in columns on a wide screen, as cards on a narrow one.

use super::model::Field;
use super::{Msg, QueuePage, way};
use crate::component::{
    Button, Checkbox, FaultMessage, IconKind, Need, Rank, TextField, Tone, Waiting, address, all, as_of,
    badge, el, el_with, icon, link, text,
};
use crate::page::desk::parts::{Choice, choice, day, list_key};
use crate::page::parts::{actions, heading, paragraph, press};
use crate::route::Route;
use crate::state::QueueWish;
use crate::text::desk::{days, desk as words, shown, standing};
use domain::calendar::Date;
use domain::certification::{ApplicationKind, Stage, WaitState};
use domain::upstream::{QueueEntry, QueueFilter};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// `id` of the search field.
pub(super) const SEARCH: &str = "queue-search";
/// `id` of the count.
pub(super) const COUNT: &str = "queue-count";
/// What the `id` of a row's link begins with.
pub(super) const ROW: &str = "case-";

impl QueuePage {
    pub(super) fn page(&self, ctx: &Context<Self>) -> Html {
        let app = &ctx.props().app;
        let load = app.queue();
        let problem = load.problem.clone().map(|problem| {
            let old = if load.value.is_some() { paragraph(words().old_kept) } else { Html::default() };
            let again = ctx.link().callback(|()| Msg::Reload);
            html! { <FaultMessage {problem} onagain={again}>{ old }</FaultMessage> }
        });
        let waiting =
            (load.waiting && load.value.is_none()).then(|| html! { <Waiting what={words().waiting} /> });
        let listed = if load.value.is_some() { self.listed(ctx) } else { Html::default() };
        // Each has a place of its own, also when it is not there.
        let parts = vec![
            heading(words().title),
            self.tools(ctx),
            self.search(ctx, &app.queue_wish()),
            problem.unwrap_or_default(),
            waiting.unwrap_or_default(),
            listed,
        ];
        html! { <article class="kk-page kk-desk" aria-busy={load.waiting.then_some("true")}>{ all(parts) }</article> }
    }

    fn tools(&self, ctx: &Context<Self>) -> Html {
        let save = ctx.link().callback(|()| Msg::Save);
        let busy = self.gathering.then_some(AttrValue::Static(words().csv_busy));
        let again = ctx.link().callback(|()| Msg::Reload);
        let tools = vec![
            press("queue-reload", Rank::Secondary, words().reload, again),
            html! { <Button id="queue-save" rank={Rank::Secondary} {busy} onclick={save}>{ words().csv }</Button> },
            link(Route::DeskBulk, "kk-button kk-button--secondary", text(words().bulk)),
        ];
        let said = el_with(
            "p",
            &["role", "class"],
            vec!["status".into(), "kk-said".into()],
            text(self.said.unwrap_or_default()),
        );
        let problem = self.problem.clone().map(|problem| html! { <FaultMessage {problem} focus=true /> });
        all(vec![el("div", "kk-tools", all(tools)), said, problem.unwrap_or_default()])
    }

    fn search(&self, ctx: &Context<Self>, wish: &QueueWish) -> Html {
        let oninput = {
            let wish = wish.clone();
            ctx.link().batch_callback(move |event: InputEvent| {
                let input = event.target_dyn_into::<HtmlInputElement>()?;
                Some(Msg::Wish(QueueWish { text: input.value(), ..wish.clone() }, false))
            })
        };
        let onsubmit = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Msg::Find
        });
        let onkeydown = on_key(ctx, false);
        let change = |apply: fn(&mut QueueWish, String), at_once: bool| {
            let wish = wish.clone();
            ctx.link().callback(move |value: String| {
                let mut wish = wish.clone();
                apply(&mut wish, value);
                Msg::Wish(wish, at_once)
            })
        };
        let every = || std::iter::once((String::new(), words().every));
        let known = |code: &str| (!code.is_empty()).then(|| code.to_owned());
        let stages = every().chain(Stage::ALL.iter().map(|stage| (stage.code().to_owned(), stage.name())));
        let kinds =
            every().chain(ApplicationKind::ALL.iter().map(|kind| (kind.code().to_owned(), kind.name())));
        let selects = vec![
            choice(Choice {
                id: "queue-stage",
                label: words().stage,
                answers: stages.collect(),
                selected: &wish.stage.and_then(|stage| known(stage.code())).unwrap_or_default(),
                wrong: None,
                onchange: change(
                    |wish, value| wish.stage = Stage::ALL.iter().find(|one| one.code() == value).copied(),
                    true,
                ),
            }),
            choice(Choice {
                id: "queue-kind",
                label: words().kind,
                answers: kinds.collect(),
                selected: &wish.kind.and_then(|kind| known(kind.code())).unwrap_or_default(),
                wrong: None,
                onchange: change(
                    |wish, value| {
                        wish.kind = ApplicationKind::ALL.iter().find(|one| one.code() == value).copied()
                    },
                    true,
                ),
            }),
            self.date(
                "queue-from",
                words().from,
                &wish.from,
                Field::From,
                change(|wish, value| wish.from = value, false),
            ),
            self.date(
                "queue-to",
                words().to,
                &wish.to,
                Field::To,
                change(|wish, value| wish.to = value, false),
            ),
        ];
        let check =
            |id: &'static str, label: &'static str, checked: bool, apply: fn(&mut QueueWish, bool)| {
                let wish = wish.clone();
                let onchange = ctx.link().callback(move |checked: bool| {
                    let mut wish = wish.clone();
                    apply(&mut wish, checked);
                    Msg::Wish(wish, true)
                });
                html! { <Checkbox {id} {label} {checked} {onchange} /> }
            };
        let checks = vec![
            check("queue-late", words().late, wish.late, |wish, on| wish.late = on),
            check("queue-ended", words().ended, wish.ended, |wish, on| wish.ended = on),
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
                                aria-describedby="queue-search-support"
                                {oninput}
                            />
                        </span>
                        <Button submit=true>{ words().find }</Button>
                    </span>
                    <p class="kk-support" id="queue-search-support">{ text(words().search_support) }</p>
                    { el("div", "kk-search__selects kk-desk__selects", all(selects)) }
                    { el("div", "kk-desk__checks", all(checks)) }
                </form>
            </search>
        }
    }

    fn date(
        &self,
        id: &'static str,
        label: &'static str,
        value: &str,
        field: Field,
        on_input: Callback<String>,
    ) -> Html {
        let error = self.wrong.iter().find(|one| one.0 == field).map(|one| AttrValue::from(one.1.clone()));
        let value = value.to_owned();
        html! {
            <TextField {id} {label} {value} {error} support={words().day_support} need={Need::Unsaid} {on_input} />
        }
    }

    fn listed(&self, ctx: &Context<Self>) -> Html {
        let app = &ctx.props().app;
        let Some(value) = &self.of else { return Html::default() };
        let (asked, marks) = app.queue_asked();
        let before = marks.last().map_or(0, |end| end.cases);
        let values = vec!["status".into(), "kk-count".into(), COUNT.into(), "-1".into()];
        let count = el_with(
            "p",
            &["role", "class", "id", "tabindex"],
            values,
            text(shown(before, self.rows.len(), value.total)),
        );
        if self.rows.is_empty() {
            return all(vec![count, nothing(ctx, asked == QueueFilter::default())]);
        }
        let turn = |id, on: bool, words, there: bool| {
            if there {
                press(id, Rank::Secondary, words, ctx.link().callback(move |()| Msg::Turn(on)))
            } else {
                Html::default()
            }
        };
        let pages = vec![
            turn("queue-before", false, words().before, !marks.is_empty()),
            turn("queue-next", true, words().next, value.next.is_some()),
        ];
        let pages = el_with(
            "nav",
            &["class", "aria-label"],
            vec!["kk-actions".into(), words().pages.into()],
            all(pages),
        );
        let heads = [
            words().application,
            words().progress,
            words().waited,
            words().survey,
            words().opinion,
            words().committee,
        ];
        let heads = heads.map(|head| el("span", "", text(head)));
        let heads = vec![el("span", "", text(words().person)), el("div", "", all(heads.into()))];
        let values = vec!["kk-queue__heads".into(), "true".into()];
        let heads = el_with("div", &["class", "aria-hidden"], values, all(heads));
        let today = app.today();
        let rows = self.rows.iter().enumerate().map(|(at, entry)| row(at, entry, way(app, entry), today));
        let rows = el("ol", "kk-queue", all(rows.collect()));
        let onkeydown = on_key(ctx, true);
        let listed = html! { <div class="kk-queue__frame" {onkeydown}>{ heads }{ rows }</div> };
        let source = self.rows.first().map_or("", |entry| entry.person.insurer_name.as_str()).to_owned();
        all(vec![count, listed, as_of(value.now, source.into()), pages])
    }
}

fn nothing(ctx: &Context<QueuePage>, all_asked: bool) -> Html {
    if all_asked {
        return all(vec![el("p", "kk-empty", text(words().empty)), paragraph(words().empty_why)]);
    }
    let clear = ctx.link().callback(|()| Msg::Wish(QueueWish::default(), true));
    let clear = press("queue-clear", Rank::Secondary, words().clear, clear);
    all(vec![el("p", "kk-empty", text(words().none)), paragraph(words().none_why), actions(vec![clear])])
}

fn row(at: usize, entry: &QueueEntry, way: Option<Route>, today: Date) -> Html {
    let case = &entry.case;
    let name = text(entry.person.name.clone());
    let name = match way {
        Some(route) => {
            let values =
                vec!["kk-queue__name".into(), address(route).into(), [ROW, &at.to_string()].concat().into()];
            el_with("a", &["class", "href", "id"], values, name)
        }
        None => el("span", "kk-queue__name", name),
    };
    let numbers = [entry.case_no.as_str(), "・", entry.person.insured.as_str()].concat();
    let who = vec![
        el("span", "kk-queue__kana", text(entry.person.kana.clone())),
        name,
        el("span", "kk-queue__small", text(numbers)),
    ];
    let applied = match case.application {
        Some(application) => all(vec![
            el("span", "", text(application.kind.name())),
            text(" "),
            day(Some(application.on), today),
        ]),
        None => badge(Some(Tone::Warning), words().no_application),
    };
    let facts = vec![
        fact(words().application, applied),
        fact(words().progress, text(case.stage(today).name())),
        fact(words().waited, waited(entry, today)),
        fact(words().survey, day(case.survey_on, today)),
        fact(words().opinion, day(case.opinion_on, today)),
        fact(words().committee, day(case.committee_on, today)),
    ];
    let late = case.is_late(today);
    let class = if late { "kk-queue__row kk-queue__row--late" } else { "kk-queue__row" };
    el("li", class, all(vec![el("div", "kk-queue__who", all(who)), el("dl", "kk-queue__facts", all(facts))]))
}

fn fact(name: &'static str, inside: Html) -> Html {
    el("div", "", all(vec![el("dt", "", text(name)), el("dd", "", inside)]))
}

/// Days waited, and how that stands to the limit; late ones with a sign.
pub(in crate::page::desk) fn waited(entry: &QueueEntry, today: Date) -> Html {
    let Some(wait) = entry.case.wait(today) else { return text("—") };
    let tone = match wait.state {
        WaitState::Late { .. } => Some(Tone::Error),
        WaitState::Within { left: 0..=5 } => Some(Tone::Warning),
        _ => None,
    };
    all(vec![el("span", "kk-queue__days", text(days(&wait))), text(" "), badge(tone, standing(wait.state))])
}

/// The list's own keys; all others are the browser's.
fn on_key(ctx: &Context<QueuePage>, in_list: bool) -> Callback<KeyboardEvent> {
    ctx.link().batch_callback(move |event: KeyboardEvent| {
        list_key(&event, ROW, in_list).map(|(key, at)| Msg::Key(key, at))
    })
}
