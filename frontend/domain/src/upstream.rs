//! The upstream's interface, version 1: paths, bodies, business errors. docs/api.md says it in prose.
//!
//! Every call is `POST` with a JSON body, so no personal number ever stands in a URL. A business error is
//! an answer (HTTP 200 with `error`); a system error is an HTTP status with a problem document (RFC 9457).

mod audit;
mod card;
mod case;
mod client;
mod consent;
mod document;
mod filing;
mod history;
mod municipality;
mod person;
pub mod route;
mod session;

pub use audit::{AuditEntry, AuditKind, AuditRequest, AuditResponse};
pub use card::{AssertionRequest, ChallengeRequest, ChallengeResponse, Purpose, signed_digest};
pub use case::{
    CaseEntry, CaseEvents, CaseEventsRequest, CaseEventsResponse, CasesAll, CasesChanged, CasesNews,
    CasesRequest, CasesResponse, ClosedPerson, Hand, Mark, Pace,
};
pub use client::{
    Balance, CertificateOutline, ClientEntry, ClientRequest, ClientsResponse, LimitOutline, Outline,
    YearBalance,
};
pub use consent::{
    ConsentBasis, ConsentId, ConsentListRequest, ConsentListResponse, ConsentRecord, ConsentRecordRequest,
    ConsentScope, ConsentTaker, ConsentTerms, ConsentWithdrawRequest, ConsentWithdrawal,
};
pub use document::{
    DocumentBody, DocumentHead, DocumentId, DocumentKind, DocumentListRequest, DocumentListResponse,
    DocumentOpenRequest, DocumentOpened, DocumentPart, DocumentShelf, DocumentStill, DocumentStillRequest,
    PdfPiece,
};
pub use filing::{
    CancelRequest, CardProof, DecideRequest, DecideResponse, Decision, Evidence, EvidenceRequest,
    FilingEntry, FilingState, FilingStep, FilingWay, FilingsRequest, FilingsResponse, InboxOpenRequest,
    InboxOpened, InboxRequest, InboxResponse, KeyOutcome, KeyRefusal, KeysRequest, KeysResponse,
    PaperRequest, Receipt, Register, SignedText, SubmitRequest, VoidRequest,
};
pub use history::{Application, ApplicationKind, HistoryRequest, HistoryResponse};
pub use municipality::{
    BulkLine, BulkMode, BulkOutcome, BulkRequest, BulkResponse, BulkResult, Conflict, EnterRequest,
    EnterResponse, PageMark, QueueEntry, QueueFilter, QueueRequest, QueueResponse,
};
pub use person::{
    Consent, ConsentGiver, ConsentMethod, Found, Person, PersonHandle, QualificationRequest, SearchPurpose,
    SearchRequest, SeenPerson, SeenResponse, Sex, ViewingRight, Way,
};
pub use session::{
    EndRequest, Job, OtpRequest, RefreshRequest, Role, ServiceType, Session, Staff, StartRequest,
    StartResponse,
};

use crate::calendar::Time;
use serde::{Deserialize, Serialize};

/// An answer: `{"ok": …}` or `{"error": …}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer<T> {
    /// It was done.
    Ok(T),
    /// It was understood and refused.
    Error(BusinessError),
}

/// Why something was refused. The words on the screen come from [`crate::fault`], by the code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusinessError {
    /// Stable code, `UPS-110`.
    pub code: String,
    /// The upstream's own sentence, for logs and for codes this app does not know.
    pub message: String,
    /// Not before then is a new try of use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<Time>,
    /// Tries left before the account is locked, where the upstream says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tries_left: Option<u8>,
}

/// `/api/v1/status`: whether the upstream is there, without a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Name of the service.
    pub name: String,
    /// Its clock.
    pub now: Time,
    /// Whether this is a sandbox with synthetic people.
    pub sandbox: bool,
}

/// A request without content: `{}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Empty {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_have_the_documented_shape() {
        let ok: Answer<Empty> = Answer::Ok(Empty {});
        assert_eq!(serde_json::to_string(&ok).unwrap(), r#"{"ok":{}}"#);
        let error: Answer<Empty> = serde_json::from_str(
            r#"{"error":{"code":"UPS-111","message":"該当する被保険者が見つかりません"}}"#,
        )
        .unwrap();
        assert!(matches!(error, Answer::Error(BusinessError { code, .. }) if code == "UPS-111"));
    }
}
