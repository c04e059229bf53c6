//! What can go wrong between the screen and the card.
//!
//! Pipes fail with [`UsbError`]; everything above them fails with [`CardError`], whose [`Kind`] is what a
//! person can act on. Each kind has one stable code (`CARD-021`), by which the app finds the words. The
//! detail is for the help desk: it names readers, status words and steps, never a person and never a PIN.

use std::borrow::Cow;
use std::fmt;

use crate::apdu::StatusWord;
use crate::usb::UsbError;

/// What a person can act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// No reader is connected.
    ReaderNotFound,
    /// The person closed the list of readers without choosing one.
    NotChosen,
    /// The reader's only interface is one the browser keeps to itself (class 0x0B).
    ProtectedClass,
    /// The reader is known or recognised, but not one this program can drive.
    UnsupportedReader,
    /// Another program holds the reader.
    Busy,
    /// The reader was unplugged.
    Disconnected,
    /// The reader did not answer in time.
    Timeout,
    /// The browser or the system refuses to open the reader.
    PermissionDenied,
    /// The reader or the card said something the rules do not know.
    Protocol,
    /// This browser has no WebUSB.
    NoWebUsb,
    /// There is no card on the reader.
    NoCard,
    /// The card was taken away half-way.
    CardRemoved,
    /// There is a card, but it does not answer.
    CardMute,
    /// It is not a My Number card.
    OtherCard,
    /// A My Number card without 利用者証明用電子証明書.
    NoCertificate,
    /// 住民基本台帳カード, the card before it.
    OldCard,
    /// A telephone (スマホ用電子証明書): its certificate opens only after the PIN and is of another kind.
    Phone,
    /// A card of the JPKI of a kind that this program does not know: a later generation perhaps.
    UnknownCard,
    /// The card does not give the four attributes (基本4情報).
    NoAttributes,
    /// The PIN is wrong; [`CardError::tries`] tells how many are left.
    WrongPin,
    /// The PIN is blocked.
    PinBlocked,
    /// It is not known whether the card took the PIN. Never retried.
    PinUnknown,
    /// The card did not sign.
    SignatureRefused,
    /// One try is left and consent was not given: nothing was sent.
    LastTry,
    /// The card seems to be one without a PIN (顔認証マイナンバーカード).
    NoPin,
    /// The PIN of 券面事項入力補助 is wrong.
    WrongAttributesPin,
    /// The PIN of 券面事項入力補助 is blocked.
    AttributesPinBlocked,
    /// 照合番号B is wrong.
    WrongNumberB,
    /// 照合番号B is blocked.
    NumberBBlocked,
    /// The allow-list stopped a command.
    Forbidden,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 30] = [
        Self::ReaderNotFound,
        Self::NotChosen,
        Self::ProtectedClass,
        Self::UnsupportedReader,
        Self::Busy,
        Self::Disconnected,
        Self::Timeout,
        Self::PermissionDenied,
        Self::Protocol,
        Self::NoWebUsb,
        Self::NoCard,
        Self::CardRemoved,
        Self::CardMute,
        Self::OtherCard,
        Self::NoCertificate,
        Self::OldCard,
        Self::Phone,
        Self::UnknownCard,
        Self::NoAttributes,
        Self::WrongPin,
        Self::PinBlocked,
        Self::PinUnknown,
        Self::SignatureRefused,
        Self::LastTry,
        Self::NoPin,
        Self::WrongAttributesPin,
        Self::AttributesPinBlocked,
        Self::WrongNumberB,
        Self::NumberBBlocked,
        Self::Forbidden,
    ];

    /// The stable code of the error catalogue.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ReaderNotFound => "CARD-001",
            Self::NotChosen => "CARD-002",
            Self::ProtectedClass | Self::UnsupportedReader => "CARD-003",
            Self::Busy => "CARD-004",
            Self::Disconnected => "CARD-005",
            Self::Timeout => "CARD-006",
            Self::PermissionDenied => "CARD-007",
            Self::Protocol => "CARD-008",
            Self::NoWebUsb => "CARD-009",
            Self::NoCard => "CARD-011",
            Self::CardRemoved => "CARD-012",
            Self::CardMute => "CARD-013",
            Self::OtherCard => "CARD-014",
            Self::NoCertificate => "CARD-015",
            Self::OldCard => "CARD-016",
            Self::Phone => "CARD-017",
            Self::UnknownCard => "CARD-018",
            Self::NoAttributes => "CARD-019",
            Self::WrongPin => "CARD-021",
            Self::PinBlocked => "CARD-022",
            Self::PinUnknown => "CARD-023",
            Self::SignatureRefused => "CARD-024",
            Self::LastTry => "CARD-025",
            Self::NoPin => "CARD-026",
            Self::WrongAttributesPin => "CARD-031",
            Self::AttributesPinBlocked => "CARD-032",
            Self::WrongNumberB => "CARD-033",
            Self::NumberBBlocked => "CARD-034",
            Self::Forbidden => "CARD-090",
        }
    }
}

