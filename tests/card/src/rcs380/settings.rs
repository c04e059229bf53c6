//! What the host has set, checked as it comes.

use crate::picc::RadioKind;

/// InSetRF for 106 kbit/s, Type A and Type B.
const RF_A: [u8; 4] = [0x02, 0x03, 0x0F, 0x03];
const RF_B: [u8; 4] = [0x03, 0x07, 0x0F, 0x07];
/// Keys of InSetProtocol.
const KEYS: usize = 0x14;
const ADD_CRC: usize = 0x01;
const CHECK_CRC: usize = 0x02;
const CHECK_PARITY: usize = 0x05;
const LAST_BITS: usize = 0x07;
/// Start and end of frame, added and checked.
const ENDS: [usize; 4] = [0x09, 0x0A, 0x0B, 0x0C];

/// How frames go out now.
#[derive(Debug, PartialEq)]
pub(super) struct Radio {
    pub(super) kind: RadioKind,
    /// Whether a CRC is added and checked.
    pub(super) crc: bool,
    /// Valid bits of the last byte, 0 for all.
    pub(super) bits: u8,
}

/// The reader's settings.
#[derive(Debug, Default)]
pub(super) struct Settings {
    typed: bool,
    kind: Option<RadioKind>,
    /// Values by key; none until the host has set them all once after InSetRF.
    keys: [Option<u8>; KEYS],
    pub(super) field: bool,
}

impl Settings {
    pub(super) fn set_type(&mut self, data: &[u8]) -> Result<(), &'static str> {
        self.typed = data == [1];
        if self.typed { Ok(()) } else { Err("a command type that is not used") }
    }

    pub(super) fn set_rf(&mut self, data: &[u8]) -> Result<(), &'static str> {
        if !self.typed {
            return Err("InSetRF before SetCommandType");
        }
        self.keys = [None; KEYS];
        self.kind = match data {
            _ if data == RF_A => Some(RadioKind::A),
            _ if data == RF_B => Some(RadioKind::B),
            _ => return Err("InSetRF with unknown values"),
        };
        Ok(())
    }

    pub(super) fn set_protocol(&mut self, data: &[u8]) -> Result<(), &'static str> {
        if self.kind.is_none() {
            return Err("InSetProtocol before InSetRF");
        }
        if data.is_empty() || !data.len().is_multiple_of(2) {
            return Err("InSetProtocol without pairs");
        }
        for pair in data.chunks(2) {
            let key = usize::from(pair[0]);
            match self.keys.get_mut(key) {
                Some(value) if key != 0x0D => *value = Some(pair[1]),
                _ => return Err("InSetProtocol with an unknown key"),
            }
        }
        Ok(())
    }

    /// How frames go out; `None` while something is not set or does not fit together.
    pub(super) fn radio(&self) -> Option<Radio> {
        let all = (0..KEYS).filter(|key| *key != 0x0D).all(|key| self.keys[key].is_some());
        let kind = self.kind.filter(|_| all)?;
        let is = |key: usize, value: u8| self.keys[key] == Some(value);
        let ends = if kind == RadioKind::B { 1 } else { 0 };
        let parity = if kind == RadioKind::B { 0 } else { 1 };
        let crc = is(ADD_CRC, 1);
        if !ENDS.iter().all(|key| is(*key, ends))
            || !is(CHECK_PARITY, parity)
            || !is(CHECK_CRC, u8::from(crc))
        {
            return None;
        }
        let bits = self.keys[LAST_BITS].filter(|bits| matches!(bits, 1..=8))? % 8;
        Some(Radio { kind, crc, bits })
    }
}
