//! Where a case stands on a day.

use super::{Case, Outcome};
use crate::calendar::Date;
use crate::code::coded;

coded! {
    /// The columns of the board, in order: what a case is waiting for, or how it ended. No official codes
    /// are published: these are ours.
    Stage {
        /// Received; the survey is not arranged yet.
        Application = "application" "申請受付";
        /// The survey is arranged or asked for.
        Survey = "survey" "認定調査";
        /// Surveyed; the doctor's opinion is awaited.
        Opinion = "opinion" "主治医意見書";
        /// Both are there; the computer's judgement is awaited.
        FirstJudgement = "first_judgement" "一次判定";
        /// The committee is awaited.
        Committee = "committee" "審査会";
        /// The committee has met; the decision is awaited.
        Decision = "decision" "認定・通知待ち";
        /// Decided: a level.
        Certified = "certified" "認定済み";
        /// Decided: none.
        NotCertified = "not_certified" "非該当";
        /// The application was dismissed.
        Dismissed = "dismissed" "却下";
        /// The application was taken back.
        Withdrawn = "withdrawn" "取下げ";
    }
}

impl Stage {
    /// Whether nothing more is to come.
    pub fn is_end(self) -> bool {
        matches!(self, Self::Certified | Self::NotCertified | Self::Dismissed | Self::Withdrawn)
    }
}

impl Case {
    /// Where it stands on a day. A 調査日 or 審査会日 to come is a plan, and on its day it counts as done; a
    /// later step that is done carries the earlier ones, which only were not entered.
    pub fn stage(&self, today: Date) -> Stage {
        if let Some(outcome) = &self.outcome {
            return match outcome {
                Outcome::Certified { .. } => Stage::Certified,
                Outcome::NotCertified { .. } => Stage::NotCertified,
                Outcome::Dismissed { .. } => Stage::Dismissed,
                Outcome::Withdrawn { .. } => Stage::Withdrawn,
            };
        }
        let done = |on: Option<Date>| on.is_some_and(|on| on <= today);
        if done(self.committee_on) {
            Stage::Decision
        } else if done(self.first_judgement_on) || self.committee_on.is_some() {
            Stage::Committee
        } else if done(self.survey_on) {
            if done(self.opinion_on) { Stage::FirstJudgement } else { Stage::Opinion }
        } else if done(self.opinion_on) || self.survey_on.is_some() || done(self.survey_requested_on) {
            Stage::Survey
        } else {
            Stage::Application
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{case, day, facts, strategy};
    use super::*;
    use crate::certification::{CaseId, Fact, History, Step};
    use proptest::prelude::*;

    #[test]
    fn one_step_after_another() {
        let today = day("2026-11-22");
        let stages: Vec<Stage> = (1..=facts().len()).map(|first| case(first).stage(today)).collect();
        use Stage::*;
        assert_eq!(
            stages,
            [Application, Survey, Survey, Opinion, FirstJudgement, Committee, Decision, Certified, Certified]
        );
    }

    #[test]
    fn a_day_to_come_is_a_plan_and_its_day_counts_as_done() {
        let survey = case(3).with(&[Fact::Survey(day("2026-10-14"))]);
        assert_eq!(survey.stage(day("2026-10-13")), Stage::Survey);
        assert_eq!(survey.stage(day("2026-10-14")), Stage::Opinion);
        let committee = case(6).with(&[Fact::Committee(day("2026-11-05"))]);
        assert_eq!(committee.stage(day("2026-11-04")), Stage::Committee);
        assert_eq!(committee.stage(day("2026-11-05")), Stage::Decision);
    }

    #[test]
    fn the_opinion_may_come_first_and_steps_may_be_left_out() {
        let opinion = case(1).with(&[Fact::Opinion(day("2026-10-10"))]);
        assert_eq!(opinion.stage(day("2026-10-20")), Stage::Survey);
        // Only the three dates people ask for are entered.
        let committee = case(1).with(&[Fact::Committee(day("2026-11-05"))]);
        assert_eq!(committee.stage(day("2026-11-01")), Stage::Committee);
        let back = case(9).with(&[Fact::Cleared(Step::Outcome)]);
        assert_eq!(back.stage(day("2026-11-22")), Stage::Decision);
    }

    proptest! {
        /// Time alone never leads back.
        #[test]
        fn a_stage_only_moves_on(
            events in proptest::collection::vec(strategy(), 0..16), from in 20_690i64..20_810, later in 0i64..60
        ) {
            let case = History::of(CaseId("c".into()), events).case;
            let (first, second) = (Date::from_day_number(from), Date::from_day_number(from + later));
            prop_assert!(case.stage(first) <= case.stage(second));
        }
    }
}
