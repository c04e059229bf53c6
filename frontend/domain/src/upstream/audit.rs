//! 閲覧の記録: who looked at what, for the office's administrator.

use super::{PageMark, PersonHandle};
use crate::calendar::{Date, Time};
use crate::code::coded;
use crate::number::UserId;
use serde::{Deserialize, Serialize};

coded! {
    /// What was done.
    AuditKind {
        SignIn = "sign_in" "サインイン";
        Search = "search" "番号で検索";
        Card = "card" "カードで本人確認";
        Qualification = "qualification" "資格情報の閲覧";
        Clients = "clients" "利用者一覧の閲覧";
        Cases = "cases" "認定の進捗の閲覧";
        CaseEvents = "case_events" "認定の経過の閲覧";
        DocumentList = "document_list" "書類の一覧の閲覧";
        Survey = "survey" "認定調査票の閲覧";
        Opinion = "opinion" "主治医意見書の閲覧";
        ConsentRecorded = "consent_recorded" "同意の記録";
        ConsentWithdrawn = "consent_withdrawn" "同意の撤回";
        Entered = "entered" "認定情報の入力";
        AuditList = "audit_list" "閲覧の記録の閲覧";
    }
}

/// A page of the record. Latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRequest {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Only about this person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonHandle>,
    /// Only by this account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// Only this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<AuditKind>,
    /// Goes on after this page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<PageMark>,
    /// Entries wanted, 1–500.
    pub size: u16,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditResponse {
    /// This page.
    pub entries: Vec<AuditEntry>,
    /// The next page begins after this; nothing when this was the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<PageMark>,
}

/// One line of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// When.
    pub at: Time,
    /// What.
    pub what: AuditKind,
    /// Which account.
    pub user: UserId,
    /// Name of its holder at the time.
    pub user_name: String,
    /// Whom it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonHandle>,
    /// That person's 氏名.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_name: Option<String>,
    /// Why it was refused, `UPS-132`; nothing when it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}
