//! How the clerk's sheet looks: a line an item, what stands beside what is entered.

use super::check::{DAYS, Looked, Wrong};
use super::history::CaseHistory;
use super::{CasePage, CaseProps, Msg, Saved, conflict, outcome};
use crate::component::{
    Banner, Button, Checkbox, ErrorSummary, FieldError, FieldWidth, Need, Rank, TextField, Tone, all, badge,
    el, el_with, link, text,
};
use crate::page::desk::parts::section;
use crate::page::desk::queue::view::waited;
use crate::page::parts::{actions, fault, heading, note, paragraph, press};
use crate::route::Route;
use crate::state::{EntryDraft, EntryField as Field};
use crate::text::desk::entry::{entry as words, looks};
use crate::text::desk::fact::{contradiction, echo, fact as fact_words, standing, step as step_name};
use domain::calendar::{Date, parse_date};
use domain::certification::{Case, Contradiction, Fact, Step};
use domain::upstream::QueueEntry;
use yew::html::Scope;
use yew::prelude::*;

/// `id` of the sheet's heading.
pub(super) const SHEET: &str = "entry-dates-title";
const LOOKED: &str = "entry-looked";

/// What each line of the sheet needs.
pub(super) struct Lines<'a> {
    pub(super) link: &'a Scope<CasePage>,
    pub(super) case: &'a Case,
    pub(super) draft: &'a EntryDraft,
    looked: &'a Looked,
    today: Date,
    left: &'a [Field],
    tried: bool,
}

impl CasePage {
    pub(super) fn page(&self, ctx: &Context<Self>) -> Html {
        let CaseProps { app, case } = ctx.props();
        let Some(entry) = app.desk_case(*case) else { return gone() };
        let draft = app.entry_draft(*case);
        let looked = self.looked(ctx, &entry);
        let lines = Lines {
            link: ctx.link(),
            case: &entry.case,
            draft: &draft,
            looked: &looked,
            today: app.today(),
            left: &self.left,
            tried: self.tried,
        };
        let onsubmit = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Msg::Send
        });
        let sheet = all(vec![
            dates(&lines),
            outcome::outcome(&lines),
            outcome::postponement(&lines, *case),
            outcome::application(&lines),
            self.summary(&lines),
        ]);
        // Each has a place of its own, also when it is not there: a field keeps the focus.
        let parts = vec![
            self.mend(&lines),
            heading(words().title),
            head(&entry, app.today()),
            self.heard(ctx, &looked),
            html! { <form class="kk-form kk-desk__sheet" {onsubmit} novalidate=true>{ sheet }</form> },
            html! { <CaseHistory app={app.clone()} case={*case} version={entry.case.version} /> },
            el("p", "", link(Route::Desk, "", text(words().back))),
        ];
        html! { <article class="kk-page kk-desk">{ all(parts) }</article> }
    }

    /// What has to be mended before it can be sent.
    fn mend(&self, lines: &Lines<'_>) -> Html {
        let mut errors = Vec::new();
        if self.tried {
            let wrong = lines.looked.wrong.iter();
            errors.extend(wrong.map(|wrong| FieldError {
                field: wrong.field.map_or(SHEET, |field| lines.id(field)).into(),
                message: message(wrong).into(),
            }));
            if errors.is_empty() && !lines.looked.looks.is_empty() && !lines.draft.looked {
                errors.push(FieldError { field: LOOKED.into(), message: words().looked_missing.into() });
            }
        }
        html! { <ErrorSummary {errors} attempt={self.attempt} /> }
    }

    /// What became of the last try.
    fn heard(&self, ctx: &Context<Self>, looked: &Looked) -> Html {
        if let Some(found) = &self.conflict {
            return conflict::conflict(ctx, found, &looked.facts);
        }
        if let Some(problem) = &self.problem {
            let kept = all(vec![
                el("p", "", el("strong", "", text(words().not_entered))),
                paragraph(words().not_entered_more),
            ]);
            return fault(problem, true, kept);
        }
        if !self.refused.is_empty() {
            return html! {
                <Banner tone={Tone::Error} title={words().refused} focus=true>{ list(looks(&self.refused)) }</Banner>
            };
        }
        match &self.saved {
            Some(Saved::Now(facts)) => html! {
                <Banner tone={Tone::Success} title={words().saved} focus=true>
                    { list(facts.clone()) }
                    { el("p", "", link(Route::Desk, "", text(words().back))) }
                </Banner>
            },
            Some(Saved::Before) => html! {
                <Banner tone={Tone::Success} title={words().was_saved} focus=true>
                    { paragraph(words().was_saved_more) }
                </Banner>
            },
            None => Html::default(),
        }
    }

    /// What will be entered, what is to be looked at, and the button.
    fn summary(&self, lines: &Lines<'_>) -> Html {
        let facts = &lines.looked.facts;
        let said = if facts.is_empty() {
            note(words().nothing)
        } else {
            el("ul", "kk-desk__facts", all(facts.iter().map(|fact| planned(lines.case, fact)).collect()))
        };
        let correction = facts.iter().any(|fact| standing(lines.case, fact.step()).is_some());
        let keeps = if correction { note(words().keeps_old) } else { Html::default() };
        let look = if lines.looked.looks.is_empty() { Html::default() } else { self.look(lines) };
        let discard = lines.link.callback(|()| Msg::Discard);
        let busy = self.sending.then_some(AttrValue::Static(words().sending));
        let discard = if lines.draft.is_empty() || self.sending {
            Html::default()
        } else {
            press("entry-discard", Rank::Secondary, words().discard, discard)
        };
        let send = html! { <Button id="entry-send" submit=true {busy}>{ words().send }</Button> };
        let buttons = vec![send, discard];
        let inside = vec![
            el_with("div", &["role"], vec!["status".into()], all(vec![said, keeps])),
            look,
            actions(buttons),
        ];
        section("entry-summary", words().summary, None, all(inside))
    }

    fn look(&self, lines: &Lines<'_>) -> Html {
        let found: Vec<Contradiction> = lines.looked.looks.iter().map(|(_, found)| *found).collect();
        let onchange = lines.link.callback(Msg::Looked);
        let missing = self.tried && !lines.draft.looked;
        let error = missing.then_some(AttrValue::Static(words().looked_missing));
        let inside = vec![
            el("p", "", badge(Some(Tone::Warning), words().look)),
            list(looks(&found)),
            html! {
                <Checkbox id={LOOKED} label={words().looked} checked={lines.draft.looked} {error} {onchange} />
            },
        ];
        el("div", "kk-doubt", all(inside))
    }
}

