//! A filing comes of its answers and gives them back; whatever is typed, the reason is said.

use super::*;
use crate::calendar::DateError;
use crate::filing::compare::Found;
use crate::filing::file::MayNot;
use crate::filing::sample::{day, filing, office};
use crate::filing::{
    Category, FiledOffice, FiledPerson, Filer, FilerRelation, Filing, Identity, Origin, SameMonth,
};
use crate::number::InsuredNumber;
use crate::qualification::CareLevel;
use crate::qualification::sample::qualification;
use crate::upstream::Sex;
use proptest::prelude::*;

fn context(today: Date) -> Context<'static> {
    Context::office(today, ServiceType::CareManagement, Some(Job::CareManager))
}

/// The answers of a filing with the person identified by card.
fn answers(filing: &Filing) -> Answers {
    let mut all = answers_of(filing);
    all.set(Field::IdentityWay, "card");
    all.set(Field::IdentityTransaction, "transaction-1");
    all
}

/// Looks at every warning and says that it is right.
fn confirmed(mut all: Answers, context: &Context<'_>) -> Answers {
    for one in check_all(&all, context) {
        if one.why.may_be_confirmed() {
            all.confirm(&one.key());
        }
    }
    all
}

fn whys(all: &Answers, group: Group) -> Vec<(Field, Why)> {
    check(group, all, &context(day("2026-11-23"))).into_iter().map(|one| (one.field, one.why)).collect()
}

#[test]
fn the_pages_of_each_form() {
    let context = context(day("2026-11-23"));
    let of = |form: FormKind| {
        let mut all = answers(&filing());
        all.set(Field::Form, form.code());
        groups(&all, &context)
    };
    use Group::{Confirm, Entrusted, Filer, Form, Office, Person, Reason, SameMonth};
    assert_eq!(of(FormKind::HomeCare), [Form, Person, Office, Reason, Filer, Confirm]);
    assert_eq!(of(FormKind::Preventive), [Form, Person, Office, Entrusted, Reason, Filer, Confirm]);
    assert_eq!(of(FormKind::SmallMulti), [Form, Person, Office, Reason, SameMonth, Filer, Confirm]);
    assert_eq!(groups(&Answers::default(), &context), [Form, Person, Filer, Confirm]);
}

#[test]
fn a_question_comes_when_it_is_due() {
    let today = context(day("2026-11-23"));
    let mut all = answers(&filing());
    let asks = |all: &Answers, group, field| asked(group, all, &today).iter().any(|one| one.field == field);
    assert!(!asks(&all, Group::Reason, Field::ReasonText) && !asks(&all, Group::Person, Field::Sex));
    all.set(Field::Reason, "other");
    assert!(asks(&all, Group::Reason, Field::ReasonText));
    assert_eq!(whys(&all, Group::Reason), [(Field::ReasonText, Why::Missing)]);
    all.set(Field::Form, "small_multi");
    assert!(asks(&all, Group::Person, Field::Sex) && !asks(&all, Group::Reason, Field::ChangeOn));
    all.set(Field::Category, "2");
    assert!(asks(&all, Group::Reason, Field::ChangeOn));
    all.set(Field::SameMonth, "1");
    assert_eq!(whys(&all, Group::SameMonth), [(Field::SameMonthServices, Why::Missing)]);
    all.set(Field::Form, "preventive");
    all.set(Field::Entrusted, "0");
    assert!(!asks(&all, Group::Entrusted, Field::EntrustedName));
    all.set(Field::Entrusted, "1");
    assert!(asks(&all, Group::Entrusted, Field::EntrustedName));
    assert!(!asks(&all, Group::Filer, Field::FiledOn));
    assert!(
        asked(Group::Filer, &all, &Context::desk(day("2026-11-23")))
            .iter()
            .any(|one| one.field == Field::FiledOn)
    );
}

