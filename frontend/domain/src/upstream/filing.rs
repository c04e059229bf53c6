//! 届出: submitting, asking what became of it, giving a key up, evidence; and the municipality's desk for it.

use super::{PageMark, Person, PersonHandle};
use crate::calendar::{Date, Time};
use crate::code::coded;
use crate::filing::{Category, Confirmation, Filing, FilingKey, FilingNumber, FormKind, Identity};
use crate::number::OfficeNumber;
use serde::{Deserialize, Serialize};

/// Submits a filing. The header `Idempotency-Key` is the statement's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmitRequest {
    /// Whose.
    pub person: PersonHandle,
    /// [`crate::filing::Statement`] as JSON, byte by byte as it was signed.
    pub statement: String,
    /// The device's signature over it: ECDSA P-256 with SHA-256, r‖s, base64url without padding.
    pub signature: String,
}

/// What became of a key. Once there is one other than `Unknown` it is the same for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyOutcome {
    /// Nothing with this key has come (yet).
    Unknown,
    /// It was received and is kept.
    Received(Box<Receipt>),
    /// It was refused for good; nothing is kept of it but this.
    Refused(KeyRefusal),
    /// It was given up before it came; it will never be taken.
    Void {
        /// When.
        at: Time,
    },
}

/// Why a filing was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRefusal {
    /// Code of [`crate::fault`], `UPS-15x`.
    pub code: String,
    /// When.
    pub at: Time,
    /// The filing that stands in the way, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<FilingNumber>,
}

/// 受付の控え.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// 受付番号.
    pub number: FilingNumber,
    /// The key it came with.
    pub key: FilingKey,
    /// When it was received, by the upstream's clock.
    pub received_at: Time,
    /// SHA-256 of the statement, in hexadecimal.
    pub sha256: String,
    /// Name of the insurer it goes to.
    pub to: String,
    /// The sentence that is signed: JSON of number, key, time, hash.
    pub text: String,
    /// The upstream's signature over it: ECDSA P-256 with SHA-256, r‖s, base64url without padding.
    pub signature: String,
    /// Certificate of that key, PEM.
    pub certificate: String,
}

/// Asks what became of keys, at most 50.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeysRequest {
    /// Which.
    pub keys: Vec<FilingKey>,
}

/// In the order of the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeysResponse {
    /// The upstream's clock.
    pub now: Time,
    /// What became of each.
    pub outcomes: Vec<KeyOutcome>,
}

/// Gives a key up: what has not come with it will never be taken. Answers what became of it: `Void`, or what
/// was first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoidRequest {
    /// Which.
    pub key: FilingKey,
}

coded! {
    /// Where a filing stands.
    FilingState {
        Received = "received" "受付済み(市町村の確認待ち)";
        Returned = "returned" "差戻し";
        Accepted = "accepted" "受理";
        Cancelled = "cancelled" "取下げ";
        Superseded = "superseded" "差替え済み";
    }
}

coded! {
    /// By which way it came.
    FilingWay {
        Online = "online" "オンライン";
        Counter = "counter" "窓口";
        Post = "post" "郵送";
    }
}

/// One thing that happened to a filing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilingStep {
    /// Where it stands since.
    pub state: FilingState,
    /// When.
    pub at: Time,
    /// Who did it; a name.
    pub by: String,
    /// Said of it: why it was sent back, or cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// On 受理: whether it stands on the 被保険者証 since.
    #[serde(default)]
    pub on_certificate: bool,
}

/// A filing as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilingEntry {
    /// 受付番号.
    pub number: FilingNumber,
    /// Goes up by one with each step.
    pub version: u32,
    /// Whose; for an office only while it may view the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
    /// 様式.
    pub form: FormKind,
    /// 区分.
    pub category: Category,
    /// 事業所番号 of the plan office.
    pub office: OfficeNumber,
    /// Its name.
    pub office_name: String,
    /// 有効開始年月日.
    pub start_on: Date,
    /// 届出年月日.
    pub filed_on: Date,
    /// By which way.
    pub way: FilingWay,
    /// Who submitted it; a name.
    pub by: String,
    /// Where it stands.
    pub state: FilingState,
    /// All that happened, oldest first; the first is 受付.
    pub steps: Vec<FilingStep>,
    /// The one it took the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<FilingNumber>,
    /// The one that took its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<FilingNumber>,
}

/// The office's own filings, latest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FilingsRequest {
    /// Only of this person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonHandle>,
    /// Goes on after this page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<PageMark>,
    /// Entries wanted, 1–200.
    pub size: u16,
}

