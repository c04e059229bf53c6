//! The rows: a list, so that a phone shows it whole; on wide screens it stands in columns.
//!
//! All rows stand in the document, so that a screen reader counts them, the tab key and the browser's own
//! search for a name or number reach them, and the scroll bar is true. Only those near the view hold more than
//! who it is: the others are filled when somebody comes near, and before printing.

use super::drawn::{BLOCK, Drawn, List};
use super::model::Row;
use crate::component::{Tone, address, all, badge, el, el_with, text};
use crate::route::Route;
use crate::text::{clients as words, format};
use domain::calendar::Date;
use domain::qualification::{Content, Standing};
use domain::upstream::{CertificateOutline, Outline};
use std::rc::Rc;
use yew::prelude::*;
use yew::virtual_dom::VList;

/// `id` of what the list stands in.
pub(super) const LIST: &str = "clients-list";

/// The list, as far as drawn.
pub(super) fn list(drawn: &Drawn<Row>) -> Html {
    let heads = [words().who, words().valid_until, words().share, words().balance, words().to_do];
    let heads = heads.map(|head| el("span", "", text(head)));
    let heads = el_with(
        "div",
        &["class", "aria-hidden"],
        vec!["kk-clients__heads".into(), "true".into()],
        all(heads.into()),
    );
    // Until all are there, what a screen reader would count is not yet true.
    let busy = if drawn.is_whole() { "false" } else { "true" };
    let present = html! { <div key={drawn.present().number} id={LIST} aria-busy={busy}>{ rows(drawn.present()) }</div> };
    // The latest stands first: names of elements are looked up from there.
    let old =
        drawn.old().iter().rev().map(|old| html! { <div key={old.number} hidden={true}>{ rows(old) }</div> });
    let lists = VList::with_children(std::iter::once(present).chain(old).collect(), None);
    all(vec![heads, lists.into()])
}

fn rows(list: &List<Row>) -> Html {
    html! { <Rows of={Rc::clone(&list.of)} blocks={list.blocks.clone()} /> }
}

/// Properties of [`Rows`].
#[derive(Properties)]
struct RowsProps {
    of: Rc<Vec<Rc<Row>>>,
    blocks: Vec<usize>,
}

impl PartialEq for RowsProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.of, &other.of) && self.blocks == other.blocks
    }
}

/// A list: a part of its own, so that an old one is not looked at again.
struct Rows;

impl Component for Rows {
    type Message = ();
    type Properties = RowsProps;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let RowsProps { of, blocks } = ctx.props();
        let blocks = blocks.iter().enumerate().map(|(at, filled)| {
            html! { <Block key={at} rows={Rc::clone(of)} {at} filled={*filled} /> }
        });
        el("ol", "kk-clients", all(blocks.collect()))
    }
}

/// Properties of [`Block`].
#[derive(Properties)]
struct BlockProps {
    rows: Rc<Vec<Rc<Row>>>,
    at: usize,
    filled: usize,
}

impl PartialEq for BlockProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.rows, &other.rows) && (self.at, self.filled) == (other.at, other.filled)
    }
}

/// Some rows: a part of its own, so that what has not changed is not compared again.
struct Block;

impl Component for Block {
    type Message = ();
    type Properties = BlockProps;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let rows = props.rows.iter().enumerate().skip(props.at * BLOCK).take(BLOCK);
        all(rows.map(|(at, row)| one(at, row, at % BLOCK < props.filled)).collect())
    }
}

fn one(at: usize, row: &Row, filled: bool) -> Html {
    let person = &row.entry().person;
    let name = text(person.name.clone());
    let name = match row.key {
        Some(person) => {
            let values = vec![
                "kk-clients__name".into(),
                address(Route::Person { person }).into(),
                ["client-", &at.to_string()].concat().into(),
            ];
            el_with("a", &["class", "href", "id"], values, name)
        }
        None => el("span", "kk-clients__name", name),
    };
    let number = [person.insurer_name.as_str(), " ", person.insured.as_str()].concat();
    let who = vec![
        el("span", "kk-clients__kana", text(person.kana.clone())),
        name,
        el("span", "kk-clients__small", text(number)),
    ];
    let who = el("div", "kk-clients__who", all(who));
    // The same places whether filled or not, so that the link keeps the focus.
    let (facts, tags) = if filled { (facts(row), tags(row)) } else { Default::default() };
    el("li", "kk-clients__row", all(vec![who, facts, tags]))
}

