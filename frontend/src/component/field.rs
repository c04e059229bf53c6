//! Text fields and groups.

use super::{IconKind, all, el, el_with, icon, text};
use crate::text::common;
use yew::prelude::*;

/// Whether a field must be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Need {
    /// ※必須
    #[default]
    Required,
    /// 任意
    Optional,
    /// Not said, where a page has one field only.
    Unsaid,
}

/// How wide a field is: as wide as what is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FieldWidth {
    /// The column's.
    #[default]
    Full,
    /// About 10 digits.
    Medium,
    /// About 6 digits.
    Short,
}

/// Properties of [`TextField`].
#[derive(Properties, PartialEq)]
pub struct TextFieldProps {
    /// `id`, also the form's name for it.
    pub id: AttrValue,
    /// What to type.
    pub label: AttrValue,
    /// What is there.
    pub value: AttrValue,
    /// Help under the label: form, example, where to find it.
    #[prop_or_default]
    pub support: Option<AttrValue>,
    /// Whether it must be filled in.
    #[prop_or_default]
    pub need: Need,
    /// What is wrong.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What to look at once more, without being refused.
    #[prop_or_default]
    pub warning: Option<AttrValue>,
    /// `autocomplete`.
    #[prop_or_default]
    pub autocomplete: Option<AttrValue>,
    /// `inputmode`.
    #[prop_or_default]
    pub inputmode: Option<AttrValue>,
    /// Whether what is typed is hidden.
    #[prop_or_default]
    pub password: bool,
    /// As wide as what is typed.
    #[prop_or_default]
    pub width: FieldWidth,
    /// Words to the right: `桁`.
    #[prop_or_default]
    pub suffix: Option<AttrValue>,
    /// Each change, with the whole text.
    #[prop_or_default]
    pub on_input: Callback<String>,
    /// The field was left.
    #[prop_or_default]
    pub on_leave: Callback<()>,
    /// The element, for focus.
    #[prop_or_default]
    pub node: NodeRef,
}

/// One line of text. Paste is allowed everywhere, and nothing typed is ever cut off.
#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let oninput = {
        let on_input = props.on_input.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<web_sys::HtmlInputElement>() {
                on_input.emit(input.value());
            }
        })
    };
    let onblur = {
        let on_leave = props.on_leave.clone();
        Callback::from(move |_: FocusEvent| on_leave.emit(()))
    };
    let width = match props.width {
        FieldWidth::Full => "kk-input",
        FieldWidth::Medium => "kk-input kk-input--medium",
        FieldWidth::Short => "kk-input kk-input--short",
    };
    html! {
        <div class={field_class(props.error.is_some())}>
            <label class="kk-label" for={props.id.clone()}>
                { &props.label }
                { need_mark(props.need) }
            </label>
            { support_text(&props.id, props.support.as_ref()) }
            <span class="kk-field__line">
                <input
                    ref={props.node.clone()}
                    id={props.id.clone()}
                    name={props.id.clone()}
                    class={width}
                    type={if props.password { "password" } else { "text" }}
                    value={props.value.clone()}
                    autocomplete={props.autocomplete.clone().unwrap_or(AttrValue::Static("off"))}
                    inputmode={props.inputmode.clone()}
                    autocapitalize="off"
                    spellcheck="false"
                    required={false}
                    aria-required={(props.need == Need::Required).then_some("true")}
                    aria-invalid={props.error.is_some().then_some("true")}
                    aria-describedby={described_by(&props.id, props.support.is_some(), props.error.is_some(), props.warning.is_some())}
                    {oninput}
                    {onblur}
                />
                // It has its place also when there is none: or the input would be made anew when one comes.
                { props.suffix.clone().map_or_else(Html::default, |suffix| el("span", "kk-field__suffix", text(suffix))) }
            </span>
            { error_text(&props.id, props.error.as_ref()) }
            <div class="kk-field__warning" id={[&props.id, "-warning"].concat()} role="status">
                { for props.warning.as_ref().map(|warning| marked(IconKind::Warning, warning)) }
            </div>
        </div>
    }
}

/// Properties of [`FieldGroup`].
#[derive(Properties, PartialEq)]
pub struct FieldGroupProps {
    /// What the fields are about.
    pub legend: AttrValue,
    /// Help under it.
    #[prop_or_default]
    pub support: Option<AttrValue>,
    /// The fields.
    pub children: Html,
}

/// Fields that belong together.
#[component]
pub fn FieldGroup(props: &FieldGroupProps) -> Html {
    html! {
        <fieldset class="kk-group">
            <legend class="kk-group__legend">{ &props.legend }</legend>
            if let Some(support) = &props.support {
                <p class="kk-support">{ support }</p>
            }
            { props.children.clone() }
        </fieldset>
    }
}

pub(super) fn field_class(wrong: bool) -> &'static str {
    if wrong { "kk-field kk-field--error" } else { "kk-field" }
}

pub(super) fn need_mark(need: Need) -> Html {
    match need {
        Need::Required => el("span", "kk-need kk-need--required", text(common().required)),
        Need::Optional => el("span", "kk-need", text(common().optional)),
        Need::Unsaid => Html::default(),
    }
}

pub(super) fn support_text(id: &str, support: Option<&AttrValue>) -> Html {
    note("p", "kk-support", id, "-support", support.map(|support| text(support.clone())))
}

pub(super) fn error_text(id: &str, error: Option<&AttrValue>) -> Html {
    note("p", "kk-error", id, "-error", error.map(|error| marked(IconKind::Error, error)))
}

/// Words with their sign before them.
fn marked(sign: IconKind, words: &AttrValue) -> Html {
    all(vec![icon(sign), el("span", "", text(words.clone()))])
}

fn note(tag: &'static str, class: &'static str, id: &str, part: &str, inside: Option<Html>) -> Html {
    inside.map_or_else(Html::default, |inside| {
        el_with(tag, &["class", "id"], vec![class.into(), [id, part].concat().into()], inside)
    })
}

pub(super) fn described_by(id: &str, support: bool, error: bool, warning: bool) -> Option<String> {
    let parts: Vec<String> = [(support, "support"), (error, "error"), (warning, "warning")]
        .into_iter()
        .filter(|(there, _)| *there)
        .map(|(_, part)| format!("{id}-{part}"))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_described_by_what_is_there_and_by_nothing_else() {
        assert_eq!(described_by("a", false, false, false), None);
        assert_eq!(described_by("a", true, true, false).as_deref(), Some("a-support a-error"));
        assert_eq!(described_by("a", false, false, true).as_deref(), Some("a-warning"));
    }
}
