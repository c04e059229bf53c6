//! The way by numbers: what stands on the 被保険者証, and the person's consent.

mod view;

use super::check::{Errors, Field, Verdict, check};
use crate::route::Route;
use crate::service::problem::Problem;
use crate::state::{App, NumbersDraft, PersonKey};
use domain::number::InsurerNumber;
use domain::upstream::{ConsentGiver, ConsentMethod, SearchRequest, Sex};
use yew::prelude::*;

/// Properties of [`NumbersForm`].
#[derive(Properties, PartialEq)]
pub struct NumbersProps {
    /// The app; it keeps what is typed.
    pub app: App,
}

/// The form.
#[derive(Default)]
pub struct NumbersForm {
    errors: Errors,
    attempt: u32,
    /// The insurer number whose check digit differs, while it is asked about.
    look: Option<InsurerNumber>,
    busy: bool,
    problem: Option<Problem>,
}

/// What happens on the page.
pub enum Msg {
    /// Something was typed or chosen.
    Change(Change),
    /// The form is sent.
    Send,
    /// It is sent although the check digit differs.
    SendAllTheSame,
    /// Back to the number.
    Mend,
    /// It came back.
    Done(Result<PersonKey, Problem>),
}

/// A change of one field.
pub enum Change {
    /// A field was typed in.
    Typed(Field, String),
    /// 性別.
    Sex(Sex),
    /// Who consented.
    Giver(ConsentGiver),
    /// How.
    Method(ConsentMethod),
}

impl Change {
    fn apply(self, draft: &mut NumbersDraft) {
        match self {
            Self::Typed(Field::Insurer, typed) => draft.insurer = typed,
            Self::Typed(Field::Insured, typed) => draft.insured = typed,
            Self::Typed(Field::BirthDate, typed) => draft.birth_date = typed,
            // The others are chosen.
            Self::Typed(..) => {}
            Self::Sex(sex) => draft.sex = Some(sex),
            Self::Giver(giver) => draft.giver = Some(giver),
            Self::Method(method) => draft.method = Some(method),
        }
    }
}

impl Component for NumbersForm {
    type Message = Msg;
    type Properties = NumbersProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self::default()
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let app = &ctx.props().app;
        match msg {
            Msg::Change(change) => {
                let mut draft = app.numbers();
                change.apply(&mut draft);
                app.set_numbers(draft);
            }
            Msg::Send => self.send(ctx),
            Msg::SendAllTheSame => {
                let accepted = self.look.take().map(String::from);
                app.set_numbers(NumbersDraft { accepted, ..app.numbers() });
                self.send(ctx);
            }
            Msg::Mend => {
                self.look = None;
                crate::service::browser::focus(Field::Insurer.id());
            }
            Msg::Done(Ok(person)) => {
                self.busy = false;
                app.go(Route::Person { person });
            }
            Msg::Done(Err(problem)) => {
                self.busy = false;
                self.problem = Some(problem);
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.page(ctx)
    }
}

impl NumbersForm {
    fn send(&mut self, ctx: &Context<Self>) {
        if self.busy {
            return;
        }
        let app = &ctx.props().app;
        self.problem = None;
        self.look = None;
        self.errors.clear();
        match check(&app.numbers(), app.now()) {
            Verdict::Send(request) => self.search(ctx, request),
            Verdict::Look(insurer) => self.look = Some(insurer),
            Verdict::Mend(errors) => {
                self.errors = errors;
                self.attempt += 1;
            }
        }
    }

    fn search(&mut self, ctx: &Context<Self>, request: SearchRequest) {
        self.busy = true;
        let app = ctx.props().app.clone();
        ctx.link().send_future(async move { Msg::Done(app.search(request).await) });
    }

    fn error(&self, field: Field) -> Option<AttrValue> {
        self.errors.iter().find(|(at, _)| *at == field).map(|(_, message)| message.clone().into())
    }
}
