//! Failed calls: the response codes of the draft, and the names of other DOMExceptions.

use std::borrow::Cow;

use crate::error::{CardError, Kind};

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    kind: Kind,
    reach: Reach,
    detail: Cow<'static, str>,
}

/// How far a failure reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// This call.
    Call,
    /// This protocol: the card may speak the other one.
    Protocol,
    /// The context and all that hangs on it.
    Context,
}

impl Fault {
    /// By the `responseCode` of a `SmartCardError` where there is one, and the DOMException's name otherwise.
    pub fn new(code: Option<&str>, name: &str, message: &str) -> Self {
        let (kind, reach) = match code {
            Some(code) => of_code(code),
            None => of_name(name),
        };
        let detail = [code.unwrap_or(name), ": ", message].concat();
        Self { kind, reach, detail: detail.into() }
    }

    /// The call did not end in time.
    pub(super) const fn late() -> Self {
        let detail = Cow::Borrowed("navigator.smartCard does not answer");
        Self { kind: Kind::Timeout, reach: Reach::Context, detail }
    }

    /// The provider answered something else than was asked.
    pub(super) const fn strange() -> Self {
        let detail = Cow::Borrowed("an answer to another question");
        Self { kind: Kind::Protocol, reach: Reach::Call, detail }
    }

    /// What a person can act on.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    pub(super) const fn reach(&self) -> Reach {
        self.reach
    }
}

impl From<Fault> for CardError {
    fn from(fault: Fault) -> Self {
        Self::new(fault.kind, fault.detail)
    }
}

/// `SmartCardResponseCode`, each a response code of PC/SC.
fn of_code(code: &str) -> (Kind, Reach) {
    match code {
        "no-smartcard" => (Kind::NoCard, Reach::Call),
        // Another card, the same one put back, or one that someone else has started anew.
        "removed-card" | "reset-card" | "unpowered-card" => (Kind::CardRemoved, Reach::Call),
        "proto-mismatch" => (Kind::CardMute, Reach::Protocol),
        "unresponsive-card" | "unsupported-card" => (Kind::CardMute, Reach::Call),
        "sharing-violation" | "server-too-busy" | "not-ready" => (Kind::Busy, Reach::Call),
        "reader-unavailable" | "unknown-reader" | "system-cancelled" => (Kind::Disconnected, Reach::Context),
        // No PC/SC at all: Smart Card Connector is missing or asleep.
        "no-service" => (Kind::ReaderNotFound, Reach::Context),
        "unsupported-feature" => (Kind::UnsupportedReader, Reach::Call),
        // "not-transacted", and what a later draft may add.
        _ => (Kind::Protocol, Reach::Call),
    }
}

fn of_name(name: &str) -> (Kind, Reach) {
    match name {
        "SecurityError" | "NotAllowedError" => (Kind::PermissionDenied, Reach::Call),
        // A handle that is not valid any more, a service that stopped, a system that shuts down.
        "InvalidStateError" | "AbortError" => (Kind::Disconnected, Reach::Context),
        _ => (Kind::Protocol, Reach::Call),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_draft_is_something_to_act_on() {
        let codes = [
            ("no-service", Kind::ReaderNotFound),
            ("no-smartcard", Kind::NoCard),
            ("not-ready", Kind::Busy),
            ("not-transacted", Kind::Protocol),
            ("proto-mismatch", Kind::CardMute),
            ("reader-unavailable", Kind::Disconnected),
            ("removed-card", Kind::CardRemoved),
            ("reset-card", Kind::CardRemoved),
            ("server-too-busy", Kind::Busy),
            ("sharing-violation", Kind::Busy),
            ("system-cancelled", Kind::Disconnected),
            ("unknown-reader", Kind::Disconnected),
            ("unpowered-card", Kind::CardRemoved),
            ("unresponsive-card", Kind::CardMute),
            ("unsupported-card", Kind::CardMute),
            ("unsupported-feature", Kind::UnsupportedReader),
        ];
        for (code, kind) in codes {
            assert_eq!(Fault::new(Some(code), "SmartCardError", "").kind(), kind, "{code}");
        }
    }

    #[test]
    fn other_exceptions_go_by_their_names() {
        let kind = |name| Fault::new(None, name, "why").kind();
        assert_eq!(kind("NotAllowedError"), Kind::PermissionDenied);
        assert_eq!(kind("SecurityError"), Kind::PermissionDenied);
        assert_eq!(kind("InvalidStateError"), Kind::Disconnected);
        assert_eq!(kind("UnknownError"), Kind::Protocol);
        let error = CardError::from(Fault::new(None, "UnknownError", "why"));
        assert_eq!(error.detail(), "UnknownError: why");
    }
}
