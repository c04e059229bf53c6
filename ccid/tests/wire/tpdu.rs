//! A reader of the TPDU level, message for message: an SCR3310-NTTCom as libccid's list describes it.

use ccid::Kind;
use ccid::apdu::{Command, StatusWord};
use ccid::ccid::ClassDescriptor;
use ccid::reader::{AnyReader, CardChannel};
use ccid::usb::{Interface, UsbError, UsbId};

use crate::script::{PipeScript, Transfer, run};
use Transfer::{Fails, In, Out};

const NTTCOM: UsbId = UsbId { vendor: 0x04E6, product: 0x511A, version: 0x0203 };
const SCR331: UsbId = UsbId { vendor: 0x04E6, product: 0x5120, version: 0x0620 };

fn interface(id: UsbId, features: u32, max_slot: u8) -> Interface {
    let class = ClassDescriptor {
        max_slot,
        voltages: 7,
        protocols: 3,
        clock: 4_800,
        max_rate: 412_903,
        max_ifsd: 252,
        features,
        max_message: 271,
    };
    Interface {
        id,
        class: 0xFF,
        bulk_in: 2,
        bulk_out: 1,
        packet: 64,
        ccid: Some(class),
        ..Interface::default()
    }
}

/// Opened with a card in slot 0 (sequence 0) and told to power it (1 and 2); the ATR is the test card's.
fn powered(interface: Interface, rest: Vec<Transfer>) -> AnyReader<PipeScript> {
    let first = [
        Out("65 00000000 00 00 000000"),
        In("81 00000000 00 00 01 00 00"),
        Out("65 00000000 00 01 000000"),
        In("81 00000000 00 01 01 00 00"),
        Out("62 00000000 00 02 000000"),
        In("80 13000000 00 02 00 00 00 3BDA13FF8131FB468012392F31C173C601C03B"),
    ];
    let pipes = PipeScript::new(first.into_iter().chain(rest));
    let mut reader = run(AnyReader::open(pipes, interface)).unwrap();
    run(reader.power_on()).unwrap();
    reader
}

/// SetParameters T=1 at 13 with IFSC FB, then S(IFS request) of 252.
fn agreed() -> Vec<Transfer> {
    vec![
        Out("61 07000000 00 03 010000 1310FF4600FB00"),
        In("82 07000000 00 03 00 00 01 1310FF4600FB00"),
        Out("6F 05000000 00 04 000000 00C101FC3C"),
        In("80 05000000 00 04 00 00 00 00E101FC1C"),
    ]
}

#[test]
fn an_nttcom_reader_brings_a_card_up_and_carries_a_command() {
    let mut script = agreed();
    script.extend([
        Out("6F 09000000 00 05 000000 000005 00B0000004 B1"),
        In("80 05000000 00 05 00 00 00 00C3010AC8"),
        // The card asked for ten waiting times: bBWI.
        Out("6F 05000000 00 06 0A0000 00E3010AE8"),
        In("80 0A000000 00 06 00 00 00 000006 308203589000 7F"),
    ]);
    let mut reader = powered(interface(NTTCOM, 0x0001_01BA, 0), script);
    let response = run(reader.transmit(&Command::new(0, 0xB0, 0, 0).with_expected(4))).unwrap();
    assert_eq!((response.data, response.status), (vec![0x30, 0x82, 3, 0x58], StatusWord::OK));
    assert!(reader.usb().is_done());
}

#[test]
fn what_a_reader_leaves_to_the_host_is_done_by_pps() {
    let mut script = vec![
        Out("6F 04000000 00 03 000000 FF1113FD"),
        In("80 04000000 00 03 00 00 00 FF1113FD"),
        Out("61 07000000 00 04 010000 1310FF4600FB00"),
        // Parameters it sets by itself it refuses: byte 11 of the message.
        In("82 00000000 00 04 40 0B 01"),
        Out("6F 05000000 00 05 000000 00C101FC3C"),
        In("80 05000000 00 05 00 00 00 00E101FC1C"),
    ];
    script.push(Out("65 00000000 00 06 000000"));
    script.push(In("81 00000000 00 06 00 00 00"));
    let mut reader = powered(interface(NTTCOM, 0x0001_013A, 0), script);
    assert!(run(reader.card_present()).unwrap());
    assert!(reader.usb().is_done());
}

