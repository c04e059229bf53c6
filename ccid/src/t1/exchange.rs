//! The rules of §11.6, in both directions.

use zeroize::Zeroizing;

use super::T1Parameters;
use super::block::{Block, Control, Flaw, IFS, RESPONSE, RESYNCH, encode, parse, pcb_i, pcb_r};

/// Repetitions in succession before the sides are brought to agree again, and of that request (rule 7.4).
const ATTEMPTS: u8 = 3;
/// Requests of the card and empty blocks in one exchange: far more than any card needs.
const EXTRAS: u16 = 500;
/// Milliseconds a card may ask for in one exchange, and how much of that one request uses up at most: cards
/// ask for more than they need.
const PATIENCE: u32 = 120_000;
const REQUEST: u32 = 30_000;
/// The longest answer: 65,536 bytes and the status word.
const LONGEST: usize = 65_538;

/// What came after a block was sent.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// These bytes.
    Block(&'a [u8]),
    /// Characters with wrong parity, too few or too many: the reader says so.
    Garbled,
    /// Nothing within the waiting time.
    Nothing,
}

/// What to do next.
#[derive(Debug)]
pub enum Step {
    /// Send this block and wait for so many block waiting times, at least one.
    Send(Zeroizing<Vec<u8>>, u8),
    /// The answer is complete.
    Done(Vec<u8>),
    /// It failed. What the card did with the command is not known.
    Failed(Failure),
}

/// Why an exchange failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Block and repetition were lost; the two sides agree again since.
    Lost,
    /// The card does not answer any more.
    Dead,
    /// The card gave up the chain.
    Aborted,
    /// The card asks for time or repeats itself without end, or answers more than any card holds.
    Endless,
}

/// What the block sent last was, as far as it decides what follows (rules 7.1 to 7.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    /// An I-block or a response: an R-block asks for what is missing.
    Other,
    /// An R-block, sent again as it was.
    Receipt,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Both sides agree; nothing is under way.
    Idle,
    /// Something was begun and not brought to its end.
    Unsure,
    /// S(RESYNCH request) is under way; afterwards the command begins, or has failed.
    Resynch { failed: bool },
    /// S(IFS request) is under way.
    Ifs(u8),
    /// An I-block is under way.
    Sending,
    /// Blocks of the answer come.
    Receiving,
    /// The card asked to give up the chain and was answered.
    Aborting,
}

/// One card at T=1.
#[derive(Debug)]
pub struct T1 {
    parameters: T1Parameters,
    /// Information bytes the reader can pass in one block.
    room: usize,
    ifsc: u8,
    /// N(S) of the present or next own I-block.
    own: bool,
    /// N(S) of the card's I-block that is waited for.
    awaited: bool,
    phase: Phase,
    command: Zeroizing<Vec<u8>>,
    /// How much of the command the card has acknowledged, and how much the present block adds.
    passed: usize,
    present: usize,
    answer: Vec<u8>,
    last: Zeroizing<Vec<u8>>,
    kind: Last,
    failures: u8,
    resynchs: u8,
    extras: u16,
    waited: u32,
}

impl T1 {
    /// A card that has just answered to reset, on a reader that passes blocks of at most `room` bytes.
    pub fn new(parameters: T1Parameters, room: usize) -> Self {
        let frame = 3 + parameters.edc.size();
        Self {
            room: room.saturating_sub(frame).clamp(1, 254),
            ifsc: parameters.ifsc,
            parameters,
            own: false,
            awaited: false,
            phase: Phase::Idle,
            command: Zeroizing::default(),
            passed: 0,
            present: 0,
            answer: Vec::new(),
            last: Zeroizing::default(),
            kind: Last::Other,
            failures: 0,
            resynchs: 0,
            extras: 0,
            waited: 0,
        }
    }

    /// Milliseconds to wait for the answer to a block that was to be waited for so many times.
    pub fn patience(&self, times: u8) -> u32 {
        self.parameters.waiting_time().saturating_mul(u32::from(times)).min(REQUEST)
    }

    /// Tells the card how many information bytes the reader takes. Done without data.
    pub fn offer(&mut self, ifsd: u8) -> Step {
        self.begin(&[]);
        self.phase = Phase::Ifs(ifsd);
        self.send(IFS, &[ifsd])
    }

    /// Sends a command. If the exchange before did not come to its end, the two sides are first brought to
    /// agree again.
    pub fn command(&mut self, command: &[u8]) -> Step {
        let agree = self.phase == Phase::Idle;
        self.begin(command);
        if agree { self.information() } else { self.resynch(false) }
    }

    /// Goes on with what came.
    pub fn next(&mut self, event: Event<'_>) -> Step {
        let block = match event {
            Event::Block(bytes) => parse(self.parameters.edc, bytes),
            Event::Garbled => Err(Flaw::Check),
            Event::Nothing => Err(Flaw::Other),
        };
        match (self.phase, block) {
            (Phase::Idle | Phase::Unsure, _) => self.give_up(Failure::Dead),
            (Phase::Resynch { failed }, Ok(Block::Response(Control::Resynch))) => self.agreed(failed),
            (Phase::Ifs(size), Ok(Block::Response(Control::Ifs(same)))) if same == size => self.finish(),
            // Whatever else came, the request itself is repeated (rule 7.3).
            (Phase::Resynch { .. } | Phase::Ifs(_), _) => self.invalid(Flaw::Other),
            (_, Err(flaw)) => self.invalid(flaw),
            (_, Ok(Block::Request(control))) => self.requested(control),
            (Phase::Aborting, Ok(_)) => self.give_up(Failure::Aborted),
            (Phase::Sending, Ok(Block::R { number })) => self.receipt(number),
            (Phase::Sending, Ok(Block::I { number, more, info })) if self.is_last() => {
                self.received(number, more, info)
            }
            (Phase::Receiving, Ok(Block::I { number, more, info })) => self.received(number, more, info),
            _ => self.invalid(Flaw::Other),
        }
    }

