//! Everything at once, by chance: whatever air, wire and reader do, a check ends, presents the PIN at most
//! once, and leaves a card that works.

use ccid::Kind;
use ccid::myna::{Consent, Pin, Session};
use ccid::reader::Rcs380Reader;
use ccid::usb::{Setup, Usb, UsbError};
use kakehashi_card::picc::{AirFault, AirScript, Chance};
use kakehashi_card::rcs380::{PortFault, PortRule};
use kakehashi_card::{Fault, Moment, PiccOptions, Rule, VirtualDevice, When};
use proptest::prelude::*;

use crate::desk::{Desk, Wire, run};
use crate::golden::interface;
use crate::session::{VERIFY, identity};

/// Transfers that a check may take at the very most.
const TRANSFERS: usize = 20_000;

fn air() -> impl Strategy<Value = AirFault> {
    prop_oneof![
        4 => Just(AirFault::Lost),
        4 => Just(AirFault::Unheard),
        4 => Just(AirFault::Garbled),
        2 => Just(AirFault::Stale),
        2 => (0u32..6_000_000).prop_map(|micros| AirFault::Late { micros }),
        1 => (0u32..4).prop_map(|frames| AirFault::Leave { frames }),
        1 => (0u32..4).prop_map(|frames| AirFault::LeaveAfter { frames }),
        1 => Just(AirFault::Mute),
    ]
}

fn port() -> impl Strategy<Value = PortRule> {
    let fault = prop_oneof![
        Just(PortFault::NoAck),
        Just(PortFault::Merged),
        Just(PortFault::Late),
        Just(PortFault::Refused),
        any::<usize>().prop_map(|byte| PortFault::Garbled { byte }),
    ];
    (1u32..80, any::<bool>(), fault).prop_map(|(command, frames, fault)| PortRule { command, frames, fault })
}

fn reader() -> impl Strategy<Value = Rule> {
    let moment = prop_oneof![Just(Moment::Before), Just(Moment::During), Just(Moment::After)];
    let fault = prop_oneof![
        any::<u8>().prop_map(Fault::WrongSequence),
        (0usize..300).prop_map(Fault::Truncated),
        (1usize..70).prop_map(Fault::Split),
        Just(Fault::UnknownType),
        Just(Fault::Stall),
        Just(Fault::NoEmptyPacket),
        any::<bool>().prop_map(|executed| Fault::Silent { executed }),
        (any::<u8>(), any::<bool>()).prop_map(|(code, executed)| Fault::Error { code, executed }),
        moment.clone().prop_map(Fault::Remove),
        moment.prop_map(Fault::Unplug),
    ];
    let when = prop_oneof![
        8 => (1u32..80).prop_map(When::Message),
        1 => Just(When::Instruction(0x20)),
        1 => Just(When::Instruction(0x2A)),
    ];
    (when, fault).prop_map(|(when, fault)| Rule { when, fault })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_check_ends_and_presents_the_pin_at_most_once(
        fsci in 0u8..9,
        fwi in 4u8..15,
        type_a: bool,
        per_mille in 0u16..200,
        air in proptest::collection::vec(air(), 1..4),
        port in proptest::collection::vec(port(), 0..3),
        reader in proptest::collection::vec(reader(), 0..2),
        seed: u64,
    ) {
        let kind = if type_a { PiccOptions::type_a() } else { PiccOptions::my_number() };
        let faults = AirScript { rules: Vec::new(), chance: Chance { per_mille, faults: air } };
        let desk = Desk::with(PiccOptions { fsci, fwi, seed, ..kind });
        desk.reader().picc().unwrap().set_faults(faults);
        desk.reader().set_port_faults(port);
        desk.reader().set_faults(reader);
        let result = run(identity(&desk));
        prop_assert!(desk.times(VERIFY) <= 1);
        prop_assert!(desk.transfers() < TRANSFERS);
        match result.map_err(|error| error.kind()) {
            Ok(signature) => {
                prop_assert_eq!(signature.len(), 256);
                prop_assert_eq!(desk.times(VERIFY), 1);
            }
            Err(kind) => prop_assert!(
                !matches!(kind, Kind::WrongPin | Kind::Forbidden | Kind::PinBlocked | Kind::NoPin | Kind::NoCertificate),
                "{:?} is not what happened", kind
            ),
        }
        // Everything is quiet again.
        desk.reader().set_port_faults(Vec::new());
        desk.reader().set_faults(Vec::new());
        let ejected = desk.reader().take_ejected();
        if let Some(card) = ejected {
            desk.reader().insert(card);
        }
        if let Some(picc) = desk.reader().picc() {
            picc.set_faults(AirScript::default());
            picc.come_back();
        }
        if !desk.reader().is_plugged() {
            desk.reader().plug();
        }
        run(identity(&desk)).unwrap_or_else(|error| panic!("afterwards: {error}"));
        prop_assert!(!desk.reader().has_field());
        prop_assert_eq!(desk.reader().card().unwrap().tries_left(), Some(3), "a good PIN costs no try");
        prop_assert!(!desk.reader().card().unwrap().forbidden_touched());
    }
}

