//! A virtual Sony RC-S380 ("Port-100") with a contactless card in its field.
//!
//! It does what is known of the real one: frames with two check bytes, an ACK and then an answer for every
//! command, an error frame for what it does not understand, statuses of the radio. Where the real one's answer
//! to a host's mistake is not known, the mistake is noted ([`VirtualRcs380::violations`]), so that a test sees
//! it whatever the host makes of the answer.

mod descriptor;
mod fault;
mod frame;
mod radio;
mod settings;

pub use fault::{PortFault, PortRule};

use self::{
    fault::PortScript,
    frame::{ACK, ERROR, Read, answer},
    radio::TIMEOUT,
    settings::Settings,
};
use crate::{
    card::VirtualCard,
    device::VirtualDevice,
    endpoint::{InEndpoint, Outgoing},
    fault::{Fault, Moment, Rule, Script},
    picc::{Picc, PiccOptions},
    pipe::Received,
};

/// A virtual RC-S380.
pub struct VirtualRcs380 {
    options: PiccOptions,
    picc: Option<Picc>,
    /// A card a fault took away.
    ejected: Option<VirtualCard>,
    /// Whether another card answers to every search.
    crowded: bool,
    settings: Settings,
    plugged: bool,
    /// Packets of a transfer that has not ended.
    incoming: Vec<u8>,
    bulk: InEndpoint,
    script: Script,
    port: PortScript,
    /// Whether the next block goes on with a command.
    chained: bool,
    /// An answer that comes late.
    late: Vec<Vec<u8>>,
    messages: u64,
    clock: u64,
    took: u64,
    violations: Vec<&'static str>,
    /// Commands that reached cards which are gone.
    apdus: Vec<Vec<u8>>,
}

impl VirtualRcs380 {
    /// A reader whose cards are made so.
    pub fn new(options: PiccOptions) -> Self {
        Self {
            options,
            picc: None,
            ejected: None,
            crowded: false,
            settings: Settings::default(),
            plugged: true,
            incoming: Vec::new(),
            bulk: InEndpoint::new(descriptor::PACKET),
            script: Script::default(),
            port: PortScript::default(),
            chained: false,
            late: Vec::new(),
            messages: 0,
            clock: 0,
            took: 0,
            violations: Vec::new(),
            apdus: Vec::new(),
        }
    }

    /// The card's radio side.
    pub fn picc(&mut self) -> Option<&mut Picc> {
        self.picc.as_mut()
    }

    /// Rules that the host broke, in words: of the reader, then of the card.
    pub fn violations(&self) -> Vec<&'static str> {
        let card = self.picc.iter().flat_map(|picc| picc.violations().iter().copied());
        self.violations.iter().copied().chain(card).collect()
    }

    /// The commands that reached the cards in its field, whole, in order.
    pub fn apdus(&self) -> impl Iterator<Item = &[u8]> {
        let card = self.picc.iter().flat_map(Picc::apdus);
        self.apdus.iter().chain(card).map(Vec::as_slice)
    }

    /// Whether another card lies there and answers to every search at the same time.
    pub fn set_crowded(&mut self, crowded: bool) {
        self.crowded = crowded;
    }

    /// Puts rules for faults of the reader's own wire in force, and forgets earlier ones.
    pub fn set_port_faults(&mut self, rules: Vec<PortRule>) {
        self.port = PortScript::new(rules);
    }

    /// Microseconds from the last command to its answer.
    pub fn took(&self) -> u64 {
        self.took
    }

    /// Whether the field is on.
    pub fn has_field(&self) -> bool {
        self.settings.field
    }

    /// A whole transfer.
    fn transfer(&mut self, bytes: &[u8]) {
        for late in std::mem::take(&mut self.late) {
            self.bulk.push(Outgoing::Transfer(late));
        }
        match frame::read(bytes) {
            Read::Nothing => {}
            // Gives the running command up; here none ever runs when a transfer comes.
            Read::Ack => self.took = 0,
            Read::Broken(what) => {
                self.violations.push(what);
                self.bulk.push(Outgoing::Transfer(ERROR.to_vec()));
            }
            Read::Command(command, data) => self.command(command, data),
        }
    }

    fn command(&mut self, command: u8, data: &[u8]) {
        self.messages += 1;
        self.took = 0;
        let instruction = self.instruction(command, data);
        let faults = self.script.next(instruction);
        let port = self.port.next(command == 0x04);
        let has = |fault| faults.contains(&fault);
        if has(Fault::Remove(Moment::Before)) {
            self.eject();
        }
        if has(Fault::Unplug(Moment::Before)) {
            return self.unplug();
        }
        let refused = faults.iter().find_map(|fault| match *fault {
            Fault::Error { code, executed: false } => Some(code),
            _ => None,
        });
        let reply = match refused {
            Some(code) => Some(failure(command, code)),
            None if has(Fault::Silent { executed: false }) => Some(Vec::new()),
            None => self.execute(command, data),
        };
        let Some(mut reply) = reply else {
            self.violations.push("a command that is not known, or never to be used");
            return self.bulk.push(Outgoing::Transfer(ERROR.to_vec()));
        };
        if has(Fault::Remove(Moment::During)) {
            self.eject();
            if command == 0x04 {
                reply = TIMEOUT.to_le_bytes().to_vec();
            }
        }
        if has(Fault::Unplug(Moment::During)) {
            return self.unplug();
        }
        let failed = faults.iter().find_map(|fault| match *fault {
            Fault::Error { code, executed: true } => Some(code),
            _ => None,
        });
        if let Some(code) = failed {
            reply = failure(command, code);
        }
        self.deliver(command, reply, &faults, &port);
        if has(Fault::Remove(Moment::After)) {
            self.eject();
        }
        if has(Fault::Unplug(Moment::After)) {
            self.plugged = false;
            self.settings = Settings::default();
            self.field(false);
        }
    }

    /// ACK and answer, spoiled as the faults say.
    fn deliver(&mut self, command: u8, reply: Vec<u8>, faults: &[Fault], port: &[PortFault]) {
        let code = command.wrapping_add(1);
        let mut bytes = answer(code, &reply);
        let (mut part, mut ended) = (usize::MAX, true);
        let mut before = Vec::new();
        for fault in faults {
            match *fault {
                Fault::Stall => return self.bulk.push(Outgoing::Stall),
                Fault::UnknownType => bytes = answer(0xEE, &reply),
                Fault::Truncated(length) => bytes.truncate(length),
                Fault::Split(length) => part = length.max(1),
                Fault::NoEmptyPacket => ended = false,
                Fault::WrongSequence(times) => {
                    (0..times).for_each(|_| before.extend(answer(code ^ 0x40, &[0])))
                }
                _ => {}
            }
        }
        let mut acknowledge = true;
        for fault in port {
            match *fault {
                PortFault::NoAck => acknowledge = false,
                PortFault::Garbled { byte } => fault::garble(&mut bytes, byte),
                PortFault::Merged => {
                    bytes.splice(0..0, std::mem::take(&mut acknowledge).then_some(ACK).into_iter().flatten());
                }
                PortFault::Late => self.late.push(std::mem::take(&mut bytes)),
                PortFault::Refused => bytes = ERROR.to_vec(),
            }
        }
        if acknowledge {
            self.bulk.push(Outgoing::Transfer(ACK.to_vec()));
        }
        if faults.iter().any(|fault| matches!(fault, Fault::Silent { .. })) {
            return;
        }
        before.extend(bytes);
        for part in before.chunks(part) {
            let part = part.to_vec();
            self.bulk.push(if ended { Outgoing::Transfer(part) } else { Outgoing::Unended(part) });
        }
    }

    fn eject(&mut self) {
        self.ejected = self.remove().or(self.ejected.take());
    }
}