impl Lines<'_> {
    /// `id` of a field.
    pub(super) fn id(&self, field: Field) -> &'static str {
        match field {
            Field::SurveyRequest => "entry-survey-request",
            Field::Survey => "entry-survey",
            Field::OpinionRequest => "entry-opinion-request",
            Field::Opinion => "entry-opinion",
            Field::FirstJudgement => "entry-first-judgement",
            Field::Committee => "entry-committee",
            Field::Outcome => "entry-outcome",
            Field::OutcomeOn => "entry-outcome-on",
            Field::Level => "entry-level",
            Field::ValidFrom => "entry-valid-from",
            Field::Months => "entry-months",
            Field::ValidTo => "entry-valid-to",
            Field::OutcomeReason => "entry-outcome-reason",
            Field::Notice => "entry-notice",
            Field::PostponedOn => "entry-postponed-on",
            Field::PostponedUntil => "entry-postponed-until",
            Field::PostponedReason => "entry-postponed-reason",
            Field::Applied => "entry-applied",
            Field::Kind => "entry-kind",
        }
    }

    /// What is wrong with a field, as far as it may be said already.
    pub(super) fn wrong(&self, field: Field) -> Option<String> {
        let said = |wrong: &&Wrong| {
            wrong.field == Some(field) && (wrong.at_once || self.tried || self.left.contains(&field))
        };
        self.looked.wrong.iter().find(said).map(|wrong| wrong.why.clone())
    }

    /// A field with fixed help.
    pub(super) fn field(
        &self,
        field: Field,
        label: &'static str,
        support: Option<&'static str>,
        width: FieldWidth,
        need: Need,
    ) -> Html {
        self.field_with(field, label, support.map(str::to_owned), width, need)
    }

    /// A field, with what is read of it, what is wrong, what is to be looked at.
    pub(super) fn field_with(
        &self,
        field: Field,
        label: &'static str,
        support: Option<String>,
        width: FieldWidth,
        need: Need,
    ) -> Html {
        let typed = self.draft.get(field).to_owned();
        let of_text = matches!(field, Field::Months | Field::OutcomeReason | Field::PostponedReason);
        let read = parse_date(&typed).ok().filter(|_| !of_text);
        let suffix = if self.looked.same.contains(&field) {
            Some(AttrValue::Static(words().same))
        } else {
            // Only a survey and a committee are planned; an end that lies ahead is no plan.
            let plan = matches!(field, Field::Survey | Field::Committee);
            read.map(|day| echo(day, if plan { self.today } else { day }).into())
        };
        let look = self.looked.looks.iter().find(|(at, _)| *at == Some(field));
        let warning = look.map(|(_, found)| AttrValue::from(contradiction(*found)));
        let on_input = self.link.callback(move |text| Msg::Type(field, text));
        let on_leave = self.link.callback(move |()| Msg::Leave(field));
        html! {
            <TextField
                id={self.id(field)}
                {label}
                value={typed}
                support={support.map(AttrValue::from)}
                {need}
                error={self.wrong(field).map(AttrValue::from)}
                {warning}
                {width}
                {suffix}
                inputmode={(field == Field::Months).then_some("numeric")}
                {on_input}
                {on_leave}
            />
        }
    }

    /// What stands for a step, with a way to take it back.
    pub(super) fn standing(&self, step: Step) -> Html {
        match standing(self.case, step) {
            Some(said) => {
                let now = el("p", "kk-desk__now", text([words().standing, ":", &said].concat()));
                all(vec![now, self.take_back(step)])
            }
            None => Html::default(),
        }
    }

    /// The box that takes back what stands for a step.
    fn take_back(&self, step: Step) -> Html {
        let checked = self.draft.cleared.contains(&step);
        if standing(self.case, step).is_none() && !checked {
            return Html::default();
        }
        let label = [step_name(step), words().take_back].concat();
        let id = ["entry-clear-", step.code()].concat();
        let onchange = self.link.callback(move |clear| Msg::Clear(step, clear));
        html! { <Checkbox {id} {label} {checked} {onchange} /> }
    }
}

