//! The pipes to a line, as a back end. They yield after each transfer to the reader, which is under way once
//! its future was polled, and around each transfer to the host, which is kept for the next when its future is
//! dropped: as in a browser.

use std::cell::{RefCell, RefMut};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use ccid::usb::{Setup, Usb, UsbError};
use kakehashi_card::Received;

use crate::line::Line;

/// Polls a future until it is done, as long as there are polls left, and drops it then.
pub(crate) fn poll<T>(future: impl Future<Output = T>, left: &mut usize) -> Option<T> {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    while *left > 0 {
        if let Poll::Ready(done) = future.as_mut().poll(&mut context) {
            return Some(done);
        }
        *left -= 1;
    }
    None
}

async fn turn() {
    let mut turned = false;
    let once = |_: &mut Context<'_>| match std::mem::replace(&mut turned, true) {
        true => Poll::Ready(()),
        false => Poll::Pending,
    };
    std::future::poll_fn(once).await;
}

pub(crate) struct Pipes {
    line: Rc<RefCell<Line>>,
    /// Whether they end with the first timeout.
    brittle: bool,
    closed: bool,
    kept: Option<Result<Vec<u8>, UsbError>>,
}

impl Pipes {
    pub(crate) fn new(line: &Rc<RefCell<Line>>, brittle: bool) -> Self {
        Self { line: line.clone(), brittle, closed: false, kept: None }
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    fn line(&self) -> RefMut<'_, Line> {
        self.line.borrow_mut()
    }

    fn ended<T>(&mut self, result: Result<T, UsbError>) -> Result<T, UsbError> {
        if self.brittle && matches!(result, Err(UsbError::Timeout)) {
            self.closed = true;
            // With them goes what the system still had for the reader.
            self.line().held = None;
        }
        result
    }
}

impl Usb for Pipes {
    async fn bulk_out(&mut self, endpoint: u8, data: &[u8], deadline: u32) -> Result<(), UsbError> {
        if self.closed {
            return Err(UsbError::Disconnected);
        }
        let result = self.line().send(endpoint, data, deadline);
        turn().await;
        self.ended(result)
    }

    async fn bulk_in(&mut self, endpoint: u8, max: usize, deadline: u32) -> Result<Vec<u8>, UsbError> {
        turn().await;
        if self.closed {
            return Err(UsbError::Disconnected);
        }
        if self.kept.is_none() {
            let result = self.line().receive(endpoint, max, deadline);
            self.kept = Some(result);
        }
        turn().await;
        let result = self.kept.take().unwrap_or(Err(UsbError::Timeout));
        self.ended(result)
    }

    async fn interrupt_in(&mut self, endpoint: u8, max: usize) -> Result<Vec<u8>, UsbError> {
        let received = self.line().device.transfer_in(0x80 | endpoint, max);
        match received {
            Some(Received::Data(data)) => Ok(data),
            Some(_) => Err(UsbError::Stall),
            None => std::future::pending().await,
        }
    }

    async fn control_in(&mut self, setup: Setup, _: u32) -> Result<Vec<u8>, UsbError> {
        self.line().device.control(setup.to_bytes(), &[]).ok_or(UsbError::Stall)
    }

    async fn pause(&mut self, milliseconds: u32) {
        self.line().clock += u64::from(milliseconds) * 1000;
        turn().await;
    }

    async fn close(&mut self) {
        self.closed = true;
    }
}
