//! One 届出 on the desk: the form as it was filed, the findings against the register, 受理 and 差戻し.

mod decide;
mod findings;
mod view;

use crate::component::FieldError;
use crate::service::problem::Problem;
use crate::state::{App, FiledKey};
use crate::text::desk::filing::desk_filing as words;
use domain::filing::compare::{self, Finding, Severity};
use domain::upstream::{DecideResponse, Decision, FilingState, InboxOpened};
use yew::prelude::*;

pub(super) use view::gone;

/// Letters a reason may have (docs/api.md §4).
const REASON: usize = 400;

/// Properties of [`FiledPage`].
#[derive(Properties, PartialEq)]
pub(super) struct FiledProps {
    pub(super) app: App,
    pub(super) filing: FiledKey,
}

/// The page.
#[derive(Default)]
pub(super) struct FiledPage {
    /// The findings were looked at.
    looked: bool,
    /// What has to be mended first.
    errors: Vec<FieldError>,
    /// Counts tries with something to mend, so that the summary takes the focus each time.
    attempt: u32,
    /// What is being done.
    busy: Option<FilingState>,
    problem: Option<Problem>,
    heard: Option<Heard>,
}

/// What became of the last press.
enum Heard {
    /// It was entered from paper just now.
    Entered,
    /// It was decided.
    Saved,
    /// Somebody was first.
    Conflict,
}

/// What happens on the page.
pub(super) enum Msg {
    /// Ask for it again.
    Reload,
    /// The findings were looked at, or not.
    Looked(bool),
    /// Why it is sent back is typed.
    Reason(String),
    /// A usual reason is added.
    Add(String),
    /// 受理.
    Accept,
    /// 差戻し.
    Return,
    /// What became of it.
    Decided(Result<DecideResponse, Problem>),
}

impl Component for FiledPage {
    type Message = Msg;
    type Properties = FiledProps;

    fn create(ctx: &Context<Self>) -> Self {
        let FiledProps { app, filing } = ctx.props();
        let mut entered = None;
        app.set_desk_filings(|desk| entered = desk.entered.take());
        app.load_filed(*filing);
        let heard = (entered == Some(*filing)).then_some(Heard::Entered);
        Self { heard, ..Self::default() }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let FiledProps { app, filing } = ctx.props();
        match msg {
            Msg::Reload => {
                (self.problem, self.heard) = (None, None);
                app.load_filed(*filing);
            }
            Msg::Looked(looked) => {
                self.errors.clear();
                self.looked = looked;
            }
            Msg::Reason(typed) => {
                self.errors.clear();
                app.set_desk_filings(|desk| desk.set_reason(*filing, typed));
            }
            Msg::Add(reason) => {
                self.errors.clear();
                let before = app.desk_filings(|desk| desk.reason(*filing));
                if !before.contains(&reason) {
                    app.set_desk_filings(|desk| desk.set_reason(*filing, before + &reason));
                }
            }
            Msg::Accept => self.accept(ctx),
            Msg::Return => self.send_back(ctx),
            Msg::Decided(result) => {
                self.busy = None;
                match result {
                    Ok(DecideResponse::Saved(_)) => self.heard = Some(Heard::Saved),
                    Ok(DecideResponse::Conflict(_)) => self.heard = Some(Heard::Conflict),
                    Err(problem) => self.problem = Some(problem),
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.page(ctx)
    }
}

impl FiledPage {
    fn accept(&mut self, ctx: &Context<Self>) {
        let FiledProps { app, filing } = ctx.props();
        let Some(opened) = app.desk_filings(|desk| desk.opened(*filing).value) else { return };
        if doubtful(&found(&opened)) && !self.looked {
            return self.mend(decide::LOOKED, words().looked_missing);
        }
        self.decide(ctx, &opened, Decision::Accept, FilingState::Accepted);
    }

    fn send_back(&mut self, ctx: &Context<Self>) {
        let FiledProps { app, filing } = ctx.props();
        let (opened, reason) = app.desk_filings(|desk| (desk.opened(*filing).value, desk.reason(*filing)));
        let Some(opened) = opened else { return };
        let reason = reason.trim().to_owned();
        if reason.is_empty() {
            return self.mend(decide::REASON, words().reason_missing);
        }
        if reason.chars().count() > REASON {
            return self.mend(decide::REASON, words().reason_long);
        }
        self.decide(ctx, &opened, Decision::Return { reason }, FilingState::Returned);
    }

    fn mend(&mut self, field: &'static str, message: &'static str) {
        self.errors = vec![FieldError { field: field.into(), message: message.into() }];
        self.attempt += 1;
    }

    /// Sends a decision with the version that is on the screen. Pressed twice it is one.
    fn decide(&mut self, ctx: &Context<Self>, opened: &InboxOpened, decision: Decision, to: FilingState) {
        if self.busy.is_some() {
            return;
        }
        self.errors.clear();
        (self.busy, self.problem, self.heard) = (Some(to), None, None);
        let FiledProps { app, filing } = ctx.props();
        let (app, filing, version) = (app.clone(), *filing, opened.entry.version);
        ctx.link()
            .send_future(async move { Msg::Decided(app.decide_filing(filing, version, decision).await) });
    }
}

/// What the register says of a filing, what hinders first.
fn found(opened: &InboxOpened) -> Vec<Finding> {
    compare::compare(&opened.filing, opened.entry.person.as_ref(), opened.identity.as_ref(), &opened.register)
}

/// Whether something has to be looked at before 受理.
fn doubtful(found: &[Finding]) -> bool {
    found.iter().any(|one| matches!(one.severity, Severity::Hinders | Severity::Look))
}
