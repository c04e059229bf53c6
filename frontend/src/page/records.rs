//! 閲覧の記録: who of this office looked at what, for its administrator; as a table, on paper and as a file.
//!
//! What came belongs to this page alone and goes with it.

mod file;
mod model;
mod view;

use crate::service::browser;
use crate::service::problem::Problem;
use crate::state::App;
use domain::upstream::{AuditEntry, AuditRequest, AuditResponse, PageMark};
use model::{Errors, Wish};
use yew::prelude::*;

/// Properties of [`RecordsPage`].
#[derive(Properties, PartialEq)]
pub struct RecordsProps {
    /// The app, as of now.
    pub app: App,
}

/// The page.
pub struct RecordsPage {
    wish: Wish,
    errors: Errors,
    attempt: u32,
    /// What was asked last; the next page and the file ask the same.
    question: Option<AuditRequest>,
    entries: Vec<AuditEntry>,
    next: Option<PageMark>,
    waiting: bool,
    problem: Option<Problem>,
    /// Counts questions: an answer to an earlier one is not shown.
    turn: u32,
    cp932: bool,
    gathering: bool,
    said: String,
    /// What takes the focus once it is drawn.
    focus: Option<String>,
}

/// What happens on the page.
pub enum Msg {
    /// Another wish.
    Wish(Wish),
    /// It is asked.
    Find,
    /// The next page is asked for.
    More,
    /// A page came; whether it goes on from another.
    Came(u32, bool, Result<AuditResponse, Problem>),
    /// Another encoding of the file.
    Encoding(bool),
    /// Everything is gathered for a file.
    Save,
    /// It came.
    Gathered(Result<Vec<AuditEntry>, Problem>),
    /// What is shown goes on paper.
    Print,
}

impl Component for RecordsPage {
    type Message = Msg;
    type Properties = RecordsProps;

    fn create(ctx: &Context<Self>) -> Self {
        let app = &ctx.props().app;
        if app.may_read_audit().is_some_and(|may| may.is_ok()) {
            ctx.link().send_message(Msg::Find);
        }
        Self {
            wish: Wish::new(app.today()),
            errors: Errors::new(),
            attempt: 0,
            question: None,
            entries: Vec::new(),
            next: None,
            waiting: false,
            problem: None,
            turn: 0,
            cp932: false,
            gathering: false,
            said: String::new(),
            focus: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Wish(wish) => self.wish = wish,
            Msg::Find => match self.wish.question() {
                Ok(question) => {
                    self.errors.clear();
                    self.question = Some(question.clone());
                    self.ask(ctx, question, false);
                }
                Err(errors) => {
                    self.errors = errors;
                    self.attempt += 1;
                }
            },
            Msg::More => {
                let (Some(question), Some(next)) = (&self.question, &self.next) else { return false };
                if self.waiting {
                    return false;
                }
                let question = AuditRequest { after: Some(next.clone()), ..question.clone() };
                self.ask(ctx, question, true);
            }
            Msg::Came(turn, ..) if turn != self.turn => return false,
            Msg::Came(_, on, result) => self.came(on, result),
            Msg::Encoding(cp932) => (self.cp932, self.said) = (cp932, String::new()),
            Msg::Save => {
                let Some(question) = self.question.clone().filter(|_| !self.gathering) else { return false };
                (self.gathering, self.said) = (true, String::new());
                let app = ctx.props().app.clone();
                ctx.link().send_future(async move { Msg::Gathered(app.whole_audit(&question).await) });
            }
            Msg::Gathered(result) => {
                self.gathering = false;
                match result {
                    Ok(all) => self.said = file::save(&all, self.cp932),
                    Err(problem) => self.problem = Some(problem),
                }
            }
            Msg::Print => {
                browser::print();
                return false;
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.page(ctx)
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first: bool) {
        if let Some(id) = self.focus.take() {
            browser::focus(&id);
        }
    }
}

impl RecordsPage {
    fn ask(&mut self, ctx: &Context<Self>, question: AuditRequest, on: bool) {
        (self.waiting, self.problem) = (true, None);
        self.said.clear();
        self.turn += 1;
        let (app, turn) = (ctx.props().app.clone(), self.turn);
        ctx.link().send_future(async move { Msg::Came(turn, on, app.audit(&question).await) });
    }

    fn came(&mut self, on: bool, result: Result<AuditResponse, Problem>) {
        self.waiting = false;
        match result {
            Ok(page) => {
                if on {
                    // The button moves away or goes: the keyboard stands on the first new line.
                    self.focus = Some(view::line_id(self.entries.len()));
                } else {
                    self.entries.clear();
                }
                self.entries.extend(page.entries);
                self.next = page.next;
            }
            Err(problem) => self.problem = Some(problem),
        }
    }
}
