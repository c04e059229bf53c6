//! Whatever a reader sends: no panic, an end, and never a second PIN.

use std::cell::Cell;
use std::rc::Rc;

use ccid::ccid::ClassDescriptor;
use ccid::myna::{Consent, Pin, Session};
use ccid::reader::CcidReader;
use ccid::usb::{Interface, Setup, Usb, UsbError};
use proptest::prelude::*;

use crate::script::run;

/// What a noisy reader does with a message.
#[derive(Debug, Clone)]
enum Noise {
    /// A good answer with this status byte, error, chain parameter and APDU.
    Answer {
        status: u8,
        error: u8,
        chain: u8,
        data: Vec<u8>,
    },
    /// Bytes.
    Bytes(Vec<u8>),
    /// The right answer, with another sequence number.
    Stale,
    Stall,
}

struct Noisy {
    noise: Vec<Noise>,
    next: usize,
    last: [u8; 10],
    asked: usize,
    pins: Rc<Cell<usize>>,
}

impl Noisy {
    fn answer(&self, sequence: u8, status: u8, error: u8, chain: u8, data: &[u8]) -> Vec<u8> {
        let kind = if matches!(self.last[0], 0x63 | 0x65) { 0x81 } else { 0x80 };
        let mut bytes = vec![kind];
        bytes.extend(u32::try_from(data.len()).unwrap().to_le_bytes());
        bytes.extend([0, sequence, status, error, chain]);
        bytes.extend(data);
        bytes
    }
}

impl Usb for Noisy {
    async fn bulk_out(&mut self, _: u8, data: &[u8], _: u32) -> Result<(), UsbError> {
        self.last = data[..10].try_into().unwrap();
        if data.len() > 15 && data[10..15] == [0, 0x20, 0, 0x80, 4] {
            self.pins.set(self.pins.get() + 1);
        }
        Ok(())
    }

    async fn bulk_in(&mut self, _: u8, max: usize, _: u32) -> Result<Vec<u8>, UsbError> {
        self.asked += 1;
        assert!(self.asked < 20_000, "it goes on without end");
        let noise = self.noise.get(self.next).cloned();
        self.next += 1;
        let mut bytes = match noise {
            Some(Noise::Answer { status, error, chain, data }) => {
                self.answer(self.last[6], status, error, chain, &data)
            }
            Some(Noise::Bytes(bytes)) => bytes,
            Some(Noise::Stale) => self.answer(self.last[6].wrapping_add(1), 0, 0, 0, &[0x90, 0]),
            Some(Noise::Stall) => return Err(UsbError::Stall),
            None => return Err(UsbError::Timeout),
        };
        bytes.truncate(max);
        Ok(bytes)
    }

    async fn control_in(&mut self, _: Setup, _: u32) -> Result<Vec<u8>, UsbError> {
        Err(UsbError::Stall)
    }

    async fn close(&mut self) {}
}

/// Answers that lead far into a session, so that noise strikes everywhere.
fn noise() -> impl Strategy<Value = Noise> {
    let apdu = prop_oneof![
        4 => Just(vec![0x90, 0x00]),
        2 => Just(vec![0x63, 0xC3]),
        1 => Just(vec![0x61, 0x02]),
        1 => Just(vec![0x6C, 0x02]),
        1 => Just([&[0x30, 3, 1, 2, 3][..], &[0x90, 0]].concat()),
        1 => Just([&[0x30, 0x82, 1, 0][..], &[7; 40], &[0x90, 0]].concat()),
        1 => proptest::collection::vec(any::<u8>(), 0..54),
    ];
    let status = prop_oneof![8 => Just(0u8), 1 => Just(0x80), 1 => any::<u8>()];
    let chain = prop_oneof![8 => Just(0u8), 1 => Just(1), 1 => Just(2), 1 => Just(3), 1 => Just(0x10)];
    prop_oneof![
        12 => (status, any::<u8>(), chain, apdu)
            .prop_map(|(status, error, chain, data)| Noise::Answer { status, error, chain, data }),
        1 => proptest::collection::vec(any::<u8>(), 0..64).prop_map(Noise::Bytes),
        1 => Just(Noise::Stale),
        1 => Just(Noise::Stall),
    ]
}

fn interface(features: u32) -> Interface {
    Interface {
        bulk_in: 1,
        bulk_out: 2,
        packet: 64,
        ccid: Some(ClassDescriptor {
            max_slot: 0,
            voltages: 7,
            protocols: 2,
            features,
            max_message: 64,
            ..ClassDescriptor::default()
        }),
        ..Interface::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn a_session_ends_and_sends_at_most_one_pin_for_one_call(
        noise in proptest::collection::vec(noise(), 0..60),
        extended: bool,
    ) {
        let pins = Rc::new(Cell::new(0));
        let features = if extended { 0x0004_04BA } else { 0x0002_04BA };
        // The way to the PIN, undisturbed; then noise.
        let ok = |data: &[u8]| Noise::Answer { status: 0, error: 0, chain: 0, data: data.to_vec() };
        let mut way = vec![ok(&[]), Noise::Answer { status: 1, error: 0, chain: 0, data: Vec::new() }];
        way.push(ok(&[0x3B, 0x80, 0x80, 0x01, 0x01]));
        way.extend([&[0x90, 0][..], &[0x90, 0], &[0x30, 1, 9, 0x90, 0], &[0x90, 0], &[0x63, 0xC3]].map(ok));
        let cut = noise.len() % (way.len() + 1);
        way.truncate(cut + way.len() / 2);
        way.extend(noise);
        let usb = Noisy { noise: way, next: 0, last: [0; 10], asked: 0, pins: pins.clone() };
        let Ok(reader) = run(CcidReader::open(usb, interface(features))) else { return Ok(()) };
        let mut session = Session::new(reader, |_| {});
        if run(session.open()).is_ok() {
            let _ = run(session.verify_and_sign(Pin::new("1234").unwrap(), Consent::NotAsked, &[7; 32]));
            prop_assert!(pins.get() <= 1);
        } else {
            prop_assert_eq!(pins.get(), 0);
        }
        run(session.finish());
        prop_assert!(pins.get() <= 1);
    }
}
