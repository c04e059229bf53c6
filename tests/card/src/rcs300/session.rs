//! The transparent session in front of a card's radio.

use super::command::{Command, Object, object, status};
use super::variant::{FlagByte, Prologue, Switch, Variant};
use crate::picc::{Activation, Answer, Picc, Quality, RadioKind, carries_crc};

const OK: u16 = 0x9000;
const SILENT: u16 = 0x6401;
const VALUE: u16 = 0x6A80;
const UNKNOWN: u16 = 0x6A81;
const FOREIGN: u16 = 0x698A;
const FAILED: u16 = 0x6F00;
/// The longest frame that passes.
const LONGEST: usize = 290;
/// Shorter timers catch no card, microseconds.
const SHORTEST_TIMER: u32 = 3_000;

/// Bits of tag 90.
const NO_CRC_SENT: u8 = 0x01;
const NO_CRC_CHECKED: u8 = 0x02;
const NO_PARITY: u8 = 0x0C;
const NO_PROLOGUE: u8 = 0x10;

/// How one frame goes on the air.
struct Shot {
    kind: RadioKind,
    timer: u32,
    /// The reader puts it into a block of its own.
    own_blocks: bool,
    /// Where the frame stands among the objects.
    at: usize,
}

/// The session and the radio.
#[derive(Default)]
pub(super) struct Session {
    pub(super) open: bool,
    pub(super) field: bool,
    /// What Switch Protocol came to: kind of radio and layer.
    switched: Option<(RadioKind, u8)>,
    features: u8,
    bits: u8,
    timer: Option<u32>,
    /// The reader's own block number, where it builds blocks.
    number: u8,
    found: Option<Activation>,
    /// Starts that another application's session turns away.
    pub(super) foreign: u8,
    /// I-blocks of the reader's own that came to the card twice: not the host's doing.
    pub(super) own_duplicates: u32,
    /// Time on the air, microseconds.
    pub(super) clock: u64,
    pub(super) violations: Vec<String>,
}

impl Session {
    /// Carries a command out; gives the reply's body.
    pub(super) fn execute(
        &mut self,
        command: &Command,
        variant: &Variant,
        picc: &mut Option<Picc>,
    ) -> Vec<u8> {
        let body = match command {
            Command::Manage(objects) => self.manage(objects, picc),
            Command::Switch(objects) => self.switch(objects, variant, picc.as_mut()),
            Command::Exchange(objects) => self.exchange(objects, variant, picc.as_mut()),
            Command::GetData(p1) => {
                let found = self.found.as_ref();
                return match (p1, found) {
                    (0x00, Some(found)) => [&found.identifier[..], &[0x90, 0x00]].concat(),
                    (0x01, Some(found)) => [&found.answer[..], &[0x90, 0x00]].concat(),
                    _ => vec![0x6F, 0x00],
                };
            }
            Command::Version => return [&[0; 14][..], &[0xFF, 0xFF, 0x90, 0x00]].concat(),
            Command::Forbidden(instruction) => {
                self.violate(format!("forbidden command FF {instruction:02X}"));
                return vec![0x6D, 0x00];
            }
            Command::Unknown => {
                self.violate("a command of no known form");
                return vec![0x67, 0x00];
            }
        };
        [&body[..], &[0x90, 0x00]].concat()
    }

    /// Without power or session: everything starts anew.
    pub(super) fn reset(&mut self) {
        let violations = std::mem::take(&mut self.violations);
        let (clock, own_duplicates) = (self.clock, self.own_duplicates);
        *self = Self { clock, violations, own_duplicates, ..Self::default() };
    }

    pub(super) fn violate(&mut self, what: impl Into<String>) {
        self.violations.push(what.into());
    }

    fn manage(&mut self, objects: &[Object], picc: &mut Option<Picc>) -> Vec<u8> {
        for (at, (tag, value)) in (1..).zip(objects) {
            if !value.is_empty() {
                return status(at, VALUE);
            }
            match tag {
                0x81 if self.foreign > 0 => {
                    self.foreign -= 1;
                    return status(at, FOREIGN);
                }
                // Left open by a host that is gone.
                0x81 if self.open => return status(at, FOREIGN),
                0x81 => self.open = true,
                0x82 if !self.open => return status(at, FAILED),
                0x82 => {
                    self.set_field(false, picc.as_mut());
                    self.open = false;
                }
                0x83 | 0x84 if !self.open => {
                    self.violate("the field switched outside of a session");
                    return status(at, FAILED);
                }
                0x83 => self.set_field(false, picc.as_mut()),
                0x84 => {
                    // Also when it is on already: the card is lost.
                    self.set_field(false, picc.as_mut());
                    self.set_field(true, picc.as_mut());
                }
                _ => return status(at, UNKNOWN),
            }
        }
        status(0, OK)
    }

