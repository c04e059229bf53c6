//! What has changed between two looks: the sheets as they stood, against the sheets as they came. It is told
//! in the sheets' own words, so nothing that is shown can change unseen.

use super::paper::{Account, Block, Paper, Piece, Today};
use crate::component::{Button, IconKind, Rank, Tone, all, badge, el, icon, text};
use crate::text::{change as words, format, person};
use yew::prelude::*;

/// One place that changed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Change {
    /// The sheet.
    pub(super) sheet: &'static str,
    /// Its title.
    pub(super) title: &'static str,
    /// The field's name.
    pub(super) field: String,
    pub(super) was: String,
    pub(super) now: String,
}

/// A field in words, by which the same one is found on the other sheet.
type Said = (String, String);

/// All places, sheet by sheet in their order.
pub(super) fn changes(before: &[Paper], after: &[Paper]) -> Vec<Change> {
    before.iter().zip(after).flat_map(|(before, after)| of_sheet(before, after)).collect()
}

fn of_sheet(before: &Paper, after: &Paper) -> Vec<Change> {
    let (mut old, new) = (fields(before), fields(after));
    let change = |field: String, was: Option<String>, now: Option<String>| Change {
        sheet: after.kind.id,
        title: after.kind.title,
        field,
        was: was.unwrap_or_else(|| words().nothing.to_owned()),
        now: now.unwrap_or_else(|| words().nothing.to_owned()),
    };
    let state = (state(before), state(after));
    if state.0 != state.1 {
        // All of it came or went: its fields need not be listed.
        return vec![change(words().state.to_owned(), Some(state.0), Some(state.1))];
    }
    let mut found = Vec::new();
    // What stands on both needs no word, also where a row was put before it.
    let mut rest = Vec::new();
    for one in new {
        match old.iter().position(|other| *other == one) {
            Some(at) => drop(old.remove(at)),
            None => rest.push(one),
        }
    }
    for (field, now) in rest {
        let at = old.iter().position(|(name, _)| *name == field);
        let was = at.map(|at| old.remove(at).1);
        found.push(change(field, was, Some(now)));
    }
    found.extend(old.into_iter().map(|(field, was)| change(field, Some(was), None)));
    found
}

fn state(paper: &Paper) -> String {
    match &paper.today {
        Today::Meaning(_) => words().here.to_owned(),
        Today::Absent { label, .. } => (*label).to_owned(),
    }
}

/// What a sheet says, field by field.
fn fields(paper: &Paper) -> Vec<Said> {
    let mut found = Vec::new();
    for block in &paper.blocks {
        match block {
            Block::Fields(_, fields) => {
                found.extend(fields.iter().map(|field| (field.name.to_owned(), lines(&field.lines))));
            }
            Block::Account(account) => found.extend(account_fields(account)),
            Block::Note(note) => found.push((words().state.to_owned(), (*note).to_owned())),
        }
    }
    found
}

fn account_fields(account: &Account) -> Vec<Said> {
    let name = |part: &str| [account.title.as_str(), " ", part].concat();
    let mut found = vec![
        (name(words().left), format::yen(account.left_yen)),
        (name(person().ceiling), format::yen(account.limit_yen)),
    ];
    found.extend(account.note.clone().map(|note| (account.title.clone(), note)));
    found.extend(account.rows.iter().map(|(day, what, yen)| {
        (name(words().rows), [&day.wareki(), " ", what.as_str(), " ", &format::yen(*yen)].concat())
    }));
    found
}

/// Lines in words. What only says how a day stands to today is left out: that changes by itself.
fn lines(lines: &[Vec<Piece>]) -> String {
    let one = |pieces: &Vec<Piece>| pieces.iter().filter_map(said).collect::<Vec<_>>().join(" ");
    lines.iter().map(one).collect::<Vec<_>>().join("、")
}

fn said(piece: &Piece) -> Option<String> {
    Some(match piece {
        Piece::Text(text) | Piece::Strong(text) | Piece::Number(text) => text.to_string(),
        Piece::Quiet(text) | Piece::Note(text) => (*text).to_owned(),
        Piece::Date(date) => date.wareki(),
        Piece::Period(period) => format::period(period),
        Piece::Amount(name, yen) => [name, " ", &format::yen(*yen)].concat(),
        Piece::Label(..) | Piece::Break => return None,
    })
}

/// Marks the fields that changed, on the sheets as they came.
pub(super) fn mark(papers: &mut [Paper], changes: &[Change]) {
    for paper in papers {
        let mine: Vec<&Change> = changes.iter().filter(|one| one.sheet == paper.kind.id).collect();
        paper.changed = !mine.is_empty();
        for block in &mut paper.blocks {
            let Block::Fields(_, fields) = block else { continue };
            for field in fields {
                field.changed =
                    mine.iter().any(|one| one.field == field.name && one.now == lines(&field.lines));
            }
        }
    }
}

/// The list at the top of the page, told to screen readers when it comes.
pub(super) fn list(changes: &[Change], onseen: Callback<()>) -> Html {
    let rows = changes.iter().map(|one| {
        let what = [one.title, " ", &one.field].concat();
        let values = vec![
            el("span", "kk-change__was", all(vec![text(words().was), text(" "), text(one.was.clone())])),
            el("span", "", text(" → ")),
            el("strong", "", all(vec![text(words().now), text(" "), text(one.now.clone())])),
        ];
        el("li", "", all(vec![el("p", "kk-change__what", text(what)), el("p", "", all(values))]))
    });
    html! {
        <section class="kk-banner kk-changes" role="status" aria-labelledby="kk-changes-title">
            { icon(IconKind::Info) }
            <div class="kk-banner__body">
                <h2 class="kk-banner__title" id="kk-changes-title">{ words().title }</h2>
                <p>{ words::count(changes.len()) }</p>
                { el("ul", "kk-change", all(rows.collect())) }
                <div class="kk-actions kk-actions--small">
                    <Button rank={Rank::Secondary} id="kk-changes-seen" onclick={onseen}>{ words().seen }</Button>
                </div>
            </div>
        </section>
    }
}

/// The sign beside what changed.
pub(super) fn sign() -> Html {
    badge(Some(Tone::Info), words().mark)
}

#[cfg(test)]
mod tests;
