//! One exchange: a command and its answer, a look whether the card is there, or its dismissal.

use zeroize::Zeroizing;

use super::IsoDep;
use super::block::{Block, Say};
use crate::iso14443::{ACTIVATION_WAIT, LONGEST_WAIT};

/// Times in a row that a block may be lost or garbled.
const RETRIES: u8 = 3;
/// Of these, silences of a card whose waiting time is more than [`SLOW`]: a person waits along.
const SLOW_RETRIES: u8 = 1;
/// Microseconds.
const SLOW: u32 = 1_000_000;
/// Time extensions in one exchange. A card that takes a second to sign and has the shortest times asks about
/// sixty times.
const EXTENSIONS: u16 = 600;
/// What they may add up to, microseconds.
const PATIENCE: u32 = 60_000_000;
/// The longest answer: 65,536 bytes and the status word.
const LONGEST: usize = 65_538;

/// Why an exchange failed. Whether the card carried the command out is not known then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The card said nothing any more.
    Silent,
    /// Only noise came from the card.
    Garbled,
    /// The card broke a rule.
    Rule(&'static str),
    /// The card asked for time again and again.
    Endless,
    /// An earlier exchange was dropped or failed: the card has to be activated anew. Nothing was sent.
    Unsettled,
}

/// What an exchange wants next.
#[derive(Debug)]
pub enum Want {
    /// This block sent, and its answer waited for so many microseconds; then one of
    /// [`Exchange::received`], [`Exchange::nothing_came`], [`Exchange::garbled`].
    Send(Zeroizing<Vec<u8>>, u32),
    /// Nothing: this is the answer.
    Done(Vec<u8>),
    /// Nothing: it failed.
    Failed(Failure),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Not begun.
    New,
    /// The command is under way, or the card is thinking.
    Sending,
    /// The card has begun to answer.
    Collecting,
    /// Waiting for a sign of life.
    Looking,
    /// Waiting for the card's farewell.
    Leaving,
    Done,
    Failed(Failure),
}

/// One exchange with the card.
#[derive(Debug)]
pub struct Exchange {
    command: Zeroizing<Vec<u8>>,
    /// Where the current part of the command begins and ends.
    part: (usize, usize),
    answer: Vec<u8>,
    /// Whether the card put its identifier into a block.
    identified: bool,
    /// What it is once begun.
    purpose: Phase,
    phase: Phase,
    say: Say,
    /// For the next block, microseconds, when the card asked for more than FWT.
    granted: Option<u32>,
    tries: u8,
    silences: u8,
    extensions: u16,
    patience: u32,
}

impl Exchange {
    pub(super) fn command(apdu: &[u8]) -> Self {
        Self { command: Zeroizing::new(apdu.to_vec()), ..Self::new(Phase::Sending, Say::Part) }
    }

    pub(super) fn presence() -> Self {
        Self::new(Phase::Looking, Say::Nak)
    }

    pub(super) fn deselect() -> Self {
        Self::new(Phase::Leaving, Say::Deselect)
    }

    fn new(purpose: Phase, say: Say) -> Self {
        Self {
            command: Zeroizing::new(Vec::new()),
            part: (0, 0),
            answer: Vec::new(),
            identified: false,
            purpose,
            phase: Phase::New,
            say,
            granted: None,
            tries: 0,
            silences: 0,
            extensions: 0,
            patience: PATIENCE,
        }
    }

    /// What it wants.
    pub fn next(&mut self, dep: &mut IsoDep) -> Want {
        match self.phase {
            Phase::New if dep.settled || self.purpose == Phase::Leaving => {
                dep.settled = false;
                self.phase = self.purpose;
                self.advance(dep);
            }
            Phase::New => self.phase = Phase::Failed(Failure::Unsettled),
            _ => {}
        }
        match self.phase {
            Phase::Done => Want::Done(std::mem::take(&mut self.answer)),
            Phase::Failed(failure) => Want::Failed(failure),
            Phase::Leaving => Want::Send(self.block(dep), ACTIVATION_WAIT),
            _ => Want::Send(self.block(dep), self.granted.unwrap_or(dep.link.wait)),
        }
    }

