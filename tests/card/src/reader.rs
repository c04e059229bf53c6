//! The virtual reader: a composite USB device with one slot or two, fed with transfers.

mod chain;
pub mod descriptor;
mod function;
mod message;
mod slot;
mod tpdu;

pub use descriptor::{Build, Level};

use self::{
    chain::Step,
    function::{Abort, Function},
    message::{Message, Reply, answer_kind, error, from_host, to_host},
    slot::Slot,
};
use crate::{
    card::VirtualCard,
    device::VirtualDevice,
    endpoint::{InEndpoint, Outgoing},
    fault::{Fault, Moment, Rule, Script},
    pipe::Received,
};

const FAILED: u8 = 0x40;
const TIME_EXTENSION: u8 = 0x80;
const HEADER: usize = 10;

/// A virtual CCID reader.
pub struct VirtualReader {
    build: Build,
    functions: [Function; 2],
    slots: Vec<Slot>,
    script: Script,
    /// A card a fault took away.
    ejected: Option<VirtualCard>,
    plugged: bool,
    messages: u64,
}

impl Default for VirtualReader {
    fn default() -> Self {
        Self::new(Build::default())
    }
}

impl VirtualReader {
    /// A reader without a card.
    pub fn new(build: Build) -> Self {
        Self {
            build,
            functions: descriptor::INTERFACES.map(Function::new),
            slots: (0..build.slots).map(|_| Slot::new()).collect(),
            script: Script::default(),
            ejected: None,
            plugged: true,
            messages: 0,
        }
    }

    /// The next IN transfer of an endpoint, whole; `None` when there is none or a stall comes first.
    pub fn next_in(&mut self, endpoint: u8) -> Option<Vec<u8>> {
        self.in_endpoint(endpoint)?.pop_data()
    }

    fn in_endpoint(&mut self, address: u8) -> Option<&mut InEndpoint> {
        self.functions.iter_mut().find_map(|f| f.in_endpoint(address))
    }

    /// The slot cards are put in.
    fn slot(&mut self) -> &mut Slot {
        &mut self.slots[usize::from(self.build.card_slot)]
    }

    fn card_state(&self, slot: u8) -> u8 {
        self.slots.get(usize::from(slot)).or(self.slots.first()).map_or(2, Slot::card_state)
    }