#[test]
fn parity_and_silence_are_answered_by_blocks_and_never_by_the_command_again() {
    let mut script = agreed();
    script.extend([
        Out("6F 09000000 00 05 000000 000005 00B0000004 B1"),
        In("80 00000000 00 05 40 FD 00"),
        Out("6F 04000000 00 06 000000 00810081"),
        In("80 00000000 00 06 40 FE 00"),
        Out("6F 04000000 00 07 000000 00810081"),
        In("80 0A000000 00 07 00 00 00 000006 308203589000 7F"),
        // The card is gone.
        Out("6F 09000000 00 08 000000 004005 00B0000004 F1"),
        In("80 00000000 00 08 42 FE 00"),
    ]);
    let mut reader = powered(interface(NTTCOM, 0x0001_01BA, 0), script);
    let read = Command::new(0, 0xB0, 0, 0).with_expected(4);
    assert_eq!(run(reader.transmit(&read)).unwrap().status, StatusWord::OK);
    assert_eq!(run(reader.transmit(&read)).unwrap_err().kind(), Kind::CardRemoved);
    assert!(reader.usb().is_done());
}

#[test]
fn a_lost_pipe_in_the_middle_ends_the_command_and_the_next_one_agrees_first() {
    let mut script = agreed();
    script.extend([
        Out("6F 09000000 00 05 000000 000005 00B0000004 B1"),
        Fails(UsbError::Stall),
        Out("6F 04000000 00 06 000000 00C000C0"),
        In("80 04000000 00 06 00 00 00 00E000E0"),
        Out("6F 09000000 00 07 000000 000005 00B0000004 B1"),
        In("80 06000000 00 07 00 00 00 000002 9000 92"),
    ]);
    let mut reader = powered(interface(NTTCOM, 0x0001_01BA, 0), script);
    let read = Command::new(0, 0xB0, 0, 0).with_expected(4);
    assert_eq!(run(reader.transmit(&read)).unwrap_err().kind(), Kind::Protocol);
    assert_eq!(run(reader.transmit(&read)).unwrap().status, StatusWord::OK);
    assert!(reader.usb().is_done());
}

#[test]
fn every_slot_is_asked_and_the_one_with_a_card_is_used() {
    let script = PipeScript::new([
        Out("65 00000000 00 00 000000"),
        In("81 00000000 00 00 02 00 00"),
        Out("65 00000000 01 01 000000"),
        In("81 00000000 01 01 01 00 00"),
        Out("65 00000000 00 02 000000"),
        In("81 00000000 00 02 02 00 00"),
        Out("65 00000000 01 03 000000"),
        In("81 00000000 01 03 01 00 00"),
        Out("62 00000000 01 04 000000"),
        In("80 00000000 01 04 41 FE 00"),
    ]);
    let mut reader = run(AnyReader::open(script, interface(SCR331, 0x0001_00BA, 1))).unwrap();
    assert_eq!(run(reader.power_on()).unwrap_err().kind(), Kind::CardMute);
    assert!(reader.usb().is_done());
}

#[test]
fn a_slot_that_only_the_descriptor_has_is_passed_over() {
    let script = PipeScript::new([
        Out("65 00000000 00 00 000000"),
        In("81 00000000 00 00 02 00 00"),
        Out("65 00000000 01 01 000000"),
        In("81 00000000 01 01 40 05 00"),
    ]);
    let reader = run(AnyReader::open(script, interface(SCR331, 0x0001_00BA, 1))).unwrap();
    assert!(reader.usb().is_done());
}
