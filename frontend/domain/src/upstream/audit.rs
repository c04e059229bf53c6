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
        Judgement = "judgement" "判定結果・審査会の意見の閲覧";
        ConsentList = "consent_list" "同意の記録の閲覧";
        ConsentRecorded = "consent_recorded" "同意の記録";
        ConsentWithdrawn = "consent_withdrawn" "同意の撤回";
        Entered = "entered" "認定情報の入力";
        FilingSubmitted = "filing_submitted" "届出の提出";
        FilingVoided = "filing_voided" "届出の提出の取りやめ";
        FilingList = "filing_list" "届出の一覧の閲覧";
        FilingCancelled = "filing_cancelled" "届出の取下げ";
        FilingEvidence = "filing_evidence" "届出の証拠の取り出し";
        FilingOpened = "filing_opened" "届出の閲覧";
        FilingDecided = "filing_decided" "届出の受理・差戻し";
        FilingEntered = "filing_entered" "紙の届出の入力";
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

impl AuditEntry {
    /// Headings of the record as a table.
    pub const HEADS: [&'static str; 7] =
        ["日時", "内容", "ユーザID", "ユーザの氏名", "利用者の氏名", "結果", "拒否の理由"];

    /// The fields under [`AuditEntry::HEADS`], for `export::write_csv`. The person's handle stays out: it says
    /// nothing to a reader.
    pub fn fields(&self) -> [String; 7] {
        let refused = self.refused.as_deref();
        let words = refused.and_then(crate::fault::find).map_or("", |fault| fault.what);
        [
            self.at.to_string(),
            self.what.name().to_owned(),
            self.user.as_str().to_owned(),
            self.user_name.clone(),
            self.person_name.clone().unwrap_or_default(),
            refused.map_or("実行", |_| "拒否").to_owned(),
            refused.map_or(String::new(), |code| [words, "(", code, ")"].concat()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::write_csv;

    #[test]
    fn the_record_as_a_table() {
        let entry = AuditEntry {
            at: Time(1_795_323_907),
            what: AuditKind::Opinion,
            user: UserId::parse("KYOTAKU.SATO").unwrap(),
            user_name: "佐藤 健一".into(),
            person: Some(PersonHandle("p1".into())),
            person_name: Some("=山田 花子".into()),
            refused: Some("UPS-138".into()),
        };
        let (heads, fields) = (AuditEntry::HEADS.map(str::to_owned), entry.fields());
        let text = write_csv([heads, fields].iter().map(|row| row.iter().map(String::as_str)));
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let row = reader.records().next().unwrap().unwrap();
        assert_eq!(&row[0], "2026-11-22 14:05");
        assert_eq!((&row[1], &row[4], &row[5]), ("主治医意見書の閲覧", "'=山田 花子", "拒否"));
        assert!(row[6].ends_with("(UPS-138)"));
        assert!(!text.contains("p1"));
    }
}
