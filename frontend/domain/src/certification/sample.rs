//! A case for the tests.

use super::{
    Application, ApplicationKind, Case, CaseId, Event, Fact, History, Outcome, Postponement, Step, Validity,
};
use crate::calendar::{Date, Time};
use crate::qualification::CareLevel;
use proptest::prelude::*;

pub(crate) fn day(text: &str) -> Date {
    Date::from_iso(text).unwrap()
}

pub(crate) fn event(version: u32, fact: Fact) -> Event {
    Event {
        version, at: Time(1_790_000_000 + i64::from(version)), source: "伊勢崎市(保険者)".into(), fact
    }
}

/// A first application from its beginning to its end.
pub(crate) fn facts() -> Vec<Fact> {
    let validity = Validity { from: day("2026-10-05"), to: day("2027-04-30") };
    vec![
        Fact::Application(Application { kind: ApplicationKind::New, on: day("2026-10-05") }),
        Fact::SurveyRequest(day("2026-10-06")),
        Fact::OpinionRequest(day("2026-10-06")),
        Fact::Survey(day("2026-10-14")),
        Fact::Opinion(day("2026-10-20")),
        Fact::FirstJudgement(day("2026-10-22")),
        Fact::Committee(day("2026-11-05")),
        Fact::Outcome(Outcome::Certified { on: day("2026-11-06"), level: CareLevel::Care2, validity }),
        Fact::Notice(day("2026-11-07")),
    ]
}

/// The case after its first facts.
pub(crate) fn case(first: usize) -> Case {
    let events = facts().into_iter().take(first).zip(1..).map(|(fact, version)| event(version, fact));
    History::of(CaseId("c1".into()), events).case
}

fn date() -> impl Strategy<Value = Date> {
    (20_700i64..20_800).prop_map(Date::from_day_number)
}

/// Any fact about few days, so that they often agree and often contradict each other.
pub(crate) fn fact() -> impl Strategy<Value = Fact> {
    let outcome = (date(), date(), 0usize..5).prop_map(|(on, to, kind)| match kind {
        0 => Outcome::NotCertified { on },
        1 => Outcome::Dismissed { on, reason: None },
        2 => Outcome::Withdrawn { on },
        _ => Outcome::Certified { on, level: CareLevel::Care1, validity: Validity { from: on, to } },
    });
    let kind = proptest::sample::select(ApplicationKind::ALL);
    prop_oneof![
        (kind, date()).prop_map(|(kind, on)| Fact::Application(Application { kind, on })),
        date().prop_map(Fact::SurveyRequest),
        date().prop_map(Fact::Survey),
        date().prop_map(Fact::OpinionRequest),
        date().prop_map(Fact::Opinion),
        date().prop_map(Fact::FirstJudgement),
        date().prop_map(Fact::Committee),
        date().prop_map(|notified_on| Fact::Postponement(Postponement {
            notified_on,
            until: None,
            reason: None
        })),
        outcome.prop_map(Fact::Outcome),
        date().prop_map(Fact::Notice),
        proptest::sample::select(Step::ALL).prop_map(Fact::Cleared),
    ]
}

/// Any event, with few versions and times.
pub(crate) fn strategy() -> impl Strategy<Value = Event> {
    (0u32..6, 0i64..3, fact(), 0u8..2).prop_map(|(version, at, fact, source)| Event {
        version,
        at: Time(at),
        source: if source == 0 { "甲".into() } else { "乙".into() },
        fact,
    })
}