#[test]
fn each_answer_is_checked_with_its_reason() {
    let with = |field: Field, text: &str| {
        let mut all = answers(&filing());
        all.set(field, text);
        check(group_of(field), &all, &context(day("2026-11-23")))
            .into_iter()
            .find(|one| one.field == field)
            .map(|one| one.why)
    };
    for (field, text, why) in [
        (Field::Name, "", Why::Missing),
        (Field::Name, "山\u{7}田", Why::Control),
        (Field::Address, "マンション 1234-5678-9012", Why::MyNumber),
        (Field::Kana, "山田 花子", Why::NotKana),
        (Field::BirthDate, "きのう", Why::Day(DateError::Form)),
        (Field::BirthDate, "令和8年11月24日", Why::ToCome),
        (Field::BirthDate, "平成2年1月1日", Why::Under40),
        (Field::Phone, "12-34", Why::Phone),
        (Field::Postal, "372", Why::Postal),
        (Field::Reason, "care_to_support", Why::NoChoice),
        (Field::Category, "9", Why::NoChoice),
        (Field::FilerRelation, "nobody", Why::MayNot(MayNot::Relation)),
        (Field::StartOn, "令和8年11月22日", Why::Found(Found::Past)),
        (Field::OfficeNumber, "1070400006", Why::Found(Found::Digit)),
        (Field::OfficeNumber, "1000400000", Why::Found(Found::Kind)),
        (Field::IdentityTransaction, "", Why::Missing),
    ] {
        assert_eq!(with(field, text), Some(why), "{field:?} {text}");
    }
    assert_eq!(with(Field::Name, &"山".repeat(121)), Some(Why::TooLong { most: 120 }));
    assert!(matches!(with(Field::Number, "12345"), Some(Why::Number(_))));
    let mut papers = answers(&filing());
    papers.set(Field::IdentityWay, "papers");
    papers.set(Field::IdentityAt, "1795323900");
    papers.set(Field::IdentityPapers, "pension_book");
    assert_eq!(whys(&papers, Group::Filer), [(Field::IdentityPapers, Why::Papers)]);
    papers.set(Field::IdentityPapers, "pension_book,care_insurance");
    assert_eq!(whys(&papers, Group::Filer), []);
    let identity = identity_of(&papers, &context(day("2026-11-23"))).unwrap();
    assert!(identity.is_enough() && matches!(identity, Identity::Papers { .. }));
    papers.set(Field::FilerRelation, "person");
    assert_eq!(whys(&papers, Group::Filer), [(Field::FilerName, Why::NotThePerson)]);
    papers.set(Field::FilerName, "山田花子");
    assert_eq!(whys(&papers, Group::Filer), [], "the way of writing does not count");
}

#[test]
fn a_warning_can_be_confirmed_and_an_error_cannot() {
    let today = context(day("2026-11-23"));
    let mut all = answers(&filing());
    all.set(Field::StartOn, "令和8年11月20日");
    let troubles = finish(&all, &today).unwrap_err();
    assert_eq!(troubles, [Trouble { field: Field::StartOn, why: Why::Found(Found::Past) }]);
    assert_eq!(troubles[0].key(), "start_on:past");
    all.confirm("start_on:past");
    assert_eq!(finish(&all, &today).unwrap().start_on, day("2026-11-20"));
    all.set(Field::StartOn, "令和8年11月19日");
    assert!(finish(&all, &today).is_err(), "another day is asked anew");
    all.set(Field::Name, "");
    all.confirm("name:missing");
    assert!(finish(&all, &today).unwrap_err().iter().any(|one| one.why == Why::Missing));
}

#[test]
fn the_certificate_is_set_beside_the_answers() {
    let mut held = qualification();
    held.certificate.change().level = Some(CareLevel::Support2);
    let certificate = held.certificate.value().unwrap();
    let today = context(day("2026-11-23")).with(crate::filing::compare::Paper::Held(certificate));
    let all = answers(&filing());
    assert_eq!(
        check(Group::Form, &all, &today),
        [Trouble { field: Field::Form, why: Why::Found(Found::FormOfOther) }]
    );
    assert_eq!(check(Group::Confirm, &all, &today), check_all(&all, &today));
}

#[test]
fn who_files_is_a_matter_of_the_account() {
    let clerk = Context::office(day("2026-11-23"), ServiceType::CareManagement, Some(Job::OfficeClerk));
    let all = answers(&filing());
    let whys: Vec<Why> = check(Group::Filer, &all, &clerk).into_iter().map(|one| one.why).collect();
    assert_eq!(whys, [Why::MayNot(MayNot::Relation)]);
    let relation = asked(Group::Filer, &all, &clerk)[0];
    assert!(relation.choices(&all, &clerk).iter().all(|(code, _)| code != "care_manager"));
    let reason = asked(Group::Reason, &all, &clerk)[0];
    assert_eq!(reason.choices(&all, &clerk).len(), 4, "the form has four");
}

