//! Scripts: expected command → answer. One of commands to a card (`data/*.apdu`), one of CCID messages.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use ccid::apdu::{Command, Response};
use ccid::atr::Atr;
use ccid::reader::CardChannel;
use ccid::usb::{Setup, Usb, UsbError};
use ccid::{CardError, Kind};

/// Runs a future that never waits.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("a script never waits"),
    }
}

pub(crate) fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    digits.chunks(2).map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap()).collect()
}

/// A command and its answer; `None` takes the card away.
type Line = (Vec<u8>, Option<Vec<u8>>);

/// A card that expects exactly these commands in this order.
///
/// A line is `command -> answer`, hex; `#` begins a comment; `nn*kk` stands for kk (decimal) times the byte
/// nn; `-> removed` takes the card away.
#[derive(Clone)]
pub(crate) struct CardScript {
    lines: Rc<RefCell<VecDeque<Line>>>,
    extended: bool,
    pub(crate) powered: Rc<RefCell<bool>>,
}

impl CardScript {
    pub(crate) fn new(text: &str, extended: bool) -> Self {
        let lines = text
            .lines()
            .map(|line| line.split('#').next().unwrap_or_default().trim())
            .filter(|line| !line.is_empty())
            .map(|line| {
                let (command, answer) = line.split_once("->").expect("an arrow");
                (bytes(command), (answer.trim() != "removed").then(|| bytes(answer)))
            });
        Self { lines: Rc::new(RefCell::new(lines.collect())), extended, powered: Rc::default() }
    }

    /// Whether every line was used.
    pub(crate) fn is_done(&self) -> bool {
        self.lines.borrow().is_empty()
    }
}

fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for word in text.split_whitespace() {
        match word.split_once('*') {
            Some((byte, times)) => out.extend(hex(byte).repeat(times.parse().unwrap())),
            None => out.extend(hex(word)),
        }
    }
    out
}

impl CardChannel for CardScript {
    async fn power_on(&mut self) -> Result<Atr, CardError> {
        *self.powered.borrow_mut() = true;
        Ok(Atr::parse(&hex("3B888001004B51FFB381D1000F")).unwrap())
    }

    async fn power_off(&mut self) -> Result<(), CardError> {
        *self.powered.borrow_mut() = false;
        Ok(())
    }

    async fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        let sent = command.encode().unwrap();
        let (expected, answer) = self.lines.borrow_mut().pop_front().unwrap_or_else(|| {
            panic!("nothing more was expected, but {:02X?} came", *sent);
        });
        assert_eq!(*sent, expected, "{:02X?} was sent, {expected:02X?} expected", *sent);
        match answer {
            Some(answer) => Ok(Response::parse(answer).unwrap()),
            None => Err(CardError::new(Kind::CardRemoved, "the script takes it away")),
        }
    }

    async fn card_present(&mut self) -> Result<bool, CardError> {
        Ok(true)
    }

    fn extended_length(&self) -> bool {
        self.extended
    }
}

/// Pipes that expect exactly these transfers: OUT with their bytes, IN with what they bring.
pub(crate) struct PipeScript {
    steps: VecDeque<Transfer>,
    pub(crate) closed: bool,
}

pub(crate) enum Transfer {
    Out(&'static str),
    In(&'static str),
    Fails(UsbError),
}

impl PipeScript {
    pub(crate) fn new(steps: impl IntoIterator<Item = Transfer>) -> Self {
        Self { steps: steps.into_iter().collect(), closed: false }
    }

    pub(crate) fn is_done(&self) -> bool {
        self.steps.is_empty()
    }
}

impl Usb for PipeScript {
    async fn bulk_out(&mut self, _: u8, data: &[u8], _: u32) -> Result<(), UsbError> {
        match self.steps.pop_front() {
            Some(Transfer::Out(expected)) => {
                assert_eq!(data, hex(expected), "{data:02X?} was sent");
                Ok(())
            }
            Some(Transfer::Fails(error)) => Err(error),
            _ => panic!("{data:02X?} was sent and not expected"),
        }
    }

    async fn bulk_in(&mut self, _: u8, max: usize, deadline: u32) -> Result<Vec<u8>, UsbError> {
        assert!(deadline > 0, "every call has a deadline");
        match self.steps.pop_front() {
            Some(Transfer::In(bytes)) => {
                let bytes = hex(bytes);
                assert!(bytes.len() <= max, "{} bytes were asked for", max);
                Ok(bytes)
            }
            Some(Transfer::Fails(error)) => Err(error),
            Some(Transfer::Out(_)) => panic!("a transfer was asked for, one to send was expected"),
            None => Err(UsbError::Timeout),
        }
    }

    async fn control_in(&mut self, _: Setup, _: u32) -> Result<Vec<u8>, UsbError> {
        Err(UsbError::Stall)
    }

    async fn close(&mut self) {
        self.closed = true;
    }
}
