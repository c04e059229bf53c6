//! Port-100 commands: what the reader is told and what it says of a card's answer.

use zeroize::Zeroizing;

use super::RadioError;
use crate::error::{CardError, Kind};
use crate::iso14443::{Form, Technology};

/// Which way the reader modulates; its field comes with the first frame.
pub(super) const IN_SET_RF: u8 = 0x00;
/// Settings: key, value, key, value, …
pub(super) const IN_SET_PROTOCOL: u8 = 0x02;
/// A frame to the card, and its answer.
pub(super) const IN_COMM_RF: u8 = 0x04;
/// Field off (0) or on (1).
pub(super) const SWITCH_RF: u8 = 0x06;
/// The firmware's version.
pub(super) const GET_FIRMWARE_VERSION: u8 = 0x20;
/// Which sets of commands the reader knows.
pub(super) const GET_COMMAND_TYPE: u8 = 0x28;
/// Which of these is spoken.
pub(super) const SET_COMMAND_TYPE: u8 = 0x2A;

/// Every setting as the reader has it at first: known drivers write them all before their own.
pub(super) const DEFAULTS: [u8; 38] = [
    0x00, 0x18, 0x01, 0x01, 0x02, 0x01, 0x03, 0x00, 0x04, 0x00, 0x05, 0x00, 0x06, 0x00, 0x07, 0x08, 0x08,
    0x00, 0x09, 0x00, 0x0A, 0x00, 0x0B, 0x00, 0x0C, 0x00, 0x0E, 0x04, 0x0F, 0x00, 0x10, 0x00, 0x11, 0x00,
    0x12, 0x00, 0x13, 0x06,
];

/// 106 kbit/s both ways.
pub(super) const fn rf(technology: Technology) -> &'static [u8] {
    match technology {
        Technology::A => &[0x02, 0x03, 0x0F, 0x03],
        Technology::B => &[0x03, 0x07, 0x0F, 0x07],
    }
}

/// On top of the defaults. Keys: 00 guard time before the first frame, 01 and 02 add and check CRC, 04 and 05
/// add and check parity, 07 valid bits of the last byte, 09 to 0C add and check start and end of frame.
pub(super) const fn protocol(technology: Technology, form: Form) -> &'static [u8] {
    match (technology, form) {
        (Technology::B, _) => &[0x00, 0x14, 0x09, 0x01, 0x0A, 0x01, 0x0B, 0x01, 0x0C, 0x01],
        (_, Form::Short) => &[0x00, 0x06, 0x01, 0x00, 0x02, 0x00, 0x04, 0x00, 0x05, 0x01, 0x07, 0x07],
        (_, Form::Bare) => &[0x01, 0x00, 0x02, 0x00, 0x04, 0x01, 0x05, 0x01, 0x07, 0x08],
        (_, Form::Standard) => &[0x01, 0x01, 0x02, 0x01, 0x04, 0x01, 0x05, 0x01, 0x07, 0x08],
    }
}

/// The data of InCommRF: the card's time in steps of 0.1 ms, little-endian, and the frame.
pub(super) fn in_comm_rf(frame: &[u8], wait: u32) -> Zeroizing<Vec<u8>> {
    // 0 would mean for ever; one millisecond more is what known drivers add.
    let steps = (wait / 1000).saturating_add(1).saturating_mul(10);
    let mut data = Zeroizing::new(Vec::with_capacity(frame.len() + 2));
    data.extend_from_slice(&u16::try_from(steps).unwrap_or(u16::MAX).to_le_bytes());
    data.extend_from_slice(frame);
    data
}

/// The status of InCommRF: protocol, parity, CRC, collision, overflow, length.
const NOISE: u32 = 0x8000_001F;
/// Nothing came in time.
const SILENCE: u32 = 0x0000_0080;
/// The field is off.
const FIELD_OFF: u32 = 0x0000_0400;

/// Reads the answer to InCommRF: status, valid bits of the last byte, the card's frame.
pub(super) fn heard(mut answer: Vec<u8>) -> Result<Vec<u8>, RadioError> {
    let Some((&status, rest)) = answer.split_first_chunk() else { return Err(RadioError::Garbled) };
    match u32::from_le_bytes(status) {
        0 => match rest.first() {
            Some(0 | 8) => {
                answer.drain(..5);
                Ok(answer)
            }
            _ => Err(RadioError::Garbled),
        },
        status if status & SILENCE != 0 => Err(RadioError::Silent),
        status if status & FIELD_OFF != 0 => {
            Err(CardError::new(Kind::CardRemoved, "the reader's field is off").into())
        }
        status if status & NOISE != 0 => Err(RadioError::Garbled),
        status => {
            let detail = format!("RC-S380 status {status:08X}");
            Err(CardError::new(Kind::Protocol, detail).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_reader_waits_as_long_as_the_card_may_take() {
        assert_eq!(in_comm_rf(&[5, 0, 0x10], 30_000)[..], [0x36, 0x01, 5, 0, 0x10]);
        assert_eq!(in_comm_rf(&[], 2_478_141)[..], [0xD6, 0x60]);
        assert_eq!(in_comm_rf(&[], 0)[..], [10, 0], "never without end");
        assert_eq!(in_comm_rf(&[], u32::MAX)[..], [0xFF, 0xFF]);
    }

    #[test]
    fn every_status_has_its_meaning() {
        let status = |bits: u32| heard(bits.to_le_bytes().to_vec());
        assert_eq!(status(0x80), Err(RadioError::Silent));
        for bits in [1, 2, 4, 8, 0x10, 0x8000_0000] {
            assert_eq!(status(bits), Err(RadioError::Garbled), "{bits:X}");
        }
        for (bits, kind) in [(0x40, Kind::Protocol), (0x200, Kind::Protocol), (0x400, Kind::CardRemoved)] {
            assert!(matches!(status(bits), Err(RadioError::Lost(error)) if error.kind() == kind), "{bits:X}");
        }
        assert_eq!(status(0), Err(RadioError::Garbled), "a good answer has its last byte's bits");
        assert_eq!(heard(vec![0, 0, 0, 0, 4, 0x0A]), Err(RadioError::Garbled), "half a byte");
        assert_eq!(heard(vec![0, 0, 0, 0, 8, 0x90, 0]), Ok(vec![0x90, 0]));
    }

    proptest! {
        #[test]
        fn any_answer_is_read_or_refused(answer in proptest::collection::vec(any::<u8>(), 0..12)) {
            let length = answer.len();
            if let Ok(frame) = heard(answer) {
                prop_assert_eq!(frame.len() + 5, length);
            }
        }
    }
}