#[test]
fn what_is_not_asked_any_more_stays_out_of_the_filing() {
    let mut all = answers(&filing());
    all.set(Field::Reason, "other");
    all.set(Field::ReasonText, "転居");
    all.set(Field::Reason, "new_or_office");
    all.set(Field::Sex, "2");
    let made = finish(&all, &context(day("2026-11-23"))).unwrap();
    assert_eq!((made.reason_text, made.insured.sex), (None, None));
}

#[test]
fn a_filing_that_is_sent_is_of_today_and_a_paper_of_its_own_day() {
    let all = answers(&filing());
    assert_eq!(finish(&all, &context(day("2026-11-25"))).unwrap().filed_on, day("2026-11-25"));
    assert_eq!(finish(&all, &Context::desk(day("2026-11-25"))).unwrap().filed_on, day("2026-11-23"));
}

#[test]
fn what_no_form_makes_is_not_sound() {
    type Change = (fn(&mut Filing), Field, Why);
    let today = day("2026-11-23");
    assert_eq!(sound(&filing(), today), Ok(()));
    let with = |change: fn(&mut Filing)| {
        let mut one = filing();
        change(&mut one);
        sound(&one, today).unwrap_err().first().map(|one| (one.field, one.why))
    };
    let changes: [Change; 8] = [
        (|one| one.filed_on = day("2026-11-24"), Field::FiledOn, Why::ToCome),
        (|one| one.office.name = "番号 1234 5678 9012".into(), Field::OfficeName, Why::MyNumber),
        (|one| one.insured.name = String::new(), Field::Name, Why::Missing),
        (|one| one.office.phone = "なし".into(), Field::OfficePhone, Why::Phone),
        (|one| one.reason = None, Field::Reason, Why::Missing),
        (|one| one.reason_text = Some("123456789012".into()), Field::Form, Why::NoChoice),
        (|one| one.definition = "102046-1999".into(), Field::Form, Why::NoChoice),
        (|one| one.insured.name = " 山田 花子".into(), Field::Form, Why::NoChoice),
    ];
    for (change, field, why) in changes {
        assert_eq!(with(change), Some((field, why)));
    }
    let mut unknown = filing();
    unknown.form = FormKind::from_code("new");
    assert!(sound(&unknown, today).is_err());
}

fn words() -> impl Strategy<Value = String> {
    "[ぁ-んァ-ヶ亜-龠a-zA-Z]([ぁ-んァ-ヶ亜-龠a-zA-Z 　・]{0,10}[ぁ-んァ-ヶ亜-龠a-zA-Z])?"
}

fn phone() -> impl Strategy<Value = String> {
    prop_oneof!["0[0-9]{3}-[0-9]{2}-[0-9]{4}", "0[0-9]{9,10}", "0[0-9]{2}-[0-9]{4}-[0-9]{4}"]
}

fn any_office() -> impl Strategy<Value = FiledOffice> {
    let number = "[0-9]{2}[0-9A][0-9]{7}";
    let may = proptest::option::of::<proptest::strategy::BoxedStrategy<String>>;
    (number, words(), may("[0-9]{7}".boxed()), words(), phone(), may(words().boxed())).prop_map(
        |(number, name, postal, address, phone, staff)| FiledOffice {
            number: office(&number),
            name,
            postal,
            address,
            phone,
            staff,
        },
    )
}

fn any_person() -> impl Strategy<Value = FiledPerson> {
    let insurer = prop_oneof![Just("102046".to_owned()), "[0-9]{6}"];
    let option = proptest::option::of::<proptest::strategy::BoxedStrategy<String>>;
    (
        insurer,
        "[0-9H][0-9]{9}",
        words(),
        -36_000i64..20_000,
        option("[0-9]{7}".boxed()),
        words(),
        option(phone().boxed()),
    )
        .prop_map(|(insurer, number, name, born, postal, address, phone)| FiledPerson {
            insurer: InsurerNumber::parse(&insurer).unwrap(),
            number: InsuredNumber::parse(&number).unwrap(),
            kana: name.clone(),
            name,
            birth_date: Date::from_day_number(born),
            sex: None,
            postal,
            address,
            phone,
        })
}

