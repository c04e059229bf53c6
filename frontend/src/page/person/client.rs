//! Whether the person is on the office's list, and the way on it and off it.

use crate::component::{Button, FaultMessage, IconKind, Rank, all, el, icon, link, text};
use crate::route::Route;
use crate::state::{App, PersonKey};
use crate::text::{case, clients as words, consent, document, filing};
use domain::upstream::PersonHandle;
use yew::prelude::*;

/// The button; nothing while the list is not known.
pub(super) fn button(app: &App, person: &PersonHandle, tried: UseStateHandle<bool>) -> Html {
    let load = app.clients();
    let Some(list) = &load.value else { return Html::default() };
    let on = list.clients.iter().any(|entry| entry.person.handle == *person);
    let (said, sign) = if on { (words().remove, IconKind::Leave) } else { (words().join, IconKind::Check) };
    let onclick = {
        let (app, person) = (app.clone(), person.clone());
        Callback::from(move |()| {
            tried.set(true);
            app.set_client(person.clone(), !on);
        })
    };
    let rank = if on { Rank::Tertiary } else { Rank::Secondary };
    html! {
        <Button {rank} id="kk-client" disabled={load.waiting} {onclick}>{ icon(sign) }{ text(said) }</Button>
    }
}

/// The ways to 認定の経過, for whoever may follow it, to 書類 and to 同意.
pub(super) fn ways(app: &App, person: PersonKey) -> Html {
    let way = |to, sign, name: &'static str| {
        link(to, "kk-button kk-button--secondary", all(vec![icon(sign), text(name)]))
    };
    let mut ways = vec![
        way(Route::Documents { person }, IconKind::Inquiry, document().title),
        way(Route::Consent { person }, IconKind::Check, consent().way),
    ];
    if app.may_file() {
        ways.push(way(Route::FilingStart { person }, IconKind::File, filing().way));
    }
    if app.may_follow().is_some_and(|may| may.is_ok()) {
        ways.insert(0, way(Route::Cases { person }, IconKind::Board, case().title));
    }
    el("p", "kk-tools", all(ways))
}

/// Why it could not be done, once it was tried here.
pub(super) fn refused(app: &App, tried: bool) -> Html {
    match app.clients().problem.filter(|_| tried) {
        Some(problem) => {
            html! { <FaultMessage {problem}><p>{ text(words().not_changed) }</p></FaultMessage> }
        }
        None => Html::default(),
    }
}
