//! Cases for tests.

use domain::calendar::{Date, Time};
use domain::certification::{Case, CaseId};
use domain::number::{InsuredNumber, InsurerNumber};
use domain::upstream::{CaseEntry, Person, PersonHandle, Sex, ViewingRight, Way};

/// One case of one person.
pub(in crate::state) fn entry(person: &str, id: &str, version: u32) -> CaseEntry {
    let person = Person {
        handle: PersonHandle(person.into()),
        name: "試験 花子".into(),
        kana: "シケン ハナコ".into(),
        birth_date: Date::new(1940, 3, 2).unwrap().into(),
        sex: Sex::Female,
        address: "伊勢崎市".into(),
        insurer: InsurerNumber::parse("102046").unwrap(),
        insurer_name: "伊勢崎市".into(),
        insured: InsuredNumber::parse("0000012345").unwrap(),
    };
    let case = Case { version, ..Case::new(CaseId(id.into())) };
    CaseEntry { person, right: ViewingRight { way: Way::Numbers, until: Time(i64::MAX) }, case }
}
