//! The form as it is printed: beside the questions, to be checked, and on paper.

use super::gone;
use crate::component::{all, el, el_with, link, text};
use crate::page::parts::{heading, note, paragraph, press};
use crate::route::Route;
use crate::service::browser;
use crate::state::{App, DraftKey};
use crate::text::filing as words;
use domain::calendar::{Date, parse_date};
use domain::filing::definition::{Block, Printed};
use domain::filing::wizard::{self, Context};
use domain::filing::{Answers, Defined, Field, Shape};
use yew::prelude::*;

/// What a form is filled with.
pub(super) struct Filled<'a> {
    /// The form.
    pub of: Defined,
    /// What is answered; `None` for a blank one.
    pub answers: Option<&'a Answers>,
    /// Name of the insurer, where the form has no addressee of its own.
    pub insurer: &'a str,
    /// 届出年月日.
    pub filed_on: Option<Date>,
}

impl Filled<'_> {
    fn get(&self, field: Field) -> &str {
        self.answers.map_or("", |answers| answers.get(field))
    }
}

/// The sheet.
pub(super) fn sheet(filled: &Filled<'_>) -> Html {
    let Defined { version, form } = filled.of;
    let mut parts = Vec::new();
    if version.is_draft() {
        parts.push(el("p", "kk-form-paper__own", text(words().draft_mark)));
    }
    parts.push(el("h2", "kk-form-paper__title", text(form.title)));
    let (last, blocks) = form.blocks.split_last().map_or((None, &[][..]), |(last, rest)| (Some(last), rest));
    parts.extend(blocks.iter().map(|one| block(one, filled)));
    let to = if version.addressee.is_empty() { filled.insurer } else { version.addressee };
    let day = filled.filed_on.map_or_else(|| "令和　　年　　月　　日".to_owned(), Date::wareki);
    parts.push(el("p", "kk-form-paper__to", text(["（あて先）", to].concat())));
    parts.push(el("p", "kk-form-paper__sentence", text(form.sentence)));
    parts.push(el("p", "kk-form-paper__day", text(day)));
    parts.extend(last.map(|one| block(one, filled)));
    let notes = form.notes.iter().map(|one| el("li", "", text(*one))).collect();
    parts.push(el("p", "kk-form-paper__part", text("（注意）")));
    parts.push(el("ol", "kk-form-paper__notes", all(notes)));
    el("section", "kk-form-paper", all(parts))
}

fn block(block: &'static Block, filled: &Filled<'_>) -> Html {
    let mut parts = Vec::new();
    if !block.heading.is_empty() {
        parts.push(el("h3", "kk-form-paper__part", text(block.heading)));
    }
    if !block.note.is_empty() {
        parts.push(el("p", "kk-form-paper__note", text(block.note)));
    }
    let rows = block.fields.iter().map(|field| row(field, filled)).collect();
    parts.push(el("dl", "kk-form-paper__rows", all(rows)));
    all(parts)
}

fn row(printed: &'static Printed, filled: &Filled<'_>) -> Html {
    let typed = filled.get(printed.field);
    let value = match printed.field.shape() {
        Shape::Digits { boxes } => digits(typed, boxes),
        Shape::Choice | Shape::YesNo => choices(printed.field, typed, filled),
        Shape::Date => text(parse_date(typed).map_or_else(|_| typed.to_owned(), Date::wareki)),
        _ => text(typed.to_owned()),
    };
    el("div", "kk-form-paper__row", all(vec![el("dt", "", text(printed.label)), el("dd", "", value)]))
}

/// A box a digit, as the paper has them; read out as one number.
fn digits(typed: &str, boxes: usize) -> Html {
    let mut letters = typed.chars();
    let drawn = (0..boxes.max(typed.chars().count()).min(boxes)).map(|_| {
        let letter = letters.next().map(String::from).unwrap_or_default();
        el("span", "kk-form-paper__box", text(letter))
    });
    let shown = el_with(
        "span",
        &["class", "aria-hidden"],
        vec!["kk-form-paper__boxes".into(), "true".into()],
        all(drawn.collect()),
    );
    all(vec![shown, el("span", "kk-hidden", text(typed.to_owned()))])
}

/// Every choice, with the one that is chosen ticked.
fn choices(field: Field, typed: &str, filled: &Filled<'_>) -> Html {
    let on = |code: &str| {
        field != Field::Reason || filled.of.form.reasons.iter().any(|reason| reason.code() == code)
    };
    let all_of = field.choices().into_iter().filter(|(code, _)| on(code)).map(|(code, name)| {
        let mark = if code == typed { "☑ " } else { "□ " };
        el("span", "kk-form-paper__choice", text([mark, name].concat()))
    });
    all(all_of.collect())
}

/// A draft on paper, alone on the page, with the button that prints it.
pub(super) fn paper_page(app: &App, draft: DraftKey) -> Html {
    let Some(kept) = app.draft(draft) else {
        app.open_drafts();
        return gone();
    };
    let Some(staff) = app.session() else { return Html::default() };
    let answers = &kept.draft.answers;
    let context = Context::office(app.today(), staff.service, staff.job);
    let Some(of) = wizard::defined(answers, &context) else { return gone() };
    let print = Callback::from(|()| browser::print());
    let tools = vec![
        press("filing-print", crate::component::Rank::Primary, words().print, print),
        link(Route::Filing { draft, page: 0 }, "kk-button kk-button--secondary", text(words().go_on)),
    ];
    let insurer = &kept.draft.person.insurer_name;
    let filled = Filled { of, answers: Some(answers), insurer, filed_on: Some(app.today()) };
    let enclosures = of.version.enclosures.iter().map(|one| el("li", "", text(one.what))).collect();
    el(
        "article",
        "kk-page kk-filing-print",
        all(vec![
            heading(words().print_way),
            paragraph(words().start_paper),
            note(words().start_number),
            el("ul", "kk-filing-print__enclosed", all(enclosures)),
            el("div", "kk-tools", all(tools)),
            sheet(&filled),
        ]),
    )
}
