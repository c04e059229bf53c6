use super::*;
use crate::calendar::GivenDate;
use crate::qualification::doubt::{self, Doubt};
use crate::qualification::sample::{day, qualification};
use crate::qualification::{CareLevel, Qualification};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The sample on the wire, changed.
fn changed(pointer: &str, value: Value) -> Qualification {
    let mut wire = serde_json::to_value(qualification()).unwrap();
    *wire.pointer_mut(pointer).unwrap() = value;
    serde_json::from_value(wire).unwrap()
}

fn certificate(member: &str, value: Value) -> Sheet<crate::qualification::InsuranceCertificate> {
    changed(&format!("/certificate/content/present/{member}"), value).certificate
}

fn odd(what: &'static str, raw: &str) -> Odd {
    Odd { what, raw: raw.to_owned() }
}

#[test]
fn what_is_whole_comes_back_whole() {
    let wire = serde_json::to_string(&qualification()).unwrap();
    assert_eq!(serde_json::from_str::<Qualification>(&wire).unwrap(), qualification());
}

#[test]
fn a_part_that_cannot_be_read_stands_beside_the_rest() {
    let sheet = certificate("validity", json!({"from": "2026-04-01", "to": "2027-02-29"}));
    assert_eq!(sheet.odd, [odd("認定の有効期間", r#"{"from":"2026-04-01","to":"2027-02-29"}"#)]);
    let paper = sheet.value().unwrap();
    // Never a period without an end, which would be another statement.
    assert_eq!((paper.level, paper.validity), (Some(CareLevel::Care2), None));
    for (member, value, what, raw) in [
        ("certified_on", json!("2023-02-29"), "認定年月日", "2023-02-29"),
        ("monthly_units", json!(19705.5), "区分支給限度基準額", "19705.5"),
        ("monthly_units", json!("19705"), "区分支給限度基準額", "19705"),
        ("restrictions", json!("なし"), "給付制限", "なし"),
        (
            "plan_offices",
            // In the order of the alphabet, which serde_json may be told to keep or to make.
            json!([{"filed_on": "2026-04-31", "name": "x", "number": "12"}]),
            "居宅介護支援事業者等",
            r#"{"filed_on":"2026-04-31","name":"x","number":"12"}"#,
        ),
    ] {
        let sheet = certificate(member, value);
        assert_eq!(sheet.odd, [odd(what, raw)], "{member}");
        assert_eq!(sheet.value().unwrap().validity, qualification().certificate.value().unwrap().validity);
        let said = Doubt::Unreadable { what, raw: raw.to_owned() };
        assert_eq!(doubt::sheet(&sheet), [said]);
    }
}

#[test]
fn only_the_row_is_lost() {
    let rows = json!([
        {"tenths": 2, "period": {"from": "2026-11-31", "to": "2027-07-31"}},
        {"tenths": 1, "period": {"from": "2026-08-01", "to": "2026-10-31"}},
        {"tenths": 300, "period": {"from": "2025-08-01", "to": "2026-07-31"}},
    ]);
    let sheet = changed("/copayment/content/present/periods", rows).copayment;
    assert_eq!(sheet.odd.len(), 2);
    let paper = sheet.value().unwrap();
    assert_eq!(paper.on(day("2026-10-31")).map(|row| row.tenths), Some(1));
    assert_eq!(paper.on(day("2026-11-22")), None, "no share is guessed");
}

#[test]
fn codes_and_days_are_shown_in_their_place() {
    let sheet = certificate("level", json!(22));
    let level = sheet.value().unwrap().level.unwrap();
    assert_eq!((level.unknown(), sheet.odd.len()), (Some("22"), 0));
    let sheet = certificate("issued_on", json!("2023-02-29"));
    assert_eq!(sheet.value().unwrap().issued_on, GivenDate::Raw("2023-02-29".into()));
    let doubts = doubt::certificate(sheet.value().unwrap(), day("2026-11-22"));
    assert_eq!(doubts, [Doubt::Unreadable { what: "交付年月日", raw: "2023-02-29".into() }]);
    let person = changed("/person/birth_date", json!("1939-02-29")).person;
    assert_eq!(person.birth_date.raw(), Some("1939-02-29"));
    assert_eq!(doubt::person(&person, day("2026-11-22")).len(), 1);
    let person = changed("/person/kana", json!(null)).person;
    assert_eq!(doubt::person(&person, day("2026-11-22")), [Doubt::Missing(doubt::Field::Kana)]);
}

#[test]
fn a_balance_is_whole_or_not_at_all() {
    let path = "/housing/content/present/dwellings/0/payments/0/started_on";
    let all = changed(path, json!("2025-06-31"));
    let Content::Unreadable(raw) = &all.housing.content else { panic!("a balance over less") };
    assert!(raw.contains("2025-06-31") && raw.contains("120000"));
    assert!(matches!(doubt::sheet(&all.housing)[..], [Doubt::Unreadable { what: "内容", .. }]));
    assert_eq!(all.equipment, qualification().equipment);
}

#[test]
fn a_sheet_of_another_form_is_shown_raw() {
    let all = changed("/limit/content", json!({"later": 1}));
    assert_eq!(all.limit.content, Content::Unreadable(r#"{"later":1}"#.into()));
    let all = changed("/limit", json!(7));
    assert_eq!((all.limit.content.clone(), all.limit.told_at()), (Content::Unreadable("7".into()), None));
    let all = changed("/limit/as_of", json!("yesterday"));
    assert_eq!(all.limit.told_at(), None);
    assert!(all.limit.value().is_some());
}

#[test]
fn a_kind_left_out_was_not_fetched() {
    let mut wire = serde_json::to_value(qualification()).unwrap();
    wire.as_object_mut().unwrap().remove("housing");
    let all: Qualification = serde_json::from_value(wire).unwrap();
    assert_eq!(all.housing.content, Content::Unavailable);
    assert_eq!(kept(Some(&qualification()), all).housing.content, qualification().housing.content);
}

#[test]
fn what_failed_is_kept_and_what_came_is_new() {
    let before = qualification();
    let mut now = qualification();
    now.certificate.change().monthly_units = Some(1);
    now.copayment = Sheet::new(Time(9), "後", Content::Unavailable);
    now.limit = Sheet::new(Time(9), "後", Content::Unreadable("x".into()));
    let all = kept(Some(&before), now.clone());
    assert_eq!(all.certificate, now.certificate);
    assert_eq!(all.copayment, Sheet { kept: true, ..before.copayment.clone() });
    assert_eq!(all.limit, now.limit, "the newer word, though it cannot be read");
    // Failed twice: still the first one's time. Succeeded: no mark.
    let again = kept(Some(&all), now.clone());
    assert_eq!(again.copayment, all.copayment);
    assert!(!kept(Some(&again), before.clone()).copayment.kept);
    // Nothing was there, or somebody else was.
    assert_eq!(kept(None, now.clone()), now);
    let mut other = before;
    other.person.handle.0 = "p2".into();
    assert_eq!(kept(Some(&other), now.clone()), now);
}

/// Places on the wire: each is put out of order in turn.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| places(value, &format!("{at}/{key}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(key, value)| places(value, &format!("{at}/{key}"), found));
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn nothing_on_a_sheet_takes_the_answer_with_it(
        place in any::<prop::sample::Index>(),
        value in crate::raw::tests::value(),
    ) {
        let wire = serde_json::to_value(qualification()).unwrap();
        let mut all = Vec::new();
        for kind in ["certificate", "copayment", "limit", "housing", "equipment"] {
            places(&wire[kind], &format!("/{kind}"), &mut all);
        }
        let place = place.get(&all);
        let read = changed(place, value);
        // The other four are as they were.
        let good = qualification();
        let same = [
            (place.starts_with("/certificate"), read.certificate == good.certificate),
            (place.starts_with("/copayment"), read.copayment == good.copayment),
            (place.starts_with("/limit"), read.limit == good.limit),
            (place.starts_with("/housing"), read.housing == good.housing),
            (place.starts_with("/equipment"), read.equipment == good.equipment),
        ];
        prop_assert!(same.iter().all(|(touched, same)| *touched || *same));
    }
}
