//! Clients by file: chosen, looked at here, then looked up one by one. What succeeded is kept, the rest stays
//! to be mended or tried again.

mod view;

use super::ClientsProps;
use crate::service::file;
use crate::service::problem::Problem;
use crate::state::{App, ImportDraft, LineState};
use crate::text::{clients as words, clients_import_error};
use domain::upstream::{Consent, ConsentGiver, ConsentMethod, SearchRequest};
use gloo_timers::future::TimeoutFuture;
use yew::prelude::*;

/// How often a line is asked again that came too soon …
const TRIES: u32 = 8;
/// … and after how long.
const BREATH_MS: u32 = 1_500;

/// The page.
#[derive(Default)]
pub struct FilePage {
    /// Why the file cannot be taken: what, and what to do.
    refused: Option<(&'static str, String)>,
    /// What stopped the looking up.
    problem: Option<Problem>,
    running: bool,
    /// Counts tries to start without a consent, so that the summary takes the focus each time.
    attempt: u32,
    missing: bool,
}

/// What happens on the page.
pub enum Msg {
    /// A file was chosen.
    Chosen(web_sys::File),
    /// Its text, or why there is none.
    Read(Result<String, (&'static str, &'static str)>),
    /// Another file.
    Other,
    /// Who consented.
    Giver(ConsentGiver),
    /// How.
    Method(ConsentMethod),
    /// Whether all did.
    Agreed(bool),
    /// Begin, or go on.
    Start,
    /// A line has come back.
    Ended(usize, Result<(), Problem>),
}

impl Component for FilePage {
    type Message = Msg;
    type Properties = ClientsProps;

    fn create(ctx: &Context<Self>) -> Self {
        // Who is there already need not be looked up again.
        ctx.props().app.load_clients();
        Self::default()
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let app = &ctx.props().app;
        let change = |apply: &dyn Fn(&mut ImportDraft)| {
            if let Some(mut draft) = app.import() {
                apply(&mut draft);
                app.set_import(Some(draft));
            }
        };
        match msg {
            Msg::Chosen(chosen) => {
                self.refused = None;
                ctx.link().send_future(async move { Msg::Read(read(chosen).await) });
            }
            Msg::Read(Err((what, next))) => self.refused = Some((what, next.to_owned())),
            Msg::Read(Ok(text)) => match domain::import::read(&text, app.today()) {
                Ok(import) => {
                    let value = app.clients().value;
                    let clients = value.as_deref().map_or(&[][..], |value| value.clients.as_slice());
                    app.set_import(Some(ImportDraft::new(import, clients)));
                }
                Err(error) => self.refused = Some((words().file_wrong, clients_import_error(&error))),
            },
            Msg::Other => {
                *self = Self::default();
                app.set_import(None);
            }
            Msg::Giver(giver) => change(&|draft| draft.giver = Some(giver)),
            Msg::Method(method) => change(&|draft| draft.method = Some(method)),
            Msg::Agreed(agreed) => change(&|draft| draft.agreed = agreed),
            Msg::Start => self.start(ctx),
            Msg::Ended(at, result) => self.ended(ctx, at, result),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.page(ctx)
    }
}

impl FilePage {
    fn start(&mut self, ctx: &Context<Self>) {
        let app = &ctx.props().app;
        let Some(mut draft) = app.import().filter(|_| !self.running) else { return };
        self.problem = None;
        self.missing = draft.asks_consent() && draft.consent(app.now()).is_none();
        if self.missing {
            self.attempt += 1;
            return;
        }
        draft.again();
        app.set_import(Some(draft));
        self.running = true;
        self.next(ctx);
    }

    /// The next line, its consent recorded at the time of its own question.
    fn next(&mut self, ctx: &Context<Self>) {
        let app = ctx.props().app.clone();
        let draft = app.import();
        let consent: Option<Consent> = draft.as_ref().and_then(|draft| draft.consent(app.now()));
        match draft.and_then(|draft| draft.next(consent.as_ref())) {
            Some((at, request)) => {
                ctx.link().send_future(async move { Msg::Ended(at, add(&app, request).await) });
            }
            None => {
                self.running = false;
                app.load_clients();
            }
        }
    }

    fn ended(&mut self, ctx: &Context<Self>, at: usize, result: Result<(), Problem>) {
        let app = &ctx.props().app;
        let Some(mut draft) = app.import() else {
            self.running = false;
            return;
        };
        self.problem = draft.ended(at, result);
        app.set_import(Some(draft));
        if self.problem.is_some() {
            self.running = false;
            app.load_clients();
        } else {
            self.next(ctx);
        }
    }
}

/// Looks one line up. On a quick line a file asks more often than the relay lets a device: that is no failure of
/// the line, it waits a moment and goes on.
async fn add(app: &App, request: SearchRequest) -> Result<(), Problem> {
    let mut tries = 0;
    loop {
        let result = app.add_by_numbers(request.clone()).await;
        tries += 1;
        match result {
            Err(problem) if problem.is("RLY-005") && tries < TRIES => TimeoutFuture::new(BREATH_MS).await,
            result => return result,
        }
    }
}

/// The text of a file, or what is said instead.
async fn read(chosen: web_sys::File) -> Result<String, (&'static str, &'static str)> {
    if chosen.size() > file::MOST_BYTES {
        return Err((words().file_large, words().file_large_next));
    }
    let bytes = file::bytes(&chosen).await;
    bytes.and_then(|bytes| file::text(&bytes)).ok_or((words().file_unreadable, words().file_unreadable_next))
}

/// Whether a line still waits or failed, so that going on is of use.
fn is_open(state: &LineState) -> bool {
    matches!(state, LineState::Ready | LineState::Failed(_))
}
