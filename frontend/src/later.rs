//! Pages that are fetched when they are first opened, each as a WebAssembly module of its own.
//!
//! A function marked `wasm_split` and all that only it needs is cut off the app when it is built
//! (`.make/bin/wasm-bindgen`); natively it is an ordinary function. What is fetched stays until the page is
//! closed. Once somebody works the rest is fetched ahead, so that a page opens at once and also when the
//! line has gone.

use crate::component::{Rank, Waiting, all, el};
use crate::page::board::BoardPage;
use crate::page::calendar::CalendarPage;
use crate::page::card::CardSheet;
use crate::page::cases::CasesPage;
use crate::page::clients::ClientsPage;
use crate::page::clients::agenda::Agenda;
use crate::page::clients::file::FilePage;
use crate::page::consent::ConsentPage;
use crate::page::desk::DeskPages;
use crate::page::device::DevicePage;
use crate::page::document::DocumentsPage;
use crate::page::enrol::EnrolPage;
use crate::page::filing::filing_page;
use crate::page::find::numbers::NumbersForm;
use crate::page::notices::NoticesPage;
use crate::page::parts::{actions, fault, heading, press};
use crate::page::person::PersonPage;
use crate::page::records::RecordsPage;
use crate::page::round::RoundPage;
use crate::route::Route;
use crate::service::browser;
use crate::service::problem::Problem;
use crate::state::{App, Phase};
use crate::text::{common, start as words};
use std::cell::Cell;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::*;

/// A page that is not in the first download.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// By card, with all of the readers.
    Card,
    /// By numbers.
    Numbers,
    /// One person.
    Person,
    /// A new device.
    Enrol,
    /// Readers and what is the matter with them.
    Device,
    /// 利用者一覧, and what the clients need today.
    Clients,
    /// 月の予定, 8月の切替表, お知らせの時期.
    Calendar,
    /// 書類 of one person.
    Documents,
    /// 受付 of a municipality.
    Desk,
    /// 認定の進捗.
    Board,
    /// 同意 of one person, and 閲覧の記録.
    Consent,
    /// 届出.
    Filing,
}

/// How a page is shown once it is there.
type View = fn(&App, Route) -> Html;

type Fetched = Result<View, SplitLoaderError>;

thread_local! {
    static THERE: [Cell<Option<View>>; 12] = const { [const { Cell::new(None) }; 12] };
}

impl Part {
    /// What somebody at work opens next, most likely first.
    const AHEAD: [Self; 10] = [
        Self::Clients,
        Self::Card,
        Self::Person,
        Self::Numbers,
        Self::Device,
        Self::Calendar,
        Self::Documents,
        Self::Board,
        Self::Consent,
        Self::Filing,
    ];

    /// The same for a municipality, which has nothing else.
    const AHEAD_AT_DESK: [Self; 1] = [Self::Desk];

    const fn key(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Numbers => "numbers",
            Self::Person => "person",
            Self::Enrol => "enrol",
            Self::Device => "device",
            Self::Clients => "clients",
            Self::Calendar => "calendar",
            Self::Documents => "documents",
            Self::Desk => "desk",
            Self::Board => "board",
            Self::Consent => "consent",
            Self::Filing => "filing",
        }
    }

    fn there(self) -> Option<View> {
        THERE.with(|there| there[self as usize].get())
    }

    async fn fetch(self) -> Fetched {
        let view = match self {
            Self::Card => card().await,
            Self::Numbers => numbers().await,
            Self::Person => person().await,
            Self::Enrol => enrol().await,
            Self::Device => device().await,
            Self::Clients => clients().await,
            Self::Calendar => calendar().await,
            Self::Documents => documents().await,
            Self::Desk => desk().await,
            Self::Board => board().await,
            Self::Consent => consent().await,
            Self::Filing => filing().await,
        }?;
        THERE.with(|there| there[self as usize].set(Some(view)));
        Ok(view)
    }
}

#[wasm_split(card, fallible)]
fn card() -> Fetched {
    Ok(|app, route| {
        let draft = match route {
            Route::FilingCard { draft } => Some(draft),
            _ => None,
        };
        html! { <CardSheet app={app.clone()} {draft} /> }
    })
}

#[wasm_split(numbers, fallible)]
fn numbers() -> Fetched {
    Ok(|app, _| html! { <NumbersForm app={app.clone()} /> })
}

#[wasm_split(person, fallible)]
fn person() -> Fetched {
    Ok(|_, route| match route {
        Route::Person { person } => html! { <PersonPage {person} key={person.to_string()} /> },
        _ => Html::default(),
    })
}

#[wasm_split(enrol, fallible)]
fn enrol() -> Fetched {
    Ok(|app, _| match app.phase() {
        Phase::Enrol { why } => html! { <EnrolPage app={app.clone()} {why} /> },
        _ => Html::default(),
    })
}

#[wasm_split(device, fallible)]
fn device() -> Fetched {
    Ok(|app, _| html! { <DevicePage app={app.clone()} /> })
}

