use super::*;
use domain::calendar::Time;
use domain::certification::{Application, ApplicationKind, CaseId, Validity};
use domain::number::{InsuredNumber, InsurerNumber};
use domain::qualification::CareLevel;
use domain::upstream::{
    CasesAll, CasesChanged, CasesNews, CasesResponse, Mark, Person, PersonHandle, Sex, ViewingRight, Way,
};

fn day(text: &str) -> Date {
    Date::from_iso(text).unwrap()
}

fn entry(name: &str, kana: &str, insurer: &str, case: Case) -> CaseEntry {
    let person = Person {
        handle: PersonHandle(name.into()),
        name: name.into(),
        kana: kana.into(),
        birth_date: day("1940-03-02").into(),
        sex: Sex::Female,
        address: "伊勢崎市".into(),
        insurer: InsurerNumber::parse(insurer).unwrap(),
        insurer_name: if insurer == "102046" { "伊勢崎市" } else { "前橋市" }.into(),
        insured: InsuredNumber::parse("0000012345").unwrap(),
    };
    CaseEntry { person, right: ViewingRight { way: Way::Numbers, until: Time(i64::MAX) }, case }
}

fn case(id: &str, applied: &str) -> Case {
    let application = Some(Application { kind: ApplicationKind::Renewal, on: day(applied) });
    Case { version: 1, application, ..Case::new(CaseId(id.into())) }
}

fn board() -> Board {
    let surveyed = Case { survey_on: Some(day("2026-11-01")), ..case("c3", "2026-10-20") };
    let validity = Validity { from: day("2026-11-01"), to: day("2027-10-31") };
    let outcome = |on: &str| Outcome::Certified { on: day(on), level: CareLevel::Care2, validity };
    let ended = |id: &str, on: &str| Case { outcome: Some(outcome(on)), ..case(id, "2026-09-01") };
    let cases = vec![
        entry("試験 花子", "シケン ハナコ", "102046", case("c1", "2026-11-10")),
        entry("見本 一郎", "ミホン イチロウ", "102012", case("c2", "2026-10-10")),
        entry("試験 太郎", "シケン タロウ", "102046", surveyed),
        entry("架空 清", "カクウ キヨシ", "102046", case("c4", "2026-11-10")),
        entry("架空 実", "カクウ ミノル", "102046", ended("c5", "2026-10-01")),
        entry("架空 緑", "カクウ ミドリ", "102046", ended("c6", "2026-10-20")),
    ];
    let mut board = Board::default();
    let news = CasesNews::All(CasesAll { cases, ..CasesAll::default() });
    let response = CasesResponse { mark: Mark("m".into()), now: Time(1), again_in_s: 60, news };
    board.answered(response, Time(1), None);
    board
}

fn made(today: &str) -> Vec<Rc<Card>> {
    cards(&[], &board(), |_| None, day(today))
}

fn names(lane: &[Rc<Card>]) -> Vec<&str> {
    lane.iter().map(|card| card.entry.person.name.as_str()).collect()
}

#[test]
fn late_ones_first_and_the_latest_result_first() {
    let cards = made("2026-11-22");
    let lanes = Lanes::of(&cards, &BoardWish::default());
    assert_eq!(names(&lanes.0[0]), ["見本 一郎", "架空 清", "試験 花子"], "late, then by kana");
    assert_eq!(names(&lanes.0[2]), ["試験 太郎"]);
    assert_eq!(names(&lanes.0[6]), ["架空 緑", "架空 実"]);
    assert_eq!(lanes.count(), 6);
}

#[test]
fn each_wish_narrows() {
    let cards = made("2026-11-22");
    let found = |wish: &BoardWish| Lanes::of(&cards, wish).count();
    let typed = |typed: &str| BoardWish { typed: typed.into(), ..BoardWish::default() };
    assert_eq!(found(&typed("しけん")), 2);
    assert_eq!(found(&typed("ﾐﾎﾝ")), 1);
    assert_eq!(found(&BoardWish { late: true, ..BoardWish::default() }), 2);
    let insurer = BoardWish { insurer: Some("102012".into()), ..BoardWish::default() };
    assert_eq!(found(&insurer), 1);
    assert_eq!(found(&BoardWish { late: true, ..insurer }), 1);
    let offered = insurers(&cards);
    assert_eq!(offered.iter().map(|(number, _)| number.as_str()).collect::<Vec<_>>(), ["102012", "102046"]);
}

#[test]
fn a_card_is_drawn_anew_only_when_something_on_it_changed() {
    let (first, again, later) = (made("2026-11-22"), made("2026-11-22"), made("2026-11-23"));
    assert!(first == again, "told anew, the same");
    assert!(first[0] != later[0], "another day");
    let mut board = board();
    let key = |_: &CaseEntry| "1".parse().ok();
    let first = cards(&[], &board, key, day("2026-11-22"));
    let mut changed = CaseEntry::clone(&board.all.as_ref().unwrap().entries[0]);
    changed.case.version = 2;
    let news = CasesNews::Changed(CasesChanged { cases: vec![changed], ..CasesChanged::default() });
    let response = CasesResponse { mark: Mark("n".into()), now: Time(2), again_in_s: 60, news };
    board.answered(response, Time(2), None);
    let changed = cards(&first, &board, key, day("2026-11-22"));
    assert!(changed[0].fresh && changed[0] != first[0]);
    assert!(
        changed[1..].iter().zip(&first[1..]).all(|(one, other)| Rc::ptr_eq(one, other)),
        "nothing is made anew"
    );
    // Another day, and a look: made anew, as another.
    let later = cards(&changed, &board, key, day("2026-11-23"));
    assert!(later[1] != changed[1]);
    board.look(None);
    let looked = cards(&later, &board, key, day("2026-11-23"));
    assert!(!looked[0].fresh && Rc::ptr_eq(&looked[1], &later[1]));
}
