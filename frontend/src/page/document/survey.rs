//! A 認定調査票 to be read: 概況調査, five groups and what stands beside them, what has changed marked.

use super::field::{answer, plain};
use super::opened::{Before, OpenSurvey, title};
use crate::component::{Button, IconKind, Rank, Tone, all, badge, el, el_with, icon, row, text};
use crate::service::browser;
use crate::text::{document as words, document_aspect, document_change, document_summary};
use domain::document::assessment::{Change, Compared, GROUPS, PARTS, compare, items, warnings};
use domain::document::{Line, Survey, strays};
use yew::prelude::*;

/// The whole paper.
pub(super) fn view(open: &OpenSurvey, toggle: Callback<()>, close: Html) -> Html {
    let survey = &open.survey;
    let compared = match &open.before {
        Before::Survey(before) => compare(survey, before),
        _ => Vec::new(),
    };
    let only = open.changed_only && !compared.is_empty();
    let mut parts = vec![head(open, &compared, toggle, close)];
    let rows: Vec<Row<'_>> = if compared.is_empty() {
        survey.items().into_iter().map(|line| Row { line, compared: None }).collect()
    } else {
        compared.into_iter().map(Row::beside).collect()
    };
    if !only {
        parts.push(overview(survey));
    }
    for (section, name) in GROUPS {
        parts.push(group(survey, (section, name), &rows, only));
    }
    if !only {
        parts.push(rare(survey));
        parts.push(el("p", "kk-support", text(words().assumed)));
    }
    el_with("div", &["class"], vec!["kk-paper".into()], all(parts))
}

/// An item, and what has become of it.
struct Row<'a> {
    line: Line<'a>,
    compared: Option<(Change, Option<String>)>,
}

impl<'a> Row<'a> {
    fn beside(one: Compared<'a>) -> Self {
        let before = one.before.map(|old| plain(one.line.field, old));
        Self { line: one.line, compared: Some((one.change, before)) }
    }
}

