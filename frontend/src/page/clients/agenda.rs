//! What needs doing today, over all clients, the most urgent first; part of the page 今日.

use super::ClientsProps;
use super::model;
use crate::component::{FaultMessage, Waiting, all, el, el_with, link, text};
use crate::route::Route;
use crate::text::{today as words, upcoming as said};
use domain::upcoming::{Upcoming, UpcomingKind};
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
    let title = el_with(
        "h2",
        &["class", "id"],
        vec!["kk-subtitle".into(), "kk-agenda-title".into()],
        text(words().agenda),
    );
    let mut parts = vec![title];
    if let Some(problem) = load.problem.clone() {
        let app = app.clone();
        let again = Callback::from(move |()| app.load_clients());
        parts.push(html! { <FaultMessage {problem} onagain={again} /> });
    }
    match &load.value {
        None if load.waiting => parts.push(html! { <Waiting what={words().agenda_waiting} /> }),
        None => {}
        Some(value) => {
            let rows = model::rows(value, |entry| app.key_of(&entry.person.handle), app.now());
            parts.push(lines(&rows));
        }
    }
    el_with("section", &["aria-labelledby"], vec!["kk-agenda-title".into()], all(parts))
}

fn lines(rows: &[Rc<model::Row>]) -> Html {
    if rows.is_empty() {
        let way = link(Route::Clients, "", text(words().agenda_add));
        return all(vec![el("p", "kk-empty", text(words().agenda_nobody)), el("p", "", way)]);
    }
    let due = due(rows);
    if due.is_empty() {
        return el("p", "kk-empty", text(words().agenda_empty));
    }
    let count = due.len();
    let lines = due.into_iter().map(|(row, one)| {
        let name = text([row.entry.person.name.as_str(), " さん"].concat());
        let name = match row.key {
            Some(person) => link(Route::Person { person }, "kk-agenda__name", name),
            None => el("span", "kk-agenda__name", name),
        };
        el("li", "kk-agenda__one", all(vec![name, el("span", "", text(said::sentence(one)))]))
    });
    let list = el("ol", "kk-agenda", all(lines.collect()));
    all(vec![paragraph_count(count), list])
}

fn paragraph_count(count: usize) -> Html {
    el("p", "kk-count", text(format!("{count}件")))
}

/// What is due, what is over first, then the nearest day; one line a thing.
fn due(rows: &[Rc<model::Row>]) -> Vec<(&model::Row, &Upcoming)> {
    let mut due: Vec<(&model::Row, &Upcoming)> = rows
        .iter()
        .flat_map(|row| row.upcoming.iter().map(move |one| (row.as_ref(), one)))
        // The end of a 認定 that can be renewed is said by the renewal.
        .filter(|(row, one)| one.is_due() && (said::tag(one).is_some() || !renewable(row)))
        .collect();
    due.sort_by_key(|(_, one)| (one.days_left, one.kind));
    due
}

fn renewable(row: &model::Row) -> bool {
    row.upcoming.iter().any(|one| one.kind == UpcomingKind::RenewalCloses)
}