    fn begin(&mut self, command: &[u8]) {
        self.command = Zeroizing::new(command.to_vec());
        (self.passed, self.present) = (0, 0);
        self.answer = Vec::new();
        (self.failures, self.resynchs, self.extras, self.waited) = (0, 0, 0, 0);
        // Whoever drops the exchange half-way leaves it like this.
        self.phase = Phase::Unsure;
    }

    fn send(&mut self, pcb: u8, info: &[u8]) -> Step {
        self.last = encode(self.parameters.edc, pcb, info);
        self.kind = Last::Other;
        self.again(1)
    }

    fn again(&self, times: u8) -> Step {
        Step::Send(self.last.clone(), times)
    }

    /// The present I-block. Sent again, it is the same block: the card's new size counts from the next on.
    fn information(&mut self) -> Step {
        self.phase = Phase::Sending;
        let rest = self.command.get(self.passed..).unwrap_or_default();
        if self.present == 0 {
            self.present = rest.len().min(usize::from(self.ifsc)).min(self.room);
        }
        let info = Zeroizing::new(rest.get(..self.present).unwrap_or_default().to_vec());
        self.send(pcb_i(self.own, !self.is_last()), &info)
    }

    fn is_last(&self) -> bool {
        self.passed + self.present >= self.command.len()
    }

    /// R(N(R)): the next block of the chain, or this one again.
    fn receipt(&mut self, number: bool) -> Step {
        if number == self.own {
            return if self.fails() { self.resynch(true) } else { self.information() };
        }
        if self.is_last() {
            // It has the command and is asked for its answer: it heard that wrongly.
            return self.invalid(Flaw::Other);
        }
        self.failures = 0;
        self.own = !self.own;
        self.passed += self.present;
        self.present = 0;
        self.information()
    }

    /// A block of the answer; the first one acknowledges the command's last.
    fn received(&mut self, number: bool, more: bool, info: &[u8]) -> Step {
        if number != self.awaited {
            return self.invalid(Flaw::Other);
        }
        if self.phase == Phase::Sending {
            self.phase = Phase::Receiving;
            self.own = !self.own;
        }
        self.failures = 0;
        self.awaited = !self.awaited;
        self.answer.extend_from_slice(info);
        if !more {
            return self.finish();
        }
        if self.answer.len() > LONGEST || info.is_empty() && self.is_extra() {
            return self.give_up(Failure::Endless);
        }
        self.ask(0)
    }

    /// A request of the card. Each is answered, also when it comes again: the answer was lost then.
    fn requested(&mut self, control: Control) -> Step {
        if control == Control::Resynch {
            // Only the reader's side may ask for that.
            return self.invalid(Flaw::Other);
        }
        if self.is_extra() {
            return self.give_up(Failure::Endless);
        }
        self.failures = 0;
        match control {
            Control::Resynch => self.invalid(Flaw::Other),
            Control::Abort => {
                self.phase = Phase::Aborting;
                self.send(0xC2 | RESPONSE, &[])
            }
            Control::Ifs(size) => {
                self.ifsc = size;
                self.send(IFS | RESPONSE, &[size])
            }
            Control::Wtx(times) => {
                self.waited += self.patience(times);
                if self.waited > PATIENCE {
                    return self.give_up(Failure::Endless);
                }
                self.send(0xC3 | RESPONSE, &[times]);
                self.again(times)
            }
        }
    }

    fn is_extra(&mut self) -> bool {
        self.extras += 1;
        self.extras > EXTRAS
    }

    fn fails(&mut self) -> bool {
        self.failures += 1;
        self.failures > ATTEMPTS
    }

    /// What came is no block that can come here, or nothing came.
    fn invalid(&mut self, flaw: Flaw) -> Step {
        if let Phase::Resynch { failed } = self.phase {
            return self.resynch(failed);
        }
        if self.fails() {
            return self.resynch(true);
        }
        match (self.phase, self.kind) {
            (Phase::Ifs(_), _) | (_, Last::Receipt) => self.again(1),
            _ => self.ask(flaw as u8),
        }
    }

    /// Asks for the card's next block, or for the same again.
    fn ask(&mut self, flaw: u8) -> Step {
        let step = self.send(pcb_r(self.awaited, flaw), &[]);
        self.kind = Last::Receipt;
        step
    }

    fn resynch(&mut self, failed: bool) -> Step {
        self.resynchs += 1;
        if self.resynchs > ATTEMPTS {
            return self.give_up(Failure::Dead);
        }
        self.phase = Phase::Resynch { failed };
        self.send(RESYNCH, &[])
    }

    /// Both sides begin anew: with their numbers, and with the size the card had at first.
    fn agreed(&mut self, failed: bool) -> Step {
        (self.own, self.awaited) = (false, false);
        self.ifsc = self.parameters.ifsc;
        if failed {
            self.give_up(Failure::Lost)
        } else {
            // Nothing of this command has been sent yet.
            self.resynchs = 0;
            self.information()
        }
    }

    fn finish(&mut self) -> Step {
        self.wipe(Phase::Idle);
        Step::Done(std::mem::take(&mut self.answer))
    }

    fn give_up(&mut self, failure: Failure) -> Step {
        self.wipe(if failure == Failure::Lost { Phase::Idle } else { Phase::Unsure });
        Step::Failed(failure)
    }

    fn wipe(&mut self, phase: Phase) {
        self.command = Zeroizing::default();
        self.last = Zeroizing::default();
        self.phase = phase;
    }
}