    fn set_field(&mut self, on: bool, picc: Option<&mut Picc>) {
        self.field = on;
        self.switched = None;
        self.found = None;
        if let Some(picc) = picc {
            picc.field(on);
        }
    }

    fn switch(&mut self, objects: &[Object], variant: &Variant, picc: Option<&mut Picc>) -> Vec<u8> {
        if !self.open || !self.field {
            self.violate("Switch Protocol without session or field");
            return status(0, FAILED);
        }
        let (mut fsdi, mut cid) = (None, None);
        for (at, (tag, value)) in (1..).zip(objects) {
            match (tag, value.as_slice()) {
                (0xFF6E, [0x01, 0x01, value]) => fsdi = Some(*value),
                (0xFF6E, [0x08, 0x01, value]) => cid = Some(*value),
                (0x8F, [standard, layer]) if at == objects.len() => {
                    let kind = match standard {
                        0x00 => RadioKind::A,
                        0x01 => RadioKind::B,
                        _ => return status(at, UNKNOWN),
                    };
                    let does = match (kind, layer) {
                        (RadioKind::A, 3) => variant.a3,
                        (RadioKind::A, 4) => Switch::Finds,
                        (RadioKind::B, 3) => variant.b3,
                        (RadioKind::B, 4) => variant.b4,
                        _ => Switch::Refused,
                    };
                    return match does {
                        Switch::Refused => status(at, UNKNOWN),
                        Switch::FindsWithSizes if fsdi.is_none() || cid != Some(0) => status(at, VALUE),
                        Switch::Chooses => {
                            self.reached(kind, *layer, None);
                            status(0, OK)
                        }
                        _ => self.find(kind, *layer, fsdi.unwrap_or(8), variant, picc, at),
                    };
                }
                _ => return status(at, VALUE),
            }
        }
        status(0, FAILED)
    }

    fn find(
        &mut self,
        kind: RadioKind,
        layer: u8,
        fsdi: u8,
        variant: &Variant,
        picc: Option<&mut Picc>,
        at: usize,
    ) -> Vec<u8> {
        let picc = picc.filter(|picc| picc.options().kind == kind);
        let Some(found) = picc.and_then(|picc| picc.activate(layer == 4, fsdi)) else {
            self.reached(kind, layer, None);
            return status(at, SILENT);
        };
        self.clock += found.micros;
        let mut body = status(0, OK);
        if layer == 4 && variant.atr {
            body.extend(object(0x8F, &[layer]));
            body.extend(object(0x5F51, &atr(kind, &found.answer)));
        }
        self.reached(kind, layer, Some(found));
        body
    }

    fn reached(&mut self, kind: RadioKind, layer: u8, found: Option<Activation>) {
        self.switched = Some((kind, layer));
        self.found = found;
        (self.features, self.bits, self.timer, self.number) = (0, 0, None, 0);
    }

    fn exchange(&mut self, objects: &[Object], variant: &Variant, picc: Option<&mut Picc>) -> Vec<u8> {
        let Some((kind, layer)) = self.switched.filter(|_| self.open && self.field) else {
            self.violate("an exchange without Switch Protocol before it");
            return status(0, FAILED);
        };
        let order: Vec<u16> = objects.iter().map(|(tag, _)| *tag).collect();
        if !order.is_sorted_by_key(|tag| [0x90, 0x91, 0x5F46, 0x95].iter().position(|it| it == tag)) {
            self.violate("objects of an exchange out of order");
        }
        for (at, (tag, value)) in (1..).zip(objects) {
            let refused = match (tag, value.as_slice()) {
                (0x90, [first, second]) => self.set_features(variant, kind, *first, *second),
                (0x91, [bits @ 0..=7]) => {
                    self.bits = *bits;
                    None
                }
                (0x5F46, timer) => match timer.try_into() {
                    Ok(timer) => {
                        self.timer = Some(u32::from_le_bytes(timer));
                        None
                    }
                    Err(_) => Some(0x6700),
                },
                (0x95, frame) if frame.is_empty() || frame.len() > LONGEST => Some(0x6700),
                (0x95, frame) => {
                    let Some(timer) = self.timer.filter(|timer| *timer >= SHORTEST_TIMER) else {
                        self.violate("an exchange without a timer the reader can measure");
                        return status(at, SILENT);
                    };
                    // Blocks belong to a card that the reader has activated.
                    let own = layer == 4
                        && self.found.is_some()
                        && match variant.prologue {
                            Prologue::ByFlag => self.features & NO_PROLOGUE == 0,
                            Prologue::Host => false,
                            Prologue::Reader => true,
                        };
                    let shot = Shot { kind, timer, own_blocks: own, at };
                    return self.transceive(variant, frame, &shot, picc);
                }
                _ => Some(UNKNOWN),
            };
            if let Some(refused) = refused {
                return status(at, refused);
            }
        }
        status(0, OK)
    }

