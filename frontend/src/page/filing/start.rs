//! Beginning a 届出 for one person: what is known of why, drafts that are there, and what is filled in.

use crate::component::{Banner, FaultMessage, Rank, Tone, Waiting, all, el, link, text};
use crate::page::parts::{heading, nobody, note, paragraph, press};
use crate::route::Route;
use crate::service::account::Kept as OnDevice;
use crate::service::json;
use crate::service::problem::Problem;
use crate::state::{App, Draft, PersonKey};
use crate::text::{filing as words, filing_in_words};
use domain::filing::compare::Paper;
use domain::filing::wizard::{OwnOffice, Prefilled, prefill};
use domain::filing::{Answers, Field, Origin};
use domain::qualification::Content;
use domain::upstream::SeenPerson;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

/// Properties of [`StartPage`].
#[derive(Properties, PartialEq)]
pub struct StartProps {
    /// The app, as of now.
    pub app: App,
    /// Whose.
    pub person: PersonKey,
}

/// The page.
pub struct StartPage {
    problem: Option<Problem>,
}

/// What happens on it.
pub enum Msg {
    /// A draft is begun.
    Begin,
}

/// What this office typed of itself the last time; nothing in it is a person's.
#[derive(Serialize, Deserialize, Default)]
pub(super) struct OfficeCard {
    postal: String,
    address: String,
    phone: String,
}

impl Component for StartPage {
    type Message = Msg;
    type Properties = StartProps;

    fn create(ctx: &Context<Self>) -> Self {
        let StartProps { app, person } = ctx.props();
        app.open_drafts();
        if app.clients().value.is_none() {
            app.load_clients();
        }
        if app.qualification(*person).value.is_none() && app.person(*person).is_some() {
            app.load_qualification(*person);
        }
        Self { problem: None }
    }

    fn update(&mut self, ctx: &Context<Self>, Msg::Begin: Msg) -> bool {
        let StartProps { app, person } = ctx.props();
        let Some(seen) = app.person(*person) else { return false };
        match app.begin_draft(begin(app, *person, &seen)) {
            Ok(draft) => app.go(Route::Filing { draft, page: 1 }),
            Err(problem) => self.problem = Some(problem),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let StartProps { app, person } = ctx.props();
        let Some(seen) = app.person(*person) else { return nobody(words().start) };
        let mut parts = vec![
            heading(words().start),
            el(
                "p",
                "kk-cases__who",
                all(vec![
                    el("strong", "", text(seen.person.name.clone())),
                    link(
                        Route::Person { person: *person },
                        "kk-cases__way",
                        text(crate::text::consent().to_person),
                    ),
                ]),
            ),
        ];
        if !app.may_file() {
            parts.push(html! {
                <Banner tone={Tone::Warning} title={words().may_not}>{ paragraph(words().may_not_why) }</Banner>
            });
            parts.push(link(Route::FilingBlank, "kk-button kk-button--secondary", text(words().blank)));
            return el("article", "kk-page kk-filing", all(parts));
        }
        parts.push(paragraph(words().lead));
        parts.push(super::due::sentences(app, *person));
        parts.push(there(app, &seen));
        let load = app.qualification(*person);
        if load.waiting && load.value.is_none() {
            parts.push(html! { <Waiting what={words().start_waiting} /> });
        } else {
            if let Some(problem) = load.problem.filter(|_| load.value.is_none()) {
                let (app, person) = (app.clone(), *person);
                let again = Callback::from(move |()| app.load_qualification(person));
                parts.push(html! {
                    <FaultMessage {problem} onagain={again}>{ paragraph(words().start_without) }</FaultMessage>
                });
            }
            if let Some(problem) = self.problem.clone() {
                parts.push(html! { <FaultMessage {problem} focus=true /> });
            }
            parts.push(paragraph(words().start_lead));
            parts.push(note(words().start_number));
            parts.push(note(words().start_paper));
            let begin = ctx.link().callback(|()| Msg::Begin);
            parts.push(el("p", "kk-actions", press("filing-begin", Rank::Primary, words().start_go, begin)));
        }
        el("article", "kk-page kk-filing", all(parts))
    }
}

/// Drafts of this person that are there already.
fn there(app: &App, seen: &SeenPerson) -> Html {
    let mine: Vec<Html> = app.filings(|filings| {
        let mine = filings.drafts.iter().filter(|kept| kept.draft.person.handle == seen.person.handle);
        mine.map(|kept| {
            let begun =
                filing_in_words(&crate::text::filing_day(kept.draft.begun_at.date()), kept.draft.begun_at);
            let to = Route::Filing { draft: kept.key, page: 0 };
            el("li", "", all(vec![text(begun), text(" "), link(to, "kk-cases__way", text(words().go_on))]))
        })
        .collect()
    });
    if mine.is_empty() {
        return Html::default();
    }
    html! { <Banner tone={Tone::Info} title={words().start_there}>{ el("ul", "", all(mine)) }</Banner> }
}

/// What a new draft begins with.
fn begin(app: &App, person: PersonKey, seen: &SeenPerson) -> Draft {
    let now = app.now();
    let qualification = app.qualification(person).value;
    let sheet = qualification.as_ref().map(|all| &all.certificate.content);
    let certificate = sheet.and_then(Content::value).cloned();
    let paper = match (&certificate, sheet) {
        (Some(certificate), _) => Paper::Held(certificate),
        (None, Some(Content::NoneIssued)) => Paper::Missing,
        _ => Paper::Unseen,
    };
    let answers = app.session().map_or_else(Answers::default, |staff| {
        let office = OwnOffice {
            number: staff.office.clone(),
            name: staff.office_name.clone(),
            staff: staff.name.clone(),
            job: staff.job,
        };
        let known = Prefilled {
            person: &seen.person,
            paper,
            card: None,
            before: None,
            office: &office,
            today: now.date(),
        };
        let mut answers = prefill(&known);
        if let Some(card) = OnDevice::Office.load(&staff).and_then(|text| json::read(text.as_bytes()).ok()) {
            OfficeCard::fill(&card, &mut answers);
        }
        answers
    });
    Draft {
        person: seen.person.clone(),
        certificate,
        answers,
        page: 1,
        replaces: None,
        begun_at: now,
        sent: None,
    }
}

impl OfficeCard {
    fn fill(&self, answers: &mut Answers) {
        for (field, kept) in [
            (Field::OfficePostal, &self.postal),
            (Field::OfficeAddress, &self.address),
            (Field::OfficePhone, &self.phone),
            (Field::FilerPhone, &self.phone),
        ] {
            answers.fill(field, kept, Origin::Before);
        }
    }

    /// Keeps what was typed of the account's own office.
    pub(super) fn keep(app: &App, answers: &Answers) {
        let Some(staff) = app.session() else { return };
        if answers.get(Field::OfficeNumber) != staff.office.as_str() {
            return;
        }
        let card = Self {
            postal: answers.get(Field::OfficePostal).to_owned(),
            address: answers.get(Field::OfficeAddress).to_owned(),
            phone: answers.get(Field::OfficePhone).to_owned(),
        };
        if let Ok(text) = serde_json::to_string(&card) {
            // Where nothing can be kept, it is typed again.
            let _ = OnDevice::Office.keep(&staff, &text);
        }
    }
}
