//! 同意 of one person: what may be seen now and why not, every record, recording one, withdrawing one, and the
//! papers for it.

mod form;
mod list;
mod now;
mod paper;
mod withdraw;

use crate::component::{
    Banner, Button, FaultMessage, IconKind, Rank, Tone, Waiting, all, el, icon, link, text,
};
use crate::page::parts::{heading, nobody, paragraph};
use crate::route::Route;
use crate::service::browser;
use crate::service::problem::Problem;
use crate::state::{App, ConsentDraft, ConsentErrors, ConsentField, PersonKey};
use crate::text::consent as words;
use domain::upstream::{ConsentListResponse, ConsentRecord};
use form::Change;
use paper::Wanted;
use withdraw::Asked;
use yew::prelude::*;

/// Properties of [`ConsentPage`].
#[derive(Properties, PartialEq)]
pub struct ConsentProps {
    /// The app, as of now; it keeps what is typed.
    pub app: App,
    /// Whose.
    pub person: PersonKey,
}

/// `id` of the button that opens the form.
const RECORD: &str = "consent-record";

/// The page.
pub struct ConsentPage {
    list: Option<ConsentListResponse>,
    problem: Option<Problem>,
    waiting: bool,
    /// What is wrong with the form.
    errors: ConsentErrors,
    attempt: u32,
    sending: bool,
    /// The consent whose withdrawal is being asked about.
    asked: Option<Asked>,
    done: Option<Done>,
    wanted: Wanted,
    /// What takes the focus once it is drawn.
    focus: Option<&'static str>,
}

/// What was done last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    Recorded,
    Withdrawn,
}

/// What happens on the page.
pub enum Msg {
    /// The records are to be fetched.
    Fetch,
    /// They came.
    Listed(Result<ConsentListResponse, Problem>),
    /// The form is opened, or closed with what was typed.
    Form(bool),
    /// The form changed.
    Change(Change),
    /// The form is sent.
    Send,
    /// It came back.
    Recorded(Result<ConsentListResponse, Problem>),
    /// Withdrawal of one is asked about, or no more.
    Ask(Option<Box<ConsentRecord>>),
    /// The question's own changes.
    Answer(withdraw::Change),
    /// It is withdrawn.
    Withdraw,
    /// It came back.
    Withdrawn(Result<ConsentListResponse, Problem>),
    /// Another paper.
    Paper(Wanted),
}

impl Component for ConsentPage {
    type Message = Msg;
    type Properties = ConsentProps;

