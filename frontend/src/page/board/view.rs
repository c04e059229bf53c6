//! How the board looks.

use super::card::CaseCard;
use super::model::{Card, OPEN};
use super::{BoardPage, FIRST, Msg, closed};
use crate::component::{
    Banner, Button, Checkbox, FaultMessage, IconKind, Rank, Tone, Waiting, all, el, el_with, icon, link, text,
};
use crate::page::parts::{actions, heading, note, paragraph, press};
use crate::route::Route;
use crate::state::{Board, BoardWish};
use crate::text::{board as words, board_asked, board_counted, board_shown};
use domain::access::Denial;
use domain::fault;
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// `id` of the line that says how many there are.
pub(super) const TITLE: &str = "board-count";
const SEARCH: &str = "board-search";

impl BoardPage {
    pub(super) fn page(&self, ctx: &Context<Self>) -> Html {
        let app = &ctx.props().app;
        if let Some(Err(why)) = app.may_follow() {
            return closed_account(why);
        }
        let board = app.board();
        let problem = board.problem.clone().map(|problem| {
            let old = if board.all.is_some() { paragraph(words().old_kept) } else { Html::default() };
            let again = ctx.link().callback(|()| Msg::Again);
            html! { <FaultMessage {problem} onagain={again}>{ old }</FaultMessage> }
        });
        let waiting = (board.all.is_none() && board.problem.is_none())
            .then(|| html! { <Waiting what={words().waiting} /> });
        let cases = match &board.all {
            Some(_) if self.cards.is_empty() => {
                all(vec![el("p", "kk-empty", text(words().empty)), paragraph(words().empty_why)])
            }
            Some(_) => self.cases(ctx, &board),
            None => Html::default(),
        };
        let shut = board.all.as_ref().map_or_else(Html::default, |cases| {
            closed::closed(app, cases, self.closed, ctx.link().callback(|()| Msg::MoreClosed))
        });
        // Each has a place of its own, also when it is not there: see 利用者一覧.
        let parts = vec![
            heading(words().title),
            note(words().lead),
            asked(&board),
            problem.unwrap_or_default(),
            waiting.unwrap_or_default(),
            cases,
            shut,
        ];
        el("article", "kk-page kk-board", all(parts))
    }

    fn cases(&self, ctx: &Context<Self>, board: &Board) -> Html {
        let found = self.lanes.count();
        let values = vec![TITLE.into(), "status".into(), "kk-count".into(), "-1".into()];
        let count = text(board_shown(found, self.cards.len()));
        let nobody = if found == 0 {
            let clear = ctx.link().callback(|()| Msg::Wish(BoardWish::default()));
            let clear = press("board-clear", Rank::Secondary, words().clear, clear);
            all(vec![
                el("p", "kk-empty", text(words().nobody)),
                paragraph(words().nobody_why),
                actions(vec![clear]),
            ])
        } else {
            Html::default()
        };
        let open = OPEN.iter().enumerate().map(|(at, stage)| self.lane(ctx, at, stage.name()));
        let open = el("div", "kk-lanes", all(open.collect()));
        let ended = match self.lanes.0.get(OPEN.len()) {
            Some(lane) if !lane.is_empty() => {
                el("div", "kk-lanes kk-lanes--ended", self.lane(ctx, OPEN.len(), words().ended))
            }
            _ => Html::default(),
        };
        let lanes = if found == 0 { Html::default() } else { all(vec![open, ended]) };
        all(vec![
            self.search(ctx),
            self.look(ctx, board),
            el_with("p", &["id", "role", "class", "tabindex"], values, count),
            nobody,
            lanes,
        ])
    }

    /// The way to take the marks away, while there are any.
    fn look(&self, ctx: &Context<Self>, board: &Board) -> Html {
        if board.fresh == 0 {
            return Html::default();
        }
        let look = ctx.link().callback(|()| Msg::Look);
        let look = press("board-look", Rank::Secondary, words().look, look);
        el("div", "kk-board__look", all(vec![look, note(words().look_more)]))
    }

