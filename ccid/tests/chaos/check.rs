//! One run: a person with a card, a reader, and a wire on which things go wrong.

use std::cell::RefCell;
use std::rc::Rc;

use ccid::myna::{Consent, Session, Step};
use ccid::reader::AnyReader;
use ccid::{CardError, Kind};

use crate::desk::Truth;
use crate::fault::Plan;
use crate::line::Line;
use crate::oracle::{self, Damage};
use crate::pipes::{Pipes, poll};
use crate::rig::{Rig, interface};
use crate::watch::is_allowed;

/// Attempts to get going again with a reader that was left with half a message; before the last one the
/// person pulls the plug.
const OUT_OF_STEP: usize = 3;
/// What a run takes at most, by the clock of the wire, for itself and for each fault, microseconds.
const PATIENCE: u64 = 45_000_000;
/// SELECT of a file: refused when no application is open.
const PROBE: [u8; 7] = [0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x18];
const NOTHING_OPEN: [u8; 2] = [0x6A, 0x86];

type Check = Session<AnyReader<Pipes>>;

/// How far a check came.
pub(crate) enum Came {
    /// To its end, with what the card gives.
    Through(Vec<u8>),
    Failed(CardError),
    Dropped,
}

pub(crate) struct Run<'a> {
    rig: Rig,
    plan: &'a Plan,
    line: Rc<RefCell<Line>>,
    truth: Option<&'a Truth>,
    /// Times that the person typed a secret and said go.
    asked: u32,
    /// Polls left until the person goes away.
    left: usize,
}

impl<'a> Run<'a> {
    pub(crate) fn new(rig: Rig, plan: &'a Plan, line: &Rc<RefCell<Line>>, truth: Option<&'a Truth>) -> Self {
        let left = plan.dropped.unwrap_or(usize::MAX);
        Self { rig, plan, line: line.clone(), truth, asked: 0, left }
    }

    /// A check on which things go wrong, the end of it, and another on which nothing does.
    pub(crate) fn whole(mut self) {
        let (presented, commands) = self.line.borrow_mut().counts();
        let (session, came) = self.first();
        self.judge(&came);
        let session = self.put_to_rest(session);
        self.goes_on(session);
        self.accounts(presented, commands);
    }

    /// The check on which things go wrong; its session if there was one.
    pub(crate) fn first(&mut self) -> (Option<Check>, Came) {
        let mut left = self.left;
        let opened = poll(self.reader(), &mut left);
        self.left = left;
        match opened {
            None => (None, Came::Dropped),
            Some(Err(error)) => (None, Came::Failed(error)),
            Some(Ok(reader)) => {
                let mut session = self.session(reader);
                let came = self.check(&mut session);
                (Some(session), came)
            }
        }
    }

    async fn reader(&self) -> Result<AnyReader<Pipes>, CardError> {
        let chosen = interface(&*self.line.borrow().device);
        AnyReader::open(Pipes::new(&self.line, self.plan.brittle), chosen).await
    }

    fn session(&self, reader: AnyReader<Pipes>) -> Check {
        let line = self.line.clone();
        Session::new(reader, move |step| line.borrow_mut().observe(step))
    }

    /// A whole check as a person does it: mistyped perhaps, and asked whether to spend the last try.
    fn check(&mut self, session: &mut Check) -> Came {
        let purpose = self.plan.purpose;
        let mut given = match poll(purpose.open(session), &mut self.left) {
            None => return Came::Dropped,
            Some(Err(error)) => return Came::Failed(error),
            Some(Ok(given)) => given,
        };
        for (right, consent) in self.plan.typed() {
            let pins = self.line.borrow().watch.pins;
            self.asked += 1;
            let result = poll(purpose.present(session, right, consent), &mut self.left);
            let sent = self.line.borrow().watch.pins > pins;
            match result {
                None => return Came::Dropped,
                Some(Ok(more)) => {
                    assert!(right || self.damage() == Damage::Told, "a wrong secret opens nothing");
                    given.extend(more);
                    return Came::Through(given);
                }
                Some(Err(error)) if error.kind() == Kind::LastTry => {
                    assert!(!sent && consent == Consent::NotAsked, "the last try was spent without a yes");
                    self.asked -= 1;
                    if !self.plan.last_try {
                        return Came::Failed(error);
                    }
                }
                Some(Err(error)) if error.kind() == purpose.wrong() && error.tries().is_some() && !right => {
                    assert!(sent, "{error}");
                }
                Some(Err(error)) => {
                    self.fate_of_the_secret(&error, sent);
                    return Came::Failed(error);
                }
            }
        }
        panic!("the card takes no secret")
    }

