//! A 届出 on paper, entered by a clerk. What was typed stays in memory until it is entered; its key is made
//! once, so that a double press, and a try after a lost answer, are one entry.

mod question;
mod view;

use crate::page::desk::DeskPageProps;
use crate::route::Route;
use crate::service::problem::Problem;
use crate::state::{App, FiledKey, PaperDraft};
use domain::calendar::{Date, DateError, parse_date};
use domain::filing::wizard::{self, Context as Around, Trouble, Why};
use domain::filing::{Field, Identity};
use domain::upstream::{FilingWay, PaperRequest};
use yew::prelude::*;

/// The page.
#[derive(Default)]
pub(super) struct PaperPage {
    /// Whether it was tried: from then on it is said what is wrong.
    tried: bool,
    /// Warnings of that try, which may be confirmed.
    offered: Vec<Trouble>,
    attempt: u32,
    sending: bool,
    problem: Option<Problem>,
}

/// What happens on it.
pub(super) enum Msg {
    /// A field is typed or chosen.
    Set(Field, String),
    /// A paper was seen, or not.
    Seen(String, bool),
    /// A warning was looked at, or not.
    Confirm(String, bool),
    /// 窓口 or 郵送.
    Way(FilingWay),
    /// 受付日 is typed.
    Received(String),
    /// Enter it.
    Enter,
    /// It was, or why not.
    Entered(Result<FiledKey, Problem>),
    /// Begin anew.
    Discard,
}

impl Component for PaperPage {
    type Message = Msg;
    type Properties = DeskPageProps;

    fn create(ctx: &Context<Self>) -> Self {
        Self { problem: ctx.props().app.begin_paper().err(), ..Self::default() }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let app = &ctx.props().app;
        match msg {
            Msg::Set(field, typed) => change(app, |draft| draft.answers.set(field, &typed)),
            Msg::Seen(code, on) => {
                let now = app.now();
                change(app, |draft| crate::page::filing::write::seen(&mut draft.answers, &code, on, now));
            }
            Msg::Confirm(key, true) => change(app, |draft| draft.answers.confirm(&key)),
            Msg::Confirm(key, false) => change(app, |draft| draft.answers.unconfirm(&key)),
            Msg::Way(way) => change(app, |draft| draft.way = way),
            Msg::Received(typed) => change(app, |draft| draft.received_on = typed),
            Msg::Enter => self.enter(ctx),
            Msg::Entered(Ok(filing)) => app.go(Route::DeskFiled { filing }),
            Msg::Entered(Err(problem)) => (self.sending, self.problem) = (false, Some(problem)),
            Msg::Discard if self.sending => return false,
            Msg::Discard => {
                app.set_desk_filings(|desk| desk.paper = None);
                *self = Self { attempt: self.attempt, problem: app.begin_paper().err(), ..Self::default() };
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.page(ctx)
    }
}

impl PaperPage {
    fn enter(&mut self, ctx: &Context<Self>) {
        let app = &ctx.props().app;
        let Some(draft) = app.desk_filings(|desk| desk.paper.clone()).filter(|_| !self.sending) else {
            return;
        };
        (self.tried, self.problem) = (true, None);
        match request(&draft, app.today()) {
            Ok(request) => {
                self.sending = true;
                let app = app.clone();
                ctx.link().send_future(async move { Msg::Entered(app.enter_paper(&request).await) });
            }
            Err(troubles) => {
                self.offered = troubles.into_iter().filter(|one| one.why.may_be_confirmed()).collect();
                self.attempt += 1;
            }
        }
    }
}

fn change(app: &App, change: impl FnOnce(&mut PaperDraft)) {
    app.set_desk_filings(|desk| {
        if let Some(draft) = &mut desk.paper {
            change(draft);
        }
    });
}

/// 受付日, or why it cannot be one.
fn received_on(draft: &PaperDraft, today: Date) -> Result<Date, Why> {
    match parse_date(&draft.received_on) {
        Ok(day) if day > today => Err(Why::ToCome),
        Ok(day) => Ok(day),
        Err(DateError::Empty) => Err(Why::Missing),
        Err(error) => Err(Why::Day(error)),
    }
}

/// What is sent, or all that is wrong with it.
fn request(draft: &PaperDraft, today: Date) -> Result<PaperRequest, Vec<Trouble>> {
    let around = Around::desk(today);
    let filing = wizard::finish(&draft.answers, &around)?;
    let identity: Option<Identity> = match draft.answers.get(Field::IdentityWay) {
        "" => None,
        _ => Some(wizard::identity_of(&draft.answers, &around)?),
    };
    // Said at its own field, which is none of the form's.
    let received_on = received_on(draft, today).map_err(|_| Vec::new())?;
    Ok(PaperRequest { key: draft.key.clone(), filing, way: draft.way, received_on, identity })
}

#[cfg(test)]
mod tests;
