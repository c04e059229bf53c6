//! 同意: recorded, seen, withdrawn.

use super::{ConsentGiver, ConsentMethod, PersonHandle};
use crate::calendar::Time;
use crate::code::coded;
use serde::{Deserialize, Serialize};

/// Names a record of consent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConsentId(pub String);

coded! {
    /// What may be shown by a consent (the data classes of the 申請書's wording, R8.4).
    ConsentScope {
        Progress = "progress" "認定の進捗";
        Survey = "survey" "認定調査の内容";
        Judgement = "judgement" "判定結果・審査会の意見";
        Opinion = "opinion" "主治医意見書";
        CarePlan = "care_plan" "ケアプラン";
        Condition = "condition" "心身の状況等";
    }
}

coded! {
    /// The paper or the talk a consent rests on.
    ConsentBasis {
        Application = "application" "要介護認定の申請書";
        PlanRequest = "plan_request" "居宅サービス計画作成依頼届出書";
        DataRequest = "data_request" "資料提供申請書";
        OfficeForm = "office_form" "事業所の同意書";
    }
}

coded! {
    /// Who took it. One taken by the municipality is comprehensive (包括的同意) and holds for every office;
    /// one taken by an office holds for that office.
    ConsentTaker {
        Municipality = "municipality" "市町村";
        Office = "office" "事業所";
    }
}

/// Records a consent for this office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentRecordRequest {
    /// Whose information.
    pub person: PersonHandle,
    /// What was consented to.
    pub terms: ConsentTerms,
}

/// What was consented to, by whom, how, till when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentTerms {
    /// Who consented.
    pub giver: ConsentGiver,
    /// 氏名 and 続柄 of a representative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub giver_name: Option<String>,
    /// How.
    pub method: ConsentMethod,
    /// On what it rests.
    pub basis: ConsentBasis,
    /// Version of that wording, when the paper names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis_version: Option<String>,
    /// What may be shown.
    pub scope: Vec<ConsentScope>,
    /// When it was given.
    pub given_at: Time,
    /// It ends then; nothing when it holds until withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Time>,
}

/// A consent as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentRecord {
    /// Names it.
    pub id: ConsentId,
    /// What was consented to.
    pub terms: ConsentTerms,
    /// Who took it.
    pub taker: ConsentTaker,
    /// Name of the office or municipality.
    pub taker_name: String,
    /// Who recorded it; a name.
    pub recorded_by: String,
    /// When.
    pub recorded_at: Time,
    /// Its withdrawal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawal: Option<ConsentWithdrawal>,
}

/// 同意の撤回.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentWithdrawal {
    /// It takes effect then, at once.
    pub at: Time,
    /// Who withdrew.
    pub by: ConsentGiver,
    /// Who recorded it; a name.
    pub recorded_by: String,
    /// Said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Asks for the consents that concern this office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentListRequest {
    /// Whose.
    pub person: PersonHandle,
}

/// Latest first; withdrawn and ended ones too. Also the answer to recording and withdrawing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentListResponse {
    /// The upstream's clock.
    pub now: Time,
    /// The records.
    pub consents: Vec<ConsentRecord>,
}

/// Withdraws one. Any number of times with the same outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentWithdrawRequest {
    /// Whose.
    pub person: PersonHandle,
    /// Which.
    pub consent: ConsentId,
    /// Who withdraws.
    pub by: ConsentGiver,
    /// Said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