/// The seven days.
fn dates(lines: &Lines<'_>) -> Html {
    let rows = DAYS.map(|(field, step, _)| {
        let now = standing(lines.case, step).unwrap_or_else(|| words().none.to_owned());
        let mut support = [words().standing, ":", &now].concat();
        if matches!(step, Step::Survey | Step::Committee) {
            support = support + "(" + words().may_plan + ")";
        }
        let field = lines.field_with(field, step_name(step), Some(support), FieldWidth::Medium, Need::Unsaid);
        el("div", "kk-desk__line", all(vec![field, lines.take_back(step)]))
    });
    section("entry-dates", words().dates, Some(words().dates_more), all(rows.into()))
}

/// Who, which application, how far, how long.
fn head(entry: &QueueEntry, today: Date) -> Html {
    let case = &entry.case;
    let person = &entry.person;
    let application = standing(case, Step::Application).unwrap_or_else(|| words().none.to_owned());
    let name = vec![
        el("span", "kk-queue__kana", text(person.kana.clone())),
        el("strong", "kk-desk__name", text(person.name.clone())),
    ];
    let before = case.outcome_before.as_ref().map(crate::text::desk::fact::outcome);
    let mut facts = vec![
        (words().case_no, text(entry.case_no.clone())),
        (words().insured, text(person.insured.as_str().to_owned())),
        (words().born, text(person.birth_date.wareki())),
        (words().application, text(application)),
        (words().stage, text(case.stage(today).name())),
        (words().waited, waited(entry, today)),
        (
            words().changed,
            text([&crate::text::format::time(case.changed_at), " ", &entry.changed_by].concat()),
        ),
    ];
    facts.extend(before.map(|before| (words().before_outcome, text(before))));
    let facts = el("dl", "kk-desk__pairs", crate::component::pairs(facts));
    el("div", "kk-desk__head", all(vec![el("p", "kk-desk__who", all(name)), facts]))
}

/// One fact that will be entered: whether it is new or a correction, and of what.
fn planned(case: &Case, fact: &Fact) -> Html {
    let before = standing(case, fact.step());
    let kind = if before.is_some() {
        badge(Some(Tone::Warning), words().correction)
    } else {
        badge(None, words().new)
    };
    let before = before.map_or_else(Html::default, |before| {
        el("span", "kk-desk__before", text(["(", words().standing, ":", &before, ")"].concat()))
    });
    el("li", "", all(vec![kind, text(" "), text(fact_words(fact)), before]))
}

fn list(lines: Vec<String>) -> Html {
    el("ul", "kk-causes", all(lines.into_iter().map(|line| el("li", "", text(line))).collect()))
}

fn message(wrong: &Wrong) -> String {
    let name = match wrong.field {
        Some(Field::Level) => words().level,
        Some(Field::ValidFrom) => words().valid_from,
        Some(Field::ValidTo) => words().valid_to,
        Some(Field::OutcomeReason) => words().reason,
        Some(Field::OutcomeOn) => step_name(Step::Outcome),
        Some(Field::PostponedOn) => words().postponed_on,
        Some(Field::PostponedUntil) => words().postponed_until,
        Some(Field::PostponedReason) => words().postponed_reason,
        Some(Field::Applied) => words().applied,
        Some(Field::Kind) => words().kind,
        other => {
            DAYS.iter().find(|(field, ..)| Some(*field) == other).map_or("", |(_, step, _)| step_name(*step))
        }
    };
    if wrong.at_once || name.is_empty() {
        return wrong.why.clone();
    }
    crate::text::desk::entry::wrong(name, &wrong.why)
}

fn gone() -> Html {
    html! {
        <article class="kk-page">
            { heading(words().title) }
            <Banner tone={Tone::Info} title={words().gone}><p>{ words().gone_why }</p></Banner>
            { el("p", "", link(Route::Desk, "kk-button kk-button--primary", text(words().back))) }
        </article>
    }
}
