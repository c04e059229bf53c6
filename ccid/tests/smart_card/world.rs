//! The PC/SC of a virtual machine: one reader, contexts that do one thing at a time, exclusive connections.

use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use ccid::CardError;
use ccid::myna::{Consent, Pin, Session};
use ccid::smart_card::{Fault, SmartCardReader};
use ccid::usb::Delay;
use futures_util::future::LocalBoxFuture;
use kakehashi_card::{CardFile, VirtualCard};

use crate::provider::Desk;

pub(crate) const GOOD: &str = "1234";
pub(crate) const DIGEST: [u8; 32] = [0x5A; 32];
pub(crate) const READER: &str = "Virtual PC/SC reader 00 00";

/// What goes wrong at one call.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Trouble {
    /// The promise does not settle until [`World::release`], whether or not the thing was done.
    Hang { executed: bool },
    /// The call fails with this response code of the draft; nothing is done.
    Code(&'static str),
    /// The call fails with this other DOMException; nothing is done.
    Name(&'static str),
    /// The card is taken away before.
    Removed,
    /// The card is taken away and put back before.
    PutBack,
}

/// What all providers of one machine share.
pub(crate) struct World {
    pub(crate) slot: Option<VirtualCard>,
    /// How often a card was put in.
    pub(crate) insertions: usize,
    pub(crate) powered: bool,
    /// Whether the card speaks T=1.
    pub(crate) blocks: bool,
    pub(crate) readers: Vec<&'static str>,
    /// Which connection has the card to itself.
    pub(crate) owner: Option<usize>,
    /// Connections ever made, with the insertion each belongs to.
    pub(crate) connections: Vec<usize>,
    /// Contexts ever made, and whether each has something under way.
    pub(crate) contexts: Vec<bool>,
    /// Names of the calls, in order.
    pub(crate) calls: Vec<&'static str>,
    pub(crate) troubles: Vec<(usize, Trouble)>,
    pub(crate) released: bool,
    /// The last command that has reached the provider.
    pub(crate) last: Vec<u8>,
    /// Commands with a PIN that have reached the provider.
    pub(crate) pins: usize,
}

pub(crate) type Shared = Rc<RefCell<World>>;

impl World {
    pub(crate) fn new() -> Shared {
        Rc::new(RefCell::new(Self {
            slot: None,
            insertions: 0,
            powered: false,
            blocks: true,
            readers: vec![READER],
            owner: None,
            connections: Vec::new(),
            contexts: Vec::new(),
            calls: Vec::new(),
            troubles: Vec::new(),
            released: false,
            last: Vec::new(),
            pins: 0,
        }))
    }

    pub(crate) fn with_card() -> Shared {
        let world = Self::new();
        world.borrow_mut().insert(&CardFile::specimen().unwrap());
        world
    }

    pub(crate) fn insert(&mut self, card: &CardFile) {
        self.put_in(VirtualCard::new(card).unwrap());
    }

    pub(crate) fn put_in(&mut self, mut card: VirtualCard) {
        card.power();
        self.powered = false;
        self.insertions += 1;
        self.slot = Some(card);
    }

    pub(crate) fn take_out(&mut self) -> Option<VirtualCard> {
        self.powered = false;
        self.slot.take()
    }

    /// Lets everything that hangs come to its end.
    pub(crate) fn release(&mut self) {
        self.released = true;
        self.troubles.clear();
    }

    pub(crate) fn tries(&mut self) -> u8 {
        self.slot.as_mut().unwrap().tries_left().unwrap()
    }

    /// Whether a connection still is that of the card in the reader.
    pub(crate) fn check(&self, connection: usize) -> Result<(), Fault> {
        match &self.slot {
            None => Err(code("removed-card")),
            Some(_) if self.connections.get(connection) != Some(&self.insertions) => Err(code("reset-card")),
            Some(_) => Ok(()),
        }
    }

    /// Nobody holds the card, and it has no power.
    pub(crate) fn at_rest(&self) -> bool {
        self.owner.is_none() && !self.powered
    }
}

pub(crate) fn code(code: &str) -> Fault {
    Fault::new(Some(code), "SmartCardError", "")
}

thread_local! {
    /// What runs without anyone waiting.
    static BACKGROUND: RefCell<Vec<LocalBoxFuture<'static, ()>>> = RefCell::default();
}

pub(crate) fn background(future: LocalBoxFuture<'static, ()>) {
    BACKGROUND.with(|all| all.borrow_mut().push(future));
}

/// One round for everything in the background.
fn round() {
    let mut context = Context::from_waker(Waker::noop());
    let mut all = BACKGROUND.with(RefCell::take);
    all.retain_mut(|future| future.as_mut().poll(&mut context).is_pending());
    BACKGROUND.with(|queue| queue.borrow_mut().append(&mut all));
}

/// Time passes for the background alone.
pub(crate) fn later() {
    for _ in 0..50 {
        round();
    }
}

/// Runs a future to its end.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    polls(future, 100_000).expect("every wait has a deadline")
}

/// Polls a future so many times and drops it then.
pub(crate) fn polls<T>(future: impl Future<Output = T>, times: usize) -> Option<T> {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..times {
        if let Poll::Ready(done) = future.as_mut().poll(&mut context) {
            return Some(done);
        }
        round();
    }
    None
}

/// Time is counted in polls: nothing that will come takes as long as the shortest deadline.
#[derive(Clone, Copy)]
pub(crate) struct Clock;

impl Delay for Clock {
    async fn wait(&self, _: u32) {
        let mut left = 40;
        std::future::poll_fn(|_| {
            left -= 1;
            if left == 0 { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }
}

pub(crate) type Reader = SmartCardReader<Desk, Clock>;

pub(crate) fn open(world: &Shared) -> Result<Reader, CardError> {
    run(SmartCardReader::open(Desk::new(world), Clock))
}

/// One whole check of identity, over a reader of its own.
pub(crate) fn identity(world: &Shared, pin: &str) -> Result<Vec<u8>, CardError> {
    let mut session = Session::new(open(world)?, |_| {});
    let result = run(session.open())
        .and_then(|_| run(session.verify_and_sign(Pin::new(pin).unwrap(), Consent::NotAsked, &DIGEST)));
    run(session.finish());
    result
}
