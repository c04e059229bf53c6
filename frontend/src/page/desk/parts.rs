//! What several pages of the desk put together alike.

use crate::component::{all, el, el_with, text};
use crate::text::desk::desk as words;
use domain::calendar::Date;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A choice: value and words of each answer.
pub(super) struct Choice<'a> {
    pub(super) id: &'static str,
    pub(super) label: &'static str,
    pub(super) answers: Vec<(String, &'static str)>,
    pub(super) selected: &'a str,
    pub(super) wrong: Option<String>,
    pub(super) onchange: Callback<String>,
}

/// Makes it.
#[inline(never)]
pub(super) fn choice(choice: Choice<'_>) -> Html {
    let Choice { id, label, answers, selected, wrong, onchange } = choice;
    let options = answers.into_iter().map(|(value, name)| {
        let chosen = value == selected;
        html! { <option {value} selected={chosen}>{ text(name) }</option> }
    });
    let options: Vec<Html> = options.collect();
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            onchange.emit(select.value());
        }
    });
    let error = [id, "-error"].concat();
    let invalid = wrong.is_some().then_some("true");
    let described = wrong.is_some().then(|| error.clone());
    let said = wrong.map_or_else(Html::default, |wrong| {
        el_with("p", &["class", "id"], vec!["kk-error".into(), error.into()], text(wrong))
    });
    html! {
        <span class="kk-search__one">
            <label for={id}>{ text(label) }</label>
            <select {id} class="kk-select" aria-invalid={invalid} aria-describedby={described} {onchange}>
                { all(options) }
            </select>
            { said }
        </span>
    }
}

/// A day in short, a plan marked as one; what is not there yet in words.
pub(super) fn day(on: Option<Date>, today: Date) -> Html {
    let Some(on) = on else { return el("span", "kk-quiet", text(words().not_yet)) };
    let values = vec![on.to_string().into(), on.wareki().into()];
    let said = el_with("time", &["datetime", "title"], values, text(on.wareki_short()));
    if on > today {
        all(vec![said, text(" "), el("span", "kk-desk__plan", text(words().plan))])
    } else {
        said
    }
}