/// A reader whose answers are replaced by noise, here and there.
struct Noisy {
    desk: Desk,
    wire: Wire,
    noise: Vec<Option<Noise>>,
    next: usize,
    command: u8,
}

#[derive(Debug, Clone)]
enum Noise {
    Ack,
    /// A good frame: the code of the answer, or another.
    Answer(Option<u8>, Vec<u8>),
    Bytes(Vec<u8>),
    Fails,
}

/// A frame with right check bytes.
fn frame(body: &[u8]) -> Vec<u8> {
    let minus = |bytes: &[u8]| bytes.iter().fold(0u8, |sum, byte| sum.wrapping_sub(*byte));
    let length = u16::try_from(body.len()).unwrap().to_le_bytes();
    [&[0, 0, 0xFF, 0xFF, 0xFF, length[0], length[1], minus(&length)], body, &[minus(body), 0]].concat()
}

impl Usb for Noisy {
    async fn bulk_out(&mut self, endpoint: u8, data: &[u8], deadline: u32) -> Result<(), UsbError> {
        self.command = data.get(9).copied().unwrap_or(self.command);
        self.wire.bulk_out(endpoint, data, deadline).await
    }

    async fn bulk_in(&mut self, endpoint: u8, max: usize, deadline: u32) -> Result<Vec<u8>, UsbError> {
        let noise = self.noise.get(self.next).cloned().flatten();
        self.next += 1;
        assert!(self.desk.transfers() + self.next < TRANSFERS, "it goes on without end");
        let mut bytes = match noise {
            None => return self.wire.bulk_in(endpoint, max, deadline).await,
            Some(Noise::Fails) => return Err(UsbError::Stall),
            Some(Noise::Ack) => vec![0, 0, 0xFF, 0, 0xFF, 0],
            Some(Noise::Bytes(bytes)) => bytes,
            Some(Noise::Answer(code, data)) => {
                let code = code.unwrap_or(self.command.wrapping_add(1));
                frame(&[&[0xD7, code][..], &data].concat())
            }
        };
        bytes.truncate(max);
        Ok(bytes)
    }

    async fn control_in(&mut self, _: Setup, _: u32) -> Result<Vec<u8>, UsbError> {
        Err(UsbError::Stall)
    }

    async fn close(&mut self) {
        self.wire.close().await;
    }
}

/// What looks right, mostly.
fn noise() -> impl Strategy<Value = Noise> {
    let atqb = vec![0, 0, 0, 0, 8, 0x50, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0x81, 0x41];
    let block = prop_oneof![
        3 => (2u8..4).prop_map(|control| vec![control, 0x90, 0x00]),
        1 => (2u8..4).prop_map(|control| vec![control, 0x63, 0xC3]),
        1 => (2u8..4).prop_map(|control| vec![control, 0x30, 3, 1, 2, 3, 0x90, 0]),
        1 => (0xA2u8..0xA4).prop_map(|control| vec![control]),
        1 => Just(vec![0xF2, 1]),
        1 => Just(vec![0]),
    ];
    let heard = block.prop_map(|block| [&[0, 0, 0, 0, 8][..], &block].concat());
    let data = prop_oneof![
        4 => Just(vec![0]),
        3 => Just(atqb),
        8 => heard,
        1 => Just(vec![0x80, 0, 0, 0]),
        1 => proptest::collection::vec(any::<u8>(), 0..12),
    ];
    prop_oneof![
        8 => Just(Noise::Ack),
        8 => data.clone().prop_map(|data| Noise::Answer(None, data)),
        1 => (any::<u8>(), data).prop_map(|(code, data)| Noise::Answer(Some(code), data)),
        1 => proptest::collection::vec(any::<u8>(), 0..70).prop_map(Noise::Bytes),
        1 => Just(Noise::Fails),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn whatever_a_reader_sends_a_check_ends(
        noise in proptest::collection::vec(proptest::option::weighted(0.04, noise()), 200),
    ) {
        let desk = Desk::with(PiccOptions::my_number());
        let usb = Noisy { wire: desk.wire(), desk: desk.clone(), noise, next: 0, command: 0 };
        let Ok(reader) = run(Rcs380Reader::open(usb, interface())) else { return Ok(()) };
        let mut session = Session::new(reader, |_| {});
        if run(session.open()).is_ok() {
            let _ = run(session.verify_and_sign(Pin::new("1234").unwrap(), Consent::NotAsked, &[7; 32]));
        }
        run(session.finish());
        prop_assert!(desk.times(VERIFY) <= 1);
    }
}
