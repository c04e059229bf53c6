//! How the form looks.

use super::super::check::{Field, understood};
use super::{Change, Msg, NumbersForm};
use crate::component::{
    Banner, ErrorSummary, FieldError, FieldGroup, FieldWidth, Need, RadioGroup, RadioOption, Rank, Tone, all,
    el, el_with, text,
};
use crate::page::parts::{self, actions, fault, field, heading, paragraph, press, send};
use crate::service::problem::Problem;
use crate::state::NumbersDraft;
use crate::text::{birth_echo, find as words, format};
use domain::calendar::Date;
use domain::upstream::{ConsentGiver, ConsentMethod, Sex};
use yew::prelude::*;

/// Nobody has these numbers.
const NOT_FOUND: &str = "UPS-111";

impl NumbersForm {
    pub(super) fn page(&self, ctx: &Context<Self>) -> Html {
        let app = &ctx.props().app;
        let draft = app.numbers();
        let onsubmit = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Msg::Send
        });
        let errors: Vec<FieldError> = self
            .errors
            .iter()
            .map(|(field, message)| FieldError { field: field.id().into(), message: message.clone().into() })
            .collect();
        let end = match &self.look {
            Some(_) => digit_differs(ctx),
            None => actions(vec![send(words().search, self.busy.then_some(words().searching))]),
        };
        html! {
            <div class="kk-page kk-page--narrow">
                <ErrorSummary {errors} attempt={self.attempt} />
                { heading(words().numbers_title) }
                { self.problem.as_ref().map_or_else(Html::default, not_found) }
                <form class="kk-form" {onsubmit} novalidate=true>
                    { group(words().person, None, self.paper(ctx, &draft, app.today())) }
                    { group(words().consent, Some(words().consent_support), self.consent(ctx, &draft)) }
                    { end }
                </form>
            </div>
        }
    }

    /// What stands on the 被保険者証, in its order.
    fn paper(&self, ctx: &Context<Self>, draft: &NumbersDraft, today: Date) -> Html {
        let echo =
            understood(&draft.birth_date, today).map(|date| el("p", "kk-echo", text(echo(date, today))));
        let labels = [
            (Field::Insurer, words().insurer, words().insurer_support, &draft.insurer, FieldWidth::Short),
            (Field::Insured, words().insured, words().insured_support, &draft.insured, FieldWidth::Medium),
            (
                Field::BirthDate,
                words().birth_date,
                words().birth_support,
                &draft.birth_date,
                FieldWidth::Medium,
            ),
        ];
        let mut parts: Vec<Html> = labels
            .into_iter()
            .map(|(id, label, support, value, width)| {
                field(parts::Field {
                    id: id.id(),
                    label,
                    support: Some(support),
                    value: value.clone(),
                    error: self.error(id),
                    width,
                    need: Need::Required,
                    autocomplete: "off",
                    digits: id != Field::BirthDate,
                    on_input: ctx.link().callback(move |text| Msg::Change(Change::Typed(id, text))),
                })
            })
            .collect();
        parts.push(el_with("div", &["role"], vec!["status".into()], all(echo.into_iter().collect())));
        parts.push(self.choice(ctx, Field::Sex, words().sex, &SEXES, draft.sex, Change::Sex));
        all(parts)
    }

    fn consent(&self, ctx: &Context<Self>, draft: &NumbersDraft) -> Html {
        all(vec![
            self.choice(ctx, Field::Giver, words().giver, &givers(), draft.giver, Change::Giver),
            self.choice(ctx, Field::Method, words().method, &methods(), draft.method, Change::Method),
        ])
    }

    fn choice<T: Copy + PartialEq + 'static>(
        &self,
        ctx: &Context<Self>,
        field: Field,
        legend: &'static str,
        choices: &[Choice<T>; 2],
        now: Option<T>,
        change: fn(T) -> Change,
    ) -> Html {
        let options = choices.iter().map(|(_, value, label)| RadioOption::new(*value, *label)).collect();
        let selected = choices.iter().find(|(choice, ..)| Some(*choice) == now).map(|(_, value, _)| *value);
        radios(field, legend, options, selected, self.error(field), chosen(ctx, choices, change))
    }
}

#[inline(never)]
fn group(legend: &'static str, support: Option<&'static str>, inside: Html) -> Html {
    html! { <FieldGroup {legend} {support}>{ inside }</FieldGroup> }
}

#[inline(never)]
fn radios(
    field: Field,
    legend: &'static str,
    options: Vec<RadioOption>,
    selected: Option<&'static str>,
    error: Option<AttrValue>,
    onchange: Callback<AttrValue>,
) -> Html {
    let (id, inline) = (field.id(), field == Field::Sex);
    html! { <RadioGroup {id} {legend} {options} {selected} {error} {inline} {onchange} /> }
}

/// An answer, its value in the form, its words.
type Choice<T> = (T, &'static str, &'static str);

const SEXES: [Choice<Sex>; 2] = [(Sex::Male, "1", "男"), (Sex::Female, "2", "女")];

fn givers() -> [Choice<ConsentGiver>; 2] {
    [
        (ConsentGiver::Person, "person", words().giver_person),
        (ConsentGiver::Representative, "representative", words().giver_representative),
    ]
}

fn methods() -> [Choice<ConsentMethod>; 2] {
    [
        (ConsentMethod::Spoken, "spoken", words().method_spoken),
        (ConsentMethod::Written, "written", words().method_written),
    ]
}

fn chosen<T: Copy + 'static>(
    ctx: &Context<NumbersForm>,
    choices: &[Choice<T>; 2],
    change: fn(T) -> Change,
) -> Callback<AttrValue> {
    let choices = *choices;
    ctx.link().batch_callback(move |value: AttrValue| {
        choices.iter().find(|(_, name, _)| *name == value).map(|(choice, ..)| Msg::Change(change(*choice)))
    })
}

fn echo(date: Date, today: Date) -> String {
    birth_echo(&date.wareki(), &format::gregorian(date), date.age_on(today))
}

/// The check digit differs: a question, never a refusal.
fn digit_differs(ctx: &Context<NumbersForm>) -> Html {
    let link = ctx.link();
    html! {
        <Banner tone={Tone::Warning} title={words().digit_title} focus=true>
            { paragraph(words().digit_note) }
            { actions(vec![
                press("find-all-the-same", Rank::Primary, words().digit_go, link.callback(|()| Msg::SendAllTheSame)),
                press("find-mend", Rank::Secondary, words().digit_mend, link.callback(|()| Msg::Mend)),
            ]) }
        </Banner>
    }
}

fn not_found(problem: &Problem) -> Html {
    let mut more = Html::default();
    if problem.is(NOT_FOUND) {
        let causes = [words().cause_typing, words().cause_moved, words().cause_new, words().cause_old_paper];
        let causes = causes.into_iter().map(|cause| el("li", "", text(cause)));
        more = all(vec![paragraph(words().causes), el("ul", "kk-causes", all(causes.collect()))]);
    }
    fault(problem, true, more)
}
