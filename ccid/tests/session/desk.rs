//! A virtual reader on a desk, as a back end of pipes.

use std::cell::{RefCell, RefMut};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use ccid::apdu::{Command, Response};
use ccid::atr::Atr;
use ccid::myna::{Session, Step};
use ccid::reader::{CardChannel, CcidReader, Counted};
use ccid::usb::{Interface, Setup, Usb, UsbError, UsbId, choose};
use ccid::{CardError, Kind};
use kakehashi_card::{
    Build, CardFile, Fault, Logged, Received, Rule, VirtualCard, VirtualDevice, VirtualReader, When,
};

pub(crate) const GOOD: &str = "1234";
pub(crate) const WRONG: &str = "9999";
pub(crate) const DIGEST: [u8; 32] = [0x5A; 32];
pub(crate) const ISSUER_DOMAIN: [u8; 7] = [0xA0, 0, 0, 1, 0x51, 0, 0];

/// Runs a future to its end. Every transfer of [`Wire`] yields, so it is polled again and again.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    polls(future, usize::MAX).expect("it ends")
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

fn interface(descriptors: &[u8]) -> Result<Interface, CardError> {
    let (device, configuration) = descriptors.split_at(18);
    choose(UsbId::of(device).unwrap(), configuration, true)
}

async fn pause() {
    let mut paused = false;
    std::future::poll_fn(
        |_| if std::mem::replace(&mut paused, true) { Poll::Ready(()) } else { Poll::Pending },
    )
    .await;
}

pub(crate) type CountedSession = Session<Counted<CcidReader<Wire>>>;
pub(crate) type Steps = Rc<RefCell<Vec<Step>>>;

/// A desk with one reader; clones are the same desk.
#[derive(Clone)]
pub(crate) struct Desk {
    reader: Rc<RefCell<dyn VirtualDevice>>,
    sent: Rc<RefCell<Vec<u8>>>,
}

impl Desk {
    pub(crate) fn new(build: Build) -> Self {
        Self::of(VirtualReader::new(build))
    }

    /// A desk with any virtual device.
    pub(crate) fn of(device: impl VirtualDevice + 'static) -> Self {
        Self { reader: Rc::new(RefCell::new(device)), sent: Rc::default() }
    }

    /// A short-APDU reader with a good card on it.
    pub(crate) fn with_card() -> Self {
        Self::with(Build::default(), &CardFile::specimen().unwrap())
    }

    pub(crate) fn with(build: Build, card: &CardFile) -> Self {
        let desk = Self::new(build);
        desk.insert(card);
        desk
    }

    pub(crate) fn insert(&self, card: &CardFile) {
        self.reader().insert(VirtualCard::new(card).unwrap());
    }

    pub(crate) fn reader(&self) -> RefMut<'_, dyn VirtualDevice + 'static> {
        self.reader.borrow_mut()
    }

    pub(crate) fn fault(&self, when: When, fault: Fault) {
        self.reader().set_faults(vec![Rule { when, fault }]);
    }

    /// Puts back the card a fault took away.
    pub(crate) fn put_back(&self) {
        self.reader().set_faults(Vec::new());
        let card = self.reader().take_ejected();
        if let Some(card) = card {
            self.reader().insert(card);
        }
    }

    /// Message types sent to the reader.
    pub(crate) fn sent(&self) -> Vec<u8> {
        self.sent.borrow().clone()
    }

    pub(crate) fn log(&self) -> Vec<Logged> {
        self.reader().card().map(|card| card.log().cloned().collect()).unwrap_or_default()
    }

    /// VERIFY commands that carried a PIN reach the card as `00 20 00 80` and do not answer the question for
    /// tries: the card's own counter tells how many were taken.
    pub(crate) fn tries(&self) -> u8 {
        self.reader().card().unwrap().tries_left().unwrap()
    }

    pub(crate) fn open(&self) -> CcidReader<Wire> {
        run(self.try_open()).unwrap()
    }

    pub(crate) async fn try_open(&self) -> Result<CcidReader<Wire>, CardError> {
        let descriptors = self.reader().descriptors();
        CcidReader::open(Wire { desk: self.clone(), closed: false }, interface(&descriptors)?).await
    }

    pub(crate) fn session(&self) -> (CountedSession, Steps) {
        let steps = Steps::default();
        let seen = steps.clone();
        (Session::new(Counted::new(self.open()), move |step| seen.borrow_mut().push(step)), steps)
    }

    /// Whether the card was left as it should be: the issuer's domain selected last, the power taken last.
    pub(crate) fn at_rest(&self) -> bool {
        let log = self.log();
        let closed = log.last().is_some_and(|last| last.selected.as_deref() == Some(&ISSUER_DOMAIN[..]));
        let transfers =
            self.sent().iter().rev().take_while(|kind| **kind != 0x6F).copied().collect::<Vec<_>>();
        closed && transfers.contains(&0x63)
    }
}

/// The pipes to a desk. Yields before and after each transfer, so that a future can be dropped anywhere.
pub(crate) struct Wire {
    desk: Desk,
    closed: bool,
}

impl Wire {
    fn gone(&self) -> bool {
        self.closed || !self.desk.reader().is_plugged()
    }
}

impl Usb for Wire {
    async fn bulk_out(&mut self, endpoint: u8, data: &[u8], _: u32) -> Result<(), UsbError> {
        pause().await;
        if self.gone() {
            return Err(UsbError::Disconnected);
        }
        self.desk.sent.borrow_mut().push(data[0]);
        self.desk.reader().bulk_out(endpoint, data);
        pause().await;
        Ok(())
    }

    async fn bulk_in(&mut self, endpoint: u8, max: usize, _: u32) -> Result<Vec<u8>, UsbError> {
        assert!(max.is_multiple_of(64), "requests are whole packets");
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

    async fn close(&mut self) {
        self.closed = true;
    }
}

/// What a failed step should have said.
pub(crate) fn kind<T: std::fmt::Debug>(result: Result<T, CardError>) -> Kind {
    result.unwrap_err().kind()
}

/// A channel that notes each command with a PIN, for counting what leaves the host.
pub(crate) struct PinWatch<C> {
    pub(crate) inner: C,
    pub(crate) pins: Rc<RefCell<usize>>,
}

impl<C: CardChannel> CardChannel for PinWatch<C> {
    async fn power_on(&mut self) -> Result<Atr, CardError> {
        self.inner.power_on().await
    }

    async fn power_off(&mut self) -> Result<(), CardError> {
        self.inner.power_off().await
    }

    async fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        *self.pins.borrow_mut() += usize::from(command.header()[1] == 0x20 && !command.data().is_empty());
        self.inner.transmit(command).await
    }

    async fn card_present(&mut self) -> Result<bool, CardError> {
        self.inner.card_present().await
    }

    fn extended_length(&self) -> bool {
        self.inner.extended_length()
    }
}
