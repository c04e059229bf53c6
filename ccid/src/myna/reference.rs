//! The three secrets of a person that this program may present, and what each failing is called.

use super::guard::{ATTRIBUTES_PIN, AUTH_PIN, NUMBER_B};
use crate::error::Kind;

/// A secret that the card compares (reference data of ISO/IEC 7816-4 §11.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reference {
    /// 利用者証明用暗証番号, 3 tries.
    AuthPin,
    /// 券面事項入力補助用暗証番号, 3 tries.
    AttributesPin,
    /// 照合番号B, 10 tries.
    NumberB,
}

impl Reference {
    /// Its file in its application.
    pub(super) const fn file(self) -> u16 {
        match self {
            Self::AuthPin => AUTH_PIN,
            Self::AttributesPin => ATTRIBUTES_PIN,
            Self::NumberB => NUMBER_B,
        }
    }

    pub(super) const fn wrong(self) -> Kind {
        match self {
            Self::AuthPin => Kind::WrongPin,
            Self::AttributesPin => Kind::WrongAttributesPin,
            Self::NumberB => Kind::WrongNumberB,
        }
    }

    pub(super) const fn blocked(self) -> Kind {
        match self {
            Self::AuthPin => Kind::PinBlocked,
            Self::AttributesPin => Kind::AttributesPinBlocked,
            Self::NumberB => Kind::NumberBBlocked,
        }
    }

    /// When the card knows no such secret.
    pub(super) const fn missing(self) -> Kind {
        match self {
            Self::AuthPin | Self::AttributesPin => Kind::NoPin,
            Self::NumberB => Kind::NoAttributes,
        }
    }
}
