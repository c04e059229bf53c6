//! The list of people seen today.

use crate::component::{DateStyle, IconKind, Tone, all, badge, el, given_text, icon, link, pairs, text};
use crate::route::Route;
use crate::state::App;
use crate::text::{format, right_until, today as words};
use domain::calendar::Time;
use domain::upstream::{SeenPerson, SeenResponse};
use yew::Html;

/// A row a person, latest first; a list, so that a phone shows it whole.
pub(super) fn list(seen: &SeenResponse, app: &App) -> Html {
    let now = app.now();
    let rows = seen.people.iter().map(|one| {
        let page = app.key_of(&one.person.handle).map(|person| Route::Person { person });
        row(one, page, now)
    });
    el("ol", "kk-people", all(rows.collect()))
}

fn row(one: &SeenPerson, page: Option<Route>, now: Time) -> Html {
    let person = &one.person;
    let over = one.right.until <= now;
    let sign = if over { badge(Some(Tone::Error), words().right_over) } else { Html::default() };
    let facts = [
        (words().birth, given_text(&person.birth_date, DateStyle::Wareki)),
        (words().insurer, text(person.insurer_name.clone())),
        (words().seen_at, text(format::clock(one.seen_at))),
        (words().right, all(vec![sign, text(right_until(one.right.until, now))])),
    ];
    let name = text(person.name.clone());
    let name = match page {
        Some(page) => link(page, "kk-people__name", name),
        None => el("span", "kk-people__name", name),
    };
    let inside = vec![
        el(
            "div",
            "kk-people__who",
            all(vec![el("span", "kk-people__kana", text(person.kana.clone())), name]),
        ),
        el("dl", "kk-people__facts", pairs(facts)),
        if over { again() } else { el("span", "kk-people__open", icon(IconKind::Next)) },
    ];
    el("li", "kk-people__row", all(inside))
}

/// How a right that is over is got again.
fn again() -> Html {
    let inside = vec![
        text(words().again),
        text(" "),
        link(Route::FindCard, "", text(words().by_card)),
        text("・"),
        link(Route::FindNumbers, "", text(words().by_numbers)),
    ];
    el("p", "kk-people__again", all(inside))
}
