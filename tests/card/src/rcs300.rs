//! A virtual Sony RC-S300 (Port-400): CCID on an interface pages may not claim, and the vendor's own interface
//! with a contactless card behind it.
//!
//! Strict where the real reader is known, and a [`Variant`] where it is not. What a host must never do is noted
//! ([`VirtualRcs300::violations`]): commands that change the reader, steps out of order, a message whose
//! transfer has no end.

mod command;
pub mod descriptor;
mod device;
mod session;
mod variant;

pub use variant::{FlagByte, Prologue, Switch, Variant};

use self::{command::Command, session::Session};
use crate::{
    card::VirtualCard,
    device::VirtualDevice as _,
    endpoint::{InEndpoint, Outgoing},
    fault::{Fault, Moment, Script},
    picc::{AirScript, Picc},
    reader::{Build, VirtualReader},
};

const HEADER: usize = 10;
const ESCAPE: u8 = 0x6B;
const ESCAPED: u8 = 0x83;
const FAILED: u8 = 0x40;
const TIME_EXTENSION: u8 = 0x80;
/// No card in the CCID slot: what every captured reply says, because the session has it.
const ABSENT: u8 = 0x02;

/// A virtual RC-S300.
pub struct VirtualRcs300 {
    variant: Variant,
    /// The CCID interface; it has the card while there is no session.
    ccid: VirtualReader,
    session: Session,
    /// The card in the field; it is there while there is a session.
    picc: Option<Picc>,
    incoming: Vec<u8>,
    bulk: InEndpoint,
    script: Script,
    ejected: Option<VirtualCard>,
    plugged: bool,
    messages: u64,
    /// What earlier cards in the field had seen.
    past: Past,
    /// Whether the present command is in parts and has begun.
    chaining: bool,
}

#[derive(Default)]
struct Past {
    apdus: Vec<Vec<u8>>,
    violations: Vec<String>,
    duplicates: u32,
}

impl Default for VirtualRcs300 {
    fn default() -> Self {
        Self::new(Variant::default())
    }
}

impl VirtualRcs300 {
    /// A reader without a card.
    pub fn new(variant: Variant) -> Self {
        Self {
            variant,
            ccid: VirtualReader::new(Build::EXTENDED),
            session: Session::default(),
            picc: None,
            incoming: Vec::new(),
            bulk: InEndpoint::new(descriptor::PACKET),
            script: Script::default(),
            ejected: None,
            plugged: true,
            messages: 0,
            past: Past::default(),
            chaining: false,
        }
    }

    /// What the host did that it must not: against the reader, and against the card.
    pub fn violations(&self) -> Vec<String> {
        let card = self.picc.iter().flat_map(Picc::violations).map(|what| (*what).to_owned());
        self.session
            .violations
            .iter()
            .cloned()
            .chain(self.past.violations.iter().cloned())
            .chain(card)
            .collect()
    }

    /// The commands that reached a card by radio, whole, in order.
    pub fn apdus(&self) -> Vec<Vec<u8>> {
        let now = self.picc.iter().flat_map(Picc::apdus).cloned();
        self.past.apdus.iter().cloned().chain(now).collect()
    }

    /// Commands or their parts that the host sent a card twice, and the card discarded.
    pub fn duplicates(&self) -> u32 {
        let all = self.past.duplicates + self.picc.as_ref().map_or(0, Picc::duplicates);
        all - self.session.own_duplicates
    }

    /// Faults on the air, for this card and those that follow.
    pub fn set_air_faults(&mut self, faults: AirScript) {
        self.variant.picc.faults = faults.clone();
        if let Some(picc) = &mut self.picc {
            picc.set_faults(faults);
        }
    }

    /// Another application has the session: so many starts are turned away.
    pub fn set_foreign(&mut self, starts: u8) {
        self.session.foreign = starts;
    }

    /// Whether a session is open, and whether the field is on.
    pub fn session(&self) -> (bool, bool) {
        (self.session.open, self.session.field)
    }

    /// A host that vanished left a reply nobody took.
    pub fn leave_reply(&mut self, sequence: u8) {
        let body = [&command::status(0, 0x9000)[..], &[0x90, 0x00]].concat();
        self.bulk.push(Outgoing::Transfer(envelope(sequence, ABSENT, 0, &body)));
    }

    /// Takes the message apart that one transfer was.
    fn message(&mut self, transfer: &[u8]) {
        let Some((&[kind, a, b, c, d, slot, sequence, ref specific @ ..], body)) =
            transfer.split_first_chunk::<HEADER>()
        else {
            return self.session.violate("a transfer that is no message");
        };
        let length = usize::try_from(u32::from_le_bytes([a, b, c, d])).unwrap_or(usize::MAX);
        if kind != ESCAPE || slot != 0 || *specific != [0; 3] || length != body.len() {
            self.session.violate("a message that is no whole escape");
            return self.bulk.push(Outgoing::Transfer(envelope(sequence, FAILED | ABSENT, 0, &[])));
        }
        self.messages += 1;
        let command = Command::parse(body);
        let instruction = self.instruction(&command);
        let faults = self.script.next(instruction);
        self.answer(sequence, &command, &faults);
    }

