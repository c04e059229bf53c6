//! Contactless cards (ISO/IEC 14443-3): the frames that wake one card up, and what it says of itself.
//!
//! Frames stand here without CRC, parity and start and end of frame: the reader adds and checks these. What
//! is sent when, and over which reader, is [`reader::radio`](crate::reader::radio)'s affair.

mod timing;
pub mod type_a;
pub mod type_b;

pub use timing::{ACTIVATION_WAIT, LONGEST_WAIT, frame_size, guard_time, waiting_time};

use std::fmt;

/// The two signal interfaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Technology {
    /// Type A.
    A,
    /// Type B, the My Number card's.
    B,
}

/// How a frame is put on the air.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Seven bits of one byte, no CRC: REQA.
    Short,
    /// Whole bytes, no CRC either way: anticollision.
    Bare,
    /// Whole bytes with CRC.
    Standard,
}

/// What host and card keep to once the card is active.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// FSC: the longest frame the card takes, CRC included.
    pub frame: u16,
    /// FWT with its margin: how long the card may take for a block, microseconds.
    pub wait: u32,
    /// SFGT: how long it must be left alone after its activation, microseconds.
    pub guard: u32,
}

/// A card that is active and waits for its first block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activated {
    /// What to keep to.
    pub link: Link,
    /// The ATR a PC/SC reader would make of it (PC/SC part 3 §3.1.3.2.3).
    pub atr: Vec<u8>,
}

/// Why an answer to an activation frame is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Not the form of this answer: several cards answered at once, or noise.
    Form,
    /// The check byte of the identifier is wrong: the same.
    Check,
    /// A card, but none that speaks ISO/IEC 14443-4.
    OtherProtocol,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "an answer of another form",
            Self::Check => "an identifier with a wrong check byte",
            Self::OtherProtocol => "a card that does not speak ISO/IEC 14443-4",
        })
    }
}

impl std::error::Error for Unreadable {}

/// The ATR of a contactless card: T=0 and T=1 by convention, these historical bytes (at most 15), check byte.
pub fn contactless_atr(historical: &[u8]) -> Vec<u8> {
    let historical = historical.get(..15).unwrap_or(historical);
    let count = u8::try_from(historical.len()).unwrap_or(0);
    let mut atr = vec![0x3B, 0x80 | count, 0x80, 0x01];
    atr.extend_from_slice(historical);
    let check = atr.iter().skip(1).fold(0, |sum, byte| sum ^ byte);
    atr.push(check);
    atr
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atr::Atr;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_contactless_atr_is_one(historical in proptest::collection::vec(any::<u8>(), 0..20)) {
            let atr = Atr::parse(&contactless_atr(&historical)).unwrap();
            prop_assert_eq!(atr.historical(), &historical[..historical.len().min(15)]);
            prop_assert!(atr.offers(1));
        }
    }
}