    /// What a reader did to the card at T=1 that it may not; empty at other levels.
    pub fn violations(&self) -> Vec<&'static str> {
        let contacts = self.slots.iter().filter_map(|slot| slot.contact.as_ref());
        contacts.flat_map(|contact| contact.card().violations().to_vec()).collect()
    }

    fn execute(&mut self, at: usize, message: &Message, step: Option<Step>) -> Reply {
        let block = self.build.level == Level::Tpdu && message.kind == from_host::TRANSFER;
        let due = if block { self.script.next_block() } else { Vec::new() };
        let Some(slot) = self.slots.get_mut(usize::from(message.slot)) else {
            return slot::failure(message, error::SLOT);
        };
        slot.execute(&self.build, &mut self.functions[at].chains, message, step, &due)
    }

    fn reset(&mut self) {
        self.slots.iter_mut().for_each(Slot::power_off);
        self.functions = descriptor::INTERFACES.map(Function::new);
    }

    /// Tells of a change in the slot cards are put in: two bits a slot.
    fn notify(&mut self, bits: u8) {
        let mut notice = vec![0; 1 + usize::from(self.build.slots.div_ceil(4))];
        notice[0] = 0x50;
        notice[1 + usize::from(self.build.card_slot / 4)] = bits << (2 * (self.build.card_slot % 4));
        for function in &mut self.functions {
            function.interrupt.push(Outgoing::Transfer(notice.clone()));
        }
    }

    fn message(&mut self, at: usize, message: &Message) {
        self.messages += 1;
        let function = &mut self.functions[at];
        match function.abort {
            _ if message.kind == from_host::ABORT => return self.abort_announced(at, message),
            Abort::Asked(_) => return self.reply(at, &slot::failure(message, error::ABORTED)),
            _ => {}
        }
        let transfer = message.kind == from_host::TRANSFER && message.slot < self.build.slots;
        let step = (transfer && self.build.level != Level::Tpdu)
            .then(|| function.chains.step(&self.build, message.level(), &message.data));
        let instruction = match &step {
            Some(Step::Apdu(apdu)) => apdu.get(1).copied(),
            None if transfer => begun(&message.data),
            _ => None,
        };
        let faults = self.script.next(instruction);
        self.answer(at, message, step, &faults);
    }

    /// Carries a message out with all that goes wrong on the way.
    fn answer(&mut self, at: usize, message: &Message, step: Option<Step>, faults: &[Fault]) {
        let has = |fault| faults.contains(&fault);
        if has(Fault::Remove(Moment::Before)) {
            self.eject();
        }
        if has(Fault::Unplug(Moment::Before)) || has(Fault::Silent { executed: false }) {
            return self.vanish(faults);
        }
        let refused = faults.iter().find_map(|fault| match *fault {
            Fault::Error { code, executed: false } => Some(code),
            _ => None,
        });
        let mut reply = match refused {
            Some(code) => slot::failure(message, code),
            None => self.execute(at, message, step),
        };
        if has(Fault::Remove(Moment::During)) {
            self.eject();
            reply = slot::failure(message, error::MUTE);
        }
        if has(Fault::Unplug(Moment::During)) || has(Fault::Silent { executed: true }) {
            return self.vanish(faults);
        }
        for fault in faults {
            match *fault {
                Fault::Error { code, executed: true } => reply = slot::failure(message, code),
                Fault::TimeExtension { times, multiplier } => {
                    let (status, error) = (TIME_EXTENSION, multiplier);
                    let wait = Reply { status, error, last: 0, data: Vec::new(), ..reply.clone() };
                    (0..times).for_each(|_| self.reply(at, &wait));
                }
                Fault::WrongSequence(times) => {
                    let foreign = Reply { sequence: reply.sequence ^ 0x80, ..reply.clone() };
                    (0..times).for_each(|_| self.reply(at, &foreign));
                }
                _ => {}
            }
        }
        self.deliver(at, &reply, faults);
        if has(Fault::Remove(Moment::After)) {
            self.eject();
        }
        if has(Fault::Unplug(Moment::After)) {
            // What was delivered may still be read: only what comes later is lost.
            self.slot().power_off();
            self.plugged = false;
        }
    }

    /// Puts an answer in the bulk IN endpoint, spoiled as the faults say.
    fn deliver(&mut self, at: usize, reply: &Reply, faults: &[Fault]) {
        let mut bytes = reply.encode(self.card_state(reply.slot));
        let bulk = &mut self.functions[at].bulk;
        let mut ended = true;
        let mut part = usize::MAX;
        for fault in faults {
            match *fault {
                Fault::Stall => return bulk.push(Outgoing::Stall),
                Fault::UnknownType => {
                    // Nothing of it may be left.
                    bytes.iter_mut().take(1).for_each(|kind| *kind = to_host::UNKNOWN);
                }
                Fault::Truncated(length) => bytes.truncate(length),
                Fault::Split(length) => part = length.max(1),
                Fault::Empty(times) => (0..times).for_each(|_| bulk.push(Outgoing::Transfer(Vec::new()))),
                Fault::NoEmptyPacket => ended = false,
                _ => {}
            }
        }
        if bytes.is_empty() {
            return bulk.push(Outgoing::Transfer(bytes));
        }
        for part in bytes.chunks(part) {
            let part = part.to_vec();
            bulk.push(if ended { Outgoing::Transfer(part) } else { Outgoing::Unended(part) });
        }
    }

    fn reply(&mut self, at: usize, reply: &Reply) {
        let bytes = reply.encode(self.card_state(reply.slot));
        debug_assert!(bytes.len() >= HEADER, "a message has a header");
        self.functions[at].bulk.push(Outgoing::Transfer(bytes));
    }

    /// Ends a message without an answer: silence, or the reader is gone.
    fn vanish(&mut self, faults: &[Fault]) {
        if faults.iter().any(|fault| matches!(fault, Fault::Unplug(_))) {
            self.unplug();
        }
    }

    fn eject(&mut self) {
        if let Some(card) = self.remove() {
            self.ejected = Some(card);
        }
    }

    fn abort_asked(&mut self, interface: u8, sequence: u8) -> Option<()> {
        let at = usize::from(interface);
        let function = self.functions.get_mut(at)?;
        match function.abort {
            Abort::Announced(announced) if announced == sequence => self.aborted(at, sequence),
            _ => function.abort = Abort::Asked(sequence),
        }
        Some(())
    }

    fn abort_announced(&mut self, at: usize, message: &Message) {
        match self.functions[at].abort {
            Abort::Asked(asked) if asked == message.sequence => self.aborted(at, message.sequence),
            _ => self.functions[at].abort = Abort::Announced(message.sequence),
        }
    }

    /// Both halves of an ABORT came: what was under way is forgotten, the message is answered.
    fn aborted(&mut self, at: usize, sequence: u8) {
        let function = &mut self.functions[at];
        function.abort = Abort::None;
        function.chains = chain::Chains::default();
        function.bulk.clear();
        let kind = to_host::STATUS;
        self.reply(at, &Reply { kind, slot: 0, sequence, status: 0, error: 0, last: 0, data: Vec::new() });
    }
}