    fn lane(&self, ctx: &Context<Self>, at: usize, name: &'static str) -> Html {
        let (Some(cards), shown) = (self.lanes.0.get(at), self.shown.get(at).copied().unwrap_or(FIRST))
        else {
            return Html::default();
        };
        let id = ["lane-", &at.to_string()].concat();
        let count = el("span", "kk-lane__count", text(board_counted(cards.len())));
        let title = el_with(
            "h2",
            &["class", "id"],
            vec!["kk-lane__title".into(), id.clone().into()],
            all(vec![text(name), count]),
        );
        let one = |card: &Rc<Card>| {
            html! { <CaseCard key={card.entry.case.id.0.as_str()} card={Rc::clone(card)} /> }
        };
        let listed = if cards.is_empty() {
            el("p", "kk-lane__none", text(words().none))
        } else {
            el("ol", "kk-lane__cards", all(cards.iter().take(shown).map(one).collect()))
        };
        let more = (cards.len() > shown).then(|| {
            let onclick = ctx.link().callback(move |()| Msg::More(at));
            let label = [name, " ", words().more].concat();
            html! { <Button rank={Rank::Secondary} {label} {onclick}>{ words().more }</Button> }
        });
        el_with(
            "section",
            &["class", "aria-labelledby"],
            vec!["kk-lane".into(), id.into()],
            all(vec![title, listed, more.unwrap_or_default()]),
        )
    }

    fn search(&self, ctx: &Context<Self>) -> Html {
        let wish = &self.wish;
        let oninput = {
            let wish = wish.clone();
            ctx.link().batch_callback(move |event: InputEvent| {
                let input = event.target_dyn_into::<HtmlInputElement>()?;
                Some(Msg::Wish(BoardWish { typed: input.value(), ..wish.clone() }))
            })
        };
        let onsubmit = Callback::from(|event: SubmitEvent| event.prevent_default());
        let onlate = {
            let wish = wish.clone();
            ctx.link().callback(move |late| Msg::Wish(BoardWish { late, ..wish.clone() }))
        };
        html! {
            <search class="kk-search">
                <form {onsubmit}>
                    <label for={SEARCH}>{ text(words().search) }</label>
                    <span class="kk-find__line">
                        { icon(IconKind::Find) }
                        <input
                            id={SEARCH}
                            class="kk-find__input"
                            type="search"
                            value={wish.typed.clone()}
                            autocomplete="off"
                            aria-describedby="board-search-support"
                            {oninput}
                        />
                    </span>
                    <p class="kk-support" id="board-search-support">{ text(words().search_support) }</p>
                    <div class="kk-search__selects">
                        { self.insurer(ctx) }
                        <Checkbox id="board-late" label={words().late_only} checked={wish.late} onchange={onlate} />
                    </div>
                </form>
            </search>
        }
    }

    fn insurer(&self, ctx: &Context<Self>) -> Html {
        let wish = self.wish.clone();
        let onchange = ctx.link().batch_callback(move |event: Event| {
            let value = event.target_dyn_into::<HtmlSelectElement>()?.value();
            Some(Msg::Wish(BoardWish {
                insurer: Some(value).filter(|value| !value.is_empty()),
                ..wish.clone()
            }))
        });
        let option = |value: &str, name: &str| {
            let chosen = self.wish.insurer.as_deref().unwrap_or_default() == value;
            html! { <option value={value.to_owned()} selected={chosen}>{ text(name.to_owned()) }</option> }
        };
        let mut options = vec![option("", words().every)];
        options.extend(self.insurers.iter().map(|(number, name)| option(number, name)));
        html! {
            <span class="kk-search__one">
                <label for="board-insurer">{ text(words().insurer) }</label>
                <select id="board-insurer" class="kk-select" {onchange}>{ all(options) }</select>
            </span>
        }
    }
}

/// When it was asked last.
fn asked(board: &Board) -> Html {
    board.asked_at.map_or_else(Html::default, |at| el("p", "kk-as-of", text(board_asked(at))))
}

/// Why this account sees no board, and what to do.
fn closed_account(why: Denial) -> Html {
    let fault = fault::find(why.code());
    let next = fault.map_or("", |fault| fault.next);
    html! {
        <article class="kk-page">
            { heading(words().title) }
            <Banner tone={Tone::Info} title={words().closed_account}>
                <p>{ fault.map_or_else(|| why.name(), |fault| fault.what) }</p>
                <p>{ next }</p>
                { el("p", "kk-banner__code", text(why.code().to_owned())) }
            </Banner>
            { el("p", "", link(Route::Clients, "", text(words().to_clients))) }
        </article>
    }
}
