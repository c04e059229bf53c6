//! Papers by chance, for the properties.

use super::opinion::{DoctorConsent, Edition};
use super::{Degree, Entry, Field, Kind, Mark, Opinion, Survey, Table, assessment};
use crate::document::assessment::Note;
use proptest::prelude::*;

/// A field with an answer the table knows.
fn answer(field: &'static Field) -> BoxedStrategy<Entry> {
    let codes: Vec<&str> = field.choices().filter(|choice| !choice.alone).map(|choice| choice.code).collect();
    let item = field.number;
    match field.kind {
        Kind::One => prop::sample::select(codes).prop_map(move |code| Entry::chosen(item, [code])).boxed(),
        Kind::Many => {
            let (alone, many) = (field.choices().find(|choice| choice.alone), codes.len());
            prop::sample::subsequence(codes, 0..=many)
                .prop_map(move |codes| {
                    // Nothing chosen is said by the choice for it, or by the first there is.
                    let none = alone.or_else(|| field.choices().next()).map(|choice| choice.code);
                    let codes: Vec<&str> = if codes.is_empty() { none.into_iter().collect() } else { codes };
                    Entry::chosen(item, codes)
                })
                .boxed()
        }
        Kind::Date | Kind::About => {
            "20[0-9]{2}-0[1-9]-[12][0-8]".prop_map(move |day| Entry::written(item, &day)).boxed()
        }
        Kind::Text => "[ぁ-ん一-龠]{1,12}".prop_map(move |text| Entry::written(item, &text)).boxed(),
    }
}

/// Every field of a table with an answer it knows.
pub(crate) fn full(table: &'static Table) -> impl Strategy<Value = Vec<Entry>> {
    table.fields().iter().map(answer).collect::<Vec<_>>()
}

/// Anything that may come.
fn any_entry() -> impl Strategy<Value = Entry> {
    let known: Vec<&str> = assessment::items().fields().iter().map(|field| field.number).collect();
    let item = prop_oneof![prop::sample::select(known).prop_map(str::to_owned), ".{0,8}"];
    (item, prop::collection::vec(any_mark(), 0..3), ".{0,12}").prop_map(|(item, marks, text)| Entry {
        item,
        marks,
        text,
    })
}

fn any_mark() -> impl Strategy<Value = Mark> {
    let degree = proptest::option::of("light|medium|heavy|.{0,5}".prop_map(|code| Degree::from_code(&code)));
    ("[0-9]|.{0,6}", ".{0,6}", degree, any::<bool>()).prop_map(|(code, note, degree, underlined)| Mark {
        code,
        note,
        degree,
        underlined,
    })
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    prop::collection::vec(any_entry(), 0..8)
}

/// Any survey.
pub(crate) fn survey() -> impl Strategy<Value = Survey> {
    let note =
        (any::<u8>(), ".{0,6}", ".{0,12}").prop_map(|(section, item, text)| Note { section, item, text });
    let notes = prop::collection::vec(note, 0..4);
    (proptest::option::of(".{0,4}"), entries(), entries(), notes)
        .prop_map(|(form, overview, answers, notes)| Survey { form, overview, answers, notes })
}

/// A survey with every item answered.
pub(crate) fn full_survey() -> impl Strategy<Value = Survey> {
    (full(assessment::overview()), full(assessment::items())).prop_map(|(overview, answers)| Survey {
        overview,
        answers,
        ..Survey::default()
    })
}

/// Any opinion.
pub(crate) fn opinion() -> impl Strategy<Value = Opinion> {
    let consent =
        proptest::option::of("agreed|refused|.{0,5}".prop_map(|code| DoctorConsent::from_code(&code)));
    ("current|older|.{0,5}", consent, entries()).prop_map(|(edition, consent, entries)| Opinion {
        edition: Edition::from_code(&edition),
        consent,
        entries,
    })
}
