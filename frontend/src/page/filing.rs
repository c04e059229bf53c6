//! 届出: what there is of it, beginning one, writing it page by page, the person's own word, and the receipt.

pub mod blank;
pub mod due;
pub(in crate::page) mod form;
pub mod list;
pub mod proof;
mod receipt;
pub mod start;
pub mod write;

use crate::component::{Banner, Tone, all, el, link, text};
use crate::page::parts::{heading, paragraph};
use crate::route::Route;
use crate::state::App;
use crate::text::{filing as words, filing_proof};
use blank::BlankPage;
use due::DuePart;
use list::ListPage;
use proof::ProofPage;
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
        Route::FilingProof => match app.filings(|filings| filings.proof.clone()) {
            Some(number) => html! { <ProofPage {app} {number} back={Route::Filings} /> },
            None => {
                let words = filing_proof();
                nothing(words.title, words.gone, words.gone_why)
            }
        },
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
    nothing(words().title, words().gone, words().gone_why)
}

/// Why a page has nothing to show, and the way to the list.
fn nothing(title: &'static str, what: &'static str, why: &'static str) -> Html {
    let way = link(Route::Filings, "kk-button kk-button--secondary", text(words().to_list));
    let inside = all(vec![paragraph(why), el("p", "kk-actions", way)]);
    let banner = html! { <Banner tone={Tone::Info} title={what}>{ inside }</Banner> };
    el("article", "kk-page", all(vec![heading(title), banner]))
}