    /// The instruction of the command to the card that begins in this message.
    fn instruction(&mut self, command: &Command) -> Option<u8> {
        let Command::Exchange(objects) = command else { return None };
        let (_, frame) = objects.iter().find(|(tag, _)| *tag == 0x95)?;
        let begun = self.chaining;
        let (pcb, instruction) = (*frame.first()?, *frame.get(2)?);
        if pcb & 0xE2 != 0x02 {
            return None;
        }
        self.chaining = pcb & 0x10 != 0;
        (!begun).then_some(instruction)
    }

    /// Carries a message out with all that goes wrong on the way.
    fn answer(&mut self, sequence: u8, command: &Command, faults: &[Fault]) {
        let has = |fault| faults.contains(&fault);
        if has(Fault::Remove(Moment::Before)) {
            self.eject();
        }
        if has(Fault::Unplug(Moment::Before)) {
            return self.unplug();
        }
        if has(Fault::Silent { executed: false }) {
            return;
        }
        let refused = |done| {
            faults.iter().find_map(|fault| match *fault {
                Fault::Error { code, executed } if executed == done => Some(code),
                _ => None,
            })
        };
        let mut reply = match refused(false) {
            Some(code) => envelope(sequence, FAILED | ABSENT, code, &[]),
            None => envelope(sequence, ABSENT, 0, &self.execute(command)),
        };
        if let Some(code) = refused(true) {
            reply = envelope(sequence, FAILED | ABSENT, code, &[]);
        }
        if has(Fault::Remove(Moment::During)) {
            self.eject();
        }
        if has(Fault::Unplug(Moment::During)) {
            return self.unplug();
        }
        if has(Fault::Silent { executed: true }) {
            return;
        }
        self.deliver(sequence, reply, faults);
        if has(Fault::Remove(Moment::After)) {
            self.eject();
        }
        if has(Fault::Unplug(Moment::After)) {
            // What was delivered may still be read.
            self.power_off();
            self.plugged = false;
        }
    }

    fn execute(&mut self, command: &Command) -> Vec<u8> {
        let body = self.session.execute(command, &self.variant, &mut self.picc);
        // The card is where the session is.
        let moved = match (self.session.open, self.picc.is_some()) {
            (true, false) => self.ccid.remove(),
            (false, true) => self.lift(),
            _ => None,
        };
        if let Some(card) = moved {
            drop(self.insert(card));
        }
        body
    }

    fn deliver(&mut self, sequence: u8, mut reply: Vec<u8>, faults: &[Fault]) {
        let (mut ended, mut part) = (true, usize::MAX);
        for fault in faults {
            match *fault {
                Fault::TimeExtension { times, multiplier } => {
                    let wait = envelope(sequence, TIME_EXTENSION | ABSENT, multiplier, &[]);
                    (0..times).for_each(|_| self.bulk.push(Outgoing::Transfer(wait.clone())));
                }
                Fault::WrongSequence(times) => {
                    let mut foreign = reply.clone();
                    foreign.iter_mut().skip(6).take(1).for_each(|sequence| *sequence ^= 0x80);
                    (0..times).for_each(|_| self.bulk.push(Outgoing::Transfer(foreign.clone())));
                }
                Fault::Stall => return self.bulk.push(Outgoing::Stall),
                Fault::UnknownType => reply.iter_mut().take(1).for_each(|kind| *kind = 0x8F),
                Fault::Truncated(length) => reply.truncate(length),
                Fault::Split(length) => part = length.max(1),
                Fault::NoEmptyPacket => ended = false,
                _ => {}
            }
        }
        if reply.is_empty() {
            return self.bulk.push(Outgoing::Transfer(reply));
        }
        for part in reply.chunks(part) {
            let part = part.to_vec();
            self.bulk.push(if ended { Outgoing::Transfer(part) } else { Outgoing::Unended(part) });
        }
    }

    fn lay(&mut self, card: VirtualCard) {
        let mut picc = Picc::new(card, self.variant.picc.clone());
        picc.field(self.session.field);
        self.picc = Some(picc);
        // Chance goes on, and does not come again with each card.
        self.variant.picc.seed = self.variant.picc.seed.wrapping_add(1);
    }

    fn lift(&mut self) -> Option<VirtualCard> {
        let picc = self.picc.take()?;
        self.past.apdus.extend(picc.apdus().iter().cloned());
        self.past.violations.extend(picc.violations().iter().map(|what| (*what).to_owned()));
        self.past.duplicates += picc.duplicates();
        Some(picc.into_card())
    }

    fn eject(&mut self) {
        if let Some(card) = self.remove() {
            self.ejected = Some(card);
        }
    }

    fn power_off(&mut self) {
        if let Some(card) = self.lift() {
            self.ccid.insert(card);
        }
        self.session.reset();
        self.incoming.clear();
        self.chaining = false;
    }
}

/// A message to the host.
fn envelope(sequence: u8, status: u8, error: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes();
    [&[ESCAPED][..], &length, &[0, sequence, status, error, 0], body].concat()
}
