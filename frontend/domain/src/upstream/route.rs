//! Paths of the upstream's interface, version 1.

/// Whether the upstream is there; no session needed.
pub const STATUS: &str = "/api/v1/status";
/// User ID and password → a ticket, and a one-time password is sent.
pub const SESSION_START: &str = "/api/v1/session/start";
/// Ticket and one-time password → a session.
pub const SESSION_OTP: &str = "/api/v1/session/otp";
/// Refresh token → a new session.
pub const SESSION_REFRESH: &str = "/api/v1/session/refresh";
/// Sign out.
pub const SESSION_END: &str = "/api/v1/session/end";
/// A challenge for a card.
pub const CARD_CHALLENGE: &str = "/api/v1/card/challenge";
/// The card's answer → a person and a viewing right.
pub const CARD_ASSERTION: &str = "/api/v1/card/assertion";
/// Typed numbers and consent → a person and a viewing right.
pub const PERSON_SEARCH: &str = "/api/v1/person/search";
/// The five kinds of qualification information.
pub const PERSON_QUALIFICATION: &str = "/api/v1/person/qualification";
/// What was registered of a person, and when.
pub const PERSON_HISTORY: &str = "/api/v1/person/history";
/// People seen today.
pub const PERSON_SEEN: &str = "/api/v1/person/seen";

/// All clients of the office.
pub const CLIENTS_LIST: &str = "/api/v1/clients/list";
/// Somebody who may be viewed becomes a client of the office.
pub const CLIENTS_ADD: &str = "/api/v1/clients/add";
/// Somebody is no client any more.
pub const CLIENTS_REMOVE: &str = "/api/v1/clients/remove";

/// All cases of the office's clients, or what is new.
pub const CASES_LIST: &str = "/api/v1/cases/list";
/// Every event of one person's cases.
pub const CASES_EVENTS: &str = "/api/v1/cases/events";
/// Records a consent.
pub const CONSENT_RECORD: &str = "/api/v1/consent/record";
/// The consents that concern this office.
pub const CONSENT_LIST: &str = "/api/v1/consent/list";
/// Withdraws a consent, at once.
pub const CONSENT_WITHDRAW: &str = "/api/v1/consent/withdraw";
/// Which documents of a person there are.
pub const DOCUMENTS_LIST: &str = "/api/v1/documents/list";
/// Opens a document.
pub const DOCUMENTS_OPEN: &str = "/api/v1/documents/open";
/// Whether an open document may stay open.
pub const DOCUMENTS_STILL: &str = "/api/v1/documents/still";
/// The municipality's queue.
pub const MUNICIPALITY_CASES: &str = "/api/v1/municipality/cases";
/// Enters facts into one case.
pub const MUNICIPALITY_ENTER: &str = "/api/v1/municipality/enter";
/// Enters many lines.
pub const MUNICIPALITY_BULK: &str = "/api/v1/municipality/bulk";
/// The record of viewings, for the office's administrator.
pub const AUDIT_LIST: &str = "/api/v1/audit/list";

/// Submits a 届出, exactly once a key.
pub const FILING_SUBMIT: &str = "/api/v1/filing/submit";
/// What became of keys.
pub const FILING_KEYS: &str = "/api/v1/filing/keys";
/// Gives a key up.
pub const FILING_VOID: &str = "/api/v1/filing/void";
/// The office's own filings.
pub const FILING_LIST: &str = "/api/v1/filing/list";
/// 取下げ.
pub const FILING_CANCEL: &str = "/api/v1/filing/cancel";
/// All that proves a filing.
pub const FILING_EVIDENCE: &str = "/api/v1/filing/evidence";
/// The municipality's inbox of 届出.
pub const MUNICIPALITY_FILINGS: &str = "/api/v1/municipality/filings";
/// One 届出 with the register's word.
pub const MUNICIPALITY_FILING: &str = "/api/v1/municipality/filing";
/// 受理, 差戻し.
pub const MUNICIPALITY_DECIDE: &str = "/api/v1/municipality/decide";
/// A 届出 on paper.
pub const MUNICIPALITY_PAPER: &str = "/api/v1/municipality/paper";

/// All of them.
pub const ALL: [&str; 36] = [
    STATUS,
    SESSION_START,
    SESSION_OTP,
    SESSION_REFRESH,
    SESSION_END,
    CARD_CHALLENGE,
    CARD_ASSERTION,
    PERSON_SEARCH,
    PERSON_QUALIFICATION,
    PERSON_HISTORY,
    PERSON_SEEN,
    CLIENTS_LIST,
    CLIENTS_ADD,
    CLIENTS_REMOVE,
    CONSENT_RECORD,
    CONSENT_LIST,
    CONSENT_WITHDRAW,
    DOCUMENTS_LIST,
    DOCUMENTS_OPEN,
    DOCUMENTS_STILL,
    AUDIT_LIST,
    CASES_LIST,
    CASES_EVENTS,
    MUNICIPALITY_CASES,
    MUNICIPALITY_ENTER,
    MUNICIPALITY_BULK,
    FILING_SUBMIT,
    FILING_KEYS,
    FILING_VOID,
    FILING_LIST,
    FILING_CANCEL,
    FILING_EVIDENCE,
    MUNICIPALITY_FILINGS,
    MUNICIPALITY_FILING,
    MUNICIPALITY_DECIDE,
    MUNICIPALITY_PAPER,
];
