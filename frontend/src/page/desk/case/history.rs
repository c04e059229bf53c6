//! Everything that was entered for the case: what, when, by whom, what it replaced, what does not fit. Fetched
//! with the sheet, and anew whenever the case on it is of another version.

use crate::component::{FaultMessage, Waiting, all};
use crate::page::cases::{doubts, entries};
use crate::page::desk::parts::section;
use crate::service::problem::Problem;
use crate::state::{App, CaseKey};
use crate::text::desk::entry::entry as words;
use domain::certification::History;
use domain::upstream::{CaseEvents, Hand};
use yew::prelude::*;

/// Properties of [`CaseHistory`].
#[derive(Properties, PartialEq)]
pub(super) struct HistoryProps {
    pub(super) app: App,
    pub(super) case: CaseKey,
    /// Of the case as the sheet has it.
    pub(super) version: u32,
}

/// The part of the sheet.
pub(super) struct CaseHistory {
    came: Option<(History, Vec<Hand>)>,
    problem: Option<Problem>,
    /// Counts questions: only the answer to the last is shown.
    turn: u32,
    waiting: bool,
}

/// What happens.
pub(super) enum Msg {
    /// It is to be fetched.
    Fetch,
    /// It came.
    Came(u32, Result<CaseEvents, Problem>),
}

impl Component for CaseHistory {
    type Message = Msg;
    type Properties = HistoryProps;

    fn create(ctx: &Context<Self>) -> Self {
        ctx.link().send_message(Msg::Fetch);
        Self { came: None, problem: None, turn: 0, waiting: false }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &HistoryProps) -> bool {
        if ctx.props().version != old.version {
            ctx.link().send_message(Msg::Fetch);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Fetch => {
                self.turn += 1;
                (self.waiting, self.problem) = (true, None);
                let HistoryProps { app, case, .. } = ctx.props();
                let (app, case, turn) = (app.clone(), *case, self.turn);
                ctx.link().send_future(async move { Msg::Came(turn, app.desk_history(case).await) });
            }
            Msg::Came(turn, _) if turn != self.turn => return false,
            Msg::Came(_, result) => {
                self.waiting = false;
                match result {
                    Ok(told) => self.came = Some((History::of(told.case, told.events), told.hands)),
                    // What came before stays; what is missing from it is said.
                    Err(problem) => self.problem = Some(problem),
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let today = ctx.props().app.today();
        let mut parts = Vec::new();
        if let Some(problem) = &self.problem {
            let onagain = ctx.link().callback(|()| Msg::Fetch);
            parts.push(html! { <FaultMessage problem={problem.clone()} {onagain} /> });
        }
        match &self.came {
            Some((history, hands)) => {
                parts.push(doubts(history, today, words().doubts_next));
                parts.push(entries(history, hands, today));
            }
            None if self.waiting => parts.push(html! { <Waiting what={words().history_waiting} /> }),
            None => {}
        }
        section("entry-history", words().history, Some(words().history_more), all(parts))
    }
}