#[wasm_split(clients, fallible)]
fn clients() -> Fetched {
    Ok(|app, route| {
        let app = app.clone();
        match route {
            Route::Clients => html! { <ClientsPage {app} /> },
            Route::ClientsFile => html! { <FilePage {app} /> },
            _ => html! { <Agenda {app} /> },
        }
    })
}

#[wasm_split(calendar, fallible)]
fn calendar() -> Fetched {
    Ok(|app, route| {
        let app = app.clone();
        match route {
            Route::Round => html! { <RoundPage {app} /> },
            Route::Notices => html! { <NoticesPage {app} /> },
            _ => html! { <CalendarPage {app} /> },
        }
    })
}

#[wasm_split(documents, fallible)]
fn documents() -> Fetched {
    Ok(|app, route| match route {
        Route::Documents { person } => {
            html! { <DocumentsPage app={app.clone()} {person} key={person.to_string()} /> }
        }
        _ => Html::default(),
    })
}

#[wasm_split(desk, fallible)]
fn desk() -> Fetched {
    Ok(|app, route| html! { <DeskPages app={app.clone()} {route} /> })
}

#[wasm_split(board, fallible)]
fn board() -> Fetched {
    Ok(|app, route| {
        let app = app.clone();
        match route {
            Route::Cases { person } => html! { <CasesPage {app} {person} key={person.to_string()} /> },
            _ => html! { <BoardPage {app} /> },
        }
    })
}

#[wasm_split(consent, fallible)]
fn consent() -> Fetched {
    Ok(|app, route| {
        let app = app.clone();
        match route {
            Route::Consent { person } => html! { <ConsentPage {app} {person} key={person.to_string()} /> },
            _ => html! { <RecordsPage {app} /> },
        }
    })
}

#[wasm_split(filing, fallible)]
fn filing() -> Fetched {
    Ok(filing_page)
}

/// What sends the filings that wait, whichever page is open.
#[wasm_split(filing, fallible)]
fn send() -> Result<fn(&App), SplitLoaderError> {
    Ok(App::watch_filings)
}

/// What counts the filings that a municipality has to look at.
#[wasm_split(desk, fallible)]
fn inbox() -> Result<fn(&App), SplitLoaderError> {
    Ok(App::count_inbox)
}

/// What asks for the progress of the cases, whichever page is open.
#[wasm_split(board, fallible)]
fn watch() -> Result<fn(&App), SplitLoaderError> {
    Ok(App::watch_cases)
}

/// Fetches what will be opened next, and begins to watch the cases. What cannot be had now is fetched again when
/// it is opened.
pub fn fetch_ahead(app: &App) {
    let app = app.clone();
    spawn_local(async move {
        let at_desk = app.at_desk();
        let parts = if at_desk { &Part::AHEAD_AT_DESK[..] } else { &Part::AHEAD };
        for part in parts {
            let _ = part.fetch().await;
        }
        if !at_desk && let Ok(watch) = watch().await {
            watch(&app);
        }
        if !at_desk && let Ok(send) = send().await {
            send(&app);
        }
        if at_desk && let Ok(inbox) = inbox().await {
            inbox(&app);
        }
    });
}

/// This page, as soon as it is there.
pub fn later(part: Part, app: &App, route: Route) -> Html {
    html! { <Later key={part.key()} {part} app={app.clone()} {route} /> }
}

/// Properties of [`Later`].
#[derive(Properties, PartialEq)]
pub struct LaterProps {
    part: Part,
    app: App,
    route: Route,
}

/// Stands in for a page until it is there.
pub struct Later {
    view: Option<View>,
    failed: bool,
}

/// What becomes of the fetching.
pub enum Msg {
    /// It has ended.
    Fetched(Fetched),
    /// Once more.
    Again,
}

impl Component for Later {
    type Message = Msg;
    type Properties = LaterProps;

    fn create(ctx: &Context<Self>) -> Self {
        let part = ctx.props().part;
        let view = part.there();
        if view.is_none() {
            ctx.link().send_future(async move { Msg::Fetched(part.fetch().await) });
        }
        Self { view, failed: false }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        self.failed = matches!(msg, Msg::Fetched(Err(_)));
        match msg {
            Msg::Fetched(fetched) => self.view = fetched.ok(),
            Msg::Again => {
                let part = ctx.props().part;
                ctx.link().send_future(async move { Msg::Fetched(part.fetch().await) });
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        match self.view {
            Some(view) => view(&props.app, props.route),
            None if self.failed => {
                let again = ctx.link().callback(|()| Msg::Again);
                let reload = Callback::from(|()| browser::reload());
                let ways = vec![
                    press("later-again", Rank::Primary, common().again, again),
                    press("later-reload", Rank::Secondary, words().reload, reload),
                ];
                let problem = Problem::new("APP-011");
                let said = fault(&problem, false, Html::default());
                el("div", "kk-page", all(vec![heading(words().not_fetched), said, actions(ways)]))
            }
            None => html! { <Waiting what={words().starting} /> },
        }
    }
}