/// A failure of a reader or a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardError {
    kind: Kind,
    cause: Option<Kind>,
    status: Option<StatusWord>,
    tries: Option<u8>,
    detail: Cow<'static, str>,
}

impl CardError {
    /// A failure of this kind, with a detail for the help desk.
    pub fn new(kind: Kind, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, cause: None, status: None, tries: None, detail: detail.into() }
    }

    /// A failure that a status word of the card tells.
    pub fn of_status(kind: Kind, status: StatusWord, doing: &'static str) -> Self {
        let detail = format!("{doing}: {status}");
        Self { status: Some(status), ..Self::new(kind, detail) }
    }

    /// The same, with the tries left on the PIN.
    #[must_use]
    pub fn with_tries(self, tries: u8) -> Self {
        Self { tries: Some(tries), ..self }
    }

    /// A failure of this kind that another one led to.
    pub fn caused_by(kind: Kind, cause: &Self) -> Self {
        Self { kind, cause: Some(cause.kind), ..cause.clone() }
    }

    /// What a person can act on.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The stable code of the error catalogue, `CARD-nnn`.
    pub const fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// The failure that led to this one, for [`Kind::PinUnknown`].
    pub const fn cause(&self) -> Option<Kind> {
        self.cause
    }

    /// The card's status word, when the card told the failure.
    pub const fn status(&self) -> Option<StatusWord> {
        self.status
    }

    /// Tries left on the PIN, when the card said so.
    pub const fn tries(&self) -> Option<u8> {
        self.tries
    }

    /// For the help desk: never personal data.
    pub fn detail(&self) -> &str {
        &self.detail
    }
}

impl fmt::Display for CardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}: {}", self.code(), self.kind, self.detail)
    }
}

impl std::error::Error for CardError {}

impl From<UsbError> for CardError {
    fn from(error: UsbError) -> Self {
        let kind = match error {
            UsbError::Disconnected => Kind::Disconnected,
            UsbError::Busy => Kind::Busy,
            UsbError::PermissionDenied => Kind::PermissionDenied,
            UsbError::ProtectedClass => Kind::ProtectedClass,
            UsbError::Timeout => Kind::Timeout,
            UsbError::NotFound => Kind::ReaderNotFound,
            UsbError::Stall | UsbError::Other(_) => Kind::Protocol,
        };
        Self::new(kind, error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_code_and_only_unsupported_readers_share_one() {
        let mut codes: Vec<_> = Kind::ALL.iter().map(|kind| kind.code()).collect();
        codes.sort_unstable();
        let all = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), all - 1);
        assert!(codes.iter().all(|code| code.len() == 8 && code.starts_with("CARD-")));
    }

    #[test]
    fn a_cause_is_kept_and_the_kind_replaced() {
        let cause = CardError::from(UsbError::Disconnected);
        let error = CardError::caused_by(Kind::PinUnknown, &cause);
        assert_eq!((error.kind(), error.cause()), (Kind::PinUnknown, Some(Kind::Disconnected)));
        assert_eq!(error.code(), "CARD-023");
    }
}
