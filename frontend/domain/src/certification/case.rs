//! One application and what is known of it.

use crate::calendar::{Date, Time};
use crate::code::coded;
use crate::qualification::CareLevel;
use serde::{Deserialize, Serialize};

/// Names a case; random, no personal number in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseId(pub String);

coded! {
    /// Kinds of application — 認定申請の区分.
    ApplicationKind {
        New = "new" "新規";
        Renewal = "renewal" "更新";
        Change = "change" "区分変更";
    }
}

/// 申請.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Application {
    /// 申請区分.
    pub kind: ApplicationKind,
    /// 申請日.
    pub on: Date,
}

/// 認定の有効期間: both days counted in; it always has an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Validity {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// 延期通知: the decision will take longer than thirty days (介護保険法27条11項 ただし書).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Postponement {
    /// 通知日.
    pub notified_on: Date,
    /// 処理見込期間: till then it is expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// 理由, as the notice says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// How a case ends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Outcome {
    /// 認定
    Certified {
        /// 認定年月日.
        on: Date,
        /// 要介護状態区分等.
        level: CareLevel,
        /// 認定の有効期間.
        validity: Validity,
    },
    /// 非該当
    NotCertified {
        /// 決定日.
        on: Date,
    },
    /// 却下
    Dismissed {
        /// 決定日.
        on: Date,
        /// 理由.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// 取下げ
    Withdrawn {
        /// 取下げ日.
        on: Date,
    },
}

/// A case as it stands: of each fact what holds, after all corrections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Names it.
    pub id: CaseId,
    /// Grows with each entry; an entry names the version it was made on.
    pub version: u32,
    /// When the last entry was made.
    pub changed_at: Time,
    /// 申請; nothing while its record has not come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<Application>,
    /// 調査依頼日.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub survey_requested_on: Option<Date>,
    /// 調査日; a day to come is a plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub survey_on: Option<Date>,
    /// 意見書依頼日.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion_requested_on: Option<Date>,
    /// 意見書受領日.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion_on: Option<Date>,
    /// 一次判定日.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_judgement_on: Option<Date>,
    /// 審査会日; a day to come is a plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committee_on: Option<Date>,
    /// 延期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postponement: Option<Postponement>,
    /// The end of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// 結果通知日.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notified_on: Option<Date>,
    /// The end that was told before a correction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome_before: Option<Outcome>,
}

impl Outcome {
    /// The official name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Certified { .. } => "認定",
            Self::NotCertified { .. } => "非該当",
            Self::Dismissed { .. } => "却下",
            Self::Withdrawn { .. } => "取下げ",
        }
    }

    /// The day it was decided.
    pub fn on(&self) -> Date {
        match self {
            Self::Certified { on, .. }
            | Self::NotCertified { on }
            | Self::Dismissed { on, .. }
            | Self::Withdrawn { on } => *on,
        }
    }
}

impl Validity {
    /// Whether a day lies in it.
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

impl Case {
    /// A case of which nothing is known yet.
    pub fn new(id: CaseId) -> Self {
        Self {
            id,
            version: 0,
            changed_at: Time(0),
            application: None,
            survey_requested_on: None,
            survey_on: None,
            opinion_requested_on: None,
            opinion_on: None,
            first_judgement_on: None,
            committee_on: None,
            postponement: None,
            outcome: None,
            notified_on: None,
            outcome_before: None,
        }
    }
}
