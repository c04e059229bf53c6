//! How a sheet looks: one renderer for all five kinds.

use super::change;
use super::paper::{Account, Block, Field, Paper, Piece, Today};
use crate::component::{DateStyle, Tone, all, as_of, badge, date_text, el, el_with, gauge, row, sheet, text};
use crate::text::{format, person as words};
use domain::qualification::Period;
use yew::{AttrValue, Html};

/// One sheet, and what more stands on it.
pub(super) fn view(paper: &Paper, style: DateStyle, more: Html) -> Html {
    let blocks = paper.blocks.iter().map(|one| block(one, style)).collect();
    let inside = vec![
        if paper.changed { el("p", "", change::sign()) } else { Html::default() },
        if paper.kept { kept() } else { Html::default() },
        today(&paper.today, style),
        doubts(&paper.doubts),
        el("div", "kk-sheet__panels", all(blocks)),
        more,
        el(
            "footer",
            "kk-sheet__foot",
            paper.as_of.map_or_else(Html::default, |at| as_of(at, paper.source.clone())),
        ),
    ];
    sheet(paper.kind.id, paper.kind.title, Some(paper.kind.plain), all(inside))
}

/// The last look could not fetch this kind: it stands as it was, with its own time.
fn kept() -> Html {
    let inside =
        vec![el("p", "", badge(Some(Tone::Warning), words().kept)), el("p", "", text(words().kept_why))];
    el("div", "kk-doubt", all(inside))
}

fn today(today: &Today, style: DateStyle) -> Html {
    match today {
        Today::Meaning(pieces) => el("p", "kk-meaning", line(pieces, style)),
        Today::Absent { tone, label, what, why } => {
            let inside = vec![
                el("p", "", badge(Some(*tone), *label)),
                el("p", "kk-absent__what", text(what.clone())),
                el("p", "", text(why.clone())),
            ];
            el("div", "kk-absent", all(inside))
        }
    }
}

fn doubts(doubts: &[String]) -> Html {
    if doubts.is_empty() {
        return Html::default();
    }
    let lines = doubts.iter().map(|doubt| el("li", "", text(doubt.clone()))).collect();
    let inside = vec![
        el("p", "", badge(Some(Tone::Warning), words().doubt)),
        el("ul", "", all(lines)),
        el("p", "", text(words().doubt_next)),
    ];
    el_with("div", &["class", "role"], vec!["kk-doubt".into(), "note".into()], all(inside))
}

fn block(block: &Block, style: DateStyle) -> Html {
    match block {
        Block::Fields(title, fields) => {
            let rows = el("dl", "kk-rows", all(fields.iter().map(|one| field(one, style)).collect()));
            if title.is_empty() {
                return rows;
            }
            el("div", "", all(vec![el("h3", "kk-sheet__part", text(*title)), rows]))
        }
        Block::Account(one) => account(one, style),
        Block::Note(note) => el("p", "", text(*note)),
    }
}

fn field(field: &Field, style: DateStyle) -> Html {
    let value = match field.lines.as_slice() {
        [one] => line(one, style),
        lines => {
            let lines = lines.iter().map(|one| el("li", "", line(one, style))).collect();
            el("ul", "kk-lines", all(lines))
        }
    };
    let name = if field.changed { all(vec![text(field.name), change::sign()]) } else { text(field.name) };
    row(name, value)
}

/// Pieces with a space between them, so that they part when read out and when copied.
fn line(pieces: &[Piece], style: DateStyle) -> Html {
    all(pieces.iter().flat_map(|one| [piece(one, style), text(" ")]).collect())
}

fn piece(piece: &Piece, style: DateStyle) -> Html {
    match piece {
        Piece::Text(words) => text(words.clone()),
        Piece::Strong(words) => el("strong", "", text(words.clone())),
        Piece::Quiet(words) => el("span", "kk-quiet", text(*words)),
        Piece::Note(words) => el("span", "kk-support", text(*words)),
        Piece::Number(number) => el("span", "kk-number", text(number.clone())),
        Piece::Date(date) => date_text(*date, style),
        Piece::Period(one) => period(one, style),
        Piece::Label(tone, words) => badge(*tone, words.clone()),
        Piece::Amount(name, yen) => {
            let amount = el("b", "", text(format::yen(*yen)));
            el("span", "kk-amount", all(vec![el("span", "", text(*name)), amount]))
        }
        Piece::Break => el("br", "", Html::default()),
    }
}

/// 令和8年4月1日 〜 令和9年3月31日
fn period(period: &Period, style: DateStyle) -> Html {
    let to = period.to.map_or_else(|| text(words().no_end), |to| date_text(to, style));
    all(vec![date_text(period.from, style), text(" 〜 "), to])
}

fn account(account: &Account, style: DateStyle) -> Html {
    let inside = vec![
        el("h3", "kk-sheet__part", text(account.title.clone())),
        gauge(words().left, account.used_yen, account.left_yen, account.limit_yen),
        account.note.clone().map_or_else(Html::default, |note| el("p", "kk-support", text(note))),
        if account.rows.is_empty() {
            el("p", "kk-quiet", text(account.empty))
        } else {
            table(account, style)
        },
    ];
    el("section", "kk-dwelling", all(inside))
}

fn table(account: &Account, style: DateStyle) -> Html {
    let head = account
        .columns
        .iter()
        .map(|name| el_with("th", &["scope"], vec![AttrValue::Static("col")], text(*name)));
    let rows = account.rows.iter().map(|(day, what, yen)| {
        let cells = [date_text(*day, style), text(what.clone()), text(format::yen(*yen))];
        el("tr", "", all(cells.into_iter().map(|cell| el("td", "", cell)).collect()))
    });
    let inside =
        vec![el("thead", "", el("tr", "", all(head.collect()))), el("tbody", "", all(rows.collect()))];
    el("table", "kk-table", all(inside))
}
