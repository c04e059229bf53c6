//! The time line as a table: for screen readers, for paper, and with the raw days of what cannot be drawn.

use super::model::{Entry, State, lane_name, state_name};
use crate::component::{DateStyle, all, date_text, el, el_with, text};
use crate::text::{line as words, person};
use yew::prelude::*;

/// The table.
pub(super) fn table(entries: &[Entry], style: DateStyle) -> Html {
    let heads = [words().kind, words().what, words().period, words().state, words().note];
    let heads = heads.map(|name| el_with("th", &["scope"], vec!["col".into()], text(name)));
    let rows = entries.iter().map(|one| row(one, style)).collect();
    let inside = vec![
        el("caption", "kk-hidden", text(words().title)),
        el("thead", "", el("tr", "", all(heads.into()))),
        el("tbody", "", all(rows)),
    ];
    el("table", "kk-table kk-lines-table", all(inside))
}

fn row(one: &Entry, style: DateStyle) -> Html {
    let to = one.period.to.map_or_else(|| text(person().no_end), |to| date_text(to, style));
    let period = all(vec![date_text(one.period.from, style), text(" 〜 "), to]);
    let note = text(one.note.as_deref().unwrap_or_default().to_owned());
    let what = text(one.what.to_string());
    let what = if one.state == State::Now { el("strong", "", what) } else { what };
    let cells = [what, period, text(state_name(one.state)), note];
    let mut inside = vec![el_with("th", &["scope"], vec!["row".into()], text(lane_name(one.lane)))];
    inside.extend(cells.map(|cell| el("td", "", cell)));
    el("tr", "", all(inside))
}
