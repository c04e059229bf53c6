use super::*;
use crate::page::clients::choice::Choices;
use domain::number::{InsuredNumber, InsurerNumber};
use domain::qualification::{CertificationState, Period};
use domain::upstream::{
    Balance, CertificateOutline, Outline, Person, PersonHandle, Sex, ViewingRight, Way, YearBalance,
};

const NOW: Time = Time(1_795_323_900);

fn entry(name: &str, kana: &str, insured: &str, level: CareLevel, ends: &str) -> ClientEntry {
    let day = |text| Date::from_iso(text).unwrap();
    let validity = Period::new(day("2025-12-01"), Some(day(ends)));
    let balance = Balance { limit_yen: 100_000, used_yen: 0 };
    ClientEntry {
        person: Person {
            handle: PersonHandle(insured.into()),
            name: name.into(),
            kana: kana.into(),
            birth_date: day("1940-03-02").into(),
            sex: Sex::Female,
            address: String::new(),
            insurer: InsurerNumber::parse("102046").unwrap(),
            insurer_name: "伊勢崎市".into(),
            insured: InsuredNumber::parse(insured).unwrap(),
        },
        right: ViewingRight { way: Way::Numbers, until: NOW.plus(60) },
        outline: Some(Outline {
            as_of: NOW,
            certificate: Content::Present(CertificateOutline {
                state: CertificationState::Certified,
                level: Some(level),
                validity: Some(validity),
                restrictions: Vec::new(),
                plan_office: None,
                in_facility: false,
            }),
            copayment: Content::NotMigrated,
            limit: Content::NoneIssued,
            housing: Content::Present(balance),
            equipment: Content::Present(YearBalance { fiscal_year: 2026, balance }),
        }),
    }
}

fn list() -> Vec<Rc<Row>> {
    let mut over = entry("𠮷﨑 髙次", "", "0000000003", CareLevel::Care5, "2027-03-31");
    over.outline = None;
    over.right.until = NOW;
    let clients = vec![
        entry("佐藤 清", "サトウ キヨシ", "0000000002", CareLevel::Support1, "2026-12-31"),
        entry("山田 花子", "ヤマダ ハナコ", "0000012345", CareLevel::Care2, "2026-11-30"),
        over,
        entry("渡邊 誠", "ワタナベ マコト", "0000000001", CareLevel::Care4, "2026-10-31"),
        entry("和田 一", "ワダ ハジメ", "0000000009", CareLevel::Care1, "2025-10-31"),
    ];
    let answer = Rc::new(ClientsResponse { clients, unreadable: Vec::new() });
    rows(&answer, |_| None, NOW, &Settings::default())
}

fn names(wish: &Wish) -> Vec<String> {
    chosen(&list(), wish).iter().map(|row| row.entry().person.insured.as_str()[6..].to_owned()).collect()
}

#[test]
fn whatever_is_typed_finds() {
    for typed in ["ﾔﾏﾀﾞ", "山田", "はなこ　やまだ", "１２３４５"] {
        assert_eq!(names(&Wish { typed: typed.into(), ..Wish::default() }), ["2345"], "{typed}");
    }
    assert_eq!(names(&Wish { typed: "渡辺".into(), ..Wish::default() }), ["0001"]);
    assert_eq!(names(&Wish { typed: "吉崎高次".into(), ..Wish::default() }), ["0003"]);
}

#[test]
fn filters_and_orders() {
    let by = |filter| names(&Wish { filter, ..Wish::default() });
    assert_eq!(by(Filter::Ending), ["0002", "2345"]);
    assert_eq!(by(Filter::Missing), ["0001"]);
    assert_eq!(by(Filter::RightOver), ["0003"]);
    assert_eq!(by(Filter::ToDo).len(), 5);
    let sorted = |sort| names(&Wish { sort, ..Wish::default() });
    assert_eq!(sorted(Sort::Ends), ["0009", "0001", "2345", "0002", "0003"], "who has none stands last");
    assert_eq!(sorted(Sort::Level), ["0001", "2345", "0009", "0002", "0003"]);
    assert_eq!(sorted(Sort::Number), ["0001", "0002", "0003", "0009", "2345"]);
    let level = Some("24".to_owned());
    assert_eq!(names(&Wish { level, ..Wish::default() }), ["0001"]);
    let choices = Choices::of(&list());
    assert_eq!(choices.levels[0], CareLevel::Care4);
    assert_eq!(choices.insurers, [("102046".to_owned(), "伊勢崎市".to_owned())]);
}

#[test]
fn tags_say_what_needs_doing() {
    let tags: Vec<Vec<String>> =
        list().iter().map(|row| row.tags().iter().map(|(_, words)| words.clone()).collect()).collect();
    assert_eq!(tags[0], ["更新申請 あと39日"]);
    assert_eq!(tags[1], ["更新申請 あと8日"]);
    assert_eq!(tags[2], ["閲覧期限切れ"]);
    assert_eq!(tags[3], ["認定切れ"]);
    assert_eq!(tags[4], ["有効期間の終わりが始まりより前です"]);
}
