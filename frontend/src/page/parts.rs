//! What many pages put together alike. Each is made in one place: `html!` writes its code out wherever it
//! stands, and the app is loaded over slow lines.

use crate::component::{Banner, Button, FaultMessage, FieldWidth, Need, Rank, TextField, Tone, el, text};
use crate::page::heading::PageHeading;
use crate::page::ways::Ways;
use crate::route::Route;
use crate::service::problem::Problem;
use crate::text::person as person_words;
use yew::prelude::*;

/// A page's heading.
#[inline(never)]
pub fn heading(title: &'static str) -> Html {
    html! { <PageHeading {title} /> }
}

/// A page about somebody who is not in the memory any more: after reloading nobody is.
#[inline(never)]
pub fn nobody(title: &'static str) -> Html {
    let words = person_words();
    html! {
        <article class="kk-page">
            { heading(title) }
            <Banner tone={Tone::Info} title={words.gone}>{ paragraph(words.gone_why) }</Banner>
            <Ways />
        </article>
    }
}

/// A paragraph.
pub fn paragraph(words: &'static str) -> Html {
    el("p", "", text(words))
}

/// A quiet paragraph.
pub fn note(words: &'static str) -> Html {
    el("p", "kk-support", text(words))
}

/// Buttons in a row.
pub fn actions(buttons: Vec<Html>) -> Html {
    el("div", "kk-actions", crate::component::all(buttons))
}

/// A button.
#[inline(never)]
pub fn press(id: &'static str, rank: Rank, words: &'static str, onclick: Callback<()>) -> Html {
    html! { <Button {id} {rank} {onclick}>{ words }</Button> }
}

/// The button that sends a form, and what it says while it is sent.
#[inline(never)]
pub fn send(words: &'static str, busy: Option<&'static str>) -> Html {
    html! { <Button submit=true busy={busy.map(AttrValue::Static)}>{ words }</Button> }
}

/// A link that looks like a button.
#[inline(never)]
pub fn way(to: Route, class: &'static str, words: &'static str) -> Html {
    crate::component::link(to, class, text(words))
}

/// What went wrong, and more about it.
#[inline(never)]
pub fn fault(problem: &Problem, focus: bool, more: Html) -> Html {
    html! { <FaultMessage problem={problem.clone()} {focus}>{ more }</FaultMessage> }
}

/// A text field.
pub struct Field {
    /// `id`.
    pub id: &'static str,
    /// What to type.
    pub label: &'static str,
    /// Help under the label.
    pub support: Option<&'static str>,
    /// What is there.
    pub value: String,
    /// What is wrong.
    pub error: Option<AttrValue>,
    /// As wide as what is typed.
    pub width: FieldWidth,
    /// Whether it must be filled in.
    pub need: Need,
    /// `autocomplete`; a password field for `current-password`.
    pub autocomplete: &'static str,
    /// Whether digits are typed.
    pub digits: bool,
    /// Each change.
    pub on_input: Callback<String>,
}

/// Makes it.
#[inline(never)]
pub fn field(field: Field) -> Html {
    html! {
        <TextField
            id={field.id}
            label={field.label}
            support={field.support}
            value={field.value}
            error={field.error}
            width={field.width}
            need={field.need}
            password={field.autocomplete == "current-password"}
            autocomplete={field.autocomplete}
            inputmode={field.digits.then_some("numeric")}
            on_input={field.on_input}
        />
    }
}
