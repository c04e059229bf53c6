//! A paper read field by field, with what is odd about each.

use super::{Entry, Field, Kind, Table};
use crate::calendar::Date;
use crate::code::Code;

/// One field of the table and what was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// The field.
    pub field: &'static Field,
    /// What was filled in; nothing when the field is not there.
    pub entry: Option<&'a Entry>,
    /// What is odd about it.
    pub doubts: Vec<Doubt>,
}

/// What is odd about one field. Nothing is mended: it is shown as it came, and said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The table asks for an answer and there is none.
    Missing,
    /// A code nobody here knows.
    Unknown(Code),
    /// More than one choice where one is asked for.
    Several,
    /// 「ない」 and something else.
    NoneWithOthers,
    /// It cannot be read as a day.
    NotADay,
    /// The same field stands there more than once; the first counts.
    Twice,
}

impl Line<'_> {
    /// Whether anything is filled in.
    pub fn filled(&self) -> bool {
        self.entry.is_some_and(|entry| !entry.marks.is_empty() || !entry.text.is_empty())
    }

    /// Whether it can be set beside another answer.
    pub fn sound(&self) -> bool {
        self.filled() && self.doubts.is_empty()
    }
}

/// Every field of a table with what was filled in, in printed order.
pub fn lines<'a>(table: &'static Table, entries: &'a [Entry]) -> Vec<Line<'a>> {
    table.fields().iter().map(|field| line(field, table.complete, entries)).collect()
}

/// What was filled in for fields the table does not have.
pub fn strays<'a>(table: &'static Table, entries: &'a [Entry]) -> Vec<&'a Entry> {
    entries.iter().filter(|entry| table.field(&entry.item).is_none()).collect()
}

fn line<'a>(field: &'static Field, complete: bool, entries: &'a [Entry]) -> Line<'a> {
    let mut all = entries.iter().filter(|entry| entry.item == field.number);
    let entry = all.next();
    let mut line = Line { field, entry, doubts: Vec::new() };
    if all.next().is_some() {
        line.doubts.push(Doubt::Twice);
    }
    if !line.filled() {
        if complete {
            line.doubts.push(Doubt::Missing);
        }
        return line;
    }
    let Some(entry) = entry else { return line };
    let unknown = entry.marks.iter().filter(|mark| field.choice(&mark.code).is_none());
    line.doubts.extend(unknown.map(|mark| Doubt::Unknown(Code::new(&mark.code))));
    match field.kind {
        Kind::One if entry.marks.len() > 1 => line.doubts.push(Doubt::Several),
        Kind::Many if entry.marks.len() > 1 => {
            let alone = |code| field.choice(code).is_some_and(|choice| choice.alone);
            if entry.marks.iter().any(|mark| alone(&mark.code)) {
                line.doubts.push(Doubt::NoneWithOthers);
            }
        }
        Kind::Date if Date::from_iso(&entry.text).is_err() => line.doubts.push(Doubt::NotADay),
        _ => {}
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{assessment, opinion};

    fn doubts(entries: &[Entry], item: &str) -> Vec<Doubt> {
        let lines = lines(assessment::items(), entries);
        lines.into_iter().find(|line| line.field.number == item).unwrap().doubts
    }

    #[test]
    fn what_is_odd_is_said_and_kept() {
        let cases = [
            (vec![], vec![Doubt::Missing]),
            (vec![Entry::chosen("1-1", [])], vec![Doubt::Missing]),
            (vec![Entry::chosen("1-1", ["2", "4"])], vec![]),
            (vec![Entry::chosen("1-1", ["1"])], vec![]),
            (vec![Entry::chosen("1-1", ["1", "2"])], vec![Doubt::NoneWithOthers]),
            (vec![Entry::chosen("1-1", ["7"])], vec![Doubt::Unknown(Code::new("7"))]),
            (vec![Entry::chosen("1-1", ["2"]), Entry::chosen("1-1", ["3"])], vec![Doubt::Twice]),
        ];
        for (entries, expected) in cases {
            assert_eq!(doubts(&entries, "1-1"), expected, "{entries:?}");
        }
        assert_eq!(doubts(&[Entry::chosen("1-3", ["1", "2"])], "1-3"), [Doubt::Several]);
    }

    #[test]
    fn an_empty_field_of_an_opinion_is_an_answer() {
        let entries = [Entry::written("written_on", "2026-13-01")];
        let lines = lines(opinion::fields(), &entries);
        assert_eq!(lines[0].doubts, [Doubt::NotADay]);
        assert!(lines[1..].iter().all(|line| line.doubts.is_empty() && !line.filled()));
    }

    #[test]
    fn a_field_of_another_version_is_kept() {
        let entries = [Entry::chosen("2-13", ["1"]), Entry::chosen("2-12", ["1"])];
        let found = strays(assessment::items(), &entries);
        assert_eq!(found, [&entries[0]]);
    }
}
