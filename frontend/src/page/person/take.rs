//! Into other software: a CSV file of all that is known, and single values by a press.

mod values;

use crate::component::{Button, Need, RadioGroup, RadioOption, Rank, all, el, el_with, sheet, text};
use crate::service::{browser, download, file};
use crate::text::take as words;
use domain::calendar::Date;
use domain::export::{BOM, COLUMNS, Cp932, Outside, person_rows, write_csv};
use domain::qualification::Qualification;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Properties of [`Take`].
#[derive(Properties, PartialEq)]
pub(super) struct TakeProps {
    pub(super) all: Rc<Qualification>,
    pub(super) today: Date,
}

/// The section.
#[component]
pub(super) fn Take(props: &TakeProps) -> Html {
    let cp932 = use_state_eq(|| false);
    let said = use_state_eq(String::new);
    let options = vec![
        RadioOption {
            value: "utf8".into(),
            label: words().utf8.into(),
            support: Some(words().utf8_more.into()),
        },
        RadioOption {
            value: "cp932".into(),
            label: words().cp932.into(),
            support: Some(words().cp932_more.into()),
        },
    ];
    let selected = AttrValue::Static(if *cp932 { "cp932" } else { "utf8" });
    let onchange = {
        let (cp932, said) = (cp932.clone(), said.clone());
        Callback::from(move |value: AttrValue| {
            cp932.set(value == "cp932");
            said.set(String::new());
        })
    };
    let save = {
        let (all, cp932, said) = (Rc::clone(&props.all), *cp932, said.clone());
        Callback::from(move |()| said.set(save(&all, cp932)))
    };
    let inside = vec![
        html! { <RadioGroup id="take-encoding" legend={words().encoding} {options} {selected} {onchange} need={Need::Unsaid} /> },
        el("p", "kk-support", text(words().formulas)),
        html! {
            <p class="kk-actions">
                <Button rank={Rank::Secondary} id="take-save" onclick={save}>{ words().save }</Button>
            </p>
        },
        el_with(
            "p",
            &["role", "class", "id"],
            vec!["status".into(), "kk-take__said".into(), "take-said".into()],
            text((*said).clone()),
        ),
        copies(&props.all, props.today, &said),
    ];
    sheet("take", words().title, Some(words().plain), all(inside))
}

/// Each value with its button.
fn copies(all_kinds: &Qualification, today: Date, said: &UseStateHandle<String>) -> Html {
    let rows = values::values(all_kinds, today).into_iter().map(|(name, value)| {
        let onclick = {
            let (said, value) = (said.clone(), value.clone());
            Callback::from(move |()| {
                let (said, value) = (said.clone(), value.clone());
                spawn_local(async move {
                    let done = browser::copy(&value).await;
                    said.set(if done {
                        [words().copied, &value].concat()
                    } else {
                        words().not_copied.to_owned()
                    });
                });
            })
        };
        let label = words::copy_of(name);
        html! {
            <li class="kk-take__one">
                <span class="kk-take__name">{ name }</span>
                <span class="kk-take__value">{ value }</span>
                <Button rank={Rank::Tertiary} {label} {onclick}>{ words().copy }</Button>
            </li>
        }
    });
    let summary = el("summary", "kk-plan__title", text(words().values));
    let list = el("ul", "kk-take", all(rows.collect()));
    el("details", "kk-plan", all(vec![summary, list]))
}

/// Makes the file and gives it to the browser; what is said of it.
fn save(all: &Qualification, cp932: bool) -> String {
    let rows = person_rows(all);
    let heads = [COLUMNS.map(str::to_owned)];
    let csv = write_csv(heads.iter().chain(&rows).map(|row| row.iter().map(String::as_str)));
    let bytes = if cp932 {
        let Some(table) = Cp932::from_decoder(file::shift_jis) else { return words().no_table.to_owned() };
        match table.encode(&csv) {
            Ok(bytes) => bytes,
            Err(Outside(characters)) => return words::outside(&characters),
        }
    } else {
        [BOM, &csv].concat().into_bytes()
    };
    let saved = download::save_bytes(words().file, "text/csv", &bytes);
    if saved { words().saved } else { words().not_saved }.to_owned()
}