/// Any filing as its own form has it.
fn any_filing() -> impl Strategy<Value = Filing> {
    let form = proptest::sample::select(FormKind::ALL);
    let relation = proptest::sample::select(FilerRelation::ALL);
    let days = (20_450i64..21_500, -400i64..400, -400i64..400);
    let picks = (any::<prop::sample::Index>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (form, relation, any_person(), any_office(), any_office(), (words(), words()), days, picks).prop_map(
        |(form, relation, mut insured, office, other, (text, filer), (filed, start, change), picks)| {
            let (pick, is_change, provisional, entrusted, used) = picks;
            let filed_on = Date::from_day_number(filed);
            let of = definition(&insured.insurer, form, filed_on).unwrap();
            let has = |field| of.form.has(field);
            insured.sex = has(Field::Sex).then_some(if used { Sex::Female } else { Sex::Male });
            let reasons = of.form.reasons;
            let reason = (!reasons.is_empty()).then(|| *pick.get(reasons));
            let in_words = reason == Some(crate::filing::Reason::Other) || (reasons.is_empty() && is_change);
            let multi_office = FiledOffice { staff: None, ..office.clone() };
            Filing {
                form,
                definition: of.version.id.to_owned(),
                category: if is_change { Category::Change } else { Category::New },
                insured,
                office: if has(Field::OfficeStaff) { office } else { multi_office },
                entrusted: (entrusted && has(Field::EntrustedNumber)).then_some(other),
                reason,
                reason_text: in_words.then(|| text.clone()),
                start_on: filed_on.plus_days(start),
                change_on: (is_change && has(Field::ChangeOn)).then(|| filed_on.plus_days(change)),
                provisional,
                same_month: has(Field::SameMonth)
                    .then(|| SameMonth { used, services: if used { text } else { String::new() } }),
                filed_on,
                filer: Filer { name: filer, relation, phone: None },
            }
        },
    )
}

proptest! {
    #[test]
    fn a_filing_comes_back_from_its_answers(filing in any_filing()) {
        for around in [context(filing.filed_on), Context::desk(filing.filed_on)] {
            let all = confirmed(answers(&filing), &around);
            let made = finish(&all, &around);
            prop_assert_eq!(made, Ok(filing.clone()));
        }
    }

    #[test]
    fn what_a_form_makes_is_sound(filing in any_filing()) {
        prop_assert_eq!(sound(&filing, filing.filed_on), Ok(()));
    }

    #[test]
    fn a_draft_that_was_kept_makes_the_same_filing(filing in any_filing()) {
        let around = context(filing.filed_on);
        let kept = serde_json::to_string(&confirmed(answers(&filing), &around)).unwrap();
        let again: Answers = serde_json::from_str(&kept).unwrap();
        prop_assert_eq!(finish(&again, &around), Ok(filing));
    }

    #[test]
    fn a_my_number_is_refused_in_every_field(
        filing in any_filing(), at in any::<prop::sample::Index>(), digits in "[0-9]{12}", hyphens in any::<bool>(),
    ) {
        let around = context(filing.filed_on);
        let mut all = confirmed(answers(&filing), &around);
        let questions: Vec<Asked> = Group::ALL
            .iter()
            .flat_map(|group| asked(*group, &all, &around))
            .filter(|one| one.shape != Shape::Hidden)
            .collect();
        let field = at.get(&questions).field;
        let text = if hyphens { [&digits[..4], &digits[4..8], &digits[8..]].join("-") } else { digits };
        all.set(field, &text);
        let troubles = finish(&all, &around).unwrap_err();
        prop_assert!(troubles.contains(&Trouble { field, why: Why::MyNumber }), "{:?}", field);
    }

    #[test]
    fn nothing_typed_makes_it_stumble(
        filing in any_filing(),
        typed in proptest::collection::vec((any::<prop::sample::Index>(), "\\PC{0,20}"), 0..12),
    ) {
        let around = context(filing.filed_on);
        let mut all = answers(&filing);
        for (at, text) in typed {
            all.put(*at.get(Field::ALL), &text, Origin::Typed);
        }
        for group in groups(&all, &around) {
            for one in check(group, &all, &around) {
                prop_assert!(!one.key().is_empty());
            }
        }
        let _ = identity_of(&all, &around);
        if let Ok(made) = finish(&all, &around) {
            // What is made is whole: it comes back as itself.
            let again = confirmed(answers(&made), &around);
            prop_assert_eq!(finish(&again, &around), Ok(made));
        }
    }
}
