//! 届出: what there is of it, beginning one, writing it page by page, the person's own word, and the receipt.

pub mod blank;
pub mod due;
mod form;
pub mod list;
mod receipt;
pub mod start;
pub mod write;

use crate::component::{Banner, Tone, all, el, link, text};
use crate::page::parts::{heading, paragraph};
use crate::route::Route;
use crate::state::App;
use crate::text::filing as words;
use blank::BlankPage;
use due::DuePart;
use list::ListPage;
use start::StartPage;
use write::WritePage;
use yew::prelude::*;

/// The page of an address.
pub fn filing_page(app: &App, route: Route) -> Html {
    let app = app.clone();
    match route {
        Route::FilingStart { person } => html! { <StartPage {app} {person} key={person.to_string()} /> },
        Route::Filing { draft, page } => html! { <WritePage {app} {draft} {page} key={draft.to_string()} /> },
        Route::FilingPaper { draft } => form::paper_page(&app, draft),
        Route::FilingBlank => html! { <BlankPage {app} /> },
        // Parts of other pages.
        Route::Today => html! { <DuePart {app} /> },
        Route::Person { person } => due::sentences(&app, person),
        _ => html! { <ListPage {app} /> },
    }
}

/// Properties of a page that has only the app.
#[derive(Properties, PartialEq)]
pub struct FilingProps {
    /// The app, as of now.
    pub app: App,
}

/// The draft of an address is not on this device.
fn gone() -> Html {
    let way = link(Route::Filings, "kk-button kk-button--secondary", text(words().to_list));
    let inside = all(vec![paragraph(words().gone_why), el("p", "kk-actions", way)]);
    let banner = html! { <Banner tone={Tone::Info} title={words().gone}>{ inside }</Banner> };
    el("article", "kk-page", all(vec![heading(words().title), banner]))
}
