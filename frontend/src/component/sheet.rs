//! A sheet like the paper it stands for, and what stands on it in pairs.

use super::{all, el, el_with, text};
use yew::prelude::*;

/// A section on its own sheet: the official term as its heading, and the same in plain words.
pub fn sheet(id: &'static str, title: &'static str, plain: Option<&'static str>, inside: Html) -> Html {
    let heading = AttrValue::from(format!("{id}-title"));
    let values = vec!["kk-sheet__title".into(), heading.clone()];
    let title = el_with("h2", &["class", "id"], values, text(title));
    let plain = plain.map_or_else(Html::default, |plain| el("p", "kk-sheet__plain", text(plain)));
    let inside = all(vec![el("header", "kk-sheet__head", all(vec![title, plain])), inside]);
    el_with(
        "section",
        &["class", "id", "aria-labelledby"],
        vec!["kk-sheet".into(), id.into(), heading],
        inside,
    )
}

/// Ruled rows of a name and what stands beside it.
pub fn rows(rows: impl IntoIterator<Item = (Html, Html)>) -> Html {
    el("dl", "kk-rows", all(rows.into_iter().map(|(name, value)| row(name, value)).collect()))
}

/// One of them.
pub fn row(name: Html, value: Html) -> Html {
    el("div", "kk-row", all(vec![el("dt", "kk-row__name", name), el("dd", "kk-row__value", value)]))
}

/// Small facts: a name above each; inside a `<dl>`.
pub fn pairs(pairs: impl IntoIterator<Item = (&'static str, Html)>) -> Html {
    let pair = |(name, value)| el("div", "", all(vec![el("dt", "", text(name)), el("dd", "", value)]));
    all(pairs.into_iter().map(pair).collect())
}
