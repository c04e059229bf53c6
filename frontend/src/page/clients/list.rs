//! The rows: a list, so that a phone shows it whole; on wide screens it stands in columns.

use super::model::Row;
use crate::component::{Tone, address, all, badge, el, el_with, text};
use crate::route::Route;
use crate::text::{clients as words, format};
use domain::calendar::Date;
use domain::qualification::{Content, Standing};
use domain::upstream::{CertificateOutline, Outline};
use std::rc::Rc;
use yew::prelude::*;

/// Rows up to a number.
pub(super) fn list(rows: &[Rc<Row>], limit: usize, today: Date) -> Html {
    let heads = [words().who, words().valid_until, words().share, words().balance, words().to_do];
    let heads = heads.map(|head| el("span", "", text(head)));
    let heads = el_with(
        "div",
        &["class", "aria-hidden"],
        vec!["kk-clients__heads".into(), "true".into()],
        all(heads.into()),
    );
    let shown = rows.iter().take(limit).enumerate().map(|(at, row)| one(at, row, today));
    all(vec![heads, el("ol", "kk-clients", all(shown.collect()))])
}

fn one(at: usize, row: &Row, today: Date) -> Html {
    let person = &row.entry.person;
    let name = text(person.name.clone());
    let name = match row.key {
        Some(person) => {
            let values = vec![
                "kk-clients__name".into(),
                address(Route::Person { person }).into(),
                format!("client-{at}").into(),
            ];
            el_with("a", &["class", "href", "id"], values, name)
        }
        None => el("span", "kk-clients__name", name),
    };
    let who = vec![
        el("span", "kk-clients__kana", text(person.kana.clone())),
        name,
        el("span", "kk-clients__small", text(format!("{} {}", person.insurer_name, person.insured))),
    ];
    let mut cells = vec![el("div", "kk-clients__who", all(who))];
    let facts = match &row.entry.outline {
        Some(outline) => {
            vec![certificate(outline, today), share(outline, today), balances(outline)]
        }
        None => [words().valid_until, words().share, words().balance]
            .map(|name| fact(name, vec![text("—")]))
            .into(),
    };
    cells.push(el("dl", "kk-clients__facts", all(facts)));
    let tags = row.tags.iter().map(|(tone, said)| el("li", "", badge(Some(*tone), said.clone())));
    cells.push(el("ul", "kk-clients__tags", all(tags.collect())));
    el("li", "kk-clients__row", all(cells))
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
