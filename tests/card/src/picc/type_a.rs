//! Being found and selected, Type A (ISO/IEC 14443-3 §6), and RATS (ISO/IEC 14443-4 §5).

use super::{Activation, Picc, Said, State, clock::frame_us};

const REQA: u8 = 0x26;
const WUPA: u8 = 0x52;
const RATS: u8 = 0xE0;
const CASCADE: u8 = 0x88;
/// SEL of the two cascade levels known here.
const SELECT: [u8; 2] = [0x93, 0x95];

/// What is remembered of the search.
#[derive(Debug, Default)]
pub(super) struct TypeA {
    /// The cascade level that comes next.
    level: usize,
    /// Whether it was halted before: it goes back there.
    woken: bool,
}

/// Whether it is a frame of the anticollision loop, which has no CRC.
pub(super) fn is_anticollision(frame: &[u8]) -> bool {
    matches!(frame, [0x93 | 0x95 | 0x97, nvb, ..] if *nvb != 0x70)
}

impl Picc {
    pub(super) fn request_a(&mut self, frame: &[u8], bits: u8) -> Option<Said> {
        if let ([command @ (REQA | WUPA)], 7) = (frame, bits & 7) {
            return self.woken(*command);
        }
        if bits & 7 != 0 {
            return self.back_a();
        }
        match (self.state, frame) {
            (State::Ready, [select, nvb, known @ ..]) if SELECT.get(self.type_a.level) == Some(select) => {
                self.selected(*nvb, known)
            }
            (State::Active, [0x50, 0x00]) => {
                self.state = State::Halt;
                None
            }
            (State::Active, [RATS, parameter]) => self.rats(*parameter),
            _ => self.back_a(),
        }
    }

    fn woken(&mut self, command: u8) -> Option<Said> {
        match (self.state, command) {
            (State::Idle, _) => self.type_a.woken = false,
            (State::Halt, WUPA) => self.type_a.woken = true,
            (State::Halt, _) => return None,
            _ => return self.back_a(),
        }
        self.state = State::Ready;
        self.type_a.level = 0;
        self.say(self.atqa().to_vec(), false)
    }

    /// A frame that does not belong here sends the card back to where it was woken.
    fn back_a(&mut self) -> Option<Said> {
        if matches!(self.state, State::Ready | State::Active) {
            self.state = if self.type_a.woken { State::Halt } else { State::Idle };
        }
        None
    }

    fn selected(&mut self, nvb: u8, known: &[u8]) -> Option<Said> {
        let part = self.part(self.type_a.level);
        match nvb {
            0x70 if known == part => {
                self.type_a.level += 1;
                if self.type_a.level < self.levels() {
                    return self.say(vec![0x04], true);
                }
                self.state = State::Active;
                self.say(vec![0x20], true)
            }
            // Whole bytes only: one card in the field makes no collision within a byte.
            0x20 | 0x30 | 0x40 | 0x50 | 0x60 if usize::from(nvb >> 4) == 2 + known.len() => {
                match part.strip_prefix(known) {
                    Some(rest) => self.say(rest.to_vec(), false),
                    None => self.back_a(),
                }
            }
            _ => self.back_a(),
        }
    }

    fn rats(&mut self, parameter: u8) -> Option<Said> {
        let (fsdi, cid) = (parameter >> 4, parameter & 0x0F);
        if cid == 15 {
            self.violate("RATS with CID 15");
            return self.back_a();
        }
        self.state = State::Protocol;
        self.blocks.begin(fsdi, cid);
        self.say(self.ats(), true)
    }

    fn atqa(&self) -> [u8; 2] {
        [if self.levels() > 1 { 0x44 } else { 0x04 }, 0x00]
    }

    fn levels(&self) -> usize {
        if self.options.uid.len() > 4 { 2 } else { 1 }
    }

    /// UID and check byte of a cascade level.
    fn part(&self, level: usize) -> Vec<u8> {
        let uid = &self.options.uid;
        let mut part = match (self.levels(), level) {
            (1, _) => uid.clone(),
            (_, 0) => [&[CASCADE][..], uid.get(..3).unwrap_or_default()].concat(),
            _ => uid.get(3..).unwrap_or_default().to_vec(),
        };
        part.push(part.iter().fold(0, |sum, byte| sum ^ byte));
        part
    }

    fn ats(&self) -> Vec<u8> {
        let options = &self.options;
        let mut ats = vec![0, options.fsci & 0x0F];
        if options.interface_bytes {
            ats[1] |= 0x70;
            ats.extend([0x00, options.fwi << 4 | options.sfgi & 0x0F, if options.cid { 0x02 } else { 0 }]);
        }
        ats.extend(&options.historical);
        ats[0] = u8::try_from(ats.len()).unwrap_or(u8::MAX);
        ats
    }

    pub(super) fn activate_a(&mut self, layer_four: bool, fsdi: u8) -> Option<Activation> {
        if self.state == State::Protocol {
            return None;
        }
        let wake = |state| if state == State::Halt { WUPA } else { REQA };
        let mut micros = 0;
        let mut step = |picc: &mut Self, frame: &[u8], bits: u8, crc: bool| {
            let said = picc.request_a(frame, bits)?;
            let kind = picc.options.kind;
            micros += u64::from(frame_us(kind, frame.len(), bits, crc))
                + u64::from(said.wait_us)
                + u64::from(frame_us(kind, said.frame.len(), 0, said.crc));
            Some(said.frame)
        };
        if matches!(self.state, State::Ready | State::Active) {
            self.back_a();
        }
        step(self, &[wake(self.state)], 7, false)?;
        for (level, select) in (0..self.levels()).zip(SELECT) {
            step(self, &[select, 0x20], 0, false)?;
            step(self, &[&[select, 0x70], &self.part(level)[..]].concat(), 0, true)?;
        }
        let answer = if layer_four { step(self, &[RATS, fsdi << 4], 0, true)? } else { Vec::new() };
        Some(Activation { identifier: self.options.uid.clone(), answer, micros })
    }
}
