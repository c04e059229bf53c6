//! What needs doing today, over all clients, the most urgent first; part of the page 今日.

use super::ClientsProps;
use super::outlook::Outlook;
use crate::component::{FaultMessage, IconKind, Waiting, all, el, el_with, icon, link, text};
use crate::route::Route;
use crate::state::App;
use crate::text::{AgendaWay, agenda as words, agenda_line, agenda_urgency};
use domain::upcoming::{Line, Urgency};
use std::rc::Rc;
use yew::prelude::*;

/// The list of the day.
#[component]
pub fn Agenda(props: &ClientsProps) -> Html {
    let app = &props.app;
    use_effect_with((), {
        let app = app.clone();
        move |()| app.load_clients()
    });
    let load = app.clients();
    // Made once an answer, not whenever something else on the page changes.
    let place = load.value.as_ref().map(|value| Rc::as_ptr(value).addr());
    let outlook = use_memo((place, app.today()), |_| {
        load.value.as_ref().map(|value| Outlook::new(app, Rc::clone(value)))
    });
    let title = el_with(
        "h2",
        &["class", "id"],
        vec!["kk-subtitle".into(), "kk-agenda-title".into()],
        text(words().title),
    );
    let mut parts = vec![title];
    if let Some(problem) = load.problem.clone() {
        let app = app.clone();
        let again = Callback::from(move |()| app.load_clients());
        parts.push(html! { <FaultMessage {problem} onagain={again} /> });
    }
    match outlook.as_ref() {
        None if load.waiting => parts.push(html! { <Waiting what={words().waiting} /> }),
        None => {}
        Some(outlook) if outlook.is_empty() => parts.push(nobody()),
        Some(outlook) => parts.push(lines(outlook, app)),
    }
    parts.push(ways());
    el_with("section", &["aria-labelledby"], vec!["kk-agenda-title".into()], all(parts))
}

fn nobody() -> Html {
    let way = link(Route::Clients, "", text(words().add));
    all(vec![el("p", "kk-empty", text(words().nobody)), el("p", "", way)])
}

/// The other pages of days.
fn ways() -> Html {
    let way = |route, sign, name: &'static str| {
        link(route, "kk-button kk-button--secondary", all(vec![icon(sign), text(name)]))
    };
    let ways = vec![
        way(Route::Calendar, IconKind::Today, words().calendar),
        way(Route::Round, IconKind::Refresh, words().round),
        link(Route::Notices, "kk-button kk-button--tertiary", text(words().notices)),
    ];
    el("div", "kk-tools", all(ways))
}

/// A list for each urgency there is.
fn lines(outlook: &Outlook, app: &App) -> Html {
    let lines = outlook.agenda();
    if lines.is_empty() {
        return el("p", "kk-empty", text(words().empty));
    }
    let groups = [Urgency::Now, Urgency::Soon, Urgency::Later, Urgency::Note].into_iter().map(|urgency| {
        let here = lines.iter().filter(|(of, _)| *of == urgency);
        let here: Vec<Html> = here.map(|(_, line)| one(line, outlook, app)).collect();
        if here.is_empty() {
            return Html::default();
        }
        let count = el("span", "kk-count", text(here.len().to_string() + "件"));
        let title =
            el("h3", "kk-agenda__urgency", all(vec![text(agenda_urgency(urgency)), text(" "), count]));
        let class = match urgency {
            Urgency::Now => "kk-agenda kk-agenda--now",
            _ => "kk-agenda",
        };
        all(vec![title, el("ol", class, all(here))])
    });
    all(groups.collect())
}

/// Who, why, and the one thing to do.
fn one(line: &Line, outlook: &Outlook, app: &App) -> Html {
    let (said, action, way) = agenda_line(line);
    let who = match line {
        Line::Client { client, .. } => outlook.person(*client),
        _ => None,
    };
    let whose = match line {
        Line::Insurer { client, .. } => outlook.person(*client).map(|person| person.insurer_name.clone()),
        _ => who.map(|person| [person.name.as_str(), words().san].concat()),
    };
    let route = match way {
        AgendaWay::Client => who
            .and_then(|person| app.key_of(&person.handle))
            .map_or(Route::Clients, |person| Route::Person { person }),
        AgendaWay::Round => Route::Round,
        AgendaWay::Clients => Route::Clients,
    };
    let name = whose.clone().map_or_else(Html::default, |name| el("strong", "kk-agenda__name", text(name)));
    // For screen readers: whose page it is, where lines have the same action.
    let hidden =
        whose.map_or_else(Html::default, |name| el("span", "kk-hidden", text([" ", &name].concat())));
    let go = link(route, "kk-agenda__go", all(vec![text(action), hidden, icon(IconKind::Next)]));
    let words = el("p", "kk-agenda__words", all(vec![name, text(" "), text(said)]));
    el("li", "kk-agenda__one", all(vec![words, go]))
}
