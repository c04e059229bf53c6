//! The practice reader: the same session over frames, as over a WebSocket.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use ccid::Kind;
use ccid::myna::{Consent, Pin, Session};
use ccid::reader::{CardChannel, CcidReader};
use ccid::socket::{FramePipe, FrameUsb};
use ccid::usb::{Delay, UsbError};
use kakehashi_card::{Bench, CardFile, Session as Connection, Shelf, VirtualReader};
use zeroize::Zeroizing;

use crate::desk::{DIGEST, GOOD, kind, polls, run};

/// A pipe to the virtual reader's own socket session.
struct Pipe {
    connection: Connection,
    arrived: Rc<RefCell<VecDeque<Vec<u8>>>>,
}

impl FramePipe for Pipe {
    async fn send(&mut self, message: Zeroizing<Vec<u8>>) -> Result<(), UsbError> {
        self.arrived.borrow_mut().extend(self.connection.handle(&message));
        if self.connection.is_over() { Err(UsbError::Disconnected) } else { Ok(()) }
    }

    async fn receive(&mut self) -> Option<Vec<u8>> {
        let message = self.arrived.borrow_mut().pop_front();
        if message.is_none() && !self.connection.is_over() {
            std::future::pending::<()>().await;
        }
        message
    }
}

/// No time passes on this desk: what has not come is late.
struct Now;

impl Delay for Now {
    async fn wait(&self, _: u32) {}
}

fn bench() -> Bench {
    Bench::new(
        VirtualReader::default(),
        Shelf::new(&[CardFile::specimen().unwrap(), CardFile::other()]).unwrap(),
    )
}

fn connect(bench: &Bench) -> CcidReader<FrameUsb<Pipe, Now>> {
    let connection = Connection::open(bench).unwrap();
    let arrived = Rc::new(RefCell::new(VecDeque::from([connection.greeting()])));
    let (usb, interface) = run(FrameUsb::open(Pipe { connection, arrived }, Now)).unwrap();
    assert_eq!((interface.number, interface.class), (1, 0xFF), "the interface a page may claim");
    run(CcidReader::open(usb, interface)).unwrap()
}

#[test]
fn a_card_is_put_on_and_checked_over_frames() {
    let bench = bench();
    let mut reader = connect(&bench);
    assert!(!run(reader.card_present()).unwrap());
    // The reader's interrupt endpoint tells of it; nobody here listens to that.
    assert!(bench.insert("specimen"));
    assert!(run(reader.card_present()).unwrap());
    let mut session = Session::new(reader, |_| {});
    assert_eq!(run(session.open()).unwrap().tries, 3);
    run(session.verify_and_sign(Pin::new(GOOD).unwrap(), Consent::NotAsked, &DIGEST)).unwrap();
}

#[test]
fn a_closed_pipe_is_an_unplugged_reader() {
    let bench = bench();
    let mut reader = connect(&bench);
    bench.unplug();
    assert_eq!(kind(run(reader.card_present())), Kind::Disconnected);
    assert_eq!(kind(run(reader.power_on())), Kind::Disconnected);
}

#[test]
fn a_silent_pipe_is_late() {
    let connection = Connection::open(&bench()).unwrap();
    let pipe = Pipe { connection, arrived: Rc::default() };
    assert_eq!(run(FrameUsb::open(pipe, Now)).map(|_| ()).unwrap_err().kind(), Kind::Timeout);
}

#[test]
fn a_pipe_that_greets_with_something_else_is_refused() {
    for (greeting, expected) in [
        (vec![4, 0x80, 0, 0, 0, 0], Kind::Protocol),
        (vec![4, 0, 3, 0, 0, 0, 1, 2, 3], Kind::UnsupportedReader),
        (vec![9, 9, 9], Kind::Timeout),
    ] {
        let connection = Connection::open(&bench()).unwrap();
        let pipe = Pipe { connection, arrived: Rc::new(RefCell::new(VecDeque::from([greeting]))) };
        assert_eq!(run(FrameUsb::open(pipe, Now)).map(|_| ()).unwrap_err().kind(), expected);
    }
}

/// A clock that must not be needed: the reader's word comes first.
struct Never;

impl Delay for Never {
    async fn wait(&self, _: u32) {
        std::future::pending().await
    }
}

#[test]
fn a_card_that_comes_is_told_by_the_reader_before_any_clock() {
    let bench = bench();
    let connection = Connection::open(&bench).unwrap();
    let arrived = Rc::new(RefCell::new(VecDeque::from([connection.greeting()])));
    let inbox = arrived.clone();
    let (usb, interface) = run(FrameUsb::open(Pipe { connection, arrived }, Now)).unwrap();
    assert_eq!(interface.interrupt, 6);
    let mut reader = run(CcidReader::open(usb, interface)).unwrap();
    // Nobody tells: it waits. A notification that changes nothing: it looks and waits on.
    assert_eq!(polls(reader.wait_for_card(&Never), 50), None);
    inbox.borrow_mut().push_back(vec![2, 0x86, 2, 0, 0, 0, 0x50, 0b10]);
    assert_eq!(polls(reader.wait_for_card(&Never), 50), None);
    // The pipe is only heard when it is spoken to: the notification of this card comes with a word of ours.
    assert!(bench.insert("specimen"));
    inbox.borrow_mut().push_back(vec![2, 0x86, 2, 0, 0, 0, 0x50, 0b11]);
    assert_eq!(polls(reader.wait_for_card(&Never), 50), Some(Ok(())));
    run(reader.power_on()).unwrap();
}
