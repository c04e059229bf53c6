//! What commands do: settings, and frames on the air.

use super::VirtualRcs380;
use crate::picc::{Picc, Quality, carries_crc};

/// Statuses of a frame: nothing came in time.
pub(super) const TIMEOUT: u32 = 0x80;
const CRC_ERROR: u32 = 0x04;
const COLLISION: u32 = 0x08;
const NO_SETTINGS: u32 = 0x01;
/// Statuses of a setting.
const DONE: u8 = 0;
const PARAMETER: u8 = 1;

impl VirtualRcs380 {
    /// What a command does; its answer. `None` when it is not known.
    pub(super) fn execute(&mut self, command: u8, data: &[u8]) -> Option<Vec<u8>> {
        let status = |result: Result<(), &'static str>, violations: &mut Vec<&'static str>| match result {
            Ok(()) => vec![DONE],
            Err(what) => {
                violations.push(what);
                vec![PARAMETER]
            }
        };
        let violations = &mut self.violations;
        Some(match (command, data) {
            (0x00, _) => status(self.settings.set_rf(data), violations),
            (0x02, _) => status(self.settings.set_protocol(data), violations),
            (0x04, &[low, high, ref frame @ ..]) => {
                let (status, heard) = self.exchange(u16::from_le_bytes([low, high]), frame);
                let heard = heard.map(|frame| [&[8], &frame[..]].concat());
                [&status.to_le_bytes()[..], &heard.unwrap_or_default()].concat()
            }
            (0x06, [on @ 0..=1]) => {
                self.field(*on == 1);
                vec![DONE]
            }
            (0x20, []) => vec![0x11, 0x01],
            (0x28, []) => vec![0, 0, 0, 0, 0, 0, 0, 3],
            (0x2A, [0 | 1]) => status(self.settings.set_type(data), violations),
            _ => return None,
        })
    }

    /// One frame on the air.
    fn exchange(&mut self, steps: u16, frame: &[u8]) -> (u32, Option<Vec<u8>>) {
        if steps == 0 {
            self.violations.push("a frame that is waited for without end");
        }
        let Some(radio) = self.settings.radio() else {
            self.violations.push("a frame before the settings for it");
            return (NO_SETTINGS, None);
        };
        self.field(true);
        let limit = u64::from(steps) * 100;
        let silence = |reader: &mut Self| {
            reader.passed(limit);
            (TIMEOUT, None)
        };
        let Some(picc) = self.picc.as_mut().filter(|picc| picc.options().kind == radio.kind) else {
            return silence(self);
        };
        if radio.crc != carries_crc(radio.kind, frame, radio.bits) {
            self.violations.push("the CRC settings do not fit the frame");
            return silence(self);
        }
        let searched = !picc.is_activated();
        let Some(heard) = picc.receive(frame, radio.bits) else { return silence(self) };
        if u64::from(heard.wait_us) > limit {
            return silence(self);
        }
        self.passed(heard.micros());
        match heard.quality {
            _ if searched && self.crowded => (if radio.crc { CRC_ERROR } else { COLLISION }, None),
            Quality::Garbled => (CRC_ERROR, None),
            Quality::Good => (0, Some(heard.frame)),
        }
    }

    fn passed(&mut self, micros: u64) {
        self.took = micros;
        self.clock += micros;
    }

    pub(super) fn field(&mut self, on: bool) {
        self.settings.field = on;
        if let Some(picc) = &mut self.picc {
            picc.field(on);
        }
    }

    /// The instruction byte of the command that a frame begins.
    pub(super) fn instruction(&mut self, command: u8, data: &[u8]) -> Option<u8> {
        let active = self.picc.as_ref().is_some_and(Picc::is_activated);
        match *data {
            [_, _, control, _, instruction, ..] if command == 0x04 && active && control & 0xE2 == 0x02 => {
                let goes_on = std::mem::replace(&mut self.chained, control & 0x10 != 0);
                (!goes_on).then_some(instruction)
            }
            _ => None,
        }
    }
}
