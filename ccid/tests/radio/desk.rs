//! A virtual RC-S380 on a desk, as a back end of pipes.

use std::cell::{RefCell, RefMut};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use ccid::CardError;
use ccid::apdu::{Command, Response};
use ccid::reader::{CardChannel, Rcs380Reader};
use ccid::usb::{Setup, Usb, UsbError};
use kakehashi_card::{CardFile, PiccOptions, Received, VirtualCard, VirtualDevice, VirtualRcs380};

use crate::golden::interface;

/// Runs a future to its end.
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

async fn pause() {
    let mut paused = false;
    let yielded = |_: &mut Context<'_>| match std::mem::replace(&mut paused, true) {
        true => Poll::Ready(()),
        false => Poll::Pending,
    };
    std::future::poll_fn(yielded).await;
}

/// A desk with one reader; clones are the same desk.
#[derive(Clone)]
pub(crate) struct Desk {
    reader: Rc<RefCell<VirtualRcs380>>,
    transfers: Rc<RefCell<usize>>,
    paused: Rc<RefCell<u32>>,
}

impl Desk {
    /// A reader with the specimen card on it.
    pub(crate) fn with(options: PiccOptions) -> Self {
        let mut reader = VirtualRcs380::new(options);
        reader.insert(card());
        Self { reader: Rc::new(RefCell::new(reader)), transfers: Rc::default(), paused: Rc::default() }
    }

    pub(crate) fn reader(&self) -> RefMut<'_, VirtualRcs380> {
        self.reader.borrow_mut()
    }

    /// Transfers both ways until now.
    pub(crate) fn transfers(&self) -> usize {
        *self.transfers.borrow()
    }

    /// Milliseconds the driver let pass.
    pub(crate) fn paused(&self) -> u32 {
        *self.paused.borrow()
    }

    pub(crate) fn open(&self) -> Rcs380Reader<Wire> {
        run(self.try_open()).unwrap()
    }

    pub(crate) async fn try_open(&self) -> Result<Rcs380Reader<Wire>, CardError> {
        Rcs380Reader::open(self.wire(), interface()).await
    }

    /// Pipes to the reader.
    pub(crate) fn wire(&self) -> Wire {
        Wire { desk: self.clone(), closed: false }
    }

    /// How often the card was given this command.
    pub(crate) fn times(&self, command: &[u8]) -> usize {
        self.reader().apdus().filter(|apdu| *apdu == command).count()
    }
}

/// The specimen.
pub(crate) fn card() -> VirtualCard {
    VirtualCard::new(&CardFile::specimen().unwrap()).unwrap()
}

/// One command, from its bytes.
pub(crate) async fn send<C: CardChannel>(reader: &mut C, bytes: &[u8]) -> Result<Response, CardError> {
    reader.transmit(&Command::parse(bytes).unwrap()).await
}

/// The pipes to a desk. Yields before and after each transfer, so that a future can be dropped anywhere.
pub(crate) struct Wire {
    desk: Desk,
    closed: bool,
}

impl Wire {
    fn count(&self) -> Result<(), UsbError> {
        *self.desk.transfers.borrow_mut() += 1;
        if self.closed || !self.desk.reader().is_plugged() { Err(UsbError::Disconnected) } else { Ok(()) }
    }
}

impl Usb for Wire {
    async fn bulk_out(&mut self, endpoint: u8, data: &[u8], deadline: u32) -> Result<(), UsbError> {
        assert!(deadline > 0);
        pause().await;
        self.count()?;
        self.desk.reader().bulk_out(endpoint, data);
        pause().await;
        Ok(())
    }

    async fn bulk_in(&mut self, endpoint: u8, max: usize, deadline: u32) -> Result<Vec<u8>, UsbError> {
        assert!(max.is_multiple_of(64), "requests are whole packets");
        pause().await;
        let received = self.desk.reader().transfer_in(0x80 | endpoint, max);
        let late = self.desk.reader().took() > u64::from(deadline) * 1000;
        match received {
            _ if late => panic!("the driver does not wait as long as the card may take"),
            Some(Received::Data(data)) => {
                *self.desk.transfers.borrow_mut() += 1;
                Ok(data)
            }
            Some(Received::Stall) => Err(UsbError::Stall),
            Some(Received::Overflow) => Err(UsbError::Other("babble".into())),
            // Nobody else moves on this desk: what is not there now never comes.
            None => self.count().and(Err(UsbError::Timeout)),
        }
    }

    async fn control_in(&mut self, setup: Setup, _: u32) -> Result<Vec<u8>, UsbError> {
        self.desk.reader().control(setup.to_bytes(), &[]).ok_or(UsbError::Stall)
    }

    async fn pause(&mut self, milliseconds: u32) {
        *self.desk.paused.borrow_mut() += milliseconds;
    }

    async fn close(&mut self) {
        self.closed = true;
    }
}
