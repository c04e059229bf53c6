//! `usbd-ccid`, the device side of CCID from another house, parses what our driver sends and answers it: the
//! virtual card behind it, on a bus of packets (usb-device's own control endpoint included).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod bus;
mod device;

use ccid::Kind;
use ccid::apdu::{Command, StatusWord};
use ccid::ccid::Level;
use ccid::myna::{Consent, Pin, Session};
use ccid::reader::{CardChannel, CcidReader, Counted};
use ccid::usb::{Setup, Usb, UsbId, choose};
use device::{Device, polls, run};
use kakehashi_card::{CardFile, VirtualCard};

fn open(device: Device) -> CcidReader<Device> {
    run(async {
        let mut device = device;
        let head = device.control_in(Setup::configuration_descriptor(9), 1).await.unwrap();
        let total = u16::from_le_bytes([head[2], head[3]]);
        let whole = device.control_in(Setup::configuration_descriptor(total), 1).await.unwrap();
        assert_eq!(whole.len(), usize::from(total));
        let interface = choose(UsbId::default(), &whole, true).unwrap();
        assert_eq!(interface.ccid.unwrap().level(), Level::ExtendedApdu);
        CcidReader::open(device, interface).await.unwrap()
    })
}

/// Answers with the command's own data and 9000.
fn echo() -> impl FnMut(&[u8]) -> Vec<u8> + 'static {
    |apdu| [Command::parse(apdu).unwrap().data(), &[0x90, 0x00]].concat()
}

fn card() -> impl FnMut(&[u8]) -> Vec<u8> + 'static {
    let mut card = VirtualCard::new(&CardFile::specimen().unwrap()).unwrap();
    move |apdu| card.transmit(apdu)
}

#[test]
fn power_status_and_a_short_command() {
    let mut reader = open(Device::new(echo()));
    assert!(run(reader.card_present()).unwrap());
    let atr = run(reader.power_on()).unwrap();
    assert!(atr.offers(1) && !atr.offers(0));
    let response = run(reader.transmit(&Command::new(0, 1, 0, 0).with_data(&[1, 2, 3]))).unwrap();
    assert_eq!((response.data, response.status), (vec![1, 2, 3], StatusWord::OK));
    run(reader.power_off()).unwrap();
}

#[test]
fn long_commands_and_answers_of_every_kind_of_length() {
    let mut reader = open(Device::new(echo()));
    run(reader.power_on()).unwrap();
    // Around packets of 64, around what fits in one message of 3072, and chains of two and three.
    for length in (40..150).chain([255, 256, 1334, 3055, 3056, 3057, 3062, 4000, 6200]) {
        let data: Vec<u8> = (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect();
        let response = run(reader.transmit(&Command::new(0, 1, 0, 0).with_data(&data))).unwrap();
        assert_eq!(response.status, StatusWord::OK, "{length}");
        assert_eq!(response.data, data, "{length}");
    }
}

#[test]
fn wait_extensions_are_waited_out() {
    let mut reader = open(Device::new(echo()).slow(7));
    run(reader.power_on()).unwrap();
    for _ in 0..3 {
        let response = run(reader.transmit(&Command::new(0, 1, 0, 0).with_data(&[9; 200]))).unwrap();
        assert_eq!(response.data, [9; 200]);
    }
    assert_eq!(reader.usb().extensions(), 21);
}

#[test]
fn the_answer_to_a_dropped_command_is_taken_off_before_the_next_is_sent() {
    // usbd-ccid forgets everything when a command comes while one is in progress: the next would fail.
    for (times, length) in (0..12).flat_map(|times| [(times, 130), (times, 4000), (times, 7000)]) {
        let mut reader = open(Device::new(echo()).slow(3));
        run(reader.power_on()).unwrap();
        let first = Command::new(0, 1, 0, 0).with_data(&vec![1; length]);
        polls(reader.transmit(&first), times);
        let second = Command::new(0, 1, 0, 0).with_data(&[2; 70]);
        let response = run(reader.transmit(&second)).unwrap();
        assert_eq!(response.data, [2; 70], "{length} bytes dropped after {times} polls");
    }
}

#[test]
fn a_command_it_does_not_know_is_a_failure_not_a_hang() {
    let mut reader = open(Device::new(echo()));
    // Escape (6B), which usbd-ccid refuses.
    run(reader.usb_mut().bulk_out(1, &[0x6B, 0, 0, 0, 0, 0, 9, 0, 0, 0], 1)).unwrap();
    assert!(run(reader.card_present()).unwrap(), "its refusal is stale and skipped");
    run(reader.power_on()).unwrap();
}

#[test]
fn a_whole_check_of_identity() {
    let mut session = Session::new(Counted::new(open(Device::new(card()).slow(1))), |_| {});
    let opened = run(session.open()).unwrap();
    assert_eq!(opened.tries, 3);
    let wrong = run(session.verify_and_sign(Pin::new("9999").unwrap(), Consent::NotAsked, &[7; 32]));
    assert_eq!(wrong.unwrap_err().kind(), Kind::WrongPin);
    let signature =
        run(session.verify_and_sign(Pin::new("1234").unwrap(), Consent::NotAsked, &[7; 32])).unwrap();
    assert_eq!(signature.len(), 256);
    // SELECT AP, two reads, PIN: SELECT, query, two VERIFY; sign; leave.
    assert_eq!(session.into_channel().count().commands, 9);
}