fn head(open: &OpenSurvey, compared: &[Compared<'_>], toggle: Callback<()>, close: Html) -> Html {
    let count = |of: fn(Change) -> bool| compared.iter().filter(|one| of(one.change)).count();
    let summary = match &open.before {
        Before::Survey(_) => document_summary(
            count(|change| change == Change::Worse),
            count(|change| change == Change::Better),
            count(|change| change == Change::Other),
            count(|change| matches!(change, Change::NotComparable(_))),
        ),
        Before::Closed => words().previous_closed.to_owned(),
        Before::None => words().no_previous.to_owned(),
    };
    let print = Callback::from(|()| browser::print());
    html! {
        <>
            { el_with("h2", &["class", "id", "tabindex"], vec!["kk-paper__title".into(), "kk-paper".into(), "-1".into()], text(title(&open.head))) }
            { el_with("p", &["class", "role"], vec!["kk-paper__summary".into(), "status".into()], text(summary)) }
            <div class="kk-tools">
                if !compared.is_empty() {
                    <Button id="kk-changed" rank={Rank::Secondary} pressed={open.changed_only} onclick={toggle}>{ words().changed_only }</Button>
                }
                <Button id="kk-print" rank={Rank::Secondary} onclick={print}>{ icon(IconKind::Print) }{ words().print }</Button>
                { close }
            </div>
            if !compared.is_empty() {
                { el("p", "kk-support", text(words().reading)) }
            }
        </>
    }
}

fn overview(survey: &Survey) -> Html {
    let lines = survey.overview();
    let parts = PARTS.iter().map(|(section, name)| {
        let rows = lines.iter().filter(|line| line.field.section == *section && line.filled());
        let rows: Vec<Html> = rows.map(|line| row(text(line.field.label), answer(line))).collect();
        if rows.is_empty() {
            return Html::default();
        }
        all(vec![el("h4", "kk-sheet__part", text(*name)), el("dl", "kk-rows", all(rows))])
    });
    let inside = all(parts.collect());
    let summary = el("summary", "", text(words().overview));
    el("details", "kk-paper__more", all(vec![summary, inside]))
}

fn group(survey: &Survey, (section, name): (u8, &'static str), rows: &[Row<'_>], only: bool) -> Html {
    let mine = rows.iter().filter(|row| row.line.field.section == section);
    let shown: Vec<Html> = mine
        .filter(|row| !only || row.compared.as_ref().is_some_and(|(change, _)| change.differs()))
        .map(|row| item(survey, row))
        .collect();
    let loose: Vec<Html> =
        survey.loose_notes(section).map(|note| el("p", "kk-note", text(note.text.clone()))).collect();
    if shown.is_empty() && (only || loose.is_empty()) {
        return Html::default();
    }
    let number = if section <= 5 { ["第", &section.to_string(), "群 "].concat() } else { String::new() };
    let mut parts = vec![el("h3", "kk-paper__group", text(number + name)), el("dl", "kk-items", all(shown))];
    if !loose.is_empty() && !only {
        parts.push(el("h4", "kk-sheet__part", text(words().loose_notes)));
        parts.extend(loose);
    }
    el("section", "kk-paper__section", all(parts))
}

fn item(survey: &Survey, row: &Row<'_>) -> Html {
    let field = row.line.field;
    let mut name = vec![el("span", "kk-item__number", text(field.number)), text(" "), text(field.label)];
    if let Some(aspect) = field.aspect {
        name.push(el("span", "kk-item__aspect", text(document_aspect(aspect))));
    }
    let mut value = vec![el("div", "kk-item__answer", answer(&row.line))];
    if let Some((change, before)) = row.compared.as_ref().filter(|(change, _)| change.differs()) {
        let tone = match change {
            Change::Worse => Some(Tone::Warning),
            Change::Better => Some(Tone::Success),
            Change::NotComparable(_) => Some(Tone::Info),
            _ => None,
        };
        let mut line = vec![badge(tone, document_change(*change))];
        if let Some(before) = before.as_ref().filter(|before| !before.is_empty()) {
            let words = [" ", words().before, ":", before].concat();
            line.push(el("span", "kk-item__before", text(words)));
        }
        value.push(el("div", "kk-item__change", all(line)));
    }
    for note in survey.notes_on(field.number) {
        let label = el("span", "kk-note__label", text(words().notes));
        value.push(el("p", "kk-note", all(vec![label, text(" "), text(note.text.clone())])));
    }
    let class = if row.compared.as_ref().is_some_and(|(change, _)| change.differs()) {
        "kk-item kk-item--changed"
    } else {
        "kk-item"
    };
    let name = el("dt", "kk-item__name", all(name));
    el("div", class, all(vec![name, el("dd", "kk-item__value", all(value))]))
}

/// Rare combinations, and what no table here knows.
fn rare(survey: &Survey) -> Html {
    let mut parts = Vec::new();
    let found = warnings(survey);
    if !found.is_empty() {
        let lines = found.iter().map(|warning| {
            let when: Vec<String> = warning
                .when
                .iter()
                .map(|(field, choice)| [field.short, "=", choice.label].concat())
                .collect();
            el("li", "", text([warning.code, " ", &when.join("、")].concat()))
        });
        parts.push(el("h3", "kk-paper__group", text(words().warnings)));
        parts.push(el("p", "kk-support", text(words().warnings_why)));
        parts.push(el("ul", "kk-lines", all(lines.collect())));
    }
    let unknown = strays(items(), &survey.answers);
    if !unknown.is_empty() {
        let lines = unknown.into_iter().map(|entry| {
            let codes: Vec<&str> = entry.marks.iter().map(|mark| mark.code.as_str()).collect();
            el("li", "", text([&entry.item, ": ", &codes.join("、"), &entry.text].concat()))
        });
        parts.push(el("h3", "kk-paper__group", text(words().strays)));
        parts.push(el("ul", "kk-lines", all(lines.collect())));
    }
    all(parts)
}
