//! A desk with a virtual RC-S300, as a back end of pipes.

use std::cell::{Cell, RefCell, RefMut};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use ccid::myna::{Consent, Pin, Session};
use ccid::reader::Rcs300Reader;
use ccid::usb::{Interface, Setup, Usb, UsbError, UsbId, choose};
use ccid::{CardError, Kind};
use kakehashi_card::device::VirtualDevice;
use kakehashi_card::fault::{Fault, Rule, When};
use kakehashi_card::rcs300::{Variant, VirtualRcs300, descriptor};
use kakehashi_card::{CardFile, Received, VirtualCard};

pub(crate) const GOOD: &str = "1234";
pub(crate) const WRONG: &str = "9999";
const DIGEST: [u8; 32] = [0x5A; 32];

pub(crate) type Reader = Rcs300Reader<Wire>;

/// What went over the wire and when nothing did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event {
    Out(Vec<u8>),
    Pause(u32),
    Closed,
}

/// Runs a future to its end. Every transfer yields, so it is polled again and again.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    polls(future, 1_000_000).expect("it ends")
}

/// Polls a future so many times and drops it then.
pub(crate) fn polls<T>(future: impl Future<Output = T>, times: usize) -> Option<T> {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..times {
        if let Poll::Ready(done) = future.as_mut().poll(&mut context) {
            return Some(done);
        }
    }
    None
}

async fn pause() {
    let mut paused = false;
    std::future::poll_fn(
        |_| if std::mem::replace(&mut paused, true) { Poll::Ready(()) } else { Poll::Pending },
    )
    .await;
}

/// A desk with one reader; clones are the same desk.
#[derive(Clone)]
pub(crate) struct Desk {
    reader: Rc<RefCell<VirtualRcs300>>,
    pub(crate) events: Rc<RefCell<Vec<Event>>>,
    transfers: Rc<Cell<usize>>,
}

impl Desk {
    /// Without a card.
    pub(crate) fn new(variant: Variant) -> Self {
        let reader = Rc::new(RefCell::new(VirtualRcs300::new(variant)));
        Self { reader, events: Rc::default(), transfers: Rc::default() }
    }

    /// With a good card on the reader.
    pub(crate) fn with_card(variant: Variant) -> Self {
        let desk = Self::new(variant);
        desk.insert();
        desk
    }

    pub(crate) fn insert(&self) {
        let card = VirtualCard::new(&CardFile::specimen().unwrap()).unwrap();
        self.reader().insert(card);
    }

