//! The form as the paper has it: for the screen beside the questions, and for print. One filled with a filing or
//! with the answers so far, or a blank one.
//!
//! Boxes for the 個人番号 do not exist: it is neither asked nor kept. Cities take the form without it (山梨市,
//! 中野区: <https://www.city.tokyo-nakano.lg.jp/kenko_hukushi/kourei/kaigohoken/kaigoservice/mynumber-riyo.html>).

mod cover;
#[cfg(test)]
mod tests;

pub use cover::{Cover, Enclosed, Way, cover};

use super::definition::{Block, Defined};
use super::{Answers, Field, Filing, Shape, wizard};
use crate::calendar::parse_date;
use crate::upstream::Sex;

/// A form on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its title.
    pub title: &'static str,
    /// It is a 下書き: not compared with the insurer's own form.
    pub draft: bool,
    /// Its blocks in printed order.
    pub blocks: Vec<Part>,
    /// あて先: 伊勢崎市長, or the insurer's name; empty on a blank form of no insurer.
    pub addressee: String,
    /// 届出文.
    pub sentence: &'static str,
    /// 届出年月日.
    pub filed_on: Value,
    /// (注意).
    pub notes: &'static [&'static str],
    /// Who says how the form looks.
    pub source: &'static str,
}

/// A block with its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its heading; empty for none.
    pub heading: &'static str,
    /// What is printed below it; empty for nothing.
    pub note: &'static str,
    /// Whether it stands at the foot, below the sentence: where the person signs.
    pub foot: bool,
    /// Its lines.
    pub rows: Vec<Row>,
}

/// One line of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The field; `None` for a line nobody fills in here.
    pub field: Option<Field>,
    /// Its label.
    pub label: &'static str,
    /// What stands in it.
    pub value: Value,
}

/// What stands in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A box a character; `None` for an empty one.
    Boxes(Vec<Option<char>>),
    /// A text; empty when nothing is filled in.
    Text(String),
    /// A day in 和暦; `None`: 令和　年　月　日 to write into.
    Day(Option<String>),
    /// Choices, each with whether it is ticked.
    Choices(Vec<(&'static str, bool)>),
    /// A line to sign on, and the name that is printed below it on a record.
    Signature(String),
    /// For the insurer's own notes: it stays empty.
    Insurer,
}

/// What the sheet is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// To be handed in: day and name are left to the hand (自署).
    Hand,
    /// To be read: what was filed, or is about to be.
    Read,
}

/// What is written on it.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// Nothing.
    Blank,
    /// The answers so far, as they were typed.
    Answers(&'a Answers),
    /// A filing.
    Filing(&'a Filing),
}

/// The form with its content. `insurer` is the name of the insurer, for forms that print no addressee of their
/// own (伊勢崎市 → 伊勢崎市長).
pub fn sheet(of: Defined, content: Content<'_>, insurer: &str, used: Use) -> Sheet {
    let made;
    let empty = Answers::default();
    let answers = match content {
        Content::Blank => &empty,
        Content::Answers(answers) => answers,
        Content::Filing(filing) => {
            made = wizard::answers_of(filing);
            &made
        }
    };
    let last = of.form.blocks.len().saturating_sub(1);
    let mut blocks: Vec<Part> = of
        .form
        .blocks
        .iter()
        .enumerate()
        .map(|(at, block)| part(block, at == last, of, answers, used))
        .collect();
    if used == Use::Read {
        blocks.push(filer(of, answers));
    }
    blocks.push(Part {
        heading: "保険者記入欄",
        note: "",
        foot: true,
        rows: vec![Row { field: None, label: "", value: Value::Insurer }],
    });
    let filed = answers.get(Field::FiledOn);
    Sheet {
        title: of.form.title,
        draft: of.version.is_draft(),
        blocks,
        addressee: addressee(of.version.addressee, insurer),
        sentence: of.form.sentence,
        filed_on: if used == Use::Hand { Value::Day(None) } else { day(filed) },
        notes: of.form.notes,
        source: of.version.source,
    }
}

/// The definition's own addressee; else the insurer's head, as cities print it.
fn addressee(own: &str, insurer: &str) -> String {
    let head = insurer.ends_with(['市', '区', '町', '村']);
    match (own, insurer) {
        ("", "") => String::new(),
        ("", name) if head => [name, "長"].concat(),
        // 広域連合 and others have heads of other names: theirs is left to whoever prints it.
        ("", name) => name.to_owned(),
        (own, _) => own.to_owned(),
    }
}

fn part(block: &Block, foot: bool, of: Defined, answers: &Answers, used: Use) -> Part {
    let mut rows = Vec::new();
    for one in block.fields {
        let value = value(one.field, of, answers);
        rows.push(Row { field: Some(one.field), label: one.label, value });
    }
    if foot {
        let name = if used == Use::Hand { "" } else { answers.get(Field::Name) };
        let signature = Row { field: None, label: "氏名", value: Value::Signature(name.to_owned()) };
        // After 〒 and 住所, before 電話番号.
        let at = rows.iter().position(|row| row.field == Some(Field::Phone)).unwrap_or(rows.len());
        rows.insert(at, signature);
    }
    Part { heading: block.heading, note: block.note, foot, rows }
}

/// Who files, and whether provisionally: no form has a line for it, the filing has.
fn filer(of: Defined, answers: &Answers) -> Part {
    let fields = [Field::FilerName, Field::FilerRelation, Field::FilerPhone, Field::Provisional];
    let rows =
        fields.map(|field| Row { field: Some(field), label: field.name(), value: value(field, of, answers) });
    Part { heading: "届出者(電子の届出だけにある欄)", note: "", foot: true, rows: rows.into() }
}

fn value(field: Field, of: Defined, answers: &Answers) -> Value {
    let text = answers.get(field);
    match field.shape() {
        Shape::Digits { boxes } => Value::Boxes(in_boxes(text, boxes)),
        Shape::Date => day(text),
        Shape::Postal => Value::Text(postal(text)),
        Shape::Choice | Shape::YesNo => Value::Choices(choices(field, of, text)),
        _ => Value::Text(text.to_owned()),
    }
}

/// The characters in their boxes; what does not fit into them is not cut off but left out, for half a number
/// looks like a whole one.
fn in_boxes(text: &str, boxes: usize) -> Vec<Option<char>> {
    let typed: Vec<char> = crate::number::normalise(text).chars().collect();
    let fits = typed.len() <= boxes;
    (0..boxes).map(|at| typed.get(at).copied().filter(|_| fits)).collect()
}

fn day(text: &str) -> Value {
    Value::Day(parse_date(text).ok().map(|day| day.wareki()))
}

/// 〒 with its hyphen; what is no such number as it was typed.
fn postal(text: &str) -> String {
    match super::typed::postal(text) {
        Some(seven) => [seven.get(..3).unwrap_or_default(), "-", seven.get(3..).unwrap_or_default()].concat(),
        None => text.to_owned(),
    }
}

fn choices(field: Field, of: Defined, text: &str) -> Vec<(&'static str, bool)> {
    if field == Field::Reason {
        return of.form.reasons.iter().map(|one| (one.name(), one.code() == text)).collect();
    }
    if field == Field::Sex {
        return Sex::ALL.iter().map(|one| (one.name(), one.code() == text)).collect();
    }
    field.choices().into_iter().map(|(code, name)| (name, code == text)).collect()
}
