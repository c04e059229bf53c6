//! A 主治医意見書 to be read, in its five sections.

use super::field::answer;
use super::front::front;
use super::opened::OpenOpinion;
use crate::component::{all, el, row, text};
use crate::text::document as words;
use domain::document::opinion::{Edition, SECTIONS, fields};
use domain::document::{Line, strays};
use yew::prelude::*;

/// The whole paper.
pub(super) fn view(open: &OpenOpinion, close: Html) -> Html {
    let opinion = &open.opinion;
    let consent = match opinion.consent {
        Some(consent) => consent.unknown().unwrap_or(consent.name()).to_owned(),
        None => words().consent_none.to_owned(),
    };
    let consent = [words().consent, ": ", opinion.edition.purpose(), "に", &consent].concat();
    let lines = opinion.lines();
    let mut parts = vec![front(&open.head, consent, close)];
    parts.extend(SECTIONS.iter().map(|(section, name)| part(*section, name, &lines, opinion.edition)));
    let unknown = strays(fields(), &opinion.entries);
    if !unknown.is_empty() {
        let lines = unknown.into_iter().map(|entry| {
            let codes: Vec<&str> = entry.marks.iter().map(|mark| mark.code.as_str()).collect();
            el("li", "", text([&entry.item, ": ", &codes.join("、"), &entry.text].concat()))
        });
        parts.push(el("h3", "kk-paper__group", text(words().strays)));
        parts.push(el("ul", "kk-lines", all(lines.collect())));
    }
    el("div", "kk-paper", all(parts))
}

fn part(section: u8, name: &'static str, lines: &[Line<'_>], edition: Edition) -> Html {
    let mine = || lines.iter().filter(|line| line.field.section == section);
    let rows: Vec<Html> = mine()
        .filter(|line| line.filled())
        .map(|line| row(text(edition.label(line.field)), answer(line)))
        .collect();
    let empty: Vec<&str> =
        mine().filter(|line| !line.filled()).map(|line| edition.label(line.field)).collect();
    let mut parts = vec![el("h3", "kk-paper__group", text(name))];
    if !rows.is_empty() {
        parts.push(el("dl", "kk-rows", all(rows)));
    }
    if !empty.is_empty() {
        parts.push(el("p", "kk-support", text([words().empty_fields, ": ", &empty.join("、")].concat())));
    }
    el("section", "kk-paper__section", all(parts))
}
