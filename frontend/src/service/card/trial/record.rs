//! What a test has shown so far. Nothing in it is the card holder's: no certificate, no number.

use ccid::myna::{Flaw, TokenKind};
use ccid::usb::Interface;
use ccid::{CardError, Kind};
use domain::reader::Moment;
use std::cell::{Cell, RefCell};

use super::Ended;

/// A step of the test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The reader is opened and its interface claimed.
    Open,
    /// A card is awaited.
    Card,
    /// The card is started.
    Power,
    /// The card is asked what it is.
    Recognise,
    /// Its certificate is read.
    Certificate,
    /// The tries left are asked for.
    Tries,
    /// The certificate is checked; the card is not needed any more.
    Check,
}

impl Step {
    /// In their order.
    pub const ALL: [Self; 7] =
        [Self::Open, Self::Card, Self::Power, Self::Recognise, Self::Certificate, Self::Tries, Self::Check];
}

/// How a step stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum State {
    /// Not begun.
    #[default]
    Before,
    /// Under way.
    Live,
    /// Done.
    Done,
    /// Failed.
    Failed,
}

/// What a step has told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Said {
    /// Nothing beside its state.
    #[default]
    Nothing,
    /// What the token says it is.
    Kind(TokenKind),
    /// The part being read, of all.
    Part(u16, u16),
    /// The certificate holds.
    Valid,
    /// There are no roots to check it with.
    NoRoots,
    /// Tries left.
    Tries(u8),
}

/// One step.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Line {
    /// How it stands.
    pub state: State,
    /// Milliseconds it took.
    pub took: u32,
    /// What it has told.
    pub said: Said,
}

/// What failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Stable code.
    pub code: &'static str,
    /// For the help desk: never personal data.
    pub detail: String,
    /// While the reader was opened, or later.
    pub moment: Moment,
    /// Whether the reader's class was the reason.
    pub protected: bool,
}

/// A test, as far as it has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    lines: [Line; 7],
    /// The interface that is driven, once the reader is open.
    pub interface: Option<Interface>,
    /// The first thing that failed.
    pub failure: Option<Failure>,
}

impl Record {
    /// How a step stands.
    pub const fn line(&self, step: Step) -> &Line {
        &self.lines[step as usize]
    }
}

/// Keeps the record while a test runs.
pub(super) struct Log {
    record: RefCell<Record>,
    /// The step under way, since when, and until when if its clock has been stopped.
    live: Cell<Option<(Step, f64, Option<f64>)>>,
    clock: fn() -> f64,
    tell: Box<dyn Fn(Record)>,
}

impl Log {
    pub(super) fn new(clock: fn() -> f64, tell: impl Fn(Record) + 'static) -> Self {
        Self { record: RefCell::default(), live: Cell::new(None), clock, tell: Box::new(tell) }
    }

    pub(super) fn record(&self) -> Record {
        self.record.borrow().clone()
    }

    /// Ends the step before as done and begins this one.
    pub(super) fn begin(&self, step: Step) {
        self.end(State::Done);
        self.live.set(Some((step, (self.clock)(), None)));
        self.change(step, |line| line.state = State::Live);
    }

    /// The step under way takes no more time; how it ended is told later.
    pub(super) fn pause(&self) {
        if let Some((step, since, None)) = self.live.get() {
            self.live.set(Some((step, since, Some((self.clock)()))));
        }
    }

    /// Ends the step under way as done.
    pub(super) fn done(&self) {
        self.end(State::Done);
        (self.tell)(self.record());
    }

    pub(super) fn say(&self, step: Step, said: Said) {
        self.change(step, |line| line.said = said);
    }

    pub(super) fn opened(&self, interface: Option<Interface>) {
        self.record.borrow_mut().interface = interface;
    }

    /// The step under way has failed, and the test with it.
    pub(super) fn ended(&self, error: &CardError) -> Ended {
        if let Some((step, ..)) = self.live.get() {
            self.failed(step, error);
        }
        Ended::Over
    }

    /// This step has failed, as it is known now.
    pub(super) fn failed(&self, step: Step, error: &CardError) {
        self.fail(step, error.code(), error.detail(), error.kind() == Kind::ProtectedClass);
    }

    /// The certificate does not hold.
    pub(super) fn flaw(&self, flaw: &Flaw) {
        self.fail(Step::Check, flaw.code(), flaw.detail(), false);
    }

    fn fail(&self, step: Step, code: &'static str, detail: &str, protected: bool) {
        let moment = if step == Step::Open { Moment::Opening } else { Moment::Later };
        let failure = Failure { code, detail: detail.to_owned(), moment, protected };
        self.record.borrow_mut().failure.get_or_insert(failure);
        self.end(State::Done);
        self.change(step, |line| line.state = State::Failed);
    }

    fn end(&self, state: State) {
        if let Some((step, since, until)) = self.live.take() {
            let took = (until.unwrap_or_else(self.clock) - since).max(0.0) as u32;
            let mut record = self.record.borrow_mut();
            let line = &mut record.lines[step as usize];
            (line.state, line.took) = (state, took);
        }
    }

    fn change(&self, step: Step, change: impl FnOnce(&mut Line)) {
        change(&mut self.record.borrow_mut().lines[step as usize]);
        (self.tell)(self.record());
    }
}