    /// A secret that has left, and of which the card has told nothing, is one whose fate is not known; and
    /// only such a one is.
    fn fate_of_the_secret(&self, error: &CardError, sent: bool) {
        let purpose = self.plan.purpose;
        let told = [purpose.wrong(), purpose.blocked(), Kind::NoPin, Kind::NoAttributes];
        let opened =
            matches!(self.line.borrow().before_finish, Some(Step::Signing | Step::ReadingAttributes));
        match error.kind() {
            Kind::PinUnknown => {
                assert!(sent && !opened, "its fate is known: {error}");
                assert!(
                    error.cause().is_some() || self.damage() == Damage::Told,
                    "the card did tell: {error}"
                );
            }
            kind if told[..2].contains(&kind) => assert!(sent && !opened, "{error}"),
            kind => assert!(!sent || opened || told.contains(&kind), "its fate is not known: {error}"),
        }
    }

    /// What the faults did to what the two sides told each other.
    fn damage(&self) -> Damage {
        oracle::damage(self.rig, &self.line.borrow().struck)
    }

    fn judge(&self, came: &Came) {
        let line = self.line.borrow();
        match came {
            Came::Dropped => assert!(self.plan.dropped.is_some()),
            Came::Failed(error) => oracle::fits(self.rig, &line.struck, self.plan.purpose, error),
            Came::Through(given) => {
                oracle::may_go_well(self.rig, &line.struck);
                if let Some(truth) = self.truth.filter(|_| self.damage() != Damage::Told) {
                    assert!(truth.given == *given, "not what the card gives");
                }
            }
        }
    }

    /// The screen goes: the card is closed. Gives the session if its pipes are still good.
    fn put_to_rest(&mut self, session: Option<Check>) -> Option<Check> {
        let mut session = session?;
        poll(session.finish(), &mut usize::MAX.clone())?;
        let reader = session.into_channel();
        let usable = !reader.usb().is_closed();
        let mut line = self.line.borrow_mut();
        let reached = usable && line.struck.len() <= 1 && !oracle::out_of_step(self.rig, &line.struck);
        if let Some(card) = line.device.card().filter(|_| reached) {
            assert_eq!(card.transmit(&PROBE), NOTHING_OPEN, "the card was left open");
        }
        let usable = usable && line.device.is_plugged() && self.plan.same_session;
        drop(line);
        usable.then(|| self.session(reader))
    }

    /// Without faults the same reader and the same card work again.
    fn goes_on(&mut self, mut session: Option<Check>) {
        self.line.borrow_mut().calm();
        let attempts =
            if oracle::out_of_step(self.rig, &self.line.borrow().struck) { OUT_OF_STEP } else { 1 };
        for left in (0..attempts).rev() {
            match self.again(&mut session) {
                Ok(given) => return assert!(self.truth.is_some_and(|it| it.given == given), "afterwards"),
                // A damaged secret was a wrong one.
                Err(error) if error.kind() == self.plan.purpose.blocked() => {
                    return assert!(self.damage() == Damage::Told && self.plan.last_try, "{error}");
                }
                Err(error) => assert!(left > 0, "afterwards: {error}"),
            }
            session = None;
            if left == 1 {
                self.line.borrow_mut().replug();
            }
        }
    }

    fn again(&mut self, session: &mut Option<Check>) -> Result<Vec<u8>, CardError> {
        let mut all = usize::MAX;
        if session.is_none() {
            let reader = poll(self.reader(), &mut all).unwrap()?;
            *session = Some(self.session(reader));
        }
        let session = session.as_mut().unwrap();
        let mut given = poll(self.plan.purpose.open(session), &mut all).unwrap()?;
        self.asked += 1;
        let present = self.plan.purpose.present(session, true, Consent::LastTry);
        given.extend(poll(present, &mut all).unwrap()?);
        Ok(given)
    }

    /// What must hold whatever went wrong.
    fn accounts(&self, presented: u64, commands: u64) {
        let damage = self.damage();
        let mut line = self.line.borrow_mut();
        let now = line.counts();
        let (presented, commands) = (now.0 - presented, usize::try_from(now.1 - commands).unwrap());
        let faults = u64::try_from(line.struck.len()).unwrap();
        assert!(line.clock <= (faults + 2) * PATIENCE, "{} ms", line.clock / 1000);
        let watch = &line.watch;
        assert!(watch.forbidden.is_empty(), "selected: {:02X?}", watch.forbidden);
        let most = u64::from(self.asked + watch.doubled);
        assert!(presented <= most, "{presented} tries for {} asked", self.asked);
        if !self.rig.repeats_blocks() {
            assert!(watch.pins <= self.asked, "{} secrets sent for {} asked", watch.pins, self.asked);
        }
        if damage == Damage::Told {
            return;
        }
        let card = line.device.card().unwrap();
        assert!(!card.forbidden_touched(), "a forbidden file was touched");
        assert_eq!((card.tries_left(), card.attributes_tries_left()), (Some(3), Some((3, 10))));
        let earlier = card.log().count().saturating_sub(commands);
        for logged in card.log().skip(earlier) {
            let allowed = logged.selected.as_deref().is_none_or(is_allowed);
            assert!(allowed, "the card was told to select {:02X?}", logged.selected);
        }
    }
}
