//! RC-S300: a whole check against any replies to its escapes.

use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use ccid::myna::{Consent, Pin, Session};
use ccid::reader::Rcs300Reader;
use ccid::usb::{Interface, Setup, Usb, UsbError};

use crate::bytes::Bytes;

/// Transfers, both ways: more than a check takes with everything going wrong that may.
const TRANSFERS: u32 = 20_000;
/// The command with the PIN.
const VERIFY: &[u8] = &[0x00, 0x20, 0x00, 0x80, 4, b'4', b'7', b'1', b'1'];
/// Parts of a command with a PIN: once, and what ISO-DEP sends again when it is told to.
const MOST: u32 = 4;

pub(crate) fn run(data: &[u8]) {
    let pins = Rc::new(Cell::new(0));
    let reader = Replies {
        data: data.to_vec(),
        at: 0,
        rest: Vec::new(),
        sequence: 0,
        transfers: 0,
        pins: pins.clone(),
    };
    let interface =
        Interface { class: 0xFF, bulk_in: 2, bulk_out: 1, packet: 64, number: 1, ..Interface::default() };
    let Ok(reader) = now(Rcs300Reader::open(reader, interface)) else { return };
    let mut session = Session::new(reader, |_| {});
    if now(session.open()).is_ok() {
        let Ok(pin) = Pin::new("4711") else { panic!("four digits") };
        let _ = now(session.verify_and_sign(pin, Consent::NotAsked, &[7; 32]));
        assert!(pins.get() <= MOST, "the PIN went out {} times", pins.get());
    } else {
        assert_eq!(pins.get(), 0);
    }
    now(session.finish());
    assert!(pins.get() <= MOST);
}

/// A reader that says what stands in the data, in well-formed messages as long as that is wanted.
struct Replies {
    data: Vec<u8>,
    at: usize,
    /// What there was no room for.
    rest: Vec<u8>,
    sequence: u8,
    transfers: u32,
    pins: Rc<Cell<u32>>,
}

impl Replies {
    fn count(&mut self, deadline: u32) {
        self.transfers += 1;
        assert!(self.transfers < TRANSFERS && (1..=70_000).contains(&deadline), "no end");
    }
}

impl Usb for Replies {
    async fn bulk_out(&mut self, _: u8, data: &[u8], deadline: u32) -> Result<(), UsbError> {
        self.count(deadline);
        self.sequence = data.get(6).copied().unwrap_or(self.sequence);
        let pins = data.windows(VERIFY.len()).filter(|part| *part == VERIFY).count();
        self.pins.set(self.pins.get() + u32::try_from(pins).unwrap_or(0));
        Ok(())
    }

    async fn bulk_in(&mut self, _: u8, max: usize, deadline: u32) -> Result<Vec<u8>, UsbError> {
        self.count(deadline);
        if !self.rest.is_empty() {
            let rest = self.rest.split_off(self.rest.len().min(max));
            return Ok(std::mem::replace(&mut self.rest, rest));
        }
        let mut bytes = Bytes::new(self.data.get(self.at..).unwrap_or_default());
        let Some(kind) = bytes.next() else { return Err(UsbError::Timeout) };
        let body = bytes.piece();
        self.at += 2 + body.len();
        let mut message = match kind {
            0 => return Err(UsbError::Timeout),
            1 => return Err(UsbError::Stall),
            2 => body.to_vec(),
            // All is well: the frame of the card is the body.
            3 => {
                let length = u8::try_from(body.len()).unwrap_or(0);
                self.envelope(&[&[0xC0, 3, 0, 0x90, 0, 0x97, 0x81, length], body, &[0x90, 0]].concat())
            }
            _ => self.envelope(body),
        };
        self.rest = message.split_off(message.len().min(max));
        Ok(message)
    }

    async fn control_in(&mut self, _: Setup, _: u32) -> Result<Vec<u8>, UsbError> {
        Err(UsbError::Stall)
    }

    async fn close(&mut self) {}
}

impl Replies {
    fn envelope(&self, body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len()).unwrap_or(0).to_le_bytes();
        [&[0x83][..], &length, &[0, self.sequence, 2, 0, 0], body].concat()
    }
}

fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("nothing here waits"),
    }
}
