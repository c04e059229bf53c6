//! 今日: the people seen today.

mod seen;

use crate::component::{FaultMessage, Waiting, all, el, el_with, text};
use crate::later::{Part, later};
use crate::page::ways::Ways;
use crate::route::Route;
use crate::state::{App, use_app, use_page, use_seen};
use crate::text::{format, people_count, today as words};
use domain::upstream::SeenResponse;
use yew::prelude::*;

/// The page a day begins with.
#[component]
pub fn TodayPage() -> Html {
    let app = use_app();
    let heading = use_page(words().title);
    let seen = use_seen();
    let load = &seen.load;
    let date = vec![app.today().to_string().into(), format::gregorian(app.today()).into()];
    let date = el_with("time", &["datetime", "title"], date, text(format::date_with_weekday(app.today())));
    let old = || el("p", "", text(words().old_kept));
    html! {
        <article class="kk-page">
            <header class="kk-page__head">
                <h1 class="kk-title" tabindex="-1" ref={heading}>{ text(words().title) }</h1>
                { el("p", "kk-page__date", date) }
            </header>
            { later(Part::Clients, &app, Route::Today) }
            if app.may_file() {
                { later(Part::Filing, &app, Route::Today) }
            }
            if let Some(problem) = &load.problem {
                <FaultMessage problem={problem.clone()} onagain={seen.reload.clone()}>
                    { for load.value.as_ref().map(|_| old()) }
                </FaultMessage>
            }
            if load.waiting && load.value.is_none() {
                <Waiting what={words().waiting} />
            }
            { for load.value.as_ref().map(|value| people(value, &app)) }
        </article>
    }
}

/// Who was seen, or what to do when nobody was.
fn people(seen: &SeenResponse, app: &App) -> Html {
    let count = el("span", "kk-count", text(people_count(seen.people.len())));
    let values = vec!["kk-subtitle".into(), "kk-seen-title".into()];
    let mut inside = vec![el_with("h2", &["class", "id"], values, all(vec![text(words().seen), count]))];
    if seen.people.is_empty() {
        inside.push(el("p", "kk-empty", text(words().empty)));
        inside.push(el("p", "", text(words().empty_why)));
        inside.push(html! { <Ways /> });
    } else {
        inside.push(seen::list(seen, app));
    }
    el_with("section", &["aria-labelledby"], vec!["kk-seen-title".into()], all(inside))
}
