//! What a day has, in words: short in the grid, a line with its link beside it.

use crate::component::{IconKind, all, el, icon, link, text};
use crate::page::clients::outlook::Outlook;
use crate::route::Route;
use crate::state::App;
use crate::text::{calendar_counted, upcoming};
use domain::upcoming::{Entry, UpcomingKind};
use yew::Html;

/// In the grid: a name and a word or two.
pub(super) fn short(entry: &Entry, outlook: &Outlook) -> String {
    match entry.clients.as_slice() {
        [client] if !is_shared(entry) => {
            let name = outlook.person(*client).map_or("", |person| person.name.as_str());
            [name, " ", upcoming::title(&entry.what)].concat()
        }
        clients => calendar_counted(&entry.what, clients.len()),
    }
}

/// Beside it: who, why, and the way to the page.
pub(super) fn line(entry: &Entry, outlook: &Outlook, app: &App) -> Html {
    let title = el("strong", "kk-day__what", text(upcoming::title(&entry.what)));
    let inside = match entry.clients.as_slice() {
        [client] if !is_shared(entry) => {
            let person = outlook.person(*client);
            let name = text(person.map_or_else(String::new, |person| person.name.clone()));
            let page = person.and_then(|person| app.key_of(&person.handle));
            let name = match page {
                Some(person) => link(Route::Person { person }, "kk-day__who", name),
                None => el("span", "kk-day__who", name),
            };
            vec![title, name, el("span", "kk-day__why", text(upcoming::sentence(&entry.what)))]
        }
        clients => {
            let (route, said) = match entry.what.kind {
                UpcomingKind::ShareRenewed { .. } => {
                    (Route::Round, calendar_counted(&entry.what, clients.len()))
                }
                _ => (Route::Clients, upcoming::sentence(&entry.what)),
            };
            vec![title, link(route, "kk-day__who", all(vec![text(said), icon(IconKind::Next)]))]
        }
    };
    el("li", "kk-day__one", all(inside))
}

/// Whether it concerns no single client, also when there is only one.
fn is_shared(entry: &Entry) -> bool {
    matches!(entry.what.kind, UpcomingKind::ShareRenewed { .. } | UpcomingKind::InsurerStarts)
}
