//! Being found and selected, Type B (ISO/IEC 14443-3 §7).

use super::{Activation, Picc, Said, State, clock::frame_us};

const REQUEST: u8 = 0x05;
const ATTRIB: u8 = 0x1D;
const HALT: u8 = 0x50;
/// PARAM of a request: wake up, and "an extended ATQB is understood".
const WAKE: u8 = 0x08;
const EXTENDED: u8 = 0x10;

/// What is remembered of the search.
#[derive(Debug, Default)]
pub(super) struct TypeB {
    pupi: [u8; 4],
    /// The slot in which it answers, from 1; 0 when it has answered.
    slot: u8,
    extended: bool,
}

impl Picc {
    pub(super) fn request_b(&mut self, frame: &[u8], bits: u8) -> Option<Said> {
        if bits & 7 != 0 {
            return None;
        }
        match (self.state, frame) {
            (_, [REQUEST, afi, parameter]) => self.requested(*afi, *parameter),
            (State::Ready, [marker]) if marker & 0x0F == REQUEST => {
                if self.type_b.slot == 0 || self.type_b.slot != (marker >> 4) + 1 {
                    return None;
                }
                self.type_b.slot = 0;
                self.say(self.atqb(), true)
            }
            (State::Ready, [ATTRIB, a, b, c, d, p1, p2, p3, p4, higher @ ..])
                if self.type_b.slot == 0 && [*a, *b, *c, *d] == self.type_b.pupi =>
            {
                self.attributes([*p1, *p2, *p3, *p4], higher)
            }
            (State::Ready, [HALT, pupi @ ..]) if *pupi == self.type_b.pupi => {
                self.state = State::Halt;
                self.say(vec![0x00], true)
            }
            _ => None,
        }
    }

    fn requested(&mut self, afi: u8, parameter: u8) -> Option<Said> {
        let slots = match parameter & 7 {
            n @ 0..=4 => 1 << n,
            _ => {
                self.violate("REQB with a number of slots that does not exist");
                return None;
            }
        };
        if self.state == State::Halt && parameter & WAKE == 0 {
            return None;
        }
        if afi != 0 && afi != self.options.afi {
            return None;
        }
        self.state = State::Ready;
        self.type_b.pupi = self.options.pupi.unwrap_or_else(|| self.random.four());
        self.type_b.extended = self.options.extended_atqb && parameter & EXTENDED != 0;
        let slot = u8::try_from(self.random.below(slots) + 1).unwrap_or(1);
        self.type_b.slot = if slot == 1 { 0 } else { slot };
        if self.type_b.slot == 0 { self.say(self.atqb(), true) } else { None }
    }

    fn attributes(&mut self, [timing, speeds, protocol, cid]: [u8; 4], higher: &[u8]) -> Option<Said> {
        let wrong = [
            (timing & 0x03 != 0, "ATTRIB with reserved bits in its first parameter"),
            (speeds & 0xF0 != 0, "ATTRIB asks for another bit rate"),
            (protocol != 0x01, "ATTRIB confirms another protocol type"),
            (cid & 0xF0 != 0 || cid == 15, "ATTRIB with a CID that does not exist"),
            (cid != 0 && !self.options.cid, "ATTRIB with a CID for a card without"),
        ];
        if let Some((_, what)) = wrong.into_iter().find(|(wrong, _)| *wrong) {
            self.violate(what);
            return None;
        }
        if !higher.is_empty() {
            self.violate("ATTRIB with a higher layer's data");
        }
        self.state = State::Protocol;
        self.blocks.begin(speeds & 0x0F, cid);
        self.say(vec![cid], true)
    }

    fn atqb(&self) -> Vec<u8> {
        let options = &self.options;
        let mut atqb = vec![0x50];
        atqb.extend(self.type_b.pupi);
        atqb.extend(options.application);
        atqb.extend([options.rates, options.fsci << 4 | 0x01, options.fwi << 4 | u8::from(options.cid)]);
        if self.type_b.extended {
            atqb.push(options.sfgi << 4);
        }
        atqb
    }

    pub(super) fn activate_b(&mut self, layer_four: bool, fsdi: u8) -> Option<Activation> {
        if self.state == State::Protocol {
            return None;
        }
        let mut micros = 0;
        let mut step = |picc: &mut Self, frame: &[u8]| {
            let said = picc.request_b(frame, 0)?;
            let kind = picc.options.kind;
            micros += u64::from(frame_us(kind, frame.len(), 0, true))
                + u64::from(said.wait_us)
                + u64::from(frame_us(kind, said.frame.len(), 0, true));
            Some(said.frame)
        };
        let answer = step(self, &[REQUEST, 0, WAKE])?;
        let pupi = self.type_b.pupi;
        if layer_four {
            step(self, &[&[ATTRIB], &pupi[..], &[0x00, fsdi & 0x0F, 0x01, 0x00]].concat())?;
        }
        Some(Activation { identifier: pupi.to_vec(), answer, micros })
    }
}
