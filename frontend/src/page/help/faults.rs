//! The catalogue of failures, searchable without a network.

use crate::component::{Need, TextField, all, el, sheet, text};
use crate::text::{help as words, help_hits, kana};
use domain::fault::{self, Fault};
use yew::prelude::*;

/// A field and, under it, what fits.
pub(super) fn search(typed: &str, on_input: Callback<String>) -> Html {
    let found: Vec<&'static Fault> = matching(typed).collect();
    let asked = !typed.trim().is_empty();
    let count = if asked { help_hits(found.len()) } else { String::new() };
    let inside = html! {
        <>
            <TextField
                id="kk-fault-search"
                label={words().search}
                support={words().faults_more}
                need={Need::Unsaid}
                value={typed.to_owned()}
                {on_input}
            />
            <p class="kk-count" role="status">{ text(count) }</p>
            { for (asked && found.is_empty()).then(|| el("p", "", text(words().none))) }
            { el("ul", "kk-faults", all(found.into_iter().map(entry).collect())) }
        </>
    };
    sheet("faults", words().faults, None, inside)
}

fn entry(fault: &'static Fault) -> Html {
    let what = vec![el("strong", "", text(fault.what)), el("span", "kk-number", text(fault.code))];
    let who = words().who.to_owned() + ":" + fault.who.name();
    let inside = vec![
        el("p", "kk-faults__what", all(what)),
        el("p", "", text(fault.next)),
        el("p", "kk-support", text(who)),
    ];
    el("li", "kk-faults__one", all(inside))
}

/// All words must stand in code, sentence, next step or name of who mends; nothing typed fits nothing.
fn matching(typed: &str) -> impl Iterator<Item = &'static Fault> {
    let wanted: Vec<String> =
        typed.split_whitespace().map(kana::folded).filter(|word| !word.is_empty()).collect();
    fault::all().filter(move |fault| {
        let all = kana::folded(&[fault.code, fault.what, fault.who.name(), fault.next].concat());
        !wanted.is_empty() && wanted.iter().all(|word| all.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(typed: &str) -> Vec<&'static str> {
        matching(typed).map(|fault| fault.code).collect()
    }

    #[test]
    fn a_code_is_found_in_any_spelling() {
        for typed in ["CARD-011", "card011", "ＣＡＲＤ－０１１", " Card 011 "] {
            assert_eq!(codes(typed), ["CARD-011"], "{typed}");
        }
    }

    #[test]
    fn words_narrow_and_nothing_finds_nothing() {
        let one = codes("りーだー");
        let two = codes("リーダー 他のアプリ");
        assert!(one.len() > two.len() && two == ["CARD-004"], "{one:?} {two:?}");
        assert!(codes("").is_empty() && codes("  ").is_empty());
        assert!(codes("ありえない言葉").is_empty());
    }
}
