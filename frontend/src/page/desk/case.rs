//! One case: what stands, what is entered, what came in between. What is typed is kept in memory until it is
//! entered, also while the screen is locked.

mod check;
mod conflict;
mod history;
mod outcome;
mod view;

use crate::service::browser;
use crate::service::problem::Problem;
use crate::state::{App, CaseKey, EntryDraft, EntryField};
use crate::text::desk::fact::fact as fact_words;
use domain::certification::{Contradiction, Fact, Step};
use domain::upstream::{Conflict, EnterResponse, QueueEntry};
use std::rc::Rc;
use yew::prelude::*;

pub(super) use check::{Looked, look};

/// Properties of [`CasePage`].
#[derive(Properties, PartialEq)]
pub(super) struct CaseProps {
    pub(super) app: App,
    pub(super) case: CaseKey,
}

/// The page.
#[derive(Default)]
pub(super) struct CasePage {
    /// Fields that were left: what is half typed there is wrong now.
    left: Vec<EntryField>,
    /// Counts tries with something to mend, so that the summary takes the focus each time.
    attempt: u32,
    tried: bool,
    sending: bool,
    problem: Option<Problem>,
    refused: Vec<Contradiction>,
    conflict: Option<Box<Conflict>>,
    saved: Option<Saved>,
}

/// What was entered last.
enum Saved {
    /// Just now.
    Now(Vec<String>),
    /// Before: only the answer was lost, or somebody else entered the same.
    Before,
}

/// What happens on the page.
pub(super) enum Msg {
    /// Something was typed or chosen.
    Type(EntryField, String),
    /// A field was left.
    Leave(EntryField),
    /// A fact is to be taken back, or not.
    Clear(Step, bool),
    /// What should be looked at was looked at, or not.
    Looked(bool),
    /// Enter it.
    Send,
    /// What became of it.
    Sent(Vec<Fact>, Result<EnterResponse, Problem>),
    /// Take over what somebody else entered; enter one's own again, or look at it first.
    TakeOver(bool),
    /// Forget what was typed.
    Discard,
}

impl Component for CasePage {
    type Message = Msg;
    type Properties = CaseProps;

    fn create(_: &Context<Self>) -> Self {
        Self::default()
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let CaseProps { app, case } = ctx.props();
        let Some(entry) = app.desk_case(*case) else { return false };
        let change = |change: &dyn Fn(EntryDraft) -> EntryDraft| {
            app.set_entry_draft(*case, change(app.entry_draft(*case)));
        };
        match msg {
            Msg::Type(field, text) => {
                self.saved = None;
                change(&|draft| check::typed(&entry.case, draft, field, text.clone()));
            }
            Msg::Leave(field) if self.left.contains(&field) => return false,
            Msg::Leave(field) => self.left.push(field),
            Msg::Clear(step, clear) => {
                self.saved = None;
                change(&|draft| draft.clearing(step, clear));
            }
            Msg::Looked(looked) => change(&|mut draft| {
                draft.looked = looked;
                draft
            }),
            Msg::Send => self.send(ctx, &entry, false),
            Msg::Sent(facts, result) => self.sent(ctx, facts, result),
            Msg::TakeOver(again) => {
                let Some(conflict) = self.conflict.take() else { return false };
                app.take_over(*case, conflict.case, conflict.by);
                match app.desk_case(*case).filter(|_| again) {
                    Some(entry) => self.send(ctx, &entry, true),
                    None => browser::focus(view::SHEET),
                }
            }
            Msg::Discard => {
                *self = Self { attempt: self.attempt, ..Self::default() };
                app.set_entry_draft(*case, EntryDraft::default());
                browser::focus(view::SHEET);
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.page(ctx)
    }
}

impl CasePage {
    fn looked(&self, ctx: &Context<Self>, entry: &QueueEntry) -> Looked {
        let CaseProps { app, case } = ctx.props();
        look(&entry.case, &app.entry_draft(*case), app.today())
    }

    fn send(&mut self, ctx: &Context<Self>, entry: &Rc<QueueEntry>, taken_over: bool) {
        let CaseProps { app, case } = ctx.props();
        if self.sending {
            return;
        }
        let looked = self.looked(ctx, entry);
        (self.tried, self.problem, self.saved) = (true, None, None);
        self.refused.clear();
        self.conflict = None;
        let unlooked = !looked.looks.is_empty() && !app.entry_draft(*case).looked;
        if !looked.wrong.is_empty() || unlooked {
            self.attempt += 1;
            return;
        }
        if looked.facts.is_empty() {
            // What was taken over says the same: there is nothing left to enter.
            if taken_over {
                app.set_entry_draft(*case, EntryDraft::default());
                self.saved = Some(Saved::Before);
            }
            return;
        }
        self.sending = true;
        let (app, case, facts) = (app.clone(), *case, looked.facts);
        ctx.link().send_future(async move {
            let result = app.enter(case, facts.clone()).await;
            Msg::Sent(facts, result)
        });
    }

    fn sent(&mut self, ctx: &Context<Self>, facts: Vec<Fact>, result: Result<EnterResponse, Problem>) {
        let CaseProps { app, case } = ctx.props();
        self.sending = false;
        match result {
            Ok(EnterResponse::Saved(_)) => {
                self.done(Saved::Now(facts.iter().map(fact_words).collect()));
            }
            Ok(EnterResponse::Conflict(conflict)) if conflict.holds(&facts) => {
                app.take_over(*case, conflict.case, conflict.by);
                app.set_entry_draft(*case, EntryDraft::default());
                self.done(Saved::Before);
            }
            Ok(EnterResponse::Conflict(conflict)) => self.conflict = Some(conflict),
            Ok(EnterResponse::Refused(found)) => self.refused = found,
            Err(problem) => self.problem = Some(problem),
        }
    }

    fn done(&mut self, saved: Saved) {
        *self = Self { saved: Some(saved), attempt: self.attempt, ..Self::default() };
    }
}