/// The answer of a command that failed.
fn failure(command: u8, code: u8) -> Vec<u8> {
    if command == 0x04 { u32::from(code).to_le_bytes().to_vec() } else { vec![code] }
}

impl VirtualDevice for VirtualRcs380 {
    fn descriptors(&self) -> Vec<u8> {
        [&descriptor::device()[..], &descriptor::configuration()].concat()
    }

    fn control(&mut self, setup: [u8; 8], _data: &[u8]) -> Option<Vec<u8>> {
        if self.plugged { descriptor::control(setup) } else { None }
    }

    fn bulk_out(&mut self, endpoint: u8, data: &[u8]) {
        if !self.plugged || endpoint != descriptor::BULK_OUT {
            return;
        }
        self.incoming.extend(data);
        // Whole packets only: more is to come.
        if data.is_empty() || !data.len().is_multiple_of(usize::from(descriptor::PACKET)) {
            let transfer = std::mem::take(&mut self.incoming);
            self.transfer(&transfer);
        }
    }

    fn next_outgoing(&mut self) -> Option<(u8, Outgoing)> {
        self.bulk.pop().map(|outgoing| (descriptor::BULK_IN, outgoing))
    }

    fn transfer_in(&mut self, endpoint: u8, length: usize) -> Option<Received> {
        if endpoint == descriptor::BULK_IN { self.bulk.take(length) } else { None }
    }

    fn is_plugged(&self) -> bool {
        self.plugged
    }

    fn plug(&mut self) {
        self.unplug();
        self.plugged = true;
    }

    fn unplug(&mut self) {
        self.field(false);
        self.settings = Settings::default();
        self.incoming.clear();
        self.late.clear();
        self.bulk.clear();
        self.plugged = false;
    }

    fn insert(&mut self, card: VirtualCard) -> Option<VirtualCard> {
        let before = self.remove();
        let mut picc = Picc::new(card, self.options.clone());
        picc.field(self.settings.field);
        self.picc = Some(picc);
        before
    }

    fn remove(&mut self) -> Option<VirtualCard> {
        let picc = self.picc.take()?;
        self.violations.extend(picc.violations());
        self.apdus.extend_from_slice(picc.apdus());
        Some(picc.into_card())
    }

    fn card(&mut self) -> Option<&mut VirtualCard> {
        self.picc.as_mut().map(Picc::card)
    }

    fn take_ejected(&mut self) -> Option<VirtualCard> {
        self.ejected.take()
    }

    fn set_faults(&mut self, rules: Vec<Rule>) {
        self.script = Script::new(rules);
    }

    fn messages(&self) -> u64 {
        self.messages
    }

    fn clock(&self) -> u64 {
        self.clock
    }
}