    fn create(ctx: &Context<Self>) -> Self {
        ctx.link().send_message(Msg::Fetch);
        Self {
            list: None,
            problem: None,
            waiting: false,
            errors: ConsentErrors::new(),
            attempt: 0,
            sending: false,
            asked: None,
            done: None,
            wanted: Wanted::default(),
            focus: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let ConsentProps { app, person } = ctx.props();
        match msg {
            Msg::Fetch if self.waiting || app.person(*person).is_none() => return false,
            Msg::Fetch => {
                (self.waiting, self.problem) = (true, None);
                let (app, person) = (app.clone(), *person);
                ctx.link().send_future(async move { Msg::Listed(app.consents(person).await) });
            }
            Msg::Listed(result) => {
                self.waiting = false;
                self.take(result);
            }
            Msg::Form(open) => {
                (self.done, self.errors) = (None, ConsentErrors::new());
                // The button gives way to the form, or the form to the button: the keyboard goes along.
                self.focus = Some(if open { ConsentField::Giver.id() } else { RECORD });
                app.set_consent_draft(*person, open.then(|| ConsentDraft::new(app.now())));
            }
            Msg::Change(change) => {
                let mut draft = app.consent_draft(*person).unwrap_or_default();
                change.apply(&mut draft);
                app.set_consent_draft(*person, Some(draft));
            }
            Msg::Send => self.send(ctx),
            Msg::Recorded(result) => {
                self.sending = false;
                self.done = result.is_ok().then_some(Done::Recorded);
                self.take(result);
            }
            Msg::Ask(record) => self.asked = record.map(|record| Asked::new(*record)),
            Msg::Answer(change) => {
                if let Some(asked) = &mut self.asked {
                    asked.apply(change);
                }
            }
            Msg::Withdraw => self.withdraw(ctx),
            Msg::Withdrawn(result) => {
                // A refusal stands on the page: behind the question nobody would see it.
                self.asked = None;
                self.done = result.is_ok().then_some(Done::Withdrawn);
                self.take(result);
            }
            Msg::Paper(wanted) => self.wanted = wanted,
        }
        true
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first: bool) {
        if let Some(id) = self.focus.take() {
            browser::focus(id);
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let ConsentProps { app, person } = ctx.props();
        let Some(seen) = app.person(*person) else {
            return nobody(words().title);
        };
        let again = ctx.link().callback(|()| Msg::Fetch);
        let list = self.list.as_ref().map(|list| {
            all(vec![
                now::now(app, *person, list),
                list::list(ctx, list),
                self.form(ctx),
                paper::section(ctx, self.wanted, &seen.person),
            ])
        });
        html! {
            <article class="kk-page kk-consent" aria-busy={self.waiting.then_some("true")}>
                { heading(words().title) }
                { who(app, *person, &seen.person.name) }
                { paragraph(words().lead) }
                { self.said() }
                if let Some(problem) = &self.problem {
                    <FaultMessage problem={problem.clone()} focus=true onagain={again} />
                }
                if self.waiting && self.list.is_none() {
                    <Waiting what={words().waiting} />
                }
                { list.unwrap_or_default() }
                { self.asked.as_ref().map(|asked| asked.dialog(ctx)).unwrap_or_default() }
            </article>
        }
    }
}

/// Whose, and the ways on.
fn who(app: &App, person: PersonKey, name: &str) -> Html {
    let mut parts = vec![
        el("strong", "", text(name.to_owned())),
        link(Route::Person { person }, "kk-cases__way", text(words().to_person)),
    ];
    if app.may_follow().is_some_and(|may| may.is_ok()) {
        parts.push(link(Route::Cases { person }, "kk-cases__way", text(words().to_cases)));
    }
    parts.push(link(Route::Documents { person }, "kk-cases__way", text(words().to_documents)));
    el("p", "kk-cases__who", all(parts))
}

impl ConsentPage {
    fn take(&mut self, result: Result<ConsentListResponse, Problem>) {
        match result {
            Ok(list) => (self.list, self.problem) = (Some(list), None),
            Err(problem) => self.problem = Some(problem),
        }
    }

    fn send(&mut self, ctx: &Context<Self>) {
        if self.sending {
            return;
        }
        let ConsentProps { app, person } = ctx.props();
        self.done = None;
        match app.consent_draft(*person).unwrap_or_default().terms(app.now()) {
            Err(errors) => {
                self.errors = errors;
                self.attempt += 1;
            }
            Ok(terms) => {
                self.errors.clear();
                self.sending = true;
                let (app, person) = (app.clone(), *person);
                ctx.link().send_future(async move { Msg::Recorded(app.record_consent(person, terms).await) });
            }
        }
    }

    fn withdraw(&mut self, ctx: &Context<Self>) {
        let ConsentProps { app, person } = ctx.props();
        let Some((consent, by, reason)) = self.asked.as_mut().and_then(Asked::answer) else {
            // What is missing is the first question of the dialog.
            self.focus = Some(withdraw::WHO);
            return;
        };
        self.done = None;
        let (app, person) = (app.clone(), *person);
        ctx.link().send_future(async move {
            Msg::Withdrawn(app.withdraw_consent(person, consent, by, reason).await)
        });
    }

    /// What was done, where the keyboard goes on.
    fn said(&self) -> Html {
        let (title, more) = match self.done {
            None => return Html::default(),
            Some(Done::Recorded) => (words().saved, words().saved_more),
            Some(Done::Withdrawn) => (words().withdrawn_title, words().withdrawn_more),
        };
        html! { <Banner tone={Tone::Success} {title} focus=true>{ paragraph(more) }</Banner> }
    }

    /// The button, or the form in its place.
    fn form(&self, ctx: &Context<Self>) -> Html {
        let ConsentProps { app, person } = ctx.props();
        match app.consent_draft(*person) {
            Some(draft) => form::form(self, ctx, &draft),
            None => {
                let onclick = ctx.link().callback(|()| Msg::Form(true));
                html! {
                    <p class="kk-tools">
                        <Button id={RECORD} rank={Rank::Primary} {onclick}>
                            { icon(IconKind::Check) }{ words().record }
                        </Button>
                    </p>
                }
            }
        }
    }
}
