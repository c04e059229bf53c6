//! This device joins the office, once.

mod check;

use crate::component::{ErrorSummary, FieldError, FieldWidth, Need, all, el};
use crate::page::parts::{Field, actions, fault, field, heading, note, paragraph, send};
use crate::service::problem::Problem;
use crate::state::App;
use crate::text::enrol as words;
use check::{Errors, check};
use yew::prelude::*;

/// Properties of [`EnrolPage`].
#[derive(Properties, PartialEq)]
pub struct EnrolProps {
    /// The app.
    pub app: App,
    /// Why again, when the device had joined before.
    #[prop_or_default]
    pub why: Option<Problem>,
}

/// The page.
pub struct EnrolPage {
    code: String,
    label: String,
    errors: Errors,
    attempt: u32,
    busy: bool,
    problem: Option<Problem>,
}

/// What happens on the page.
pub enum Msg {
    /// The code as typed.
    Code(String),
    /// The name as typed.
    Label(String),
    /// The form is sent.
    Send,
    /// It came back.
    Done(Result<(), Problem>),
}

const CODE: &str = "enrol-code";
const LABEL: &str = "enrol-label";

impl Component for EnrolPage {
    type Message = Msg;
    type Properties = EnrolProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self {
            code: String::new(),
            label: String::new(),
            errors: Errors::default(),
            attempt: 0,
            busy: false,
            problem: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Code(code) => self.code = code,
            Msg::Label(label) => self.label = label,
            Msg::Send => self.send(ctx),
            Msg::Done(result) => {
                self.busy = false;
                self.problem = result.err();
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let onsubmit = link.callback(|event: SubmitEvent| {
            event.prevent_default();
            Msg::Send
        });
        let mut parts = vec![
            html! { <ErrorSummary errors={self.summary()} attempt={self.attempt} /> },
            heading(words().title),
        ];
        parts.extend(ctx.props().why.iter().map(|why| fault(why, false, Html::default())));
        parts.extend(self.problem.iter().map(|problem| fault(problem, true, Html::default())));
        parts.push(paragraph(words().lead));
        parts.push(html! {
            <form class="kk-form" {onsubmit} novalidate=true>
                { self.field(CODE, link.callback(Msg::Code)) }
                { self.field(LABEL, link.callback(Msg::Label)) }
                { note(words().key_note) }
                { actions(vec![send(words().send, self.busy.then_some(words().sending))]) }
            </form>
        });
        el("div", "kk-page kk-page--narrow", all(parts))
    }
}

impl EnrolPage {
    fn send(&mut self, ctx: &Context<Self>) {
        if self.busy {
            return;
        }
        self.problem = None;
        match check(&self.code, &self.label) {
            Ok(form) => {
                self.errors = Errors::default();
                self.busy = true;
                let app = ctx.props().app.clone();
                ctx.link().send_future(async move { Msg::Done(app.enrol(&form.code, &form.label).await) });
            }
            Err(errors) => {
                self.errors = errors;
                self.attempt += 1;
            }
        }
    }

    fn field(&self, id: &'static str, on_input: Callback<String>) -> Html {
        let code = id == CODE;
        field(Field {
            id,
            label: if code { words().code } else { words().label },
            support: Some(if code { words().code_support } else { words().label_support }),
            value: if code { self.code.clone() } else { self.label.clone() },
            error: if code { self.errors.code } else { self.errors.label }.map(AttrValue::Static),
            width: if code { FieldWidth::Medium } else { FieldWidth::Full },
            need: Need::Required,
            autocomplete: "off",
            digits: false,
            on_input,
        })
    }

    fn summary(&self) -> Vec<FieldError> {
        [(CODE, self.errors.code), (LABEL, self.errors.label)]
            .into_iter()
            .filter_map(|(field, message)| Some(FieldError { field: field.into(), message: message?.into() }))
            .collect()
    }
}
