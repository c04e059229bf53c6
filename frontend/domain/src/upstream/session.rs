//! Sign-in: user ID, password, one-time password; access 60 minutes, refresh 8 hours.

use crate::code::coded;
use crate::number::{InsurerNumber, OfficeNumber, UserId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// First step of a sign-in.
#[derive(Clone, Serialize, Deserialize)]
pub struct StartRequest {
    /// User ID.
    pub user_id: UserId,
    /// Password.
    pub password: String,
}

/// A one-time password is on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartResponse {
    /// Names this sign-in at its second step.
    pub ticket: String,
    /// Where the one-time password went, masked: `k***@example.jp`.
    pub sent_to: String,
    /// Seconds it is good for.
    pub expires_in_s: u32,
}

/// Second step of a sign-in.
#[derive(Clone, Serialize, Deserialize)]
pub struct OtpRequest {
    /// From the first step.
    pub ticket: String,
    /// Six digits.
    pub otp: String,
}

/// Renews a session; the old refresh token is spent by it.
#[derive(Clone, Serialize, Deserialize)]
pub struct RefreshRequest {
    /// From the session.
    pub refresh_token: String,
}

/// Signs out.
#[derive(Clone, Serialize, Deserialize)]
pub struct EndRequest {
    /// From the session; it ends too.
    pub refresh_token: String,
}

/// A session. Tokens are kept in memory only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// For `Authorization: Bearer`.
    pub access_token: String,
    /// Seconds the access token is good for (3600).
    pub access_expires_in_s: u32,
    /// For [`RefreshRequest`].
    pub refresh_token: String,
    /// Seconds the refresh token is good for (28800, counted from the sign-in).
    pub refresh_expires_in_s: u32,
    /// Who signed in.
    pub staff: Staff,
}

/// A member of an office's staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// User ID.
    pub user_id: UserId,
    /// Name to show.
    pub name: String,
    /// Kind of account.
    pub role: Role,
    /// 事業所番号.
    pub office: OfficeNumber,
    /// Name of the office.
    pub office_name: String,
    /// What the office is.
    pub service: ServiceType,
    /// 職種; an account without one sees what needs none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<Job>,
    /// 保険者番号 of a municipality's account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insurer: Option<InsurerNumber>,
}

coded! {
    /// 職種, as far as access depends on it. The official list is not public: these are ours.
    Job {
        CareManager = "care_manager" "介護支援専門員";
        ChiefCareManager = "chief_care_manager" "主任介護支援専門員";
        PublicHealthNurse = "public_health_nurse" "保健師";
        SocialWorker = "social_worker" "社会福祉士";
        Counsellor = "counsellor" "生活相談員";
        ServiceManager = "service_manager" "サービス提供責任者";
        CareWorker = "care_worker" "介護職員";
        Nurse = "nurse" "看護職員";
        Doctor = "doctor" "医師";
        OfficeClerk = "office_clerk" "事務職員";
        Official = "official" "市町村職員";
    }
}

/// Kinds of account — 事業所ユーザ, 管理者ユーザ, 一般ユーザ; beside offices, municipalities and medical
/// institutions have accounts of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 事業所ユーザ (KJ…)
    Office,
    /// 管理者ユーザ
    Administrator,
    /// 一般ユーザ
    Staff,
    /// 市町村の担当者
    Municipality,
    /// 医療機関の担当者
    Medical,
}

impl Role {
    /// The official name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Office => "事業所ユーザ",
            Self::Administrator => "管理者ユーザ",
            Self::Staff => "一般ユーザ",
            Self::Municipality => "市町村ユーザ",
            Self::Medical => "医療機関ユーザ",
        }
    }
}

/// What an office is, as far as access depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceType {
    /// 居宅介護支援
    CareManagement,
    /// 地域包括支援センター
    CommunitySupport,
    /// 通所介護
    DayService,
    /// 訪問介護
    HomeVisit,
    /// 医療機関
    Clinic,
    /// 保険者(市町村)
    Municipality,
}

impl ServiceType {
    /// The official name.
    pub fn name(self) -> &'static str {
        match self {
            Self::CareManagement => "居宅介護支援",
            Self::CommunitySupport => "地域包括支援センター",
            Self::DayService => "通所介護",
            Self::HomeVisit => "訪問介護",
            Self::Clinic => "医療機関",
            Self::Municipality => "保険者(市町村)",
        }
    }
}

/// Secrets stay out of debug text.
macro_rules! silent {
    ($($name:ident),+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}
silent!(StartRequest, OtpRequest, RefreshRequest, EndRequest, Session);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_of_before_has_no_job_and_no_insurer() {
        let text = r#"{"user_id":"KYOTAKU.SATO","name":"佐藤 健一","role":"staff","office":"1070400005",
            "office_name":"かけはし","service":"care_management"}"#;
        let staff: Staff = serde_json::from_str(text).unwrap();
        assert_eq!((staff.job, staff.insurer.clone()), (None, None));
        let text = serde_json::to_string(&staff).unwrap();
        assert!(!text.contains("job") && !text.contains("insurer"), "{text}");
        let more = text.replacen('{', r#"{"job":"care_manager","insurer":"102046","#, 1);
        assert_eq!(serde_json::from_str::<Staff>(&more).unwrap().job, Some(Job::CareManager));
    }
}
