//! The two ways to a person, wherever a page has nothing to show.

use crate::component::{IconKind, all, el, icon, large_icon, link, text};
use crate::route::Route;
use crate::text::today as words;
use yew::prelude::*;

/// By card, or by typed numbers; both always side by side.
#[component]
pub fn Ways() -> Html {
    let ways = vec![
        way(Route::FindCard, IconKind::Card, words().by_card, words().by_card_more),
        way(Route::FindNumbers, IconKind::Inquiry, words().by_numbers, words().by_numbers_more),
    ];
    el("ul", "kk-ways", all(ways))
}

fn way(route: Route, sign: IconKind, name: &'static str, more: &'static str) -> Html {
    let said = all(vec![el("strong", "", text(name)), el("span", "", text(more))]);
    let inside = vec![large_icon(sign), el("span", "kk-way__words", said), icon(IconKind::Next)];
    el("li", "", link(route, "kk-way", all(inside)))
}
