//! The table of readers by name.

use super::known::{hex, source, way_of};
use super::{DevicePage, Msg};
use crate::component::{FieldWidth, Need, Tone, all, badge, el, el_with, text};
use crate::page::parts::{Field, field, paragraph};
use crate::text::{device as words, help_hits, kana};
use ccid::usb::readers::{READERS, Reader};
use domain::reader::{Standing, Way};
use yew::prelude::*;

impl DevicePage {
    /// All readers with a name, or those that fit what is typed.
    pub(super) fn table(&self, ctx: &Context<Self>) -> Html {
        let found: Vec<_> = matching(&self.wanted, self.ability.unrestricted).collect();
        let search = field(Field {
            id: "device-search",
            label: words().search,
            support: Some(words().search_note),
            value: self.wanted.clone(),
            error: None,
            width: FieldWidth::Full,
            need: Need::Unsaid,
            autocomplete: "off",
            digits: false,
            on_input: ctx.link().callback(Msg::Wanted),
        });
        let count = text(help_hits(found.len()));
        let count = el_with("p", &["class", "role"], vec!["kk-count".into(), "status".into()], count);
        let heads = [words().column_reader, words().column_state, words().column_known];
        let heads = heads.map(|name| el_with("th", &["scope"], vec!["col".into()], text(name)));
        let rows = found.iter().map(|reader| row(reader, self.ability.unrestricted)).collect();
        let table = all(vec![
            el("caption", "kk-hidden", text(words().table)),
            el("thead", "", el("tr", "", all(heads.into()))),
            el("tbody", "", all(rows)),
        ]);
        all(vec![paragraph(words().table_lead), search, count, el("table", "kk-table kk-known", table)])
    }
}

fn row(reader: &Reader, unrestricted: bool) -> Html {
    let way = way_of(reader);
    let number = el("span", "kk-number", text(hex(reader.vendor, reader.product)));
    let name = all(vec![el("strong", "", text(reader.name)), number]);
    let tried = if reader.tried { words().tried } else { words().untried_short };
    let cells = vec![
        el_with("th", &["scope", "class"], vec!["row".into(), "kk-known__name".into()], name),
        el("td", "", all(vec![standing(way.standing(unrestricted)), text(short(way))])),
        el("td", "", all(vec![text(tried), el("span", "kk-support", text(source(reader.source)))])),
    ];
    el("tr", "", all(cells))
}

/// How it is reached, in a word or two.
const fn short(way: Way) -> &'static str {
    let words = words();
    match way {
        Way::Open => words.short_open,
        Way::Protected => words.short_protected,
        Way::Port100 => words.short_port100,
        Way::Port400 => words.short_port400,
        Way::Unlisted => words.open,
    }
}

/// A word with its sign.
pub(super) fn standing(standing: Standing) -> Html {
    let tone = match standing {
        Standing::Likely => Tone::Success,
        Standing::Experimental => Tone::Warning,
        Standing::Closed => Tone::Error,
        Standing::Open => Tone::Info,
    };
    badge(Some(tone), standing_words(standing))
}

/// 使える見込み …
pub(super) const fn standing_words(standing: Standing) -> &'static str {
    let words = words();
    match standing {
        Standing::Likely => words.likely,
        Standing::Experimental => words.experimental,
        Standing::Closed => words.closed,
        Standing::Open => words.open,
    }
}

/// All words must stand in name, numbers or state.
fn matching(typed: &str, unrestricted: bool) -> impl Iterator<Item = &'static Reader> {
    let wanted: Vec<String> = typed.split_whitespace().map(kana::folded).collect();
    READERS.iter().filter(move |reader| {
        let state = standing_words(way_of(reader).standing(unrestricted));
        let all = kana::folded(&[reader.name, " ", &hex(reader.vendor, reader.product), state].concat());
        wanted.iter().all(|word| all.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(typed: &str) -> Vec<&'static str> {
        matching(typed, false).map(|it| it.name).collect()
    }

    #[test]
    fn nothing_typed_shows_all_and_names_numbers_and_states_narrow() {
        assert_eq!(names("").len(), READERS.len());
        assert_eq!(names("ｒｃ－ｓ300"), ["Sony RC-S300/S", "Sony RC-S300/P"]);
        assert_eq!(names("054c:06c1"), ["Sony RC-S380/S"]);
        let likely = names("使える見込み");
        assert!(likely.contains(&"SCR3310-NTTCom") && !likely.contains(&"ACS ACR39U"));
        assert!(names("実験中").iter().all(|name| name.contains("RC-S")));
        assert!(names("ありえない言葉").is_empty());
    }
}