/// A page of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilingsResponse {
    /// The upstream's clock.
    pub now: Time,
    /// This page.
    pub filings: Vec<FilingEntry>,
    /// The next page begins after this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<PageMark>,
}

/// 取下げ by the office, while the municipality has not decided. Any number of times with the same outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelRequest {
    /// Which.
    pub number: FilingNumber,
    /// Why.
    pub reason: String,
}

/// Asks for the evidence of one filing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceRequest {
    /// Which.
    pub number: FilingNumber,
}

/// All that proves a filing; docs/evidence.md says how anybody checks it with openssl.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The filing with its steps.
    pub entry: FilingEntry,
    /// The statement as it was signed; nothing for one on paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<SignedText>,
    /// 本人確認 by card, if it was by card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<CardProof>,
    /// 受付の控え.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
    /// 受理 (or the last decision), signed as the receipt is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<SignedText>,
}

/// A text with a signature and the key that checks it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedText {
    /// Byte by byte as it was signed.
    pub text: String,
    /// ECDSA P-256 with SHA-256, r‖s, base64url without padding.
    pub signature: String,
    /// The public key (SubjectPublicKeyInfo) or the certificate, PEM.
    pub key: String,
}

/// What the card signed, with everything needed to compute it again ([`super::signed_digest`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardProof {
    /// The page's origin.
    pub origin: String,
    /// From the challenge.
    pub nonce: String,
    /// From the challenge.
    pub transaction: String,
    /// Thumbprint of the device.
    pub device: String,
    /// When it was checked.
    pub at: Time,
    /// RSASSA-PKCS1-v1_5 with SHA-256, base64url without padding.
    pub signature: String,
    /// SHA-256 of the 利用者証明用証明書 in hexadecimal. The certificate itself holds its serial number and is
    /// not given out; its public key is.
    pub certificate_sha256: String,
    /// Public key of the card (SubjectPublicKeyInfo), PEM.
    pub key: String,
}

/// The municipality's filings, oldest undecided first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct InboxRequest {
    /// Standing there; all undecided ones without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<FilingState>,
    /// 様式.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<FormKind>,
    /// Part of 氏名, フリガナ, 被保険者番号 or 受付番号, brought to `search::normal`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Goes on after this page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<PageMark>,
    /// Entries wanted, 1–200.
    pub size: u16,
}

/// A page of the inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxResponse {
    /// The upstream's clock.
    pub now: Time,
    /// This page.
    pub filings: Vec<FilingEntry>,
    /// The next page begins after this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<PageMark>,
    /// How many in all.
    pub total: u32,
}

/// Asks for one filing with its check against the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxOpenRequest {
    /// Which.
    pub number: FilingNumber,
}

/// One filing on the clerk's desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxOpened {
    /// The filing with its steps.
    pub entry: FilingEntry,
    /// The content.
    pub filing: Filing,
    /// 本人確認; nothing for one on paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
    /// 本人の確認; nothing for one on paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<Confirmation>,
    /// What the register says of it; [`crate::filing`] compares.
    pub register: Register,
}

/// What the register says of the person of a filing, on the day of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Register {
    /// 被保険者証 as it holds now; `None` when none is registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<crate::qualification::InsuranceCertificate>,
    /// Other filings of the person that are undecided or accepted, latest first.
    #[serde(default)]
    pub others: Vec<FilingEntry>,
}

/// 受理, 差戻し.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecideRequest {
    /// Which.
    pub number: FilingNumber,
    /// The version the clerk had on the screen.
    pub version: u32,
    /// What.
    pub decision: Decision,
}

/// What a clerk decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// 受理: plan office and date go onto the 被保険者証.
    Accept,
    /// 差戻し.
    Return {
        /// What is to be put right, in words for the office.
        reason: String,
    },
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecideResponse {
    /// It was done; also when the same decision is sent again.
    Saved(Box<InboxOpened>),
    /// Somebody was first; nothing was done.
    Conflict(Box<InboxOpened>),
}

/// A paper filing, entered by a clerk. The same key again answers the same entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperRequest {
    /// Made once by the clerk's browser.
    pub key: FilingKey,
    /// The content.
    pub filing: Filing,
    /// 窓口 or 郵送.
    pub way: FilingWay,
    /// 受付日.
    pub received_on: Date,
    /// What the clerk looked at, if the person came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
}
