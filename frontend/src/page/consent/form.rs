//! Recording a consent: who, how, on which paper, what for, when, till when.

use super::{ConsentPage, Msg};
use crate::component::{
    Checkbox, ErrorSummary, FieldError, FieldGroup, FieldWidth, Need, RadioGroup, RadioOption, Rank, all,
    el_with, text,
};
use crate::page::parts::{self, actions, field, note, press, send};
use crate::state::{ConsentDraft, ConsentField};
use crate::text::{consent as words, consent_giver, consent_method};
use domain::upstream::{ConsentBasis, ConsentGiver, ConsentMethod, ConsentScope};
use yew::prelude::*;

/// A change of one field.
pub enum Change {
    /// Something was typed.
    Typed(ConsentField, String),
    /// Who consented.
    Giver(ConsentGiver),
    /// How.
    Method(ConsentMethod),
    /// Which paper.
    Basis(ConsentBasis),
    /// A kind of information is covered or not.
    Scope(ConsentScope, bool),
    /// Whether it ends on a day.
    Ends(bool),
}

impl Change {
    pub(super) fn apply(self, draft: &mut ConsentDraft) {
        match self {
            Self::Typed(ConsentField::Name, typed) => draft.name = typed,
            Self::Typed(ConsentField::Relation, typed) => draft.relation = typed,
            Self::Typed(ConsentField::Version, typed) => draft.version = typed,
            Self::Typed(ConsentField::Day, typed) => draft.day = typed,
            Self::Typed(ConsentField::Clock, typed) => draft.clock = typed,
            Self::Typed(ConsentField::Last, typed) => draft.last = typed,
            // The others are chosen.
            Self::Typed(..) => {}
            Self::Giver(giver) => draft.giver = Some(giver),
            Self::Method(method) => draft.method = Some(method),
            Self::Basis(basis) => draft.basis = Some(basis),
            Self::Scope(scope, on) => draft.cover(scope, on),
            Self::Ends(ends) => draft.ends = Some(ends),
        }
    }
}

/// Both who may consent, as they are asked for.
pub(super) const GIVERS: [ConsentGiver; 2] = [ConsentGiver::Person, ConsentGiver::Representative];
const METHODS: [ConsentMethod; 2] = [ConsentMethod::Written, ConsentMethod::Spoken];

/// The form, with what is wrong above it.
pub(super) fn form(page: &ConsentPage, ctx: &Context<ConsentPage>, draft: &ConsentDraft) -> Html {
    let onsubmit = ctx.link().callback(|event: SubmitEvent| {
        event.prevent_default();
        Msg::Send
    });
    let summary: Vec<FieldError> = page
        .errors
        .iter()
        .map(|(field, message)| FieldError { field: field.id().into(), message: message.clone().into() })
        .collect();
    let part = Part { page, ctx };
    let leave = ctx.link().callback(|()| Msg::Form(false));
    let ends = vec![
        send(words().save, page.sending.then_some(words().saving)),
        press("consent-leave", Rank::Tertiary, crate::text::common().cancel, leave),
    ];
    let title = el_with(
        "h2",
        &["class", "id"],
        vec!["kk-subtitle".into(), "consent-form".into()],
        text(words().record),
    );
    html! {
        <section class="kk-consent__form" aria-labelledby="consent-form">
            { title }
            { note(words().record_lead) }
            <ErrorSummary errors={summary} attempt={page.attempt} />
            <form class="kk-form" {onsubmit} novalidate=true>
                { group(words().by, None, part.who(draft)) }
                { group(words().paper, None, part.paper(draft)) }
                { part.scope(draft) }
                { group(words().when, Some(words().when_support), part.when(draft)) }
                { group(words().until, None, part.until(draft)) }
                { actions(ends) }
            </form>
        </section>
    }
}

#[inline(never)]
fn group(legend: &'static str, support: Option<&'static str>, inside: Html) -> Html {
    html! { <FieldGroup {legend} {support}>{ inside }</FieldGroup> }
}

struct Part<'a> {
    page: &'a ConsentPage,
    ctx: &'a Context<ConsentPage>,
}

