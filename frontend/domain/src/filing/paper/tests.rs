//! The paper has the definition's lines, all that was filed stands on it, and the blank one is blank.

use super::*;
use crate::filing::definition::{Exemplar, definition};
use crate::filing::sample::{day, filing, office};
use crate::filing::{FiledOffice, FilerRelation, FormKind, Reason, SameMonth};
use crate::number::InsurerNumber;

fn of(insurer: &str, form: FormKind) -> Defined {
    definition(&InsurerNumber::parse(insurer).unwrap(), form, day("2026-11-23")).unwrap()
}

fn row(sheet: &Sheet, field: Field) -> &Value {
    let rows = sheet.blocks.iter().flat_map(|block| &block.rows);
    &rows.into_iter().find(|row| row.field == Some(field)).unwrap().value
}

#[test]
fn a_filled_form_in_the_papers_order() {
    let sheet = sheet(of("102046", FormKind::HomeCare), Content::Filing(&filing()), "伊勢崎市", Use::Hand);
    assert_eq!((sheet.title, sheet.draft), ("居宅サービス計画作成依頼（変更）届出書", true));
    assert_eq!((sheet.addressee.as_str(), sheet.sentence), ("伊勢崎市長", "上記のとおり届出します。"));
    let headings: Vec<&str> = sheet.blocks.iter().map(|block| block.heading).collect();
    assert_eq!(
        headings,
        [
            "",
            "居宅サービス計画の作成を依頼（変更）する事業者",
            "居宅サービス計画の作成を依頼（変更）する事由及び有効開始（変更）日",
            "被保険者",
            "保険者記入欄"
        ]
    );
    assert_eq!(*row(&sheet, Field::Category), Value::Choices(vec![("新規", true), ("変更", false)]));
    let Value::Boxes(boxes) = row(&sheet, Field::Number) else { panic!("ten boxes") };
    assert_eq!(boxes.iter().map(|one| one.unwrap()).collect::<String>(), "0000012345");
    assert_eq!(*row(&sheet, Field::StartOn), Value::Day(Some("令和8年12月1日".into())));
    assert_eq!(*row(&sheet, Field::Postal), Value::Text("372-8501".into()));
    let Value::Choices(reasons) = row(&sheet, Field::Reason) else { panic!("boxes to tick") };
    assert_eq!(reasons.len(), 4);
    assert_eq!(reasons.iter().filter(|(_, ticked)| *ticked).count(), 1);
    assert_eq!(reasons[0], (Reason::NewOrOffice.name(), true));
}

#[test]
fn day_and_name_are_left_to_the_hand_and_stand_on_the_record() {
    let with = |used| sheet(of("102046", FormKind::HomeCare), Content::Filing(&filing()), "", used);
    let signature = |sheet: &Sheet| {
        let foot = sheet.blocks.iter().find(|block| block.heading == "被保険者").unwrap();
        let labels: Vec<&str> = foot.rows.iter().map(|row| row.label).collect();
        assert_eq!(labels, ["〒", "住所", "氏名", "電話番号"]);
        foot.rows[2].value.clone()
    };
    let hand = with(Use::Hand);
    assert_eq!((&hand.filed_on, signature(&hand)), (&Value::Day(None), Value::Signature(String::new())));
    let read = with(Use::Read);
    assert_eq!(read.filed_on, Value::Day(Some("令和8年11月23日".into())));
    assert_eq!(signature(&read), Value::Signature("山田 花子".into()));
    assert_eq!(*row(&read, Field::FilerName), Value::Text("佐藤 健一".into()));
    assert!(
        !hand.blocks.iter().any(|block| block.rows.iter().any(|row| row.field == Some(Field::FilerName)))
    );
}

#[test]
fn a_blank_form_holds_nothing() {
    for form in FormKind::ALL {
        let blank = sheet(of("102012", *form), Content::Blank, "前橋市", Use::Hand);
        assert_eq!(blank.addressee, "前橋市長");
        for value in blank.blocks.iter().flat_map(|block| &block.rows).map(|row| &row.value) {
            let empty = match value {
                Value::Boxes(boxes) => boxes.iter().all(Option::is_none),
                Value::Text(text) | Value::Signature(text) => text.is_empty(),
                Value::Day(day) => day.is_none(),
                Value::Choices(choices) => choices.iter().all(|(_, ticked)| !ticked),
                Value::Insurer => true,
            };
            assert!(empty, "{value:?}");
        }
    }
    let nobody = sheet(of("102012", FormKind::HomeCare), Content::Blank, "", Use::Hand);
    assert_eq!(nobody.addressee, "");
    let union = sheet(of("102012", FormKind::HomeCare), Content::Blank, "甲広域連合", Use::Hand);
    assert_eq!(union.addressee, "甲広域連合");
}