    pub(crate) fn reader(&self) -> RefMut<'_, VirtualRcs300> {
        self.reader.borrow_mut()
    }

    pub(crate) fn fault(&self, when: When, fault: Fault) {
        self.reader().set_faults(vec![Rule { when, fault }]);
    }

    /// Ends all faults, puts back what they took away.
    pub(crate) fn recover(&self) {
        self.reader().set_faults(Vec::new());
        self.reader().set_air_faults(Default::default());
        let card = self.reader().take_ejected();
        if let Some(card) = card {
            self.reader().insert(card);
        }
        if !self.reader().is_plugged() {
            self.reader().plug();
        }
    }

    pub(crate) fn tries(&self) -> u8 {
        self.reader().card().unwrap().tries_left().unwrap()
    }

    /// Transfers of the host, both ways.
    pub(crate) fn transfers(&self) -> usize {
        self.transfers.get()
    }

    pub(crate) fn wire(&self) -> (Wire, Interface) {
        let descriptors = self.reader().descriptors();
        let id = UsbId { vendor: descriptor::VENDOR, product: descriptor::PRODUCT, version: 0x0100 };
        let interface = choose(id, &descriptors[18..], false).unwrap();
        (Wire { desk: self.clone(), closed: false }, interface)
    }

    pub(crate) async fn open(&self) -> Result<Reader, CardError> {
        let (wire, interface) = self.wire();
        Reader::open(wire, interface).await
    }

    /// One whole check of identity, from opening the reader to closing it.
    pub(crate) async fn identity(&self, pin: &str) -> Result<Vec<u8>, CardError> {
        let mut reader = self.open().await?;
        let mut session = Session::new(&mut reader, |_| {});
        let opened = session.open().await;
        let result = match opened {
            Ok(_) => {
                let pin = Pin::new(pin).unwrap();
                session.verify_and_sign(pin, Consent::NotAsked, &DIGEST).await
            }
            Err(error) => Err(error),
        };
        session.finish().await;
        drop(session);
        reader.close().await;
        result
    }

    /// A check of identity works, costs no try, breaks no rule, and leaves the reader as it was.
    pub(crate) fn works(&self, when: &str) {
        run(self.identity(GOOD)).unwrap_or_else(|error| panic!("{when}: {error}"));
        assert_eq!(self.tries(), 3, "{when}");
        self.is_clean(when);
        assert_eq!(self.reader().session(), (false, false), "{when}: the session is over, the field off");
    }

    /// No rule was broken, and no file touched that must not be.
    pub(crate) fn is_clean(&self, when: &str) {
        assert_eq!(self.reader().violations(), [""; 0], "{when}");
        assert!(!self.reader().card().unwrap().forbidden_touched(), "{when}");
    }

    /// PINs that reached the card.
    pub(crate) fn pins(&self) -> usize {
        self.reader().apdus().iter().filter(|apdu| apdu[..] == *b"\x00\x20\x00\x80\x041234").count()
    }
}

/// What a failed step said.
pub(crate) fn kind<T: std::fmt::Debug>(result: Result<T, CardError>) -> Kind {
    result.unwrap_err().kind()
}

/// The pipes to a desk. Yields before and after each transfer, so that a future can be dropped anywhere.
#[derive(Debug)]
pub(crate) struct Wire {
    desk: Desk,
    closed: bool,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a desk")
    }
}

impl Wire {
    fn gone(&self) -> bool {
        self.closed || !self.desk.reader().is_plugged()
    }

    fn note(&self, event: Event) {
        self.desk.events.borrow_mut().push(event);
    }

    fn count(&self) {
        let transfers = &self.desk.transfers;
        transfers.set(transfers.get() + 1);
    }
}

impl Usb for Wire {
    async fn bulk_out(&mut self, endpoint: u8, data: &[u8], _: u32) -> Result<(), UsbError> {
        self.count();
        if self.gone() {
            return Err(UsbError::Disconnected);
        }
        // Under way once it was polled.
        self.note(Event::Out(data.to_vec()));
        self.desk.reader().bulk_out(endpoint, data);
        pause().await;
        Ok(())
    }

    async fn bulk_in(&mut self, endpoint: u8, max: usize, deadline: u32) -> Result<Vec<u8>, UsbError> {
        assert!(max.is_multiple_of(64), "requests are whole packets");
        assert!((1_000..10_000).contains(&deadline), "every wait has a deadline: {deadline}");
        self.count();
        pause().await;
        let received = self.desk.reader().transfer_in(0x80 | endpoint, max);
        match received {
            Some(Received::Data(data)) => Ok(data),
            Some(Received::Stall) => Err(UsbError::Stall),
            Some(Received::Overflow) => Err(UsbError::Other("babble".into())),
            None if self.gone() => Err(UsbError::Disconnected),
            // Nobody else moves on this desk: what is not there now never comes.
            None => Err(UsbError::Timeout),
        }
    }

    async fn control_in(&mut self, setup: Setup, _: u32) -> Result<Vec<u8>, UsbError> {
        self.desk.reader().control(setup.to_bytes(), &[]).ok_or(UsbError::Stall)
    }

    async fn pause(&mut self, milliseconds: u32) {
        self.note(Event::Pause(milliseconds));
        pause().await;
    }

    async fn close(&mut self) {
        self.note(Event::Closed);
        self.closed = true;
    }
}
