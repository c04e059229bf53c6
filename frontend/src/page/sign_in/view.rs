//! How the two steps look.

use super::{Msg, SignInPage};
use crate::component::{ErrorSummary, FieldError, FieldWidth, Need, Rank, all, el, el_with, text};
use crate::page::parts::{Field, actions, fault, field, heading, paragraph, press, send};
use crate::text::{sent_to, sign_in as words};
use domain::upstream::{Staff, StartResponse};
use yew::prelude::*;

const USER_ID: &str = "sign-in-user";
const PASSWORD: &str = "sign-in-password";
const OTP: &str = "sign-in-otp";

/// Code of a lock, which the heading says already.
const LOCKED: &str = "APP-010";

impl SignInPage {
    pub(super) fn first_step(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let last = self.last(ctx);
        let locked = last.is_some() && ctx.props().why.as_ref().is_some_and(|why| why.is(LOCKED));
        let mut buttons = vec![send(
            if locked { words().unlock } else { words().next },
            self.busy.then_some(words().checking),
        )];
        if last.is_some() {
            let other = link.callback(|()| Msg::Other);
            buttons.push(press("sign-in-other", Rank::Tertiary, words().other_person, other));
            buttons.push(el("span", "kk-support", text(words().other_note)));
        }
        let user = match last {
            Some(staff) => who(staff),
            None => field(Field {
                support: Some(words().user_id_support),
                value: self.user_id.clone(),
                error: self.errors.user_id.clone().map(AttrValue::from),
                on_input: link.callback(Msg::UserId),
                ..plain(USER_ID, words().user_id, "username")
            }),
        };
        let password = field(Field {
            value: self.password.clone(),
            error: self.errors.password.clone().map(AttrValue::from),
            on_input: link.callback(Msg::Password),
            ..plain(PASSWORD, words().password, "current-password")
        });
        let lead = paragraph(if locked { words().locked_lead } else { words().lead });
        let title = if locked { words().title_locked } else { words().title };
        self.page(ctx, title, locked, lead, vec![user, password, actions(buttons)])
    }

    pub(super) fn second_step(&self, ctx: &Context<Self>, ticket: &StartResponse) -> Html {
        let link = ctx.link();
        let sent = el_with("p", &["role"], vec!["status".into()], text(sent_to(&ticket.sent_to)));
        let outbox = ctx.props().app.training().map(|training| {
            let values = vec![training.outbox.into(), "_blank".into(), "noopener noreferrer".into()];
            el("p", "", el_with("a", &["href", "target", "rel"], values, text(words().outbox)))
        });
        let otp = field(Field {
            support: Some(words().otp_support),
            value: self.otp.clone(),
            error: self.errors.otp.clone().map(AttrValue::from),
            width: FieldWidth::Short,
            digits: true,
            on_input: link.callback(Msg::Otp),
            ..plain(OTP, words().otp, "one-time-code")
        });
        let buttons = actions(vec![
            send(words().enter, self.busy.then_some(words().entering)),
            press("sign-in-back", Rank::Tertiary, words().back, link.callback(|()| Msg::Back)),
        ]);
        let lead = all(std::iter::once(sent).chain(outbox).collect());
        self.page(ctx, words().title_otp, true, lead, vec![otp, buttons])
    }

    fn page(
        &self,
        ctx: &Context<Self>,
        title: &'static str,
        said: bool,
        lead: Html,
        form: Vec<Html>,
    ) -> Html {
        let onsubmit = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Msg::Send
        });
        html! {
            <div class="kk-page kk-page--narrow" key={title}>
                <ErrorSummary errors={self.summary()} attempt={self.attempt} />
                { heading(title) }
                { self.faults(ctx, said) }
                { lead }
                <form class="kk-form" {onsubmit} novalidate=true>{ all(form) }</form>
            </div>
        }
    }

    /// Why a sign-in is needed again, or what just went wrong, which is newer.
    fn faults(&self, ctx: &Context<Self>, said: bool) -> Html {
        let why = ctx.props().why.clone().filter(|_| !said);
        match self.problem.clone().or(why) {
            Some(problem) => fault(&problem, self.problem.is_some(), Html::default()),
            None => Html::default(),
        }
    }

    fn summary(&self) -> Vec<FieldError> {
        let errors = &self.errors;
        [(USER_ID, &errors.user_id), (PASSWORD, &errors.password), (OTP, &errors.otp)]
            .into_iter()
            .filter_map(|(field, message)| {
                Some(FieldError { field: field.into(), message: message.clone()?.into() })
            })
            .collect()
    }
}

/// A field of a form whose every field is needed, so that none says so.
fn plain(id: &'static str, label: &'static str, autocomplete: &'static str) -> Field {
    Field {
        id,
        label,
        support: None,
        value: String::new(),
        error: None,
        width: FieldWidth::Full,
        need: Need::Unsaid,
        autocomplete,
        digits: false,
        on_input: Callback::noop(),
    }
}

/// Whose screen it is, and for password managers whose password is asked for.
fn who(staff: &Staff) -> Html {
    let name = format!("{}({})", staff.name, staff.office_name);
    let row = vec![el("dt", "kk-row__name", text(words().who)), el("dd", "kk-row__value", text(name))];
    html! {
        <>
            { el("dl", "kk-rows", el("div", "kk-row", all(row))) }
            <input type="text" autocomplete="username" value={staff.user_id.to_string()} readonly=true hidden=true />
        </>
    }
}
