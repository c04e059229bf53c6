//! Choosing: one of some, or yes.

use super::field::{described_by, error_text, field_class, need_mark, support_text};
use super::{Need, all, el, text};
use yew::prelude::*;

/// One of the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RadioOption {
    /// What [`RadioGroup`] reports.
    pub value: AttrValue,
    /// In words.
    pub label: AttrValue,
    /// More about it.
    pub support: Option<AttrValue>,
}

impl RadioOption {
    /// An answer without more words.
    pub fn new(value: impl Into<AttrValue>, label: impl Into<AttrValue>) -> Self {
        Self { value: value.into(), label: label.into(), support: None }
    }
}

/// Properties of [`RadioGroup`].
#[derive(Properties, PartialEq)]
pub struct RadioGroupProps {
    /// `id` of the first answer (an error summary links to it); the others get `id-1`, `id-2` …
    pub id: AttrValue,
    /// The question.
    pub legend: AttrValue,
    /// The answers.
    pub options: Vec<RadioOption>,
    /// The chosen one's value.
    #[prop_or_default]
    pub selected: Option<AttrValue>,
    /// Help under the question.
    #[prop_or_default]
    pub support: Option<AttrValue>,
    /// Whether an answer is needed.
    #[prop_or_default]
    pub need: Need,
    /// What is wrong.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Side by side, for two short answers.
    #[prop_or_default]
    pub inline: bool,
    /// An answer was chosen.
    #[prop_or_default]
    pub onchange: Callback<AttrValue>,
}

/// One of some answers, all in sight.
#[component]
pub fn RadioGroup(props: &RadioGroupProps) -> Html {
    let described = described_by(&props.id, props.support.is_some(), props.error.is_some(), false);
    html! {
        <fieldset
            class={field_class(props.error.is_some())}
            role="radiogroup"
            aria-required={(props.need == Need::Required).then_some("true")}
            aria-invalid={props.error.is_some().then_some("true")}
            aria-describedby={described}
        >
            <legend class="kk-label">{ &props.legend }{ need_mark(props.need) }</legend>
            { support_text(&props.id, props.support.as_ref()) }
            <div class={if props.inline { "kk-choices__list kk-choices__list--inline" } else { "kk-choices__list" }}>
                { for props.options.iter().enumerate().map(|(at, option)| radio(props, at, option)) }
            </div>
            { error_text(&props.id, props.error.as_ref()) }
        </fieldset>
    }
}

fn radio(props: &RadioGroupProps, at: usize, option: &RadioOption) -> Html {
    let id = if at == 0 { props.id.clone() } else { format!("{}-{at}", props.id).into() };
    let onchange = {
        let (onchange, value) = (props.onchange.clone(), option.value.clone());
        Callback::from(move |_: Event| onchange.emit(value.clone()))
    };
    let support = option.support.clone();
    let support = support.map_or_else(Html::default, |support| el("span", "kk-support", text(support)));
    html! {
        <label class="kk-choice" for={id.clone()} key={at}>
            <input
                class="kk-choice__input"
                type="radio"
                {id}
                name={props.id.clone()}
                value={option.value.clone()}
                checked={props.selected.as_ref() == Some(&option.value)}
                {onchange}
            />
            { el("span", "kk-choice__words", all(vec![text(option.label.clone()), support])) }
        </label>
    }
}

/// Properties of [`Checkbox`].
#[derive(Properties, PartialEq)]
pub struct CheckboxProps {
    /// `id`.
    pub id: AttrValue,
    /// What is affirmed.
    pub label: AttrValue,
    /// Whether it is.
    pub checked: bool,
    /// Help under it.
    #[prop_or_default]
    pub support: Option<AttrValue>,
    /// Whether it must be affirmed.
    #[prop_or(Need::Unsaid)]
    pub need: Need,
    /// What is wrong.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// It changed.
    #[prop_or_default]
    pub onchange: Callback<bool>,
}

/// A yes.
#[component]
pub fn Checkbox(props: &CheckboxProps) -> Html {
    let onchange = {
        let onchange = props.onchange.clone();
        Callback::from(move |event: Event| {
            if let Some(input) = event.target_dyn_into::<web_sys::HtmlInputElement>() {
                onchange.emit(input.checked());
            }
        })
    };
    html! {
        <div class={field_class(props.error.is_some())}>
            <label class="kk-choice" for={props.id.clone()}>
                <input
                    class="kk-choice__input"
                    type="checkbox"
                    id={props.id.clone()}
                    name={props.id.clone()}
                    checked={props.checked}
                    aria-required={(props.need == Need::Required).then_some("true")}
                    aria-invalid={props.error.is_some().then_some("true")}
                    aria-describedby={described_by(&props.id, props.support.is_some(), props.error.is_some(), false)}
                    {onchange}
                />
                <span class="kk-choice__words">{ &props.label }{ need_mark(props.need) }</span>
            </label>
            { support_text(&props.id, props.support.as_ref()) }
            { error_text(&props.id, props.error.as_ref()) }
        </div>
    }
}
