//! The list of 届出 as a table: one line a filing, days as `2026-11-22`.

use crate::upstream::{FilingEntry, FilingState};

/// The headings.
pub const FILING_COLUMNS: [&str; 19] = [
    "受付番号",
    "保険者番号",
    "被保険者番号",
    "氏名",
    "フリガナ",
    "様式",
    "区分",
    "事業所番号",
    "事業所名",
    "有効開始年月日",
    "届出年月日",
    "方法",
    "提出者",
    "状態",
    "状態の日時",
    "理由",
    "被保険者証への記載",
    "差替え前の受付番号",
    "差替え後の受付番号",
];

/// The line of a filing; who it is about is empty for an office that may not view the person any more.
pub fn filing_row(entry: &FilingEntry) -> [String; 19] {
    let person = entry.person.as_ref();
    let of = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let last = entry.steps.last();
    let on_certificate = match entry.steps.iter().rev().find(|step| step.state == FilingState::Accepted) {
        Some(step) if step.on_certificate => "記載済み",
        Some(_) => "未記載",
        None => "",
    };
    [
        entry.number.0.clone(),
        of(person.map(|person| person.insurer.as_str())),
        of(person.map(|person| person.insured.as_str())),
        of(person.map(|person| person.name.as_str())),
        of(person.map(|person| person.kana.as_str())),
        entry.form.name().to_owned(),
        entry.category.name().to_owned(),
        entry.office.as_str().to_owned(),
        entry.office_name.clone(),
        entry.start_on.to_string(),
        entry.filed_on.to_string(),
        entry.way.name().to_owned(),
        entry.by.clone(),
        entry.state.name().to_owned(),
        last.map(|step| step.at.to_string()).unwrap_or_default(),
        of(last.and_then(|step| step.reason.as_deref())),
        on_certificate.to_owned(),
        of(entry.replaces.as_ref().map(|number| number.0.as_str())),
        of(entry.replaced_by.as_ref().map(|number| number.0.as_str())),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Time;
    use crate::export::write_csv;
    use crate::filing::FilingNumber;
    use crate::filing::sample::{entry, filing};
    use crate::qualification::sample::qualification;
    use crate::upstream::FilingStep;

    fn at<'a>(row: &'a [String; 19], name: &str) -> &'a str {
        row[FILING_COLUMNS.iter().position(|one| *one == name).unwrap()].as_str()
    }

    #[test]
    fn a_filing_is_a_line() {
        let step = |state, reason: Option<&str>, on_certificate| FilingStep {
            state,
            at: Time(1_795_323_900),
            by: "市 花子".into(),
            reason: reason.map(str::to_owned),
            on_certificate,
        };
        let mut one = entry(&filing(), FilingState::Accepted);
        one.person = Some(qualification().person);
        one.steps = vec![step(FilingState::Received, None, false), step(FilingState::Accepted, None, true)];
        one.replaces = Some(FilingNumber("F-0".into()));
        let row = filing_row(&one);
        for (name, text) in [
            ("受付番号", "F-1"),
            ("被保険者番号", "0000012345"),
            ("区分", "新規"),
            ("有効開始年月日", "2026-12-01"),
            ("方法", "オンライン"),
            ("状態", "受理"),
            ("被保険者証への記載", "記載済み"),
            ("差替え前の受付番号", "F-0"),
            ("差替え後の受付番号", ""),
        ] {
            assert_eq!(at(&row, name), text, "{name}");
        }
        one.person = None;
        one.steps = vec![step(FilingState::Returned, Some("=事由がありません"), false)];
        let row = filing_row(&one);
        assert_eq!((at(&row, "氏名"), at(&row, "被保険者証への記載")), ("", ""));
        assert!(write_csv([row.iter().map(String::as_str)]).contains(",'=事由"), "nothing is computed");
    }
}
