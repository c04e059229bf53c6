//! One field as it was filled in.

use crate::component::{Tone, all, badge, el, text};
use crate::text::{document as words, document_doubt};
use domain::calendar::Date;
use domain::document::{Doubt, Entry, Field, Kind, Line, Mark};
use yew::Html;

/// What was marked and written, and what is odd about it.
pub(super) fn answer(line: &Line<'_>) -> Html {
    let mut parts = match line.entry {
        Some(entry) if line.filled() => vec![said(line.field, entry)],
        _ => Vec::new(),
    };
    for doubt in &line.doubts {
        let tone = if *doubt == Doubt::Missing { Tone::Info } else { Tone::Warning };
        parts.push(badge(Some(tone), document_doubt(*doubt)));
    }
    all(parts)
}

/// What was marked and written.
fn said(field: &Field, entry: &Entry) -> Html {
    let mut parts: Vec<Html> =
        entry.marks.iter().map(|mark| el("span", "kk-mark", marked(field, mark))).collect();
    if !entry.text.is_empty() {
        parts.push(el("span", "kk-written", text(written(field, &entry.text))));
    }
    all(parts.into_iter().flat_map(|part| [part, text(" ")]).collect())
}

/// The same in words only.
pub(super) fn plain(field: &Field, entry: &Entry) -> String {
    let label =
        |mark: &Mark| field.choice(&mark.code).map_or(mark.code.clone(), |choice| choice.label.to_owned());
    let mut words: Vec<String> = entry.marks.iter().map(label).collect();
    if !entry.text.is_empty() {
        words.push(written(field, &entry.text));
    }
    words.join("、")
}

fn marked(field: &Field, mark: &Mark) -> Html {
    let label = match field.choice(&mark.code) {
        Some(choice) => choice.label.to_owned(),
        // Shown as it came; that nobody knows it stands beside it.
        None => mark.code.clone(),
    };
    let mut beside = String::new();
    if !mark.note.is_empty() {
        beside = match field.unit.split_once('*') {
            Some((before, after)) => [" ", before, &mark.note, after].concat(),
            None => ["(", &mark.note, ")"].concat(),
        };
    }
    if let Some(degree) = mark.degree {
        beside = beside + "(程度:" + degree.unknown().unwrap_or(degree.name()) + ")";
    }
    if !mark.underlined {
        return text(label + &beside);
    }
    all(vec![el("u", "", text(label + &beside)), text(" "), badge(None, words().underlined)])
}

fn written(field: &Field, text: &str) -> String {
    if matches!(field.kind, Kind::Date | Kind::About)
        && let Ok(day) = Date::from_iso(text)
    {
        return day.wareki();
    }
    match field.unit.split_once('*') {
        Some((before, after)) => [before, text, after].concat(),
        None => text.to_owned(),
    }
}
