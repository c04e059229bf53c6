//! 受付 of a municipality: the queue, one case, many lines by file.

mod bulk;
mod case;
mod notice;
mod parts;
mod queue;

use crate::route::Route;
use crate::state::App;
use yew::prelude::*;

/// Properties of [`DeskPages`].
#[derive(Properties, PartialEq)]
pub struct DeskProps {
    /// The app.
    pub app: App,
    /// Which page.
    pub route: Route,
}

/// The page of an address.
#[component]
pub fn DeskPages(props: &DeskProps) -> Html {
    let app = props.app.clone();
    match props.route {
        Route::DeskBulk => html! { <bulk::BulkPage {app} /> },
        Route::DeskCase { case } => html! { <case::CasePage {app} {case} key={case.to_string()} /> },
        Route::DeskNotice { case } => notice::notice_page(&app, case),
        _ => html! { <queue::QueuePage {app} /> },
    }
}
