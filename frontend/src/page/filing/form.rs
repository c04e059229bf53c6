//! The form as it is printed: beside the questions, to be checked, and on paper with what goes along by post.

use super::gone;
use crate::component::{Rank, all, el, el_with, link, pairs, text};
use crate::page::parts::{heading, note, paragraph, press};
use crate::route::Route;
use crate::service::browser;
use crate::state::{App, DraftKey};
use crate::text::filing as words;
use domain::filing::definition::Exemplar;
use domain::filing::paper::{self, Content, Cover, Enclosed, Part, Row, Sheet, Use, Value, Way};
use domain::filing::wizard::{self, Context};
use domain::filing::{Field, Origin};
use yew::prelude::*;

/// 届出年月日 that is left to the hand.
const NO_DAY: &str = "令和　　年　　月　　日";

/// The sheet.
pub(in crate::page) fn sheet(sheet: &Sheet) -> Html {
    let mut parts = Vec::new();
    if sheet.draft {
        parts.push(el("p", "kk-form-paper__own", text(words().draft_mark)));
    }
    parts.push(el("h2", "kk-form-paper__title", text(sheet.title)));
    let (foot, body): (Vec<&Part>, Vec<&Part>) = sheet.blocks.iter().partition(|part| part.foot);
    parts.extend(body.into_iter().map(block));
    if !sheet.addressee.is_empty() {
        parts.push(el("p", "kk-form-paper__to", text(["（あて先）", &sheet.addressee].concat())));
    }
    parts.push(el("p", "kk-form-paper__sentence", text(sheet.sentence)));
    parts.push(el("p", "kk-form-paper__day", value(&sheet.filed_on)));
    parts.extend(foot.into_iter().map(block));
    let notes = sheet.notes.iter().map(|one| el("li", "", text(*one))).collect();
    parts.push(el("p", "kk-form-paper__part", text("（注意）")));
    parts.push(el("ol", "kk-form-paper__notes", all(notes)));
    el("section", "kk-form-paper", all(parts))
}

fn block(part: &Part) -> Html {
    let mut parts = Vec::new();
    if !part.heading.is_empty() {
        parts.push(el("h3", "kk-form-paper__part", text(part.heading)));
    }
    if !part.note.is_empty() {
        parts.push(el("p", "kk-form-paper__note", text(part.note)));
    }
    parts.push(el("dl", "kk-form-paper__rows", all(part.rows.iter().map(row).collect())));
    el("div", "kk-form-paper__block", all(parts))
}

fn row(row: &Row) -> Html {
    let class = match row.value {
        Value::Insurer => "kk-form-paper__row kk-form-paper__row--insurer",
        _ => "kk-form-paper__row",
    };
    el("div", class, all(vec![el("dt", "", text(row.label)), el("dd", "", value(&row.value))]))
}

fn value(value: &Value) -> Html {
    match value {
        Value::Boxes(boxes) => in_boxes(boxes),
        Value::Text(words) => text(words.clone()),
        Value::Day(Some(day)) => text(day.clone()),
        Value::Day(None) => text(NO_DAY),
        Value::Choices(list) => {
            let choice = |(name, on): &(&'static str, bool)| {
                el("span", "kk-form-paper__choice", text([if *on { "☑ " } else { "□ " }, name].concat()))
            };
            all(list.iter().map(choice).collect())
        }
        Value::Signature(name) => el("span", "kk-form-paper__signature", text(name.clone())),
        Value::Insurer => Html::default(),
    }
}

/// A box a character, as the paper has them; read out as one number.
fn in_boxes(boxes: &[Option<char>]) -> Html {
    let drawn = boxes
        .iter()
        .map(|letter| el("span", "kk-form-paper__box", text(letter.map(String::from).unwrap_or_default())));
    let values = vec!["kk-form-paper__boxes".into(), "true".into()];
    let shown = el_with("span", &["class", "aria-hidden"], values, all(drawn.collect()));
    let said: String = boxes.iter().flatten().collect();
    all(vec![shown, el("span", "kk-hidden", text(said))])
}

/// A draft on paper, to be signed by hand, with the list of what goes along by post.
pub(super) fn paper_page(app: &App, draft: DraftKey) -> Html {
    let Some(kept) = app.draft(draft) else {
        app.open_drafts();
        return gone();
    };
    let Some(staff) = app.session() else { return Html::default() };
    let (answers, person) = (&kept.draft.answers, &kept.draft.person);
    let context = Context::office(app.today(), staff.service, staff.job);
    let Some(of) = wizard::defined(answers, &context) else { return gone() };
    let insurer = &person.insurer_name;
    let print = Callback::from(|()| browser::print());
    let tools = vec![
        press("filing-print", Rank::Primary, words().print, print),
        link(Route::Filing { draft, page: 0 }, "kk-button kk-button--secondary", text(words().go_on)),
    ];
    let mut parts = vec![
        heading(words().print_way),
        paragraph(words().print_lead),
        note(words().start_number),
        el("div", "kk-tools", all(tools)),
        sheet(&paper::sheet(of, Content::Answers(answers), insurer, Use::Hand)),
    ];
    // What goes along depends on who files; before that is known there is no list. On paper nobody's identity is
    // checked here, and the day is written by hand.
    let mut on_paper = answers.clone();
    on_paper.fill(Field::FiledOn, &context.today.wareki(), Origin::Rule);
    if let Ok(filing) = wizard::finish(&on_paper, &Context::desk(context.today)) {
        parts.push(cover(&paper::cover(of, &filing, insurer, Way::Post)));
    } else {
        parts.push(note(words().cover_later));
    }
    el("article", "kk-page kk-filing-print", all(parts))
}

/// 送付状.
fn cover(cover: &Cover) -> Html {
    let enclosed = |one: &Enclosed| {
        let exemplar = match one.exemplar {
            Some(Exemplar::Original) => "(原本)",
            Some(Exemplar::Photocopy) => "(写し)",
            None => "",
        };
        let count = one.count.to_string();
        el("li", "", text([one.what, exemplar, " ", &count, "部"].concat()))
    };
    let from = cover.from.join(" ");
    let ask = cover.ask.iter().map(|one| el("li", "", text(*one))).collect();
    el(
        "section",
        "kk-form-paper kk-form-paper--cover",
        all(vec![
            el("h2", "kk-form-paper__title", text(words().cover)),
            el(
                "dl",
                "kk-form-paper__rows",
                pairs([(words().cover_to, text(cover.to.clone())), (words().cover_from, text(from))]),
            ),
            el("h3", "kk-form-paper__part", text(words().cover_enclosed)),
            el("ol", "kk-form-paper__list", all(cover.enclosed.iter().map(enclosed).collect())),
            el("h3", "kk-form-paper__part", text(words().cover_ask)),
            el("ul", "kk-form-paper__list", all(ask)),
        ]),
    )
}