#[test]
fn it_fills_itself_in_as_the_questions_are_answered() {
    let mut answers = Answers::default();
    let at = |answers: &Answers| {
        sheet(of("102046", FormKind::Preventive), Content::Answers(answers), "", Use::Read)
    };
    answers.set(Field::Number, "０００１");
    let Value::Boxes(boxes) = row(&at(&answers), Field::Number).clone() else { panic!("ten boxes") };
    assert_eq!((boxes[3], boxes[4], boxes.len()), (Some('1'), None, 10));
    answers.set(Field::Number, "00000123456");
    let Value::Boxes(boxes) = row(&at(&answers), Field::Number).clone() else { panic!("ten boxes") };
    assert!(boxes.iter().all(Option::is_none), "eleven digits are no number of ten");
    answers.set(Field::StartOn, "あした");
    assert_eq!(*row(&at(&answers), Field::StartOn), Value::Day(None));
}

#[test]
fn all_that_was_filed_stands_on_the_paper() {
    let other = FiledOffice { number: office("1070400013"), name: "受託 居宅".into(), ..filing().office };
    let entrusted = Filing {
        form: FormKind::Preventive,
        entrusted: Some(other),
        reason: Some(Reason::Other),
        reason_text: Some("転居".into()),
        ..filing()
    };
    let on = sheet(of("102046", FormKind::Preventive), Content::Filing(&entrusted), "", Use::Hand);
    assert_eq!(*row(&on, Field::EntrustedName), Value::Text("受託 居宅".into()));
    assert_eq!(*row(&on, Field::ReasonText), Value::Text("転居".into()));
    let multi = Filing {
        form: FormKind::SmallMulti,
        reason: None,
        change_on: Some(day("2026-12-15")),
        same_month: Some(SameMonth { used: true, services: "訪問看護".into() }),
        ..filing()
    };
    let on = sheet(of("102046", FormKind::SmallMulti), Content::Filing(&multi), "", Use::Hand);
    assert_eq!(*row(&on, Field::ChangeOn), Value::Day(Some("令和8年12月15日".into())));
    assert_eq!(*row(&on, Field::SameMonth), Value::Choices(vec![("利用あり", true), ("利用なし", false)]));
    assert_eq!(*row(&on, Field::SameMonthServices), Value::Text("訪問看護".into()));
}

#[test]
fn no_paper_has_boxes_for_the_my_number() {
    for form in FormKind::ALL {
        let blank = sheet(of("102046", *form), Content::Blank, "", Use::Hand);
        for row in blank.blocks.iter().flat_map(|block| &block.rows) {
            assert!(!row.label.contains("個人番号"));
            assert!(!matches!(&row.value, Value::Boxes(boxes) if boxes.len() == 12));
        }
    }
}

#[test]
fn what_is_enclosed() {
    let list = |insurer: &str, relation, way| {
        let mut filing = filing();
        filing.filer.relation = relation;
        let cover = cover(of(insurer, FormKind::HomeCare), &filing, "伊勢崎市", way);
        cover.enclosed.iter().skip(1).map(|one| (one.what, one.exemplar)).collect::<Vec<_>>()
    };
    let certificate = ("介護保険被保険者証", Some(Exemplar::Original));
    let manager = ("介護支援専門員証", Some(Exemplar::Photocopy));
    assert_eq!(list("102046", FilerRelation::CareManager, Way::Post), [certificate, manager]);
    assert_eq!(list("102046", FilerRelation::CareManager, Way::Counter), [certificate]);
    assert_eq!(list("102046", FilerRelation::Family, Way::Post), [certificate]);
    assert_eq!(list("102012", FilerRelation::CareManager, Way::Post), [certificate]);
    let cover = cover(of("102046", FormKind::HomeCare), &filing(), "", Way::Post);
    assert_eq!(cover.to, "伊勢崎市長");
    assert_eq!(cover.from, ["居宅介護支援事業所 かけはし".to_owned(), "佐藤 健一".into()]);
    assert_eq!(cover.enclosed[0].what, "居宅サービス計画作成依頼（変更）届出書");
    assert!(!cover.ask.is_empty() && cover.enclosed.iter().all(|one| !one.source.is_empty()));
}
