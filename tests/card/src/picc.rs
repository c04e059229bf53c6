//! The radio side of a virtual card (PICC): ISO/IEC 14443-3 Type A and Type B, and the card's half of the
//! block protocol of ISO/IEC 14443-4 in front of a [`VirtualCard`].
//!
//! Written from the standard's rules for the card, and apart from the host's half, so that each can judge the
//! other. Frames come and go without their CRC: [`carries_crc`] and [`Answer::crc`] tell a virtual reader
//! where one belongs. Time is virtual: an answer says how long its exchange took at 106 kbit/s.

mod block;
pub mod clock;
mod fault;
mod options;
mod random;
mod type_a;
mod type_b;

pub use fault::{AirFault, AirRule, AirScript, AirWhen, Chance};
pub use options::{PiccOptions, RadioKind, Work, WtxRule, WtxWhen};

use self::{block::Blocks, clock::frame_us, fault::Script, random::Random, type_a::TypeA, type_b::TypeB};
use crate::card::VirtualCard;

/// How well the reader heard an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Quality {
    /// As it was sent.
    Good,
    /// With a CRC error; the bytes are not what was sent.
    Garbled,
}

/// What the reader hears from the card.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Answer {
    /// The frame without its CRC.
    pub frame: Vec<u8>,
    /// Whether a CRC stands behind it.
    pub crc: bool,
    /// How well it was heard.
    pub quality: Quality,
    /// How long the reader's frame was on the air, microseconds.
    pub sent_us: u32,
    /// From there to the card's first bit: what the reader's timer measures.
    pub wait_us: u32,
    /// How long the card's frame was on the air.
    pub heard_us: u32,
}

impl Answer {
    /// The whole exchange in microseconds.
    pub fn micros(&self) -> u64 {
        u64::from(self.sent_us) + u64::from(self.wait_us) + u64::from(self.heard_us)
    }
}

/// What the card itself has to say back, before the air spoils it.
struct Said {
    frame: Vec<u8>,
    crc: bool,
    wait_us: u32,
}

/// Where a card is between field and block protocol.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum State {
    /// Without power.
    Off,
    /// Waits for a request.
    Idle,
    /// Sent away; only a wake-up is answered. Also the `*` states of Type A until they are done.
    Halt,
    /// In the middle of being found.
    Ready,
    /// Found; Type A waits for RATS.
    Active,
    /// In the block protocol.
    Protocol,
}

/// A contactless card.
pub struct Picc {
    card: VirtualCard,
    options: PiccOptions,
    state: State,
    field: bool,
    type_a: TypeA,
    type_b: TypeB,
    blocks: Blocks,
    script: Script,
    random: Random,
    last: Option<Said>,
    /// Frames until a card that left the field is back in it.
    away: Option<u32>,
    mute: bool,
    violations: Vec<&'static str>,
    apdus: Vec<Vec<u8>>,
}

impl Picc {
    /// A card outside of any field.
    pub fn new(card: VirtualCard, options: PiccOptions) -> Self {
        let random = Random::new(options.seed);
        Self {
            card,
            state: State::Off,
            field: false,
            type_a: TypeA::default(),
            type_b: TypeB::default(),
            blocks: Blocks::default(),
            script: Script::new(options.faults.clone()),
            random,
            last: None,
            away: None,
            mute: false,
            violations: Vec::new(),
            apdus: Vec::new(),
            options,
        }
    }

    /// Switches the reader's field. Without it the card forgets everything it opened.
    pub fn field(&mut self, on: bool) {
        if self.field == on {
            return;
        }
        self.field = on;
        self.mute = false;
        self.reset();
    }

    /// Whether the reader's field is on.
    pub fn has_field(&self) -> bool {
        self.field
    }

    /// Gives the card one frame without its CRC; `bits` is how many bits of the last byte are valid, 0 and 8
    /// mean all. `None` is silence.
    pub fn receive(&mut self, frame: &[u8], bits: u8) -> Option<Answer> {
        let fault = self.script.next(self.state == State::Protocol, &mut self.random);
        self.come_and_go(fault);
        if !self.field || self.away.is_some() || self.mute {
            return None;
        }
        let before = self.last.take();
        let lost = matches!(fault, Some(AirFault::Lost));
        let said = if lost { None } else { self.hear(frame, bits) };
        let heard = match fault {
            Some(AirFault::Stale) => before.as_ref().or(said.as_ref()),
            Some(AirFault::Unheard) => None,
            Some(AirFault::LeaveAfter { .. }) => None,
            _ => said.as_ref(),
        };
        let kind = self.options.kind;
        let answer = heard.map(|heard| Answer {
            frame: heard.frame.clone(),
            crc: heard.crc,
            quality: Quality::Good,
            sent_us: frame_us(kind, frame.len(), bits, carries_crc(kind, frame, bits)),
            wait_us: heard.wait_us,
            heard_us: frame_us(kind, heard.frame.len(), 0, heard.crc),
        });
        let answer = answer.map(|answer| self.spoil(answer, fault));
        self.last = said.or(before);
        if let Some(AirFault::LeaveAfter { frames }) = fault {
            self.leave(frames);
        }
        answer
    }

