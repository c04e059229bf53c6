//! What a municipality enters: one fact after another, each replacing the one of its step.

use super::{Application, Outcome, Postponement};
use crate::calendar::{Date, Time};
use crate::code::coded;
use serde::{Deserialize, Serialize};

coded! {
    /// What a fact is about; of each there is one that holds. No official codes are published: these are ours.
    Step {
        Application = "application" "申請";
        SurveyRequest = "survey_request" "調査依頼";
        Survey = "survey" "認定調査";
        OpinionRequest = "opinion_request" "意見書依頼";
        Opinion = "opinion" "主治医意見書";
        FirstJudgement = "first_judgement" "一次判定";
        Committee = "committee" "審査会";
        Postponement = "postponement" "延期";
        Outcome = "outcome" "結果";
        Notice = "notice" "結果通知";
    }
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// 申請
    Application(Application),
    /// 調査依頼日
    SurveyRequest(Date),
    /// 調査日, done or planned
    Survey(Date),
    /// 意見書依頼日
    OpinionRequest(Date),
    /// 意見書受領日
    Opinion(Date),
    /// 一次判定日
    FirstJudgement(Date),
    /// 審査会日, held or planned
    Committee(Date),
    /// 延期通知
    Postponement(Postponement),
    /// 認定, 非該当, 却下, 取下げ
    Outcome(Outcome),
    /// 結果通知日
    Notice(Date),
    /// What was entered for this step was wrong and nothing takes its place (取消).
    Cleared(Step),
}

/// A fact with its origin.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Event {
    /// Version of the case it was entered with (履歴番号): of two for one step the higher holds.
    pub version: u32,
    /// When it was entered.
    pub at: Time,
    /// Who says so, in words: `伊勢崎市(保険者)`.
    pub source: String,
    /// What.
    pub fact: Fact,
}

impl Fact {
    /// What it is about.
    pub fn step(&self) -> Step {
        match self {
            Self::Application(_) => Step::Application,
            Self::SurveyRequest(_) => Step::SurveyRequest,
            Self::Survey(_) => Step::Survey,
            Self::OpinionRequest(_) => Step::OpinionRequest,
            Self::Opinion(_) => Step::Opinion,
            Self::FirstJudgement(_) => Step::FirstJudgement,
            Self::Committee(_) => Step::Committee,
            Self::Postponement(_) => Step::Postponement,
            Self::Outcome(_) => Step::Outcome,
            Self::Notice(_) => Step::Notice,
            Self::Cleared(step) => *step,
        }
    }

    /// Its day; nothing when it was cleared.
    pub fn on(&self) -> Option<Date> {
        match self {
            Self::Application(application) => Some(application.on),
            Self::SurveyRequest(on)
            | Self::Survey(on)
            | Self::OpinionRequest(on)
            | Self::Opinion(on)
            | Self::FirstJudgement(on)
            | Self::Committee(on)
            | Self::Notice(on) => Some(*on),
            Self::Postponement(notice) => Some(notice.notified_on),
            Self::Outcome(outcome) => Some(outcome.on()),
            Self::Cleared(_) => None,
        }
    }
}
