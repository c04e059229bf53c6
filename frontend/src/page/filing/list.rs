//! 届出: what waits to be sent, what is being written, and what was sent with every step of it.

mod device;
mod filed;

use super::FilingProps;
use crate::component::{Banner, FaultMessage, IconKind, Rank, Tone, Waiting, all, el, icon, link, text};
use crate::page::parts::{heading, note, paragraph, press};
use crate::route::Route;
use crate::service::problem::Problem;
use crate::state::{App, Draft, Opening};
use crate::text::filing as words;
use domain::filing::FilingNumber;
use domain::filing::wizard::answers_of;
use domain::upstream::{Evidence, FilingEntry};
use yew::prelude::*;
use zeroize::Zeroize;

/// 控え, or why it cannot be had.
type Proof = Result<Box<Evidence>, Problem>;

/// The page.
#[derive(Default)]
pub struct ListPage {
    /// 控え of one filing, once it was asked for.
    shown: Option<(FilingNumber, Option<Proof>)>,
    /// 取下げ that is being asked about, and why.
    cancel: Option<(FilingNumber, String)>,
    /// The former password, as typed, of the draft at this place.
    former: (usize, String),
    busy: bool,
    problem: Option<Problem>,
}

/// What happens on it.
pub enum Msg {
    /// All of it is fetched anew.
    Refresh,
    /// 控え is asked for, or put away.
    Show(Option<FilingNumber>),
    /// It came.
    Shown(FilingNumber, Proof),
    /// What proves it is wanted, on a page of its own.
    Prove(FilingNumber),
    /// It is to be put right and filed again.
    Mend(FilingNumber),
    /// What it said came.
    Mended(Proof),
    /// 取下げ is asked about, or not any more.
    Ask(Option<FilingNumber>),
    /// Why.
    Why(String),
    /// It is taken back.
    Cancel,
    /// It was, or why not.
    Cancelled(Result<(), Problem>),
    /// The former password is typed.
    Former(usize, String),
    /// A draft is opened with it.
    Unlock(usize),
    /// It was, or why not; or it was thrown away.
    Unlocked(Result<(), Problem>),
    /// A draft that cannot be opened is thrown away.
    Discard(usize),
}

impl Component for ListPage {
    type Message = Msg;
    type Properties = FilingProps;

