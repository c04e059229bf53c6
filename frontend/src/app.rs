//! The root: one [`App`] for all pages, the gates before them, the addresses behind the gates.

use crate::component::{Frame, Rank, Waiting, all, el};
use crate::later::{Part, fetch_ahead, later};
use crate::page::find::find_page;
use crate::page::help::HelpPage;
use crate::page::mask::mask;
use crate::page::missing::missing_page;
use crate::page::parts::{actions, fault, heading, press};
use crate::page::sign_in::SignInPage;
use crate::page::today::TodayPage;
use crate::route::Route;
use crate::service::browser;
use crate::service::problem::Problem;
use crate::state::{App, Phase};
use crate::text::start as words;
use yew::prelude::*;

/// The root component.
pub struct Root {
    app: App,
    /// For whom the other pages have been asked for: a municipality's clerk, or another.
    ahead: Option<bool>,
}

/// The app's memory changed.
pub struct Changed;

impl Component for Root {
    type Message = Changed;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let app = App::new(ctx.link().callback(|()| Changed));
        app.start();
        Self { app, ahead: None }
    }

    fn update(&mut self, _ctx: &Context<Self>, Changed: Changed) -> bool {
        self.app = self.app.newest();
        let at_desk = self.app.at_desk();
        if self.ahead != Some(at_desk) && matches!(self.app.phase(), Phase::Working(_)) {
            self.ahead = Some(at_desk);
            fetch_ahead(&self.app);
        }
        true
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        html! {
            <ContextProvider<App> context={self.app.clone()}>
                { gates(&self.app) }
            </ContextProvider<App>>
        }
    }
}

/// What stands before the pages, or the pages. Behind a gate nothing of them is in the document.
fn gates(app: &App) -> Html {
    let masked = app.masked();
    let inside = match app.phase() {
        Phase::Starting => html! { <Waiting what={words().starting} /> },
        // Whoever sets up computers has no account; nothing on this page is anybody's.
        _ if app.route() == Route::Device => page(app, Route::Device),
        Phase::Broken(problem) => broken(&problem),
        Phase::Enrol { .. } => later(Part::Enrol, app, app.route()),
        Phase::SignIn { why, last } => html! { <SignInPage app={app.clone()} {why} {last} /> },
        Phase::Working(_) => page(app, app.route()),
    };
    html! {
        <>
            if masked {
                { mask() }
            }
            <div hidden={masked}><Frame>{ inside }</Frame></div>
        </>
    }
}

fn page(app: &App, route: Route) -> Html {
    match route {
        Route::Today => html! { <TodayPage /> },
        Route::Find => find_page(),
        Route::FindCard => later(Part::Card, app, route),
        Route::FindNumbers => later(Part::Numbers, app, route),
        Route::Clients | Route::ClientsFile => later(Part::Clients, app, route),
        Route::Calendar | Route::Round | Route::Notices => later(Part::Calendar, app, route),
        Route::Person { .. } => later(Part::Person, app, route),
        Route::Documents { .. } => later(Part::Documents, app, route),
        Route::Board | Route::Cases { .. } => later(Part::Board, app, route),
        Route::Consent { .. } | Route::Records => later(Part::Consent, app, route),
        Route::Filings
        | Route::FilingBlank
        | Route::FilingStart { .. }
        | Route::Filing { .. }
        | Route::FilingPaper { .. }
        | Route::FilingProof => later(Part::Filing, app, route),
        Route::FilingCard { .. } => later(Part::Card, app, route),
        Route::Device => later(Part::Device, app, route),
        _ if route.is_desk() => later(Part::Desk, app, route),
        Route::Help => html! { <HelpPage /> },
        _ => missing_page(),
    }
}

fn broken(problem: &Problem) -> Html {
    let reload = press("start-reload", Rank::Primary, words().reload, Callback::from(|()| browser::reload()));
    let parts = vec![heading(words().broken), fault(problem, false, Html::default()), actions(vec![reload])];
    el("div", "kk-page", all(parts))
}
