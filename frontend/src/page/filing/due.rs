//! When a 届出 is due: on 今日 for all clients, on a person's page and before one is begun.

use super::FilingProps;
use crate::component::{IconKind, all, el, el_with, icon, link, text};
use crate::route::Route;
use crate::state::{App, PersonKey};
use crate::text::{filing as words, filing_due};
use domain::certification::Case;
use domain::filing::due::{Client, Due, Office, Settings, dues, moved};
use domain::upcoming::Urgency;
use domain::upstream::{ClientEntry, FilingEntry, Person, PersonHandle};
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::prelude::*;

/// What is due for each client of the office; nothing as long as the clients are not known.
fn all_dues(app: &App, only: Option<&PersonHandle>) -> Vec<(Person, Vec<Due>)> {
    let (Some(staff), Some(clients)) = (app.session(), app.clients().value) else { return Vec::new() };
    let office = Office { service: staff.service, number: &staff.office };
    let (settings, today) = (Settings::default(), app.today());
    // By person once: a list of a thousand is not looked through a thousand times.
    let list = app.filings(|filings| filings.list.value.clone());
    let mut filings: BTreeMap<&PersonHandle, Vec<&FilingEntry>> = BTreeMap::new();
    for entry in list.iter().flat_map(|list| &list.filings) {
        if let Some(person) = &entry.person {
            filings.entry(&person.handle).or_default().push(entry);
        }
    }
    let board = app.board().all;
    let mut cases: BTreeMap<&PersonHandle, Vec<&Case>> = BTreeMap::new();
    for entry in board.iter().flat_map(|all| &all.entries) {
        cases.entry(&entry.person.handle).or_default().push(&entry.case);
    }
    let of = |(entry, moved): (&ClientEntry, bool)| {
        let handle = &entry.person.handle;
        let (cases, filings) = (cases.get(handle), filings.get(handle));
        let client = Client {
            entry,
            cases: cases.map_or(&[], Vec::as_slice),
            filings: filings.map_or(&[], Vec::as_slice),
            moved,
        };
        let found = dues(office, &client, today, &settings);
        (!found.is_empty()).then(|| (entry.person.clone(), found))
    };
    let wanted = |(entry, _): &(&ClientEntry, bool)| only.is_none_or(|handle| entry.person.handle == *handle);
    clients.clients.iter().zip(moved(&clients.clients)).filter(wanted).filter_map(of).collect()
}

/// What names an answer as long as it is kept.
fn place<T>(answer: Option<&Rc<T>>) -> usize {
    answer.map_or(0, |answer| Rc::as_ptr(answer).addr())
}

/// The part of 今日: who needs one, the most pressing first.
#[component]
pub fn DuePart(props: &FilingProps) -> Html {
    let app = &props.app;
    use_effect_with((), {
        let app = app.clone();
        move |()| {
            if app.filings(|filings| filings.list.value.is_none()) {
                app.load_filings();
            }
        }
    });
    // Made once an answer, not whenever something else on the page changes.
    let list = app.filings(|filings| place(filings.list.value.as_ref()));
    let of = (place(app.clients().value.as_ref()), list, place(app.board().all.as_ref()), app.today());
    let found = use_memo(of, |_| {
        let pressing = |(person, dues): (Person, Vec<Due>)| {
            let key = app.key_of(&person.handle)?;
            Some((key, person.name, dues.into_iter().find(|due| !due.kind.is_note())?))
        };
        let mut found: Vec<_> = all_dues(app, None).into_iter().filter_map(pressing).collect();
        found.sort_by_key(|(_, _, due)| (due.urgency, due.days_left));
        found
    });
    if found.is_empty() {
        return Html::default();
    }
    let title = el_with(
        "h2",
        &["class", "id"],
        vec!["kk-subtitle".into(), "kk-due-title".into()],
        all(vec![text(words().due_title), el("span", "kk-count", text(found.len().to_string() + "件"))]),
    );
    let lines = found.iter().map(|(key, name, due)| line(*key, name, due)).collect();
    let class = if found.iter().any(|(_, _, due)| due.urgency == Urgency::Now) {
        "kk-agenda kk-agenda--now"
    } else {
        "kk-agenda"
    };
    let inside = all(vec![title, el("ol", class, all(lines))]);
    el_with("section", &["aria-labelledby"], vec!["kk-due-title".into()], inside)
}

fn line(person: PersonKey, name: &str, due: &Due) -> Html {
    let hidden = el("span", "kk-hidden", text([" ", name].concat()));
    let way = all(vec![text(words().way), hidden, icon(IconKind::Next)]);
    let go = link(Route::FilingStart { person }, "kk-agenda__go", way);
    let name = el("strong", "kk-agenda__name", text([name, crate::text::agenda().san].concat()));
    let said = el("p", "kk-agenda__words", all(vec![name, text(" "), text(filing_due(due))]));
    el("li", "kk-agenda__one", all(vec![said, go]))
}

/// Why one is due for a person, in sentences; nothing when none is, or nothing is known.
pub(super) fn sentences(app: &App, person: PersonKey) -> Html {
    let Some(seen) = app.person(person) else { return Html::default() };
    let dues = all_dues(app, Some(&seen.person.handle)).into_iter().flat_map(|(_, dues)| dues);
    let lines: Vec<Html> = dues.map(|due| el("li", "", text(filing_due(&due)))).collect();
    if lines.is_empty() { Html::default() } else { el("ul", "kk-filing__due", all(lines)) }
}
