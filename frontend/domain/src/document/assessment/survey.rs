//! One 認定調査票.

use super::{items, overview};
use crate::calendar::Date;
use crate::document::{Entry, Line, lines};
use serde::{Deserialize, Serialize};

/// A 認定調査票 as data.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Survey {
    /// Version of the form (厚労省IF識別コード), where the sender gives one; kept as it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// 概況調査.
    pub overview: Vec<Entry>,
    /// 基本調査.
    pub answers: Vec<Entry>,
    /// 特記事項.
    #[serde(default)]
    pub notes: Vec<Note>,
}

/// One line of the 特記事項: 選択根拠・手間・頻度.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Note {
    /// Section, 1–7, where it was written.
    pub section: u8,
    /// Number of the item in the brackets, as written; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub item: String,
    /// What was written.
    pub text: String,
}

impl Survey {
    /// 調査の実施日.
    pub fn surveyed_on(&self) -> Option<Date> {
        let entry = self.overview.iter().find(|entry| entry.item == "surveyed_on")?;
        Date::from_iso(&entry.text).ok()
    }

    /// 基本調査, field by field.
    pub fn items(&self) -> Vec<Line<'_>> {
        lines(items(), &self.answers)
    }

    /// 概況調査, field by field.
    pub fn overview(&self) -> Vec<Line<'_>> {
        lines(overview(), &self.overview)
    }

    /// The notes on an item. Item 6 as a whole is the paper's number for all of 特別な医療; see
    /// [`Survey::loose_notes`].
    pub fn notes_on<'a>(&'a self, item: &'a str) -> impl Iterator<Item = &'a Note> {
        self.notes.iter().filter(move |note| note.item == item)
    }

    /// The notes of a section that name no item of the table: without a number, or with one nobody here knows.
    pub fn loose_notes(&self, section: u8) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(move |note| {
            let known = items().field(&note.item);
            // A known item shows its notes; one of a section that is not there belongs to the first.
            known.is_none() && (note.section == section || section == 1 && !(1..=7).contains(&note.section))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::sample;
    use proptest::prelude::*;

    #[test]
    fn the_wire_form() {
        let survey = Survey {
            overview: vec![Entry::written("surveyed_on", "2026-10-05")],
            answers: vec![Entry::chosen("1-1", ["2", "4"])],
            notes: vec![Note {
                section: 1, item: "1-1".into(), text: "左手足が動きにくい。".into()
            }],
            ..Survey::default()
        };
        let json = r#"{"overview":[{"item":"surveyed_on","text":"2026-10-05"}],"answers":[{"item":"1-1","marks":[{"code":"2"},{"code":"4"}]}],"notes":[{"section":1,"item":"1-1","text":"左手足が動きにくい。"}]}"#;
        assert_eq!(serde_json::to_string(&survey).unwrap(), json);
        assert_eq!(serde_json::from_str::<Survey>(json).unwrap(), survey);
        assert_eq!(survey.surveyed_on(), Date::new(2026, 10, 5).ok());
    }

    #[test]
    fn every_note_is_shown_once() {
        let note = |section, item: &str| Note { section, item: item.into(), text: item.into() };
        let survey = Survey {
            notes: vec![
                note(1, "1-3"),
                note(6, "6"),
                note(4, ""),
                note(9, "x"),
                note(7, "7-1"),
                note(2, "1-3"),
            ],
            ..Survey::default()
        };
        let on_items =
            items().fields().iter().map(|field| survey.notes_on(field.number).count()).sum::<usize>();
        let loose = super::super::GROUPS.map(|(section, _)| survey.loose_notes(section).count());
        assert_eq!((on_items, loose), (3, [1, 0, 0, 1, 0, 1, 0]));
    }

    proptest! {
        #[test]
        fn what_is_written_comes_back(survey in sample::survey()) {
            let json = serde_json::to_string(&survey).unwrap();
            prop_assert_eq!(serde_json::from_str::<Survey>(&json).unwrap(), survey);
        }

        #[test]
        fn every_item_is_reached_with_what_was_marked(survey in sample::full_survey()) {
            for line in survey.items() {
                prop_assert!(line.sound(), "{:?}", line);
                let marks = &line.entry.unwrap().marks;
                prop_assert!(marks.iter().all(|mark| line.field.choice(&mark.code).is_some()));
            }
        }
    }
}
