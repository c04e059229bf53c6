//! The municipality's side: queue, entering, entering many.

use super::Person;
use crate::calendar::{Date, Time};
use crate::certification::{ApplicationKind, Case, CaseId, Contradiction, Event, Fact, Record, Stage};
use serde::{Deserialize, Serialize};

/// Where a page ended; opaque.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PageMark(pub String);

/// A page of the queue. Oldest application first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct QueueRequest {
    /// What is looked for.
    #[serde(default)]
    pub filter: QueueFilter,
    /// Goes on after this page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<PageMark>,
    /// Entries wanted, 1–200; the upstream may give fewer.
    pub size: u16,
}

/// What is looked for; all of it must agree.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct QueueFilter {
    /// Part of 氏名, フリガナ or 被保険者番号, brought to `search::normal`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Standing there today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// 申請区分.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ApplicationKind>,
    /// Only those past the limit of thirty days.
    #[serde(default)]
    pub late: bool,
    /// Ended ones too.
    #[serde(default)]
    pub ended: bool,
    /// 申請日 on or after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied_from: Option<Date>,
    /// 申請日 on or before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied_to: Option<Date>,
}

/// A page of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueResponse {
    /// The upstream's clock.
    pub now: Time,
    /// This page.
    pub cases: Vec<QueueEntry>,
    /// The next page begins after this; nothing when this was the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<PageMark>,
    /// How many the filter finds in all.
    pub total: u32,
}

/// One case of the municipality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueEntry {
    /// Whose.
    pub person: Person,
    /// 申請番号: the municipality's own number of the application.
    pub case_no: String,
    /// The case.
    pub case: Case,
    /// Who changed it last; a name.
    pub changed_by: String,
}

/// Enters facts into one case: all of them, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnterRequest {
    /// Which.
    pub case: CaseId,
    /// The version the clerk had on the screen.
    pub version: u32,
    /// What is entered; at most one for a step.
    pub facts: Vec<Fact>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnterResponse {
    /// It was entered; the case as it stands now.
    Saved(Box<QueueEntry>),
    /// Somebody else entered something in between; nothing was entered.
    Conflict(Box<Conflict>),
    /// It cannot be so; nothing was entered.
    Refused(Vec<Contradiction>),
}

/// Somebody else was first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Who; a name.
    pub by: String,
    /// When.
    pub at: Time,
    /// The case as it stands now, with its version.
    pub case: Case,
    /// What was entered since the version that the clerk had.
    pub since: Vec<Event>,
}

impl Conflict {
    /// Whether the case says all of these facts already: they were entered before, and only the answer was
    /// lost, or the other said the same.
    pub fn holds(&self, facts: &[Fact]) -> bool {
        let Case { outcome_before, .. } = &self.case;
        let entered = Case { outcome_before: outcome_before.clone(), ..self.case.with(facts) };
        entered == self.case
    }
}

/// Enters many lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkRequest {
    /// The lines, as `certification::record` reads them from a file.
    pub lines: Vec<BulkLine>,
    /// What happens when a line is refused.
    pub mode: BulkMode,
    /// Only say what would happen.
    #[serde(default)]
    pub preview: bool,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkLine {
    /// Line of the file, from 1.
    pub line: u32,
    /// What it says.
    pub record: Record,
}

/// What happens when a line is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkMode {
    /// Then none is entered.
    AllOrNothing,
    /// The others are entered.
    EachLine,
}

/// What became of each line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkResponse {
    /// Whether anything was entered.
    pub entered: bool,
    /// In the order of the request.
    pub lines: Vec<BulkOutcome>,
}

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkOutcome {
    /// Line of the file.
    pub line: u32,
    /// What.
    pub result: BulkResult,
}

/// What became of a line, or would.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkResult {
    /// It begins a case.
    Begun,
    /// It is entered.
    Entered,
    /// It takes the place of what stood there.
    Replaced(Event),
    /// That stands there already.
    Known,
    /// It is older than what stands there, which stays.
    Older(Event),
    /// It would have been entered, but another line was refused (all or nothing).
    HeldBack,
    /// It cannot be so.
    Refused(Vec<Contradiction>),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certification::Step;
    use crate::certification::sample::{case, day, event};

    #[test]
    fn an_entry_and_its_answers_have_the_documented_shape() {
        let request = EnterRequest {
            case: CaseId("c1".into()),
            version: 4,
            facts: vec![Fact::Survey(day("2026-10-14")), Fact::Cleared(Step::Committee)],
        };
        let text = serde_json::to_string(&request).unwrap();
        assert_eq!(
            text,
            r#"{"case":"c1","version":4,"facts":[{"survey":"2026-10-14"},{"cleared":"committee"}]}"#
        );
        assert_eq!(serde_json::from_str::<EnterRequest>(&text).unwrap(), request);
        let refused = EnterResponse::Refused(vec![
            Contradiction::Future(Step::Opinion),
            Contradiction::ValidityLength { months: 24, least: 3, most: 12 },
        ]);
        let text = serde_json::to_string(&refused).unwrap();
        assert_eq!(
            text,
            r#"{"refused":[{"future":"opinion"},{"validity_length":{"months":24,"least":3,"most":12}}]}"#
        );
        assert_eq!(serde_json::from_str::<EnterResponse>(&text).unwrap(), refused);
    }

    #[test]
    fn the_second_clerk_is_told_who_when_and_what() {
        let since = vec![event(5, Fact::Opinion(day("2026-10-20")))];
        let conflict = Conflict { by: "市 花子".into(), at: since[0].at, case: case(5), since };
        let text = serde_json::to_string(&EnterResponse::Conflict(Box::new(conflict.clone()))).unwrap();
        let EnterResponse::Conflict(read) = serde_json::from_str(&text).unwrap() else { panic!("conflict") };
        assert_eq!(*read, conflict);
        assert!(text.starts_with(r#"{"conflict":{"by":"市 花子","at":"#));
    }

    #[test]
    fn what_was_entered_before_an_answer_was_lost_is_known_again() {
        let conflict =
            Conflict { by: "市 花子".into(), at: crate::calendar::Time(0), case: case(8), since: vec![] };
        let outcome = conflict.case.outcome.clone().unwrap();
        assert!(conflict.holds(&[Fact::Survey(day("2026-10-14")), Fact::Outcome(outcome)]));
        assert!(conflict.holds(&[Fact::Cleared(Step::Notice)]));
        assert!(!conflict.holds(&[Fact::Survey(day("2026-10-15"))]));
        assert!(!conflict.holds(&[Fact::Survey(day("2026-10-14")), Fact::Cleared(Step::Outcome)]));
    }

    #[test]
    fn a_queue_without_wishes_is_the_whole_queue() {
        let request: QueueRequest = serde_json::from_str(r#"{"size":50}"#).unwrap();
        assert_eq!((request.filter, request.after), (QueueFilter::default(), None));
    }
}
