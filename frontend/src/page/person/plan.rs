//! もし使うと: what a planned work, purchase or month would come to. The rules are the domain's; what is not
//! registered yet is not in it, and that is said each time.

mod equipment;
mod housing;
mod month;
mod outcome;

pub(super) use equipment::EquipmentPlan;
pub(super) use housing::HousingPlan;
pub(super) use month::MonthPlan;

use crate::component::{FieldWidth, Need};
use crate::component::{all, el, el_with, row, text};
use crate::page::parts::{Field, field};
use outcome::Outcome;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A box that opens.
fn boxed(id: &'static str, title: &'static str, inside: Vec<Html>) -> Html {
    let summary = el("summary", "kk-plan__title", text(title));
    let inside = el("div", "kk-plan__inside", all(inside));
    el_with("details", &["class", "id"], vec!["kk-plan".into(), id.into()], all(vec![summary, inside]))
}

/// A number to type.
fn number(
    id: &'static str,
    label: &'static str,
    support: &'static str,
    value: &UseStateHandle<String>,
    error: Option<&'static str>,
) -> Html {
    let set = value.clone();
    field(Field {
        id,
        label,
        support: Some(support),
        value: (**value).clone(),
        error: error.map(AttrValue::Static),
        width: FieldWidth::Medium,
        need: Need::Unsaid,
        autocomplete: "off",
        digits: true,
        on_input: Callback::from(move |text| set.set(text)),
    })
}

/// One of some.
fn choice(id: &'static str, label: &'static str, options: &[String], at: &UseStateHandle<usize>) -> Html {
    let onchange = {
        let at = at.clone();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                at.set(usize::try_from(select.selected_index()).unwrap_or(0));
            }
        })
    };
    let options = options.iter().enumerate().map(|(place, name)| {
        html! { <option selected={place == **at}>{ name.clone() }</option> }
    });
    html! {
        <div class="kk-field">
            <label class="kk-label" for={id}>{ label }</label>
            <select {id} class="kk-select" {onchange}>{ for options }</select>
        </div>
    }
}

/// What it comes to; read out when it changes.
fn result(outcome: Option<Outcome>) -> Html {
    let inside = outcome.map_or_else(Html::default, |outcome| {
        let rows = outcome
            .rows
            .into_iter()
            .map(|(name, value)| row(text(name), el("span", "kk-plan__value", text(value))));
        let notes = outcome.notes.into_iter().map(|note| el("li", "", text(note)));
        let rows = el("dl", "kk-rows", all(rows.collect()));
        all(vec![rows, el("ul", "kk-plan__notes", all(notes.collect()))])
    });
    el_with("div", &["role", "class"], vec!["status".into(), "kk-plan__result".into()], inside)
}
