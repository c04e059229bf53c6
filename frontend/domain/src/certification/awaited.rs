//! What a case waits for, and which case comes first on a board.

use super::{Case, Stage, Step, WaitState};
use crate::calendar::Date;
use std::cmp::Reverse;

/// The order of a board: whoever is longest over the limit first, then whoever waits longest. A case whose
/// 申請日 is not known stands at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Urgency {
    late: Reverse<i64>,
    waited: Reverse<i64>,
}

impl Case {
    /// What has to come next before it can move on. 認定調査 and 主治医意見書 go side by side, so both may be
    /// awaited at once; a planned day that has not come is still awaited. Empty once it has ended.
    pub fn awaited(&self, today: Date) -> Vec<Step> {
        let opinion = self.opinion_on.is_none_or(|on| today < on).then_some(Step::Opinion);
        let first = match self.stage(today) {
            Stage::Application | Stage::Survey => {
                // The opinion may have come first.
                return std::iter::once(Step::Survey).chain(opinion).collect();
            }
            Stage::Opinion => Step::Opinion,
            Stage::FirstJudgement => Step::FirstJudgement,
            Stage::Committee => Step::Committee,
            Stage::Decision => Step::Outcome,
            _ => return Vec::new(),
        };
        vec![first]
    }

    /// Its place on a board.
    pub fn urgency(&self, today: Date) -> Urgency {
        let (late, waited) = match self.wait(today) {
            Some(wait) => match wait.state {
                WaitState::Late { days } => (days, wait.days),
                _ => (0, wait.days),
            },
            None => (0, -1),
        };
        Urgency { late: Reverse(late), waited: Reverse(waited) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{case, day, facts, strategy};
    use super::*;
    use crate::certification::{CaseId, Fact, History, Postponement};
    use proptest::prelude::*;

    #[test]
    fn each_stage_waits_for_its_own() {
        let today = day("2026-11-22");
        let awaited: Vec<Vec<Step>> = (1..=facts().len()).map(|first| case(first).awaited(today)).collect();
        use Step::*;
        let both = vec![Survey, Opinion];
        assert_eq!(
            awaited,
            [
                both.clone(),
                both.clone(),
                both,
                vec![Opinion],
                vec![FirstJudgement],
                vec![Committee],
                vec![Outcome],
                vec![],
                vec![]
            ]
        );
        let first = case(1).with(&[Fact::Opinion(day("2026-10-10"))]);
        assert_eq!(first.awaited(today), [Survey], "the opinion is there");
        let planned = case(3).with(&[Fact::Survey(day("2026-12-01"))]);
        assert_eq!(planned.awaited(today), [Survey, Opinion], "a plan is not the thing");
    }

    #[test]
    fn late_ones_first_then_those_who_wait_longest() {
        let today = day("2026-11-22");
        let late = case(5);
        let notice = Postponement { notified_on: day("2026-11-01"), until: None, reason: None };
        let postponed = case(5).with(&[Fact::Postponement(notice)]);
        let young = case(0).with(&[Fact::Application(crate::certification::Application {
            kind: crate::certification::ApplicationKind::New,
            on: day("2026-11-20"),
        })]);
        let mut cases = [&case(0), &young, &postponed, &late];
        cases.sort_by_key(|case| case.urgency(today));
        assert_eq!(cases, [&late, &postponed, &young, &case(0)]);
    }

    proptest! {
        /// Whatever came in which order: an open case waits for something, an ended one for nothing.
        #[test]
        fn only_an_ended_case_waits_for_nothing(
            events in proptest::collection::vec(strategy(), 0..16), day in 20_690i64..20_860
        ) {
            let case = History::of(CaseId("c".into()), events).case;
            let today = Date::from_day_number(day);
            prop_assert_eq!(case.awaited(today).is_empty(), case.stage(today).is_end());
        }
    }
}
