//! One slot, one exchange after another.
//!
//! An [`Exchange`] says what it wants ([`Want`]): a message sent, a transfer received, or nothing more. The
//! [`Slot`] remembers what is still owed to an exchange that was dropped half-way; the next one takes that
//! answer off the wire before it sends anything, because a reader has one answer for one command.

use zeroize::Zeroizing;

use super::assemble::{Assembler, Broken};
use super::message::{self, CommandStatus, HEADER, IccStatus, Message};
use crate::opaque::opaque;

/// Answers to other sequence numbers before a reader is given up.
const STALE: u8 = 10;
/// Time extensions in one exchange: at the reader's shortest interval still minutes.
const EXTENSIONS: u16 = 600;
/// The longest answer: 65,536 bytes and the status word.
const LONGEST: usize = 65_538;

/// Why an exchange failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The reader says the command failed: `bError`, and what it sees of the card.
    Reader {
        /// `bError`.
        error: u8,
        /// The card, as the slot sees it.
        icc: IccStatus,
    },
    /// Bytes that no rule of CCID makes.
    Malformed(&'static str),
    /// Only answers to other commands came.
    Stale,
    /// The card asked for time again and again.
    Endless,
}

/// What an exchange wants next.
pub enum Want {
    /// This message sent, as one transfer.
    Send(Zeroizing<Vec<u8>>),
    /// One transfer of at most so many bytes, given to [`Exchange::received`].
    Receive(usize),
    /// Nothing: this is the answer.
    Done(Reply),
}

/// The answer of an exchange.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    /// ATR, answer APDU or parameters.
    pub data: Vec<u8>,
    /// What the slot sees of the card; `None` until it has said so.
    pub icc: Option<IccStatus>,
}

/// The slots of a reader, one of them selected.
#[derive(Debug)]
pub struct Slot {
    index: u8,
    sequence: u8,
    /// The message whose answer is still owed: its slot and sequence number.
    owed: Option<(u8, u8)>,
    /// What of a command or its answer has not passed yet.
    chain: Chain,
    assembler: Assembler,
    /// Whether the rest of an answer may lie on the wire whose beginning was lost.
    littered: bool,
    /// Data bytes in one message.
    room: usize,
}

/// Parts of a message, wiped after use.
type Parts = Vec<Zeroizing<Vec<u8>>>;

/// A command or an answer that takes several messages.
#[derive(Default)]
enum Chain {
    #[default]
    None,
    /// Parts of the command still to send, the next one last.
    Command(Parts),
    /// The reader has more of the answer.
    Answer,
}

opaque!(Want, Chain, Exchange);

impl Slot {
    /// Slot 0 of a reader with this `dwMaxCCIDMessageLength` and packet size.
    pub fn new(max_message: u32, packet: u16) -> Self {
        let room = usize::try_from(max_message).unwrap_or(usize::MAX).saturating_sub(HEADER).max(1);
        let assembler = Assembler::new(packet);
        Self { index: 0, sequence: 0, owed: None, chain: Chain::None, assembler, littered: false, room }
    }

    /// Selects the slot that the next exchanges are about. What is owed from another one is still cleared.
    pub fn select(&mut self, index: u8) {
        self.index = index;
    }

    /// Data bytes in one message.
    pub const fn room(&self) -> usize {
        self.room
    }

    /// IccPowerOn with this `bPowerSelect`; the reply is the ATR.
    pub fn power_on(&self, select: u8) -> Exchange {
        Exchange::new(message::POWER_ON, message::DATA_BLOCK, [select, 0, 0], Vec::new())
    }

    /// IccPowerOff.
    pub fn power_off(&self) -> Exchange {
        Exchange::new(message::POWER_OFF, message::SLOT_STATUS, [0; 3], Vec::new())
    }

    /// GetSlotStatus. An absent card is an answer, not a failure.
    pub fn status(&self) -> Exchange {
        Exchange::new(message::GET_SLOT_STATUS, message::SLOT_STATUS, [0; 3], Vec::new())
    }

    /// SetParameters for protocol T=0 or T=1.
    pub fn set_parameters(&self, protocol: u8, parameters: &[u8]) -> Exchange {
        let data = vec![Zeroizing::new(parameters.to_vec())];
        Exchange::new(message::SET_PARAMETERS, message::PARAMETERS, [protocol, 0, 0], data)
    }

