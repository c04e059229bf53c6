//! Clients whose cases may not be seen here: why, and what to do about it.

use crate::component::{Button, Rank, all, el, el_with, link, text};
use crate::route::Route;
use crate::state::App;
use crate::text::{board as words, board_people, consent};
use domain::access::Denial;
use domain::certification::Cases;
use domain::fault;
use domain::upstream::ClosedPerson;
use yew::prelude::*;

/// So many names stand there at first.
pub(super) const FIRST: usize = 12;

/// A section with one part a reason; nothing when nobody is closed.
pub(super) fn closed(app: &App, all_cases: &Cases, shown: usize, more: Callback<()>) -> Html {
    if all_cases.closed.is_empty() {
        return Html::default();
    }
    let mut people: Vec<&ClosedPerson> = all_cases.closed.iter().collect();
    people.sort_by_key(|one| one.why);
    let mut left = shown;
    let parts = people.chunk_by(|one, other| one.why == other.why).map(|people| {
        let some = people.len().min(left);
        left -= some;
        reason(app, people, some)
    });
    let parts: Vec<Html> = parts.collect();
    let more = (people.len() > shown).then(|| {
        html! { <Button id="kk-closed-more" rank={Rank::Secondary} onclick={more}>{ words().more }</Button> }
    });
    let title = vec![text(words().closed), count(people.len())];
    let inside = vec![
        el("h2", "kk-lane__title", all(title)),
        el("p", "kk-support", text(words().closed_lead)),
        el("div", "kk-closed__reasons", all(parts)),
        more.unwrap_or_default(),
    ];
    el("section", "kk-closed", all(inside))
}

/// 3人
fn count(people: usize) -> Html {
    el("span", "kk-lane__count", text(board_people(people)))
}

fn reason(app: &App, people: &[&ClosedPerson], shown: usize) -> Html {
    let Some(why) = people.first().map(|one| one.why) else { return Html::default() };
    let fault = fault::find(why.code());
    let what = fault.map_or_else(|| why.name(), |fault| fault.what);
    let mut parts = vec![
        el("h3", "kk-closed__what", all(vec![text(what), count(people.len())])),
        el("p", "kk-support", text(fault.map_or("", |fault| fault.next))),
    ];
    let asks = matches!(why, Denial::NoConsent | Denial::Withdrawn | Denial::ConsentOver);
    if asks {
        parts.push(el("p", "kk-support", text(words().to_consent)));
    }
    let names = people.iter().take(shown).map(|one| el("li", "", name(app, one, asks)));
    parts.push(el("ul", "kk-closed__names", all(names.collect())));
    el("div", "kk-closed__one", all(parts))
}

/// The name, as far as the list of clients has it, and the way to 同意 where that is what is wanting.
fn name(app: &App, one: &ClosedPerson, asks: bool) -> Html {
    let key = app.key_of(&one.person);
    match key.and_then(|person| Some((person, app.person(person)?))) {
        Some((person, seen)) => {
            let name = &seen.person.name;
            let mut ways = vec![link(Route::Person { person }, "kk-closed__name", text(name.clone()))];
            if asks {
                // Read out, the link says whose.
                let whose = el("span", "kk-hidden", text([name, consent().way_of].concat()));
                let values = vec!["true".into()];
                let way = el_with("span", &["aria-hidden"], values, text(consent().way));
                ways.push(link(Route::Consent { person }, "kk-closed__way", all(vec![way, whose])));
            }
            all(ways)
        }
        None => text(words().unnamed),
    }
}
