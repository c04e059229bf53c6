//! The municipality's queue as a table: one line a case, days as `2026-11-22`.

use crate::calendar::Date;
use crate::certification::{Outcome, Step, WaitState};
use crate::upstream::QueueEntry;

/// The headings.
pub const QUEUE_COLUMNS: [&str; 24] = [
    "保険者番号",
    "被保険者番号",
    "申請番号",
    "氏名",
    "フリガナ",
    "申請区分",
    "申請日",
    "段階",
    "経過日数",
    "期限",
    "期限超過日数",
    "調査依頼日",
    "調査日",
    "意見書依頼日",
    "意見書受領日",
    "一次判定日",
    "審査会日",
    "延期通知日",
    "処理見込",
    "結果",
    "結果の日",
    "要介護状態区分",
    "有効期間終了",
    "結果通知日",
];

/// The line of a case as it stands on a day.
pub fn queue_row(entry: &QueueEntry, today: Date) -> [String; 24] {
    let case = &entry.case;
    let day = |on: Option<Date>| on.map(|on| on.to_string()).unwrap_or_default();
    let of = |step| day(case.day_of(step));
    let wait = case.wait(today);
    let late = wait.and_then(|wait| match wait.state {
        WaitState::Late { days } => Some(days.to_string()),
        _ => None,
    });
    let (level, to) = match &case.outcome {
        Some(Outcome::Certified { level, validity, .. }) => (level.name(), Some(validity.to)),
        _ => ("", None),
    };
    [
        entry.person.insurer.as_str().to_owned(),
        entry.person.insured.as_str().to_owned(),
        entry.case_no.clone(),
        entry.person.name.clone(),
        entry.person.kana.clone(),
        case.application.map_or("", |application| application.kind.name()).to_owned(),
        of(Step::Application),
        case.stage(today).name().to_owned(),
        wait.map(|wait| wait.days.to_string()).unwrap_or_default(),
        day(wait.map(|wait| wait.limit)),
        late.unwrap_or_default(),
        of(Step::SurveyRequest),
        of(Step::Survey),
        of(Step::OpinionRequest),
        of(Step::Opinion),
        of(Step::FirstJudgement),
        of(Step::Committee),
        of(Step::Postponement),
        day(case.postponement.as_ref().and_then(|notice| notice.until)),
        case.outcome.as_ref().map_or("", Outcome::name).to_owned(),
        of(Step::Outcome),
        level.to_owned(),
        day(to),
        of(Step::Notice),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certification::sample::{case, day};
    use crate::export::write_csv;
    use crate::number::{InsuredNumber, InsurerNumber};
    use crate::upstream::{Person, PersonHandle, Sex};

    fn entry(first: usize, name: &str) -> QueueEntry {
        let person = Person {
            handle: PersonHandle("p".into()),
            name: name.into(),
            kana: "シケン ハナコ".into(),
            birth_date: day("1940-03-02").into(),
            sex: Sex::Female,
            address: String::new(),
            insurer: InsurerNumber::parse("102046").unwrap(),
            insurer_name: "伊勢崎市".into(),
            insured: InsuredNumber::parse("0000012345").unwrap(),
        };
        QueueEntry { person, case_no: "R08-1".into(), case: case(first), changed_by: "市 花子".into() }
    }

    #[test]
    fn a_case_is_a_line() {
        let row = queue_row(&entry(5, "試験 花子"), day("2026-11-22"));
        let at = |name: &str| row[QUEUE_COLUMNS.iter().position(|one| *one == name).unwrap()].as_str();
        assert_eq!((at("申請日"), at("経過日数"), at("期限超過日数")), ("2026-10-05", "48", "18"));
        assert_eq!((at("段階"), at("調査日"), at("審査会日")), ("一次判定", "2026-10-14", ""));
        let row = queue_row(&entry(9, "試験 花子"), day("2026-11-22"));
        let at = |name: &str| row[QUEUE_COLUMNS.iter().position(|one| *one == name).unwrap()].as_str();
        assert_eq!(
            (at("要介護状態区分"), at("有効期間終了"), at("期限超過日数")),
            ("要介護2", "2027-04-30", "")
        );
    }

    #[test]
    fn no_name_is_computed_by_a_spreadsheet() {
        let row = queue_row(&entry(1, "=1+1"), day("2026-11-22"));
        assert!(write_csv([row.iter().map(String::as_str)]).contains(",'=1+1,"));
    }
}