fn facts(row: &Row) -> Html {
    let facts = match &row.entry().outline {
        Some(outline) => {
            let today = row.today();
            vec![certificate(outline, today), share(outline, today), balances(outline)]
        }
        None => [words().valid_until, words().share, words().balance]
            .map(|name| fact(name, vec![text("—")]))
            .into(),
    };
    el("dl", "kk-clients__facts", all(facts))
}

fn tags(row: &Row) -> Html {
    let tags = row.tags().iter().map(|(tone, said)| el("li", "", badge(Some(*tone), said.clone())));
    el("ul", "kk-clients__tags", all(tags.collect()))
}

fn fact(name: &'static str, inside: Vec<Html>) -> Html {
    el("div", "", all(vec![el("dt", "", text(name)), el("dd", "", all(inside))]))
}

/// Level, last day, days left.
fn certificate(outline: &Outline, today: Date) -> Html {
    let inside = match &outline.certificate {
        Content::Present(paper) => held(paper, today),
        Content::NoneIssued => vec![text(words().none)],
        Content::NotMigrated => vec![text(words().unknown)],
        Content::Unavailable | Content::Unreadable(_) => vec![text(words().unsure)],
    };
    fact(words().valid_until, inside)
}

fn held(paper: &CertificateOutline, today: Date) -> Vec<Html> {
    let level = match paper.level {
        Some(level) => match level.unknown() {
            Some(code) => badge(Some(Tone::Warning), format!("{} {code}", level.name())),
            None => badge(None, level.name()),
        },
        None => badge(None, words().awaited),
    };
    let mut inside = vec![level];
    if let Some(validity) = paper.validity {
        let end = match (validity.standing(today), validity.to) {
            // The raw days, for whoever has to ask the insurer.
            (Standing::Impossible, _) => format::period(&validity),
            (_, Some(to)) => to.wareki(),
            (standing, None) => format::standing(standing),
        };
        inside.push(el("span", "kk-clients__end", text(end)));
        if let (Standing::Valid { days_left }, Some(_)) = (validity.standing(today), validity.to) {
            inside.push(el("span", "kk-clients__small", text(format!("あと{days_left}日"))));
            inside.push(bar(days_left));
        }
    }
    inside
}

/// Days left of a year, drawn; they are said beside it.
fn bar(days_left: i64) -> Html {
    let values =
        vec!["kk-clients__bar".into(), "365".into(), days_left.min(365).to_string().into(), "true".into()];
    el_with("progress", &["class", "max", "value", "aria-hidden"], values, Html::default())
}

fn share(outline: &Outline, today: Date) -> Html {
    let share = match &outline.copayment {
        Content::Present(rows) => {
            let now = rows.iter().filter(|row| row.period.covers(today)).max_by_key(|row| row.period.from);
            now.map_or_else(|| words().none.to_owned(), |row| format!("{}割", row.tenths))
        }
        Content::NoneIssued => words().none.to_owned(),
        Content::NotMigrated => words().unknown.to_owned(),
        Content::Unavailable | Content::Unreadable(_) => words().unsure.to_owned(),
    };
    let mut inside = vec![el("span", "", text(share))];
    if let Content::Present(limit) = &outline.limit {
        inside.push(el(
            "span",
            "kk-clients__small",
            text(format!("{} {}", words().limit, limit.stage.name())),
        ));
    }
    fact(words().share, inside)
}

fn balances(outline: &Outline) -> Html {
    let yen = |content: &Content<u32>| match content {
        Content::Present(left) => format::yen(*left),
        Content::NoneIssued => words().none.to_owned(),
        Content::NotMigrated => words().unknown.to_owned(),
        Content::Unavailable | Content::Unreadable(_) => words().unsure.to_owned(),
    };
    let housing = yen(&outline.housing.map(|balance| balance.left_yen()));
    let equipment = yen(&outline.equipment.map(|year| year.balance.left_yen()));
    let line = |name: &'static str, left: String| {
        el("span", "kk-clients__left", all(vec![el("span", "kk-clients__small", text(name)), text(left)]))
    };
    fact(words().balance, vec![line(words().housing, housing), line(words().equipment, equipment)])
}