/// The instruction of the command that begins in this block of T=1, as far as one block shows.
fn begun(block: &[u8]) -> Option<u8> {
    match *block {
        [0, pcb, 4..=254, _, instruction, ..] if pcb & 0x80 == 0 => Some(instruction),
        _ => None,
    }
}

impl VirtualDevice for VirtualReader {
    fn set_faults(&mut self, rules: Vec<Rule>) {
        self.script = Script::new(rules);
    }

    fn insert(&mut self, card: VirtualCard) -> Option<VirtualCard> {
        let before = self.remove();
        self.slot().card = Some(card);
        self.notify(0b11);
        before
    }

    fn remove(&mut self) -> Option<VirtualCard> {
        self.slot().power_off();
        let card = self.slot().card.take()?;
        self.notify(0b10);
        Some(card)
    }

    fn card(&mut self) -> Option<&mut VirtualCard> {
        self.slot().card.as_mut()
    }

    fn take_ejected(&mut self) -> Option<VirtualCard> {
        self.ejected.take()
    }

    fn is_plugged(&self) -> bool {
        self.plugged
    }

    fn unplug(&mut self) {
        self.reset();
        self.plugged = false;
    }

    fn plug(&mut self) {
        self.reset();
        self.plugged = true;
        if self.slot().card.is_some() {
            self.notify(0b11);
        }
    }

    fn descriptors(&self) -> Vec<u8> {
        [&descriptor::device(&self.build)[..], &descriptor::configuration(&self.build)].concat()
    }

    fn control(&mut self, setup: [u8; 8], _data: &[u8]) -> Option<Vec<u8>> {
        let [kind, request, value, value_high, index, _, length, length_high] = setup;
        let answer = match (self.plugged, kind, request) {
            (true, 0x80, 6) => match value_high {
                1 => descriptor::device(&self.build).to_vec(),
                2 if value == 0 => descriptor::configuration(&self.build),
                3 => descriptor::string(value)?,
                _ => return None,
            },
            (true, 0x80..=0x82, 0) => vec![0, 0],
            (true, 0x80, 8) => vec![1],
            (true, 0x81, 10) => vec![0],
            (true, 0x00, 9) | (true, 0x01, 11) | (true, 0x02, 1) => Vec::new(),
            (true, 0x21, 1) if value == 0 => {
                self.abort_asked(index, value_high)?;
                Vec::new()
            }
            _ => return None,
        };
        let wanted = usize::from(u16::from_le_bytes([length, length_high]));
        Some(answer.into_iter().take(wanted).collect())
    }

    fn bulk_out(&mut self, endpoint: u8, data: &[u8]) {
        let Some(at) = self.functions.iter().position(|f| f.endpoints.bulk_out == endpoint) else { return };
        self.functions[at].incoming.extend(data);
        let most = match self.build.level {
            // Some readers of this level announce less than a whole command needs, and take it.
            Level::Short => self.build.max_message.max(271),
            Level::Extended => self.build.max_message,
            // SCM's 263 is too little for the blocks such a reader takes.
            Level::Tpdu => self.build.max_message.max(10 + 259),
        };
        while self.plugged {
            match Message::take(&mut self.functions[at].incoming, most) {
                Ok(Some(message)) => self.message(at, &message),
                Ok(None) => break,
                Err((kind, slot, sequence)) => {
                    let kind = answer_kind(kind);
                    let (status, error) = (FAILED, error::LENGTH);
                    self.reply(at, &Reply { kind, slot, sequence, status, error, last: 0, data: Vec::new() });
                }
            }
        }
    }

    fn next_outgoing(&mut self) -> Option<(u8, Outgoing)> {
        self.functions.iter_mut().find_map(|f| {
            let bulk = f.bulk.pop().map(|outgoing| (f.endpoints.bulk_in, outgoing));
            bulk.or_else(|| f.interrupt.pop().map(|outgoing| (f.endpoints.interrupt, outgoing)))
        })
    }

    fn transfer_in(&mut self, endpoint: u8, length: usize) -> Option<Received> {
        self.in_endpoint(endpoint)?.take(length)
    }

    fn messages(&self) -> u64 {
        self.messages
    }
}