    /// XfrBlock with a whole command in one message, however long: readers at short APDU level. Some
    /// announce too small a `dwMaxCCIDMessageLength` and take the longer message all the same.
    pub fn transfer(&self, apdu: &[u8]) -> Exchange {
        let whole = vec![Zeroizing::new(apdu.to_vec())];
        Exchange::new(message::XFR_BLOCK, message::DATA_BLOCK, [0; 3], whole)
    }

    /// XfrBlock with one block or TPDU, waited for so many block waiting times (`bBWI`, 0 is one): readers at
    /// TPDU level. What they say about chains has no meaning there.
    pub fn transfer_block(&self, block: &[u8], waiting: u8) -> Exchange {
        let whole = vec![Zeroizing::new(block.to_vec())];
        let transfer = Exchange::new(message::XFR_BLOCK, message::DATA_BLOCK, [waiting, 0, 0], whole);
        Exchange { chains: false, ..transfer }
    }

    /// XfrBlock with a command in as many chained messages as needed: readers at extended APDU level.
    pub fn transfer_chained(&self, apdu: &[u8]) -> Exchange {
        // From the last part to the first, so that the next one to send is popped from the end.
        let parts: Parts = apdu.chunks(self.room).rev().map(|part| Zeroizing::new(part.to_vec())).collect();
        let begins = u8::from(parts.len() > 1);
        Exchange::new(message::XFR_BLOCK, message::DATA_BLOCK, [0, begins, 0], parts)
    }

    /// Escape: a command of the reader's own, in one message.
    pub fn escape(&self, command: &[u8]) -> Exchange {
        let whole = vec![Zeroizing::new(command.to_vec())];
        Exchange::new(message::ESCAPE, message::ESCAPED, [0; 3], whole)
    }

    /// After a failed transfer nothing more is known to be owed, and what comes first may be the rest of
    /// something: until the next answer, what is no message is passed over.
    pub fn forget(&mut self) {
        self.owed = None;
        self.chain = Chain::None;
        self.assembler.reset();
        self.littered = true;
    }

    fn message(&mut self, kind: u8, specific: [u8; 3], data: &[u8]) -> Want {
        let sequence = self.sequence;
        self.sequence = sequence.wrapping_add(1);
        self.owed = Some((self.index, sequence));
        Want::Send(message::encode(kind, self.index, sequence, specific, data))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// What a dropped exchange left is still to be taken off the wire.
    Clearing,
    /// The own message is under way.
    Running,
    Done,
}

/// One command to the reader and its answer.
pub struct Exchange {
    kind: u8,
    answer: u8,
    specific: [u8; 3],
    parts: Parts,
    /// Whether an answer may come in chained messages.
    chains: bool,
    phase: Phase,
    reply: Reply,
    stale: u8,
    extensions: u16,
}

impl Exchange {
    fn new(kind: u8, answer: u8, specific: [u8; 3], parts: Parts) -> Self {
        let (phase, reply) = (Phase::Clearing, Reply::default());
        Self { kind, answer, specific, parts, chains: true, phase, reply, stale: 0, extensions: 0 }
    }

    /// What to do next.
    pub fn next(&mut self, slot: &mut Slot) -> Want {
        if self.phase == Phase::Done {
            return Want::Done(std::mem::take(&mut self.reply));
        }
        if slot.owed.is_some() {
            return Want::Receive(slot.assembler.wanted());
        }
        match std::mem::take(&mut slot.chain) {
            // `wLevelParameter` 3 goes on, 2 ends, 0x10 asks for more.
            Chain::Command(mut parts) => {
                let part = parts.pop().unwrap_or_default();
                let level = if parts.is_empty() { 2 } else { 3 };
                if !parts.is_empty() {
                    slot.chain = Chain::Command(parts);
                }
                slot.message(message::XFR_BLOCK, [0, level, 0], &part)
            }
            Chain::Answer => slot.message(message::XFR_BLOCK, [0, 0x10, 0], &[]),
            Chain::None => {
                self.phase = Phase::Running;
                let first = self.parts.pop().unwrap_or_default();
                if !self.parts.is_empty() {
                    slot.chain = Chain::Command(std::mem::take(&mut self.parts));
                }
                slot.message(self.kind, self.specific, &first)
            }
        }
    }

