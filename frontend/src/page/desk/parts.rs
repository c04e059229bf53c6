//! What several pages of the desk put together alike.

use crate::component::{all, el, el_with, text};
use crate::page::clients::keys;
use crate::page::parts::note;
use crate::service::browser;
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

/// A key that is the list's own, pressed in it or above it, and on which row; `id`s of rows begin with `row`.
pub(super) fn list_key(event: &KeyboardEvent, row: &str, in_list: bool) -> Option<(String, Option<usize>)> {
    let key = event.key();
    let id = browser::document().and_then(|document| document.active_element()).map(|element| element.id());
    let at = id.as_deref().and_then(|id| id.strip_prefix(row)?.parse().ok());
    let choosing = event.target_dyn_into::<HtmlSelectElement>().is_some();
    if choosing || !keys::is_ours(&key, in_list) || (in_list && at.is_none()) {
        return None;
    }
    event.prevent_default();
    Some((key, at))
}

/// A part of the sheet.
pub(super) fn section(
    id: &'static str,
    title: &'static str,
    more: Option<&'static str>,
    inside: Html,
) -> Html {
    let heading = [id, "-title"].concat();
    let values = vec!["kk-desk__subtitle".into(), heading.clone().into(), "-1".into()];
    let title = el_with("h2", &["class", "id", "tabindex"], values, text(title));
    let more = more.map_or_else(Html::default, note);
    el_with(
        "section",
        &["class", "id", "aria-labelledby"],
        vec!["kk-desk__section".into(), id.into(), heading.into()],
        all(vec![title, more, inside]),
    )
}
