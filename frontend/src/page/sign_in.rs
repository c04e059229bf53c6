//! Signing in: user ID and password, then a one-time password. The same page opens a locked screen.

mod check;
mod view;

use crate::service::problem::Problem;
use crate::state::App;
use check::Errors;
use domain::upstream::{Staff, StartResponse};
use std::rc::Rc;
use yew::prelude::*;
use zeroize::Zeroize;

/// Properties of [`SignInPage`].
#[derive(Properties, PartialEq)]
pub struct SignInProps {
    /// The app.
    pub app: App,
    /// Why again.
    pub why: Option<Problem>,
    /// Who was working, and whose work is kept.
    pub last: Option<Rc<Staff>>,
}

/// The page.
pub struct SignInPage {
    user_id: String,
    password: String,
    otp: String,
    /// The first step's answer: the second is asked for.
    ticket: Option<StartResponse>,
    /// Somebody else than the last one wants to sign in.
    other: bool,
    errors: Errors,
    attempt: u32,
    busy: bool,
    problem: Option<Problem>,
}

/// What happens on the page.
pub enum Msg {
    /// The user ID as typed.
    UserId(String),
    /// The password as typed.
    Password(String),
    /// The one-time password as typed.
    Otp(String),
    /// The form is sent.
    Send,
    /// The first step came back.
    Started(Result<StartResponse, Problem>),
    /// The second step came back; after success the page is gone.
    Entered(Result<(), Problem>),
    /// Back to the first step.
    Back,
    /// Somebody else.
    Other,
}

/// The one-time password is over: begin again.
const OTP_OVER: &str = "UPS-104";

impl Component for SignInPage {
    type Message = Msg;
    type Properties = SignInProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self {
            user_id: String::new(),
            password: String::new(),
            otp: String::new(),
            ticket: None,
            other: false,
            errors: Errors::none(),
            attempt: 0,
            busy: false,
            problem: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::UserId(typed) => self.user_id = typed,
            Msg::Password(typed) => self.password = typed,
            Msg::Otp(typed) => self.otp = typed,
            Msg::Send => self.send(ctx),
            Msg::Started(Ok(ticket)) => {
                self.restart();
                self.ticket = Some(ticket);
            }
            Msg::Entered(Ok(())) => return false,
            Msg::Started(Err(problem)) | Msg::Entered(Err(problem)) => {
                if problem.is(OTP_OVER) {
                    self.restart();
                }
                self.busy = false;
                self.problem = Some(problem);
            }
            Msg::Back => self.restart(),
            Msg::Other => {
                self.restart();
                self.other = true;
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        match &self.ticket {
            Some(ticket) => self.second_step(ctx, ticket),
            None => self.first_step(ctx),
        }
    }

    fn destroy(&mut self, _ctx: &Context<Self>) {
        self.password.zeroize();
        self.otp.zeroize();
    }
}

impl SignInPage {
    fn send(&mut self, ctx: &Context<Self>) {
        if self.busy {
            return;
        }
        self.problem = None;
        let (app, link) = (ctx.props().app.clone(), ctx.link());
        let sent = match &self.ticket {
            None => check::start(&self.user_id_of(ctx), &self.password).map(|request| {
                link.send_future(async move { Msg::Started(app.sign_in(request).await) });
            }),
            Some(ticket) => check::otp(&ticket.ticket, &self.otp).map(|request| {
                link.send_future(async move { Msg::Entered(app.one_time_password(request).await) });
            }),
        };
        match sent {
            Ok(()) => {
                self.errors = Errors::none();
                self.busy = true;
            }
            Err(errors) => {
                self.errors = errors;
                self.attempt += 1;
            }
        }
    }

    /// Whose work is waiting behind the gate, unless somebody else wants in.
    fn last<'a>(&self, ctx: &'a Context<Self>) -> Option<&'a Staff> {
        ctx.props().last.as_deref().filter(|_| !self.other)
    }

    fn user_id_of(&self, ctx: &Context<Self>) -> String {
        self.last(ctx).map_or_else(|| self.user_id.clone(), |staff| staff.user_id.to_string())
    }

    /// Back to the first step with nothing secret left.
    fn restart(&mut self) {
        self.password.zeroize();
        self.otp.zeroize();
        self.ticket = None;
        self.errors = Errors::none();
        self.busy = false;
        self.problem = None;
    }
}
