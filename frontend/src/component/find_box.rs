//! The find box of the header: among the people seen today and the office's clients, by kana, name or number,
//! in memory only.

use super::{IconKind, all, el, el_with, icon, link, text};
use crate::route::Route;
use crate::state::{PersonKey, use_app};
use crate::text::{frame, kana, people_count};
use domain::upstream::Person;
use yew::prelude::*;

/// No more than so many are listed.
const MOST: usize = 8;

/// Typing lists who fits; Enter opens the first, the list's links open theirs.
#[component]
pub fn FindBox() -> Html {
    let app = use_app();
    let typed = use_state_eq(String::new);
    let words = frame();
    // The clients as far as a page has fetched them: reading their answer is no part of the first load.
    let (seen, clients) = (app.seen().value, app.clients().value);
    let seen = seen.iter().flat_map(|seen| &seen.people).map(|seen| &seen.person);
    let clients = clients.iter().flat_map(|clients| &clients.clients).map(|entry| &entry.person);
    let found: Vec<(PersonKey, Person)> = matching(seen.chain(clients), &typed)
        .into_iter()
        .filter_map(|person| Some((app.key_of(&person.handle)?, person.clone())))
        .collect();
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<web_sys::HtmlInputElement>() {
                typed.set(input.value());
            }
        })
    };
    let onfocus = {
        let app = app.clone();
        Callback::from(move |_: FocusEvent| {
            if app.seen().value.is_none() {
                app.load_seen();
            }
        })
    };
    let leave = {
        let typed = typed.clone();
        Callback::from(move |()| typed.set(String::new()))
    };
    let onkeydown = {
        let leave = leave.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                leave.emit(());
            }
        })
    };
    let onsubmit = {
        let (app, leave, first) = (app.clone(), leave.clone(), found.first().map(|(key, _)| *key));
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(person) = first {
                app.go(Route::Person { person });
                leave.emit(());
            }
        })
    };
    html! {
        <search class="kk-find">
            <form {onsubmit} {onkeydown}>
                <label class="kk-hidden" for="kk-find">{ words.find_box }</label>
                <span class="kk-find__line">
                    { icon(IconKind::Find) }
                    <input
                        id="kk-find"
                        class="kk-find__input"
                        type="search"
                        value={(*typed).clone()}
                        placeholder={words.find_hint}
                        title={words.find_box}
                        autocomplete="off"
                        {oninput}
                        {onfocus}
                    />
                </span>
                if !typed.trim().is_empty() {
                    <div class="kk-find__list" onclick={leave.reform(|_: MouseEvent| ())}>{ list(found) }</div>
                }
            </form>
        </search>
    }
}

/// Who fits, and the way to look somebody else up.
fn list(found: Vec<(PersonKey, Person)>) -> Html {
    let said = text(people_count(found.len()));
    let said = el_with("p", &["class", "role"], vec!["kk-hidden".into(), "status".into()], said);
    let none = if found.is_empty() { el("p", "", text(frame().find_none)) } else { Html::default() };
    let entry = |route, inside| el("li", "", link(route, "kk-find__person", all(inside)));
    let mut entries: Vec<Html> = found
        .into_iter()
        .map(|(person, who)| {
            let kana = el("span", "kk-find__kana", text(who.kana));
            entry(Route::Person { person }, vec![el("span", "", text(who.name)), kana])
        })
        .collect();
    entries.push(entry(Route::Find, vec![text(frame().find_elsewhere), icon(IconKind::Next)]));
    all(vec![said, none, el("ul", "", all(entries))])
}

/// Those who fit, each once, in the order they come.
fn matching<'a>(people: impl Iterator<Item = &'a Person>, typed: &str) -> Vec<&'a Person> {
    let wanted = kana::folded(typed);
    let mut found: Vec<&Person> = Vec::new();
    if wanted.is_empty() {
        return found;
    }
    for person in people {
        let fits = [person.kana.as_str(), person.name.as_str(), person.insured.as_str()]
            .iter()
            .any(|text| kana::folded(text).contains(&wanted));
        if fits && !found.iter().any(|other| other.handle == person.handle) {
            found.push(person);
        }
        if found.len() == MOST {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::calendar::Date;
    use domain::number::{InsuredNumber, InsurerNumber};
    use domain::upstream::{PersonHandle, Sex};

    fn person(name: &str, kana: &str, insured: &str) -> Person {
        Person {
            handle: PersonHandle(insured.to_owned()),
            name: name.to_owned(),
            kana: kana.to_owned(),
            birth_date: Date::from_iso("1940-03-02").unwrap().into(),
            sex: Sex::Female,
            address: String::new(),
            insurer: InsurerNumber::parse("102046").unwrap(),
            insurer_name: "伊勢崎市".to_owned(),
            insured: InsuredNumber::parse(insured).unwrap(),
        }
    }

    #[test]
    fn kana_name_and_number_find_and_nothing_typed_finds_nobody() {
        let people = [
            person("山田　花子", "ヤマダ　ハナコ", "0000012345"),
            person("小此木 ツヤ子", "オコノギ ツヤコ", "0000099999"),
        ];
        let names = |typed: &str| {
            matching(people.iter().chain(&people), typed)
                .iter()
                .map(|who| who.name.clone())
                .collect::<Vec<_>>()
        };
        for typed in ["やまだ", "山田 花", "ﾔﾏﾀﾞ", "１２３４５"] {
            assert_eq!(names(typed), ["山田　花子"], "{typed}");
        }
        assert_eq!(names("00000").len(), 2);
        assert!(names("").is_empty() && names("　").is_empty() && names("さとう").is_empty());
    }

    #[test]
    fn a_long_list_is_cut() {
        let people: Vec<_> = (0..20).map(|n| person("山田", "ヤマダ", &format!("00000000{n:02}"))).collect();
        assert_eq!(matching(people.iter(), "やまだ").len(), MOST);
    }
}
