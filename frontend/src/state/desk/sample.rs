//! Cases for the tests.

use domain::calendar::{Date, Time};
use domain::certification::{Application, ApplicationKind, CaseId, Event, Fact, History, Outcome, Validity};
use domain::number::{InsuredNumber, InsurerNumber};
use domain::qualification::CareLevel;
use domain::upstream::{Person, PersonHandle, QueueEntry, Sex};

/// A day.
pub fn day(text: &str) -> Date {
    Date::from_iso(text).unwrap()
}

/// A case after its first facts; its version is their number.
pub fn entry(id: &str, first: u32) -> QueueEntry {
    let validity = Validity { from: day("2026-10-05"), to: day("2027-04-30") };
    let facts = [
        Fact::Application(Application { kind: ApplicationKind::New, on: day("2026-10-05") }),
        Fact::SurveyRequest(day("2026-10-06")),
        Fact::OpinionRequest(day("2026-10-06")),
        Fact::Survey(day("2026-10-14")),
        Fact::Opinion(day("2026-10-20")),
        Fact::FirstJudgement(day("2026-10-22")),
        Fact::Committee(day("2026-11-05")),
        Fact::Outcome(Outcome::Certified { on: day("2026-11-06"), level: CareLevel::Care2, validity }),
        Fact::Notice(day("2026-11-07")),
    ];
    let events = facts.into_iter().zip(1..=first).map(|(fact, version)| Event {
        version,
        at: Time(1_790_000_000 + i64::from(version)),
        source: "伊勢崎市(保険者)".into(),
        fact,
    });
    let person = Person {
        handle: PersonHandle(id.into()),
        name: "試験 花子".into(),
        kana: "シケン ハナコ".into(),
        birth_date: day("1940-03-02").into(),
        sex: Sex::Female,
        address: "伊勢崎市今泉町".into(),
        insurer: InsurerNumber::parse("102046").unwrap(),
        insurer_name: "伊勢崎市".into(),
        insured: InsuredNumber::parse("0000012345").unwrap(),
    };
    let case = History::of(CaseId(id.into()), events).case;
    QueueEntry { person, case_no: ["R08-", id].concat(), case, changed_by: "市 花子".into() }
}