impl Part<'_> {
    fn error(&self, field: ConsentField) -> Option<AttrValue> {
        let found = self.page.errors.iter().find(|(at, _)| *at == field);
        found.map(|(_, message)| message.clone().into())
    }

    fn who(&self, draft: &ConsentDraft) -> Html {
        let at = draft.giver.and_then(|giver| GIVERS.iter().position(|one| *one == giver));
        let change = |at: usize| GIVERS.get(at).map(|giver| Change::Giver(*giver));
        let mut parts = vec![self.radio(
            ConsentField::Giver,
            words().who,
            GIVERS.map(consent_giver).to_vec(),
            at,
            change,
        )];
        if draft.giver == Some(ConsentGiver::Representative) {
            parts.push(self.typed(ConsentField::Name, words().name, None, &draft.name, Need::Required));
            let support = Some(words().relation_support);
            parts.push(self.typed(
                ConsentField::Relation,
                words().relation,
                support,
                &draft.relation,
                Need::Required,
            ));
        }
        let at = draft.method.and_then(|method| METHODS.iter().position(|one| *one == method));
        let change = |at: usize| METHODS.get(at).map(|method| Change::Method(*method));
        let names = METHODS.map(consent_method).to_vec();
        parts.push(self.radio(ConsentField::Method, words().method, names, at, change));
        all(parts)
    }

    fn paper(&self, draft: &ConsentDraft) -> Html {
        let at = draft.basis.and_then(|basis| ConsentBasis::ALL.iter().position(|one| *one == basis));
        let change = |at: usize| ConsentBasis::ALL.get(at).map(|basis| Change::Basis(*basis));
        let names = ConsentBasis::ALL.iter().map(|basis| basis.name()).collect();
        let support = Some(words().version_support);
        all(vec![
            self.radio(ConsentField::Basis, words().basis, names, at, change),
            self.typed(ConsentField::Version, words().version, support, &draft.version, Need::Optional),
        ])
    }

    /// One check box a kind. What is wrong stands with the first, where the summary leads.
    fn scope(&self, draft: &ConsentDraft) -> Html {
        let boxes = ConsentScope::ALL.iter().enumerate().map(|(at, scope)| {
            let scope = *scope;
            let first = ConsentField::Scope.id();
            let id: AttrValue = if at == 0 { first.into() } else { [first, "-", &at.to_string()].concat().into() };
            let error = if at == 0 { self.error(ConsentField::Scope) } else { None };
            let onchange = self.ctx.link().callback(move |on| Msg::Change(Change::Scope(scope, on)));
            html! {
                <Checkbox {id} label={scope.name()} checked={draft.scope.contains(&scope)} {error} {onchange} />
            }
        });
        group(words().scope, Some(words().scope_support), all(boxes.collect()))
    }

    fn when(&self, draft: &ConsentDraft) -> Html {
        let (day, clock) = (Some(words().day_support), Some(words().clock_support));
        all(vec![
            self.typed(ConsentField::Day, words().day, day, &draft.day, Need::Required),
            self.typed(ConsentField::Clock, words().clock, clock, &draft.clock, Need::Required),
        ])
    }

    fn until(&self, draft: &ConsentDraft) -> Html {
        let names = vec![words().ends_never, words().ends_on];
        let at = draft.ends.map(usize::from);
        let mut parts =
            vec![self.radio(ConsentField::Ends, words().ends, names, at, |at| Some(Change::Ends(at == 1)))];
        if draft.ends == Some(true) {
            let support = Some(words().last_support);
            parts.push(self.typed(ConsentField::Last, words().last, support, &draft.last, Need::Required));
        }
        all(parts)
    }

    fn radio(
        &self,
        of: ConsentField,
        legend: &'static str,
        names: Vec<&'static str>,
        chosen: Option<usize>,
        change: fn(usize) -> Option<Change>,
    ) -> Html {
        let options = names.into_iter().enumerate().map(|(at, name)| RadioOption::new(at.to_string(), name));
        let options: Vec<RadioOption> = options.collect();
        let selected = chosen.map(|at| AttrValue::from(at.to_string()));
        let onchange = self
            .ctx
            .link()
            .batch_callback(move |value: AttrValue| value.parse().ok().and_then(change).map(Msg::Change));
        let error = self.error(of);
        html! { <RadioGroup id={of.id()} {legend} {options} {selected} {error} {onchange} /> }
    }

    fn typed(
        &self,
        of: ConsentField,
        label: &'static str,
        support: Option<&'static str>,
        value: &str,
        need: Need,
    ) -> Html {
        field(parts::Field {
            id: of.id(),
            label,
            support,
            value: value.to_owned(),
            error: self.error(of),
            width: if of == ConsentField::Clock { FieldWidth::Short } else { FieldWidth::Medium },
            need,
            autocomplete: "off",
            digits: false,
            on_input: self.ctx.link().callback(move |text| Msg::Change(Change::Typed(of, text))),
        })
    }
}
