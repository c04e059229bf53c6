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