    /// A transfer did not come in time. True when it was only the answer owed to a dropped exchange, whose
    /// command may never have left: this one goes on without it.
    pub fn nothing_came(&mut self, slot: &mut Slot) -> bool {
        slot.forget();
        self.phase == Phase::Clearing
    }

    /// Takes a transfer from the bulk IN endpoint.
    ///
    /// # Errors
    /// When the reader reports a failure or breaks the rules; the exchange is over then.
    pub fn received(&mut self, slot: &mut Slot, transfer: &[u8]) -> Result<(), Failure> {
        let result = match slot.assembler.feed(transfer) {
            Ok(None) => return Ok(()),
            Ok(Some(message)) => self.answered(slot, message),
            Err(_) if slot.littered => self.pass_over(),
            Err(broken) => Err(broken.into()),
        };
        if result.is_err() {
            slot.forget();
        }
        result
    }

    fn answered(&mut self, slot: &mut Slot, message: Message) -> Result<(), Failure> {
        if slot.owed != Some((message.slot, message.sequence)) {
            return self.pass_over();
        }
        slot.littered = false;
        if message.command() == CommandStatus::TimeExtension {
            return self.wait();
        }
        slot.owed = None;
        self.stale = 0;
        if self.phase == Phase::Running {
            return self.judge(slot, message);
        }
        // Someone else's: only whether there is more of it matters.
        let data = message.command() == CommandStatus::Done && message.kind == message::DATA_BLOCK;
        match (data, message.specific) {
            (true, 1 | 3) => slot.chain = Chain::Answer,
            (true, 0x10) => {}
            _ => slot.chain = Chain::None,
        }
        self.wait()
    }

    /// Something that belongs to an exchange that is over.
    fn pass_over(&mut self) -> Result<(), Failure> {
        self.stale += 1;
        if self.stale > STALE { Err(Failure::Stale) } else { Ok(()) }
    }

    fn wait(&mut self) -> Result<(), Failure> {
        self.extensions += 1;
        if self.extensions > EXTENSIONS { Err(Failure::Endless) } else { Ok(()) }
    }

    fn judge(&mut self, slot: &mut Slot, message: Message) -> Result<(), Failure> {
        let icc = message.icc();
        match message.command() {
            CommandStatus::Failed if self.answer == message::SLOT_STATUS && icc == IccStatus::Absent => {
                self.finish(icc);
                Ok(())
            }
            CommandStatus::Failed => Err(Failure::Reader { error: message.error, icc }),
            CommandStatus::Done if message.kind != self.answer => {
                Err(Failure::Malformed("an answer of another kind"))
            }
            CommandStatus::Done if self.kind == message::XFR_BLOCK && self.chains => {
                self.chain_on(slot, message)
            }
            CommandStatus::Done => {
                self.reply.data = message.data;
                self.finish(icc);
                Ok(())
            }
            CommandStatus::TimeExtension | CommandStatus::Unknown => {
                Err(Failure::Malformed("a status without meaning"))
            }
        }
    }

    /// `bChainParameter`: 0 whole, 1 begins, 3 goes on, 2 ends, 0x10 ready for the next part of the command.
    fn chain_on(&mut self, slot: &mut Slot, message: Message) -> Result<(), Failure> {
        let malformed = |what| Err(Failure::Malformed(what));
        match (&slot.chain, message.specific) {
            (Chain::Command(_), 0x10) => return Ok(()),
            (Chain::Command(_), _) => return malformed("answers a command that is not complete"),
            (_, 0 | 2) => self.finish(message.icc()),
            (_, 1 | 3) if message.data.is_empty() => return malformed("an empty part of an answer"),
            (_, 1 | 3) => slot.chain = Chain::Answer,
            (_, 0x10) => return malformed("asks for more of a command that is complete"),
            _ => return malformed("a chain without meaning"),
        }
        if self.reply.data.len() + message.data.len() > LONGEST {
            return malformed("a longer answer than any card gives");
        }
        self.reply.data.extend_from_slice(&message.data);
        Ok(())
    }

    fn finish(&mut self, icc: IccStatus) {
        self.reply.icc = Some(icc);
        self.phase = Phase::Done;
    }
}

impl From<Broken> for Failure {
    fn from(broken: Broken) -> Self {
        Self::Malformed(match broken {
            Broken::Truncated => "a transfer that ends before its message",
            Broken::Oversized => "a message longer than any answer",
            Broken::Empty => "nothing but empty transfers",
        })
    }
}