    fn set_features(&mut self, variant: &Variant, kind: RadioKind, first: u8, second: u8) -> Option<u16> {
        let parity = |bits: u8| kind == RadioKind::B && bits & NO_PARITY != 0;
        let bits = match (variant.flags, first, second) {
            (FlagByte::Unknown, ..) => return Some(UNKNOWN),
            (FlagByte::SecondWithoutParity, _, bits) if parity(bits) => return Some(VALUE),
            (FlagByte::Second | FlagByte::SecondWithoutParity, 0, bits) => bits,
            (FlagByte::First, bits, 0) | (FlagByte::FirstLenient, bits, _) => bits,
            _ => return Some(VALUE),
        };
        self.features = bits;
        (bits > 0x1F).then_some(VALUE)
    }

    fn transceive(
        &mut self,
        variant: &Variant,
        frame: &[u8],
        shot: &Shot,
        picc: Option<&mut Picc>,
    ) -> Vec<u8> {
        let Shot { kind, timer, own_blocks, at } = *shot;
        let frame = if own_blocks {
            self.number ^= 1;
            [&[0x02 | self.number ^ 1][..], frame].concat()
        } else {
            frame.to_vec()
        };
        let bits = self.bits;
        let parity = kind == RadioKind::B || self.features & NO_PARITY == 0;
        let crc = carries_crc(kind, &frame, bits) == (self.features & NO_CRC_SENT == 0);
        let picc = picc.filter(|picc| picc.options().kind == kind && parity && crc);
        let answer = picc.and_then(|picc| {
            let before = picc.duplicates();
            let answer = picc.receive(&frame, bits);
            self.own_duplicates += if own_blocks { picc.duplicates() - before } else { 0 };
            answer
        });
        let Some(mut answer) = answer.filter(|answer| answer.wait_us <= timer) else {
            self.clock += u64::from(timer);
            return status(at, SILENT);
        };
        self.clock += answer.micros();
        let mut air = 0;
        let checked = self.features & NO_CRC_CHECKED == 0;
        if checked && (answer.quality == Quality::Garbled || !answer.crc) {
            air = 1;
        } else if !checked && answer.crc {
            answer.frame.extend([0xCC, 0xCC]);
        }
        if air != 0 && variant.silent_crc {
            return status(at, SILENT);
        }
        if own_blocks && answer.frame.first().is_some_and(|pcb| pcb & 0xE2 == 0x02) {
            answer.frame.remove(0);
        }
        heard(&answer, air)
    }
}

fn heard(answer: &Answer, air: u8) -> Vec<u8> {
    [status(0, OK), object(0x92, &[0]), object(0x96, &[air, 0]), object(0x97, &answer.frame)].concat()
}

/// The ATR a PC/SC reader makes of a contactless card.
fn atr(kind: RadioKind, answer: &[u8]) -> Vec<u8> {
    let historical = match kind {
        RadioKind::B => [answer.get(5..12).unwrap_or_default(), &[0]].concat(),
        RadioKind::A => answer.get(5..).unwrap_or_default().to_vec(),
    };
    let mut atr = vec![0x3B, 0x80 | u8::try_from(historical.len()).unwrap_or(0), 0x80, 0x01];
    atr.extend(historical);
    atr.push(atr[1..].iter().fold(0, |sum, byte| sum ^ byte));
    atr
}
