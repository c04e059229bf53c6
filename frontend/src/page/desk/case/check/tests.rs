use super::*;
use crate::state::desk::sample::{day, entry};

fn sheet(typed: &[(Field, &str)]) -> EntryDraft {
    typed.iter().fold(EntryDraft::default(), |draft, (field, text)| draft.typed(*field, *text))
}

fn at(first: u32, typed: &[(Field, &str)]) -> Looked {
    look(&entry("c1", first).case, &sheet(typed), day("2026-11-22"))
}

#[test]
fn an_empty_sheet_enters_nothing() {
    assert_eq!(at(5, &[]), Looked::default());
}

#[test]
fn days_are_read_in_either_calendar_and_what_stands_already_is_left_out() {
    let looked = at(
        3,
        &[(Field::Survey, "R8.10.14"), (Field::Opinion, "2026-10-20"), (Field::SurveyRequest, "20261006")],
    );
    assert_eq!(looked.facts, [Fact::Survey(day("2026-10-14")), Fact::Opinion(day("2026-10-20"))]);
    assert_eq!(looked.same, [Field::SurveyRequest]);
    assert!(looked.wrong.is_empty() && looked.looks.is_empty(), "{looked:?}");
}

#[test]
fn what_cannot_be_is_refused_at_its_field() {
    let looked =
        at(3, &[(Field::Opinion, "R8.12.1"), (Field::Survey, "R8.2.30"), (Field::Committee, "R8.12.1")]);
    let wrong: Vec<_> = looked.wrong.iter().map(|one| (one.field, one.at_once)).collect();
    assert_eq!(wrong, [(Some(Field::Survey), false), (Some(Field::Opinion), true)]);
    assert_eq!(looked.wrong[1].why, "意見書受領日が今日より後です。済んだ日を入力してください");
    assert!(
        !looked.wrong.iter().any(|one| one.field == Some(Field::Committee)),
        "a committee may be planned"
    );
}

#[test]
fn what_may_have_its_reasons_is_asked_about() {
    let looked = at(5, &[(Field::FirstJudgement, "R8.10.10")]);
    assert!(looked.wrong.is_empty());
    let steps = [Step::Survey, Step::Opinion];
    let expected =
        steps.map(|step| (Some(Field::FirstJudgement), Contradiction::Order(step, Step::FirstJudgement)));
    assert_eq!(looked.looks, expected);
}

#[test]
fn a_certification_begins_with_what_may_be_offered() {
    let case = entry("c1", 7).case;
    let draft = typed(&case, EntryDraft::default(), Field::Outcome, CERTIFIED.into());
    assert_eq!(draft.get(Field::ValidFrom), "令和8年10月5日");
    assert_eq!((draft.get(Field::Months), draft.get(Field::ValidTo)), ("6", "令和9年4月30日"));
    let draft = typed(&case, draft, Field::Months, "12".into());
    assert_eq!(draft.get(Field::ValidTo), "令和9年10月31日");
    let missing: Vec<_> = look(&case, &draft, day("2026-11-22")).wrong.iter().map(|one| one.field).collect();
    assert_eq!(missing, [Some(Field::OutcomeOn), Some(Field::Level)]);
    let draft = draft.typed(Field::OutcomeOn, "R8.11.6").typed(Field::Level, "22");
    let looked = look(&case, &draft, day("2026-11-22"));
    assert!(looked.wrong.is_empty() && looked.looks.is_empty(), "{looked:?}");
    assert_eq!(looked.facts.len(), 1);
    let draft = typed(&case, draft, Field::Months, "13".into());
    let looks = look(&case, &draft, day("2026-11-22")).looks;
    assert_eq!(
        looks,
        [(Some(Field::ValidTo), Contradiction::ValidityLength { months: 13, least: 3, most: 12 })]
    );
}

#[test]
fn an_end_that_was_typed_stays_until_its_months_are_changed() {
    let case = entry("c1", 7).case;
    let draft = typed(&case, EntryDraft::default(), Field::Outcome, CERTIFIED.into());
    let draft = typed(&case, draft, Field::ValidTo, "R9.3.31".into());
    let draft = typed(&case, draft, Field::OutcomeOn, "R8.11.6".into());
    assert_eq!(draft.get(Field::ValidTo), "R9.3.31");
    for months in ["", "x", "0", "999999999999"] {
        let draft = typed(&case, draft.clone(), Field::Months, months.into());
        assert_eq!(draft.get(Field::ValidTo), "R9.3.31", "{months}");
    }
}

#[test]
fn other_ends_need_their_day_alone() {
    for kind in [NOT_CERTIFIED, DISMISSED, WITHDRAWN] {
        let looked = at(1, &[(Field::Outcome, kind)]);
        assert_eq!(looked.wrong.iter().map(|one| one.field).collect::<Vec<_>>(), [Some(Field::OutcomeOn)]);
    }
    let looked = at(1, &[(Field::Outcome, WITHDRAWN), (Field::OutcomeOn, "R8.10.20")]);
    assert_eq!(looked.facts, [Fact::Outcome(Outcome::Withdrawn { on: day("2026-10-20") })]);
    assert!(looked.looks.is_empty(), "who withdraws need not be surveyed");
    let looked = at(1, &[(Field::Outcome, NOT_CERTIFIED), (Field::OutcomeOn, "R8.10.20")]);
    assert_eq!(looked.looks.len(), 3, "who is decided upon must have been surveyed");
}

#[test]
fn a_notice_of_postponement_needs_its_day() {
    let looked = at(5, &[(Field::PostponedReason, "調査の日程が合わないため")]);
    assert_eq!(looked.wrong[0].field, Some(Field::PostponedOn));
    let looked = at(5, &[(Field::PostponedOn, "R8.11.1"), (Field::PostponedUntil, "R8.12.20")]);
    let notice =
        Postponement { notified_on: day("2026-11-01"), until: Some(day("2026-12-20")), reason: None };
    assert_eq!(looked.facts, [Fact::Postponement(notice)]);
    let long = "あ".repeat(401);
    assert!(!at(5, &[(Field::PostponedOn, "R8.11.1"), (Field::PostponedReason, &long)]).wrong.is_empty());
}

#[test]
fn taking_back_and_typing_at_once_is_refused() {
    let draft = sheet(&[(Field::Survey, "R8.10.15")]).clearing(Step::Survey, true);
    let looked = look(&entry("c1", 5).case, &draft, day("2026-11-22"));
    assert!(looked.wrong.iter().any(|one| one.field == Some(Field::Survey) && one.why.contains("2つ")));
    let draft = EntryDraft::default().clearing(Step::Opinion, true);
    let looked = look(&entry("c1", 5).case, &draft, day("2026-11-22"));
    assert_eq!(looked.facts, [Fact::Cleared(Step::Opinion)]);
    assert!(EntryDraft::default().clearing(Step::Opinion, true).clearing(Step::Opinion, false).is_empty());
}

#[test]
fn an_application_is_corrected_in_part() {
    let looked = at(1, &[(Field::Applied, "R8.10.4")]);
    let kind = ApplicationKind::New;
    assert_eq!(looked.facts, [Fact::Application(Application { kind, on: day("2026-10-04") })]);
    let looked = at(0, &[(Field::Applied, "R8.10.4")]);
    assert_eq!(looked.wrong[0].field, Some(Field::Kind));
}

#[test]
fn changing_anything_asks_anew_for_a_look() {
    let mut draft = sheet(&[(Field::FirstJudgement, "R8.10.10")]);
    draft.looked = true;
    assert!(!draft.typed(Field::Committee, "R8.11.5").looked);
}
