//! 書類: which documents of a person there are, one of them open at a time.
//!
//! What is open belongs to this component alone. It goes with the page, with a lock, with the cover of an
//! untouched screen, when the right to see it ends, and when [`App::close_documents`] says so.

mod field;
mod front;
mod judgement;
mod list;
mod opened;
mod opinion;
mod original;
mod survey;

use crate::component::{Banner, Button, Rank, Tone, Waiting, all, el, link, text};
use crate::page::parts::{fault, heading, nobody, note};
use crate::route::Route;
use crate::service::problem::Problem;
use crate::service::watch::{self, Watch};
use crate::state::{App, PersonKey};
use crate::text::{consent as consent_words, document as words};
use domain::calendar::Time;
use domain::upstream::{DocumentHead, DocumentListResponse};
use gloo_timers::callback::Timeout;
use opened::{Open, Part, previous};
use yew::prelude::*;

/// Properties of [`DocumentsPage`].
#[derive(Properties, PartialEq)]
pub struct DocumentsPageProps {
    /// The app, as of now.
    pub app: App,
    /// Whose.
    pub person: PersonKey,
}

/// The page.
pub struct DocumentsPage {
    list: Option<DocumentListResponse>,
    problem: Option<Problem>,
    waiting: bool,
    open: Open,
    /// Why the last one was put away, when it was not by hand.
    put_away: Option<&'static str>,
    closings: u32,
    /// Counts openings: an answer that comes after a closing is not shown.
    turn: u32,
    _until: Option<Timeout>,
    /// When to ask whether what is open may stay: a consent may be withdrawn somewhere else.
    still_at: Option<Time>,
    _glance: Watch,
}

/// Seconds after opening until that is asked; later the upstream says when.
const STILL_S: i64 = 30;

/// What happens on the page.
pub enum Msg {
    /// The list is to be fetched.
    Fetch,
    /// The list came.
    Listed(Result<DocumentListResponse, Problem>),
    /// A document is to be opened.
    Open(DocumentHead, Part),
    /// It came.
    Opened(u32, Box<Result<Open, Problem>>),
    /// A glance at the clock.
    Glance,
    /// Whether what is open may stay.
    Still(u32, Result<u32, Problem>),
    /// Put it away.
    Close,
    /// Its time is over.
    Over,
    /// Show what has changed only, or everything.
    ChangedOnly,
}

impl Component for DocumentsPage {
    type Message = Msg;
    type Properties = DocumentsPageProps;