    /// Puts rules for faults in force, and forgets earlier ones.
    pub fn set_faults(&mut self, script: AirScript) {
        self.script = Script::new(script);
    }

    /// Brings a card back that left the field.
    pub fn come_back(&mut self) {
        self.away = None;
    }

    /// The card behind the radio.
    pub fn card(&mut self) -> &mut VirtualCard {
        &mut self.card
    }

    /// The card, out of its radio and without power.
    pub fn into_card(mut self) -> VirtualCard {
        self.card.power();
        self.card
    }

    /// How it was made.
    pub fn options(&self) -> &PiccOptions {
        &self.options
    }

    /// Whether the block protocol has begun.
    pub fn is_activated(&self) -> bool {
        self.state == State::Protocol
    }

    /// Rules of the standard the reader or its host broke, in words.
    pub fn violations(&self) -> &[&'static str] {
        &self.violations
    }

    /// The commands that reached the card, whole, in order.
    pub fn apdus(&self) -> &[Vec<u8>] {
        &self.apdus
    }

    /// I-blocks that came again and were discarded by their number.
    pub fn duplicates(&self) -> u32 {
        self.blocks.duplicates
    }

    /// Finds the card as a reader does by itself, without the air's faults: up to its selection (layer 3), or
    /// into the block protocol (layer 4) with this FSDI. `None` when the card is not there.
    pub fn activate(&mut self, layer_four: bool, fsdi: u8) -> Option<Activation> {
        if !self.field || self.away.is_some() || self.mute {
            return None;
        }
        match self.options.kind {
            RadioKind::A => self.activate_a(layer_four, fsdi),
            RadioKind::B => self.activate_b(layer_four, fsdi),
        }
    }

    /// One frame to a card that is there.
    fn hear(&mut self, frame: &[u8], bits: u8) -> Option<Said> {
        if frame.is_empty() {
            return None;
        }
        match (self.state, self.options.kind) {
            (State::Off, _) => None,
            (State::Protocol, _) if bits & 7 == 0 => self.block(frame),
            (State::Protocol, _) => None,
            (_, RadioKind::A) => self.request_a(frame, bits),
            (_, RadioKind::B) => self.request_b(frame, bits),
        }
    }

    fn spoil(&mut self, mut answer: Answer, fault: Option<AirFault>) -> Answer {
        match fault {
            Some(AirFault::Garbled) => {
                answer.quality = Quality::Garbled;
                for byte in &mut answer.frame {
                    *byte ^= self.random.byte();
                }
            }
            Some(AirFault::Late { micros }) => answer.wait_us = answer.wait_us.saturating_add(micros),
            _ => {}
        }
        answer
    }

    fn come_and_go(&mut self, fault: Option<AirFault>) {
        self.away = match self.away {
            Some(1) => None,
            Some(frames) => Some(frames.saturating_sub(1)),
            None => None,
        };
        match fault {
            Some(AirFault::Leave { frames }) => self.leave(frames),
            Some(AirFault::Mute) => self.mute = true,
            _ => {}
        }
    }

    /// `frames` is 0 for a card that only flickers: it has lost its power and is there.
    fn leave(&mut self, frames: u32) {
        self.reset();
        self.away = (frames > 0).then_some(frames);
    }

    fn reset(&mut self) {
        self.card.power();
        self.state = if self.field { State::Idle } else { State::Off };
        self.blocks.reset();
        self.last = None;
    }

    fn violate(&mut self, what: &'static str) {
        self.violations.push(what);
    }

    /// A frame of the card's own rules, without work for the card.
    fn say(&self, frame: Vec<u8>, crc: bool) -> Option<Said> {
        Some(Said { frame, crc, wait_us: self.options.work.turnaround_us })
    }
}

/// What a reader that finds a card by itself knows of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Activation {
    /// UID (Type A) or PUPI (Type B).
    pub identifier: Vec<u8>,
    /// ATS (Type A, layer 4) or ATQB (Type B).
    pub answer: Vec<u8>,
    /// How long it took, microseconds.
    pub micros: u64,
}

/// Whether a frame to the card has a CRC behind it.
pub fn carries_crc(kind: RadioKind, frame: &[u8], bits: u8) -> bool {
    match kind {
        RadioKind::B => true,
        RadioKind::A => bits & 7 == 0 && !type_a::is_anticollision(frame),
    }
}
