//! What is sent of a paper, and what is said instead.

use super::*;
use domain::calendar::Time;
use domain::filing::{Answers, FilingKey, IdPaper};
use domain::number::InsurerNumber;

fn today() -> Date {
    Date::from_iso("2026-11-23").unwrap()
}

/// What stands on a paper for 居宅介護支援.
const PAPER: [(Field, &str); 18] = [
    (Field::Form, "home_care"),
    (Field::Category, "1"),
    (Field::Provisional, "0"),
    (Field::Number, "0000012345"),
    (Field::Name, "山田 花子"),
    (Field::Kana, "ヤマダ ハナコ"),
    (Field::BirthDate, "S15.3.2"),
    (Field::Address, "群馬県伊勢崎市今泉町二丁目410番地"),
    (Field::Phone, "0270-24-5111"),
    (Field::OfficeNumber, "1070400005"),
    (Field::OfficeName, "居宅介護支援事業所 かけはし"),
    (Field::OfficeAddress, "群馬県伊勢崎市今泉町一丁目1番地"),
    (Field::OfficePhone, "0270-00-0000"),
    (Field::Reason, "new_or_office"),
    (Field::StartOn, "R8.12.1"),
    (Field::FiledOn, "R8.11.23"),
    (Field::FilerName, "山田 一郎"),
    (Field::FilerRelation, "family"),
];

fn draft() -> PaperDraft {
    let insurer = InsurerNumber::parse("102046").unwrap();
    let mut draft = PaperDraft::new(FilingKey("k".into()), today(), Some(&insurer));
    let mut answers: Answers = draft.answers.clone();
    for (field, text) in PAPER {
        answers.set(field, text);
    }
    draft.answers = answers;
    draft
}

#[test]
fn a_whole_paper_is_sent_with_the_key_it_began_with() {
    let draft = draft();
    let sent = request(&draft, today()).unwrap();
    assert_eq!((&sent.key, sent.way, sent.received_on), (&draft.key, FilingWay::Counter, today()));
    assert_eq!((sent.filing.insured.name.as_str(), sent.identity), ("山田 花子", None));
    assert_eq!(request(&draft, today()).unwrap().key, draft.key, "however often it is sent");
}

#[test]
fn a_day_of_reception_that_cannot_be_holds_it_back() {
    let mut draft = draft();
    for (typed, why) in [("", Why::Missing), ("R8.11.24", Why::ToCome)] {
        draft.received_on = typed.into();
        assert_eq!(received_on(&draft, today()), Err(why));
        assert!(request(&draft, today()).is_err());
    }
    draft.received_on = "きのう".into();
    assert!(matches!(received_on(&draft, today()), Err(Why::Day(_))));
    draft.received_on = "R8.11.20".into();
    assert_eq!(request(&draft, today()).unwrap().received_on, Date::from_iso("2026-11-20").unwrap());
}

#[test]
fn papers_that_were_shown_must_be_enough() {
    let mut draft = draft();
    draft.answers.set(Field::IdentityWay, "papers");
    assert!(request(&draft, today()).is_err(), "which is not said");
    crate::page::filing::write::seen(&mut draft.answers, "drivers_licence", true, Time(5));
    let seen = vec![IdPaper::DriversLicence];
    assert_eq!(request(&draft, today()).unwrap().identity, Some(Identity::Papers { seen, at: Time(5) }));
}

#[test]
fn what_is_missing_is_named() {
    let mut draft = draft();
    draft.answers.set(Field::OfficeName, "");
    let wrong = request(&draft, today()).unwrap_err();
    assert_eq!(wrong, [Trouble { field: Field::OfficeName, why: Why::Missing }]);
}