    fn create(ctx: &Context<Self>) -> Self {
        let app = &ctx.props().app;
        app.watch_filings();
        if app.may_file() {
            app.load_filings();
        }
        Self::default()
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let app = ctx.props().app.clone();
        match msg {
            Msg::Refresh => {
                app.reopen_drafts();
                app.load_filings();
            }
            Msg::Show(None) => self.shown = None,
            Msg::Show(Some(number)) => {
                self.shown = Some((number.clone(), None));
                ctx.link().send_future(async move {
                    let evidence = app.filing_evidence(&number).await.map(Box::new);
                    Msg::Shown(number, evidence)
                });
            }
            Msg::Shown(number, came) => {
                if let Some((of, shown)) = self.shown.as_mut().filter(|(of, _)| *of == number) {
                    (*of, *shown) = (number, Some(came));
                }
            }
            Msg::Prove(number) => {
                app.ask_proof(number);
                app.go(Route::FilingProof);
            }
            Msg::Mend(_) if self.busy => return false,
            Msg::Mend(number) => {
                self.busy = true;
                ctx.link().send_future(async move {
                    Msg::Mended(app.filing_evidence(&number).await.map(Box::new))
                });
            }
            Msg::Mended(came) => {
                self.busy = false;
                self.problem = came.and_then(|evidence| mend(&app, &evidence)).err();
            }
            Msg::Ask(number) => self.cancel = number.map(|number| (number, String::new())),
            Msg::Why(typed) => {
                if let Some((_, why)) = &mut self.cancel {
                    *why = typed;
                }
            }
            Msg::Cancel => self.take_back(ctx),
            Msg::Cancelled(result) => {
                (self.busy, self.cancel) = (false, None);
                self.problem = result.err();
            }
            Msg::Former(at, typed) => self.former = (at, typed),
            Msg::Unlock(at) => self.unlock(ctx, at),
            Msg::Unlocked(result) => {
                self.busy = false;
                self.former.1.zeroize();
                self.problem = result.err();
            }
            Msg::Discard(at) => {
                if let Some(shut) = app.filings(|filings| filings.shut.get(at).cloned()) {
                    ctx.link().send_future(async move { Msg::Unlocked(app.discard_shut(&shut).await) });
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let app = &ctx.props().app;
        let refresh = ctx.link().callback(|()| Msg::Refresh);
        let refresh = press("filings-refresh", Rank::Secondary, words().refresh, refresh);
        let blank = all(vec![icon(IconKind::Print), text(words().blank)]);
        let tools = vec![refresh, link(Route::FilingBlank, "kk-button kk-button--tertiary", blank)];
        let mut parts =
            vec![heading(words().title), paragraph(words().lead), el("div", "kk-tools", all(tools))];
        if let Some(problem) = self.problem.clone() {
            parts.push(html! { <FaultMessage {problem} focus=true /> });
        }
        if !app.may_file() {
            parts.push(html! {
                <Banner tone={Tone::Info} title={words().may_not}>{ paragraph(words().may_not_why) }</Banner>
            });
        }
        match app.filings(|filings| filings.opening.clone()) {
            Opening::Not | Opening::Opening => parts.push(html! { <Waiting what={words().reading} /> }),
            Opening::Failed(problem) => parts.push(html! { <FaultMessage {problem} /> }),
            Opening::Open => {}
        }
        parts.push(device::waiting(app));
        parts.push(device::drafts(app));
        parts.push(self.shut(ctx));
        if app.may_file() {
            parts.push(self.filed(ctx));
        }
        parts.push(self.cancelling(ctx));
        el("article", "kk-page kk-filing", all(parts))
    }

    fn destroy(&mut self, _ctx: &Context<Self>) {
        self.former.1.zeroize();
    }
}

impl ListPage {
    fn take_back(&mut self, ctx: &Context<Self>) {
        let Some((number, why)) = self.cancel.clone().filter(|(_, why)| !why.trim().is_empty()) else {
            return;
        };
        if self.busy {
            return;
        }
        self.busy = true;
        let app = ctx.props().app.clone();
        ctx.link().send_future(async move {
            Msg::Cancelled(app.cancel_filing(number, why.trim().to_owned()).await)
        });
    }

    fn unlock(&mut self, ctx: &Context<Self>, at: usize) {
        let app = ctx.props().app.clone();
        let Some(shut) = app.filings(|filings| filings.shut.get(at).cloned()) else { return };
        if self.busy || self.former.0 != at || self.former.1.is_empty() {
            return;
        }
        self.busy = true;
        let mut password = self.former.1.clone();
        ctx.link().send_future(async move {
            let result = app.unlock_draft(&shut, &password).await;
            password.zeroize();
            Msg::Unlocked(result)
        });
    }
}

/// A draft of what was filed before, to take its place.
fn mend(app: &App, evidence: &Evidence) -> Result<(), Problem> {
    let unknown = || Problem::new("APP-004");
    let statement = evidence.statement.as_ref().ok_or_else(unknown)?;
    let statement = super::receipt::read(&statement.text).ok_or_else(unknown)?;
    let person = evidence.entry.person.clone().ok_or_else(|| Problem::new("UPS-121"))?;
    let mut answers = answers_of(&statement.filing);
    // 届出年月日 is that of the new one.
    answers.set(domain::filing::Field::FiledOn, "");
    let draft = Draft {
        person,
        certificate: None,
        answers,
        page: 1,
        replaces: Some(evidence.entry.number.clone()),
        begun_at: app.now(),
        sent: None,
    };
    let key = app.begin_draft(draft)?;
    app.go(Route::Filing { draft: key, page: 1 });
    Ok(())
}

/// A part of the page with its heading.
fn section(title: &'static str, lead: Option<&'static str>, inside: Html) -> Html {
    let lead = lead.map_or_else(Html::default, note);
    el("section", "kk-filings", all(vec![el("h2", "kk-subtitle", text(title)), lead, inside]))
}

/// The entries upstream tells of.
fn entries(app: &App) -> Vec<FilingEntry> {
    app.filings(|filings| filings.list.value.iter().flat_map(|list| list.filings.iter()).cloned().collect())
}