    fn create(ctx: &Context<Self>) -> Self {
        ctx.link().send_message(Msg::Fetch);
        let DocumentsPageProps { app, person } = ctx.props();
        let glance = ctx.link().callback(|()| Msg::Glance);
        Self {
            list: None,
            problem: None,
            waiting: false,
            open: Open::Nothing,
            put_away: None,
            closings: app.closings(*person),
            turn: 0,
            _until: None,
            still_at: None,
            _glance: Watch::start(move |_| glance.emit(())),
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &Self::Properties) -> bool {
        let DocumentsPageProps { app, person } = ctx.props();
        let closings = app.closings(*person);
        if closings != self.closings {
            self.closings = closings;
            self.clear(Some(words().put_away_consent));
            ctx.link().send_message(Msg::Fetch);
        } else if app.masked() {
            self.clear(Some(words().put_away_mask));
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let DocumentsPageProps { app, person } = ctx.props();
        match msg {
            Msg::Fetch if self.waiting => return false,
            Msg::Fetch => {
                self.waiting = true;
                self.problem = None;
                let (app, person) = (app.clone(), *person);
                ctx.link().send_future(async move { Msg::Listed(app.documents(person).await) });
            }
            Msg::Listed(result) => {
                self.waiting = false;
                match result {
                    Ok(list) => self.list = Some(list),
                    Err(problem) => {
                        // What may not be listed may not stay open either.
                        self.list = None;
                        self.clear(None);
                        self.problem = Some(problem);
                    }
                }
            }
            Msg::Open(head, part) => {
                self.clear(None);
                self.problem = None;
                self.open = Open::Waiting;
                let before = self.list.as_ref().and_then(|list| previous(list, &head)).cloned();
                let (app, person, turn) = (app.clone(), *person, self.turn);
                ctx.link().send_future(async move {
                    Msg::Opened(
                        turn,
                        Box::new(opened::open(&app, person, &head, part, before.as_ref()).await),
                    )
                });
            }
            Msg::Opened(turn, _) if turn != self.turn => return false,
            Msg::Opened(_, result) => match *result {
                Ok(open) => {
                    let left_ms = open.until().map(|until| (until.0 - app.now().0).clamp(0, 86_400) * 1_000);
                    let over = ctx.link().callback(|()| Msg::Over);
                    self._until = left_ms
                        .and_then(|left| u32::try_from(left).ok())
                        .map(|left| Timeout::new(left, move || over.emit(())));
                    self.open = open;
                    self.still_at = Some(app.now().plus(STILL_S));
                }
                Err(problem) => {
                    self.clear(None);
                    self.problem = Some(problem);
                }
            },
            Msg::Glance => {
                let due = self.still_at.is_some_and(|at| at <= app.now());
                let Some(head) = self.open.head().filter(|_| due && watch::open()) else { return false };
                let (app, person, turn, id) = (app.clone(), *person, self.turn, head.id.clone());
                self.still_at = None;
                ctx.link().send_future(async move { Msg::Still(turn, app.still_open(person, id).await) });
                return false;
            }
            Msg::Still(turn, said) => {
                // A refusal has closed everything of the person by now; what else went wrong closes nothing.
                let again = said.map_or(STILL_S, i64::from);
                if turn == self.turn {
                    self.still_at = Some(app.now().plus(again));
                }
                return false;
            }
            Msg::Close => self.clear(None),
            Msg::Over => self.clear(Some(words().put_away_until)),
            Msg::ChangedOnly => {
                if let Open::Survey(open) = &mut self.open {
                    open.changed_only = !open.changed_only;
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let DocumentsPageProps { app, person } = ctx.props();
        let Some(seen) = app.person(*person) else {
            return nobody(words().title);
        };
        let person = *person;
        let back = link(Route::Person { person }, "kk-document__back", text(words().to_person));
        let consent = link(Route::Consent { person }, "kk-document__back", text(consent_words().to_consent));
        html! {
            <article class="kk-page kk-document" aria-busy={self.waiting.then_some("true")}>
                { heading(words().title) }
                { el("p", "kk-document__who", all(vec![text(seen.person.name.clone() + " "), back, text(" "), consent])) }
                { note(words().recorded) }
                if let Some(problem) = &self.problem {
                    { fault(problem, true, Html::default()) }
                }
                if let Some(why) = self.put_away {
                    <Banner tone={Tone::Info} title={words().put_away} focus={true}><p>{ why }</p></Banner>
                }
                if self.waiting {
                    <Waiting what={words().waiting} />
                }
                if let Some(list) = &self.list {
                    { list::list(list, &ctx.link().callback(|(head, part)| Msg::Open(head, part))) }
                }
                { self.shown(ctx) }
            </article>
        }
    }
}

impl DocumentsPage {
    /// Puts away what is open; an answer on its way is not waited for.
    fn clear(&mut self, why: Option<&'static str>) {
        let something = !matches!(self.open, Open::Nothing);
        self.open = Open::Nothing;
        self._until = None;
        self.still_at = None;
        self.turn += 1;
        self.put_away = why.filter(|_| something).or(self.put_away.filter(|_| why.is_some()));
    }

    fn shown(&self, ctx: &Context<Self>) -> Html {
        let close = ctx.link().callback(|()| Msg::Close);
        match &self.open {
            Open::Nothing => Html::default(),
            Open::Waiting => html! { <Waiting what={words().opening} /> },
            Open::Survey(open) => {
                let toggle = ctx.link().callback(|()| Msg::ChangedOnly);
                survey::view(open, toggle, closing(close))
            }
            Open::Opinion(open) => opinion::view(open, closing(close)),
            Open::Judgement(open) => judgement::view(open, closing(close)),
            Open::Original(open) => html! {
                <original::OriginalView original={open.original.clone()} title={opened::title(&open.head)} onclose={close} />
            },
        }
    }
}

fn closing(onclick: Callback<()>) -> Html {
    html! { <Button id="kk-document-close" rank={Rank::Secondary} {onclick}>{ words().close }</Button> }
}
