//! 要介護認定の進捗: the cases of an office's clients, and the events of one person.

use super::{Person, PersonHandle, ViewingRight};
use crate::access::Denial;
use crate::calendar::{Date, Time};
use crate::certification::{ApplicationKind, Case, CaseId, Event, Step};
use crate::number::InsurerNumber;
use serde::{Deserialize, Serialize};

/// What the upstream had told by then; opaque.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mark(pub String);

/// All cases of the office's clients, or what is new since the last answer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CasesRequest {
    /// The mark of the last answer; without one, or with one too old, everything comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Mark>,
}

/// What is new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CasesResponse {
    /// For the next request.
    pub mark: Mark,
    /// The upstream's clock: "asked last at".
    pub now: Time,
    /// Not before so many seconds should be asked again.
    pub again_in_s: u32,
    /// The news.
    pub news: CasesNews,
}

/// Nothing, something, or everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CasesNews {
    /// As at the mark.
    Unchanged,
    /// These differ from what stood at the mark; the others stay as they are.
    Changed(CasesChanged),
    /// Everything.
    All(CasesAll),
}

/// What differs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CasesChanged {
    /// New and changed ones, whole.
    pub cases: Vec<CaseEntry>,
    /// Those that may not be seen any more, whatever the reason: they leave the screen.
    pub gone: Vec<CaseId>,
    /// Clients whose cases are closed to this account now, all of them.
    pub closed: Vec<ClosedPerson>,
    /// How long insurers take, when that changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paces: Option<Vec<Pace>>,
}

/// Everything.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CasesAll {
    /// One entry a case; a person may have more than one.
    pub cases: Vec<CaseEntry>,
    /// Clients whose cases are closed to this account, whether they have any or not.
    pub closed: Vec<ClosedPerson>,
    /// How long insurers take.
    pub paces: Vec<Pace>,
}

/// One case of a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseEntry {
    /// Whose.
    pub person: Person,
    /// The right as it stands.
    pub right: ViewingRight,
    /// The case.
    pub case: Case,
}

/// A client whose cases are closed. It says nothing of whether there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedPerson {
    /// Who.
    pub person: PersonHandle,
    /// Why.
    pub why: Denial,
}

/// How long an insurer took, from a step to the result, in its own decided cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// 保険者番号.
    pub insurer: InsurerNumber,
    /// 申請区分.
    pub kind: ApplicationKind,
    /// Counted from this step.
    pub from: Step,
    /// Median of the days from that step to the decision.
    pub median_days: u32,
    /// Number of cases it rests on.
    pub cases: u32,
    /// Decided on or after this day …
    pub first: Date,
    /// … and on or before this one.
    pub last: Date,
}

/// Asks for all events of one person's cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseEventsRequest {
    /// Whose.
    pub person: PersonHandle,
}

/// Every event, of cases that have ended too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseEventsResponse {
    /// The upstream's clock.
    pub now: Time,
    /// One entry a case; in no order that means anything.
    pub cases: Vec<CaseEvents>,
}

/// The events of one case, corrections and what they replaced included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseEvents {
    /// Which.
    pub case: CaseId,
    /// In no order that means anything: `certification::History` puts them in order.
    pub events: Vec<Event>,
    /// Which clerks entered them; told to their own municipality only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hands: Vec<Hand>,
}

/// Who entered the events of a version at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// Version of the events.
    pub version: u32,
    /// When.
    pub at: Time,
    /// A name.
    pub by: String,
}

impl Hand {
    /// Whether an event is among what was entered then.
    pub fn entered(&self, event: &Event) -> bool {
        (self.version, self.at) == (event.version, event.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certification::sample::{case, event, facts};

    #[test]
    fn news_have_the_documented_shape() {
        let read = |text: &str| serde_json::from_str::<CasesResponse>(text).unwrap().news;
        let head = r#"{"mark":"m2","now":1795323907,"again_in_s":60,"news":"#;
        assert_eq!(read(&[head, r#""unchanged"}"#].concat()), CasesNews::Unchanged);
        let changed = r#"{"changed":{"cases":[],"gone":["c1"],"closed":[{"person":"p1","why":"UPS-133"}]}}}"#;
        let CasesNews::Changed(changed) = read(&[head, changed].concat()) else { panic!("changed") };
        assert_eq!(changed.gone, [CaseId("c1".into())]);
        assert_eq!((changed.closed[0].why, changed.paces), (Denial::Withdrawn, None));
        let empty: CasesRequest = serde_json::from_str("{}").unwrap();
        assert_eq!(serde_json::to_string(&empty).unwrap(), "{}");
    }

    #[test]
    fn cases_and_events_come_back_and_a_case_stays_small() {
        let case = case(9);
        let text = serde_json::to_string(&case).unwrap();
        assert_eq!(serde_json::from_str::<Case>(&text).unwrap(), case);
        assert!(text.len() < 500, "a board of a thousand stays small: {}", text.len());
        let events: Vec<Event> =
            facts().into_iter().zip(1..).map(|(fact, version)| event(version, fact)).collect();
        let text = serde_json::to_string(&events).unwrap();
        assert!(text.contains(r#""fact":{"survey":"2026-10-14"}"#));
        assert!(text.contains(r#""fact":{"outcome":{"kind":"certified","on":"2026-11-06","level":"22""#));
        assert_eq!(serde_json::from_str::<Vec<Event>>(&text).unwrap(), events);
    }
}
