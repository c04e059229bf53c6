//! 受付 of a municipality: the queue, one case, many lines by file; 届出 with what the register says of them.

mod bulk;
mod case;
mod filed;
mod inbox;
mod notice;
mod paper;
mod parts;
mod queue;

use crate::page::filing::proof::ProofPage;
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

/// Properties of a page that has only the app.
#[derive(Properties, PartialEq)]
pub(super) struct DeskPageProps {
    pub(super) app: App,
}

/// The page of an address.
#[component]
pub fn DeskPages(props: &DeskProps) -> Html {
    let app = props.app.clone();
    match props.route {
        Route::DeskBulk => html! { <bulk::BulkPage {app} /> },
        Route::DeskCase { case } => html! { <case::CasePage {app} {case} key={case.to_string()} /> },
        Route::DeskNotice { case } => notice::notice_page(&app, case),
        Route::DeskFilings => html! { <inbox::InboxPage {app} /> },
        Route::DeskFiled { filing } => html! { <filed::FiledPage {app} {filing} key={filing.to_string()} /> },
        Route::DeskPaper => html! { <paper::PaperPage {app} /> },
        Route::DeskProof { filing } => match app.desk_filings(|desk| desk.number(filing)) {
            Some(number) => html! { <ProofPage {app} {number} back={Route::DeskFiled { filing }} /> },
            None => filed::gone(),
        },
        _ => html! { <queue::QueuePage {app} /> },
    }
}