    /// The answer to the block sent.
    pub fn received(&mut self, dep: &mut IsoDep, bytes: &[u8]) {
        self.granted = None;
        let Some((block, identified)) = Block::parse(bytes) else { return self.garbled(dep) };
        self.identified |= identified;
        let own = |number| number == dep.number;
        match (self.phase, block) {
            (Phase::Looking, Block::Ack(number)) if !own(number) => self.done(dep),
            (Phase::Leaving, Block::Deselect) => self.phase = Phase::Done,
            (Phase::Sending | Phase::Collecting, Block::Extension(times)) => self.grant(dep, times),
            (Phase::Sending, Block::Information { .. }) if self.follows() => {
                self.repeat(Failure::Rule("the card answers a command that is not complete"));
            }
            (Phase::Sending | Phase::Collecting, Block::Information { number, more, data })
                if own(number) =>
            {
                dep.number ^= 1;
                self.collect(dep, more, data);
            }
            (Phase::Sending, Block::Ack(number)) if own(number) && self.follows() => {
                dep.number ^= 1;
                self.advance(dep);
                self.progress(Say::Part);
            }
            (Phase::Sending, Block::Ack(number)) if !own(number) && self.say == Say::Nak => {
                // Not counted: it costs a question, which is, every time.
                self.say = Say::Part;
            }
            _ => self.repeat(Failure::Rule("a block out of order")),
        }
    }

    /// Nothing came in the time given.
    pub fn nothing_came(&mut self, dep: &mut IsoDep) {
        self.granted = None;
        self.silences += 1;
        if dep.link.wait > SLOW && self.silences > SLOW_RETRIES {
            return self.fail(Failure::Silent);
        }
        self.repeat(Failure::Silent);
    }

    /// Something came that is no frame: noise, a wrong CRC.
    pub fn garbled(&mut self, _dep: &mut IsoDep) {
        self.granted = None;
        self.repeat(Failure::Garbled);
    }

    /// Asks for what was lost: the card's chain by R(ACK) (rule 5), all else by R(NAK) (rule 4).
    fn repeat(&mut self, failure: Failure) {
        match self.phase {
            Phase::Sending | Phase::Looking => self.again(Say::Nak, failure),
            Phase::Collecting => self.again(Say::Ack, failure),
            // Rule 8: its field is taken away next, which it cannot miss.
            _ => self.fail(failure),
        }
    }

    fn again(&mut self, say: Say, failure: Failure) {
        self.tries += 1;
        if self.tries > RETRIES {
            return self.fail(failure);
        }
        self.say = say;
    }

    fn progress(&mut self, say: Say) {
        (self.tries, self.silences, self.say) = (0, 0, say);
    }

    fn grant(&mut self, dep: &IsoDep, times: u8) {
        let wait = dep.link.wait.saturating_mul(u32::from(times)).min(LONGEST_WAIT);
        self.extensions += 1;
        match self.patience.checked_sub(wait).filter(|_| self.extensions <= EXTENSIONS) {
            Some(left) => {
                self.patience = left;
                self.granted = Some(wait);
                self.progress(Say::Extension(times));
            }
            None => self.fail(Failure::Endless),
        }
    }

    fn collect(&mut self, dep: &mut IsoDep, more: bool, data: &[u8]) {
        if self.answer.len() + data.len() > LONGEST {
            return self.fail(Failure::Rule("a longer answer than any card gives"));
        }
        self.answer.extend_from_slice(data);
        if more {
            self.phase = Phase::Collecting;
            self.progress(Say::Ack);
        } else {
            self.done(dep);
        }
    }

    fn done(&mut self, dep: &mut IsoDep) {
        dep.settled = true;
        dep.identified |= self.identified;
        self.phase = Phase::Done;
    }

    fn fail(&mut self, failure: Failure) {
        self.phase = Phase::Failed(failure);
    }

    /// Goes to the next part of the command, as much as one block holds: FSC without control byte and CRC.
    fn advance(&mut self, dep: &IsoDep) {
        let room = usize::from(dep.link.frame).saturating_sub(3 + usize::from(dep.identified)).max(1);
        let (_, end) = self.part;
        self.part = (end, self.command.len().min(end + room));
    }

    /// Whether another part of the command follows the current one.
    fn follows(&self) -> bool {
        self.part.1 < self.command.len()
    }

    fn block(&self, dep: &IsoDep) -> Zeroizing<Vec<u8>> {
        let (from, to) = self.part;
        let part = self.command.get(from..to).unwrap_or_default();
        self.say.encode(dep.number, dep.identified, (part, self.follows()))
    }
}
