//! Records to lines.

use super::column::{Column, RecordRow};
use super::{Record, field};
use crate::certification::{Fact, Outcome};
use crate::export;

/// The fields of a record; those that are empty are left out.
pub fn row(record: &Record) -> RecordRow {
    let mut row = RecordRow::default();
    let mut put = |column, text: &str| {
        if !text.is_empty() {
            row.0.insert(column, text.to_owned());
        }
    };
    put(Column::InsurerNo, record.insurer.as_str());
    put(Column::InsuredNo, record.insured.as_str());
    put(Column::CaseNo, &record.case_no);
    put(Column::HistoryNo, &record.history_no.map(|number| number.to_string()).unwrap_or_default());
    put(Column::Kind, record.fact.step().code());
    put(Column::On, &record.fact.on().map(|on| on.to_string()).unwrap_or_default());
    put(Column::RecordedAt, &record.at.map(field::time_text).unwrap_or_default());
    match &record.fact {
        Fact::Application(application) => put(Column::Application, application.kind.code()),
        Fact::Postponement(notice) => {
            put(Column::Until, &notice.until.map(|until| until.to_string()).unwrap_or_default());
            put(Column::Reason, notice.reason.as_deref().unwrap_or_default());
        }
        Fact::Outcome(Outcome::Certified { level, validity, .. }) => {
            put(Column::Outcome, "certified");
            put(Column::Level, level.code());
            put(Column::ValidFrom, &validity.from.to_string());
            put(Column::ValidTo, &validity.to.to_string());
        }
        Fact::Outcome(Outcome::NotCertified { .. }) => put(Column::Outcome, "not_certified"),
        Fact::Outcome(Outcome::Dismissed { reason, .. }) => {
            put(Column::Outcome, "dismissed");
            put(Column::Reason, reason.as_deref().unwrap_or_default());
        }
        Fact::Outcome(Outcome::Withdrawn { .. }) => put(Column::Outcome, "withdrawn"),
        Fact::Cleared(_) => put(Column::Cleared, "1"),
        Fact::SurveyRequest(_)
        | Fact::Survey(_)
        | Fact::OpinionRequest(_)
        | Fact::Opinion(_)
        | Fact::FirstJudgement(_)
        | Fact::Committee(_)
        | Fact::Notice(_) => {}
    }
    row
}

/// CSV with all columns, the keys as headings.
pub fn write_csv<'a>(records: impl IntoIterator<Item = &'a Record>) -> String {
    let heads = Column::ALL.map(|column| column.key().to_owned()).to_vec();
    let lines = records.into_iter().map(|record| {
        let row = row(record);
        Column::ALL.map(|column| row.get(column).to_owned()).to_vec()
    });
    let all: Vec<Vec<String>> = std::iter::once(heads).chain(lines).collect();
    export::write_csv(all.iter().map(|line| line.iter().map(String::as_str)))
}

/// A file without lines, to be filled in: the Japanese headings, which are read as the keys are.
pub fn template_csv() -> String {
    export::write_csv([Column::ALL.map(Column::name)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certification::record::read_csv;

    #[test]
    fn the_blank_file_is_read_and_is_empty() {
        let read = read_csv(&template_csv()).unwrap();
        assert!(read.lines.is_empty() && read.unused.is_empty());
    }
}
