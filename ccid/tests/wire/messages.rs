//! CCID messages, byte for byte.

use ccid::apdu::{Command, StatusWord};
use ccid::ccid::{ClassDescriptor, Exchange, Failure, Slot, Want};
use ccid::reader::{CardChannel, CcidReader};
use ccid::usb::{Interface, UsbError};
use ccid::{CardError, Kind};

use crate::script::{PipeScript, Transfer, hex, run};
use Transfer::{Fails, In, Out};

const SHORT: u32 = 0x0002_04BA;
const EXTENDED: u32 = 0x0004_04BA;

fn interface(features: u32, max_message: u32, voltages: u8) -> Interface {
    Interface {
        bulk_in: 5,
        bulk_out: 4,
        packet: 64,
        ccid: Some(ClassDescriptor {
            max_slot: 0,
            voltages,
            protocols: 3,
            features,
            max_message,
            ..ClassDescriptor::default()
        }),
        ..Interface::default()
    }
}

/// A reader that has answered the first GetSlotStatus (sequence 0): present, without power.
fn reader(interface: Interface, rest: Vec<Transfer>) -> CcidReader<PipeScript> {
    let first = [Out("65 00000000 00 00 000000"), In("81 00000000 00 00 01 00 00")];
    run(CcidReader::open(PipeScript::new(first.into_iter().chain(rest)), interface)).unwrap()
}

fn read_binary() -> Command {
    Command::new(0, 0xB0, 0, 0).with_expected(4)
}

fn transmit(rest: Vec<Transfer>) -> Result<(Vec<u8>, StatusWord), CardError> {
    let mut reader = reader(interface(SHORT, 271, 7), rest);
    let result = run(reader.transmit(&read_binary()));
    assert!(reader.usb().is_done(), "the script was not used up");
    result.map(|response| (response.data, response.status))
}

const READ: Transfer = Out("6F 05000000 00 01 000000 00B0000004");

#[test]
fn power_and_one_command() {
    let mut reader = reader(
        interface(SHORT, 271, 7),
        vec![
            Out("65 00000000 00 01 000000"),
            In("81 00000000 00 01 01 00 00"),
            Out("62 00000000 00 02 000000"),
            In("80 0D000000 00 02 00 00 00 3B888001004B51FFB381D1000F"),
            Out("6F 05000000 00 03 000000 00B0000004"),
            In("80 06000000 00 03 00 00 00 308203589000"),
            Out("63 00000000 00 04 000000"),
            In("81 00000000 00 04 01 00 00"),
        ],
    );
    let atr = run(reader.power_on()).unwrap();
    assert!(atr.offers(1));
    let response = run(reader.transmit(&read_binary())).unwrap();
    assert_eq!((response.data, response.status), (vec![0x30, 0x82, 3, 0x58], StatusWord::OK));
    run(reader.power_off()).unwrap();
    assert!(reader.usb().is_done());
}

#[test]
fn voltages_are_tried_from_above_and_parameters_set_where_the_reader_wants_it() {
    // No automatic voltage (08), no automatic parameters (02, 40).
    let mut reader = reader(
        interface(0x0002_0000, 271, 7),
        vec![
            Out("65 00000000 00 01 000000"),
            In("81 00000000 00 01 01 00 00"),
            Out("62 00000000 00 02 010000"),
            In("80 00000000 00 02 41 FE 00"),
            Out("62 00000000 00 03 020000"),
            In("80 13000000 00 03 00 00 00 3BDA13FF8131FB468012392F31C173C601C03B"),
            Out("61 07000000 00 04 010000 1310FF4600FB00"),
            In("82 07000000 00 04 00 00 01 1310FF4600FB00"),
        ],
    );
    run(reader.power_on()).unwrap();
    assert!(reader.usb().is_done());
}

#[test]
fn time_extensions_and_stale_answers_are_waited_out() {
    let answer = || In("80 06000000 00 01 00 00 00 308203589000");
    let done = Ok((vec![0x30, 0x82, 3, 0x58], StatusWord::OK));
    let extension = || In("80 00000000 00 01 80 02 00");
    assert_eq!(transmit(vec![READ, extension(), extension(), answer()]), done);
    let stale = || In("80 02000000 00 00 00 00 00 6F00");
    assert_eq!(transmit(vec![READ, stale(), stale(), answer()]), done);
    let other_slot = || In("80 02000000 01 01 00 00 00 6F00");
    assert_eq!(transmit(vec![READ, other_slot(), answer()]), done);
    let mut eleven = vec![READ];
    eleven.extend((0..11).map(|_| stale()));
    assert_eq!(transmit(eleven).unwrap_err().kind(), Kind::Protocol);
    assert_eq!(transmit(vec![READ, In(""), answer()]), done);
}

#[test]
fn an_answer_in_two_transfers_with_an_empty_packet_left_over() {
    // 118 bytes of data: 128 bytes in all, so the reader ends it with an empty packet.
    let first = "80 76000000 00 01 00 00 00 \
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let second = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA9000";
    let mut reader = reader(
        interface(SHORT, 271, 7),
        vec![
            READ,
            In(first),
            In(second),
            Out("65 00000000 00 02 000000"),
            In(""),
            In("81 00000000 00 02 00 00 00"),
        ],
    );
    let response = run(reader.transmit(&read_binary())).unwrap();
    assert_eq!((response.data.len(), response.status), (116, StatusWord::OK));
    assert!(run(reader.card_present()).unwrap());
    assert!(reader.usb().is_done());
}

#[test]
fn errors_of_the_reader_become_kinds() {
    for (status, error, kind) in [
        ("42", "FE", Kind::NoCard),
        ("41", "FE", Kind::CardMute),
        ("40", "FE", Kind::CardMute),
        ("40", "FD", Kind::CardMute),
        ("40", "F6", Kind::CardMute),
        ("40", "E0", Kind::Busy),
        ("40", "00", Kind::Protocol),
        ("40", "05", Kind::Protocol),
        ("C0", "00", Kind::Protocol),
    ] {
        let answer = format!("80 00000000 00 01 {status} {error} 00");
        let result = transmit(vec![READ, In(answer.leak())]);
        assert_eq!(result.unwrap_err().kind(), kind, "{status} {error}");
    }
}

#[test]
fn failures_of_the_pipes_become_kinds() {
    for (error, kind) in [
        (UsbError::Disconnected, Kind::Disconnected),
        (UsbError::Timeout, Kind::Timeout),
        (UsbError::Stall, Kind::Protocol),
        (UsbError::Busy, Kind::Busy),
        (UsbError::PermissionDenied, Kind::PermissionDenied),
        (UsbError::ProtectedClass, Kind::ProtectedClass),
        (UsbError::NotFound, Kind::ReaderNotFound),
        (UsbError::Other("so".into()), Kind::Protocol),
    ] {
        assert_eq!(transmit(vec![READ, Fails(error.clone())]).unwrap_err().kind(), kind);
        assert_eq!(transmit(vec![Fails(error)]).unwrap_err().kind(), kind);
    }
}

#[test]
fn broken_answers_are_refused() {
    for answer in [
        "80 06000000 00 01 00 00 00 3082", // ends before its length
        "80 06000000 00",                  // ends within the header
        "80 FFFFFFFF 00 01 00 00 00 3082", // longer than any answer
        "80 01000000 00 01 00 00 00 90",   // no status word
        "80 00000000 00 01 00 00 00",      // nothing at all
        "81 02000000 00 01 00 00 00 9000", // of another kind
        "80 02000000 00 01 00 00 07 9000", // a chain without meaning
        "80 02000000 00 01 00 00 10 9000", // asks for more of a whole command
        "80 00000000 00 01 00 00 01",      // an empty part
    ] {
        assert_eq!(transmit(vec![READ, In(answer)]).unwrap_err().kind(), Kind::Protocol, "{answer}");
    }
    // What follows the message is padding.
    assert!(transmit(vec![READ, In("80 02000000 00 01 00 00 00 9000 00")]).is_ok());
}

#[test]
fn commands_and_answers_are_chained_at_extended_level() {
    // Room for 8 bytes in a message.
    let mut reader = reader(
        interface(EXTENDED, 18, 7),
        vec![
            Out("6F 08000000 00 01 000100 00D6000008010203"),
            In("80 00000000 00 01 00 00 10"),
            Out("6F 06000000 00 02 000200 0405060708 00"),
            In("80 03000000 00 02 00 00 01 AABBCC"),
            Out("6F 00000000 00 03 001000"),
            In("80 00000000 00 03 80 01 00"),
            In("80 02000000 00 03 00 00 03 DDEE"),
            Out("6F 00000000 00 04 001000"),
            In("80 02000000 00 04 00 00 02 9000"),
        ],
    );
    let command = Command::new(0, 0xD6, 0, 0).with_data(&[1, 2, 3, 4, 5, 6, 7, 8]).with_expected(256);
    let response = run(reader.transmit(&command)).unwrap();
    assert_eq!((response.data, response.status), (vec![0xAA, 0xBB, 0xCC, 0xDD, 0xEE], StatusWord::OK));
    assert!(reader.usb().is_done());
}

#[test]
fn three_parts_begin_go_on_and_end() {
    let mut reader = reader(
        interface(EXTENDED, 14, 7),
        vec![
            Out("6F 04000000 00 01 000100 00D60000"),
            In("80 00000000 00 01 00 00 10"),
            Out("6F 04000000 00 02 000300 05010203"),
            In("80 00000000 00 02 00 00 10"),
            Out("6F 02000000 00 03 000200 0405"),
            In("80 02000000 00 03 00 00 00 9000"),
        ],
    );
    let command = Command::new(0, 0xD6, 0, 0).with_data(&[1, 2, 3, 4, 5]);
    assert_eq!(run(reader.transmit(&command)).unwrap().status, StatusWord::OK);
    assert!(reader.usb().is_done());
}

#[test]
fn a_reader_with_too_small_a_length_gets_the_whole_command_all_the_same() {
    let command = Command::new(0, 0xA4, 4, 0x0C).with_data(&[7; 10]);
    let mut reader = reader(
        interface(SHORT, 20, 7),
        vec![
            Out("6F 0F000000 00 01 000000 00A4040C0A 07070707070707070707"),
            In("80 02000000 00 01 00 00 00 6A82"),
        ],
    );
    assert_eq!(run(reader.transmit(&command)).unwrap().status, StatusWord::NOT_FOUND);
}

#[test]
fn a_short_reader_sends_no_extended_command() {
    let mut reader = reader(interface(SHORT, 271, 7), Vec::new());
    let long = Command::new(0, 0xB0, 0, 0).with_expected(1000);
    assert_eq!(run(reader.transmit(&long)).unwrap_err().kind(), Kind::Protocol);
}

#[test]
fn a_reader_at_character_level_is_refused_by_that_name_and_let_go() {
    let result = run(CcidReader::open(PipeScript::new([]), interface(0x0000_0030, 271, 7)));
    let error = result.map(|_| ()).unwrap_err();
    assert_eq!((error.kind(), error.code()), (Kind::UnsupportedReader, "CARD-003"));
    assert_eq!(error.detail(), "character level");
}

/// What an exchange wants, in short: the message's type, or `None` for a transfer to receive.
fn wants(exchange: &mut Exchange, slot: &mut Slot) -> Option<u8> {
    match exchange.next(slot) {
        Want::Send(message) => Some(message[0]),
        Want::Receive(_) => None,
        Want::Done(_) => panic!("it is not done"),
    }
}

#[test]
fn what_a_dropped_exchange_left_is_taken_off_before_anything_is_sent() {
    let mut slot = Slot::new(271, 64);
    let mut dropped = slot.transfer(&[0, 0xB0, 0, 0, 0]);
    assert_eq!(wants(&mut dropped, &mut slot), Some(0x6F));
    drop(dropped);
    // Its answer comes late, in two parts, after a time extension.
    let mut next = slot.status();
    assert_eq!(wants(&mut next, &mut slot), None);
    next.received(&mut slot, &hex("80 00000000 00 00 80 01 00")).unwrap();
    assert_eq!(wants(&mut next, &mut slot), None);
    next.received(&mut slot, &hex("80 01000000 00 00 00 00 01 AA")).unwrap();
    assert_eq!(wants(&mut next, &mut slot), Some(0x6F), "the rest of it is asked for");
    next.received(&mut slot, &hex("80 02000000 00 01 00 00 02 9000")).unwrap();
    assert_eq!(wants(&mut next, &mut slot), Some(0x65), "and then the own message goes out");
    next.received(&mut slot, &hex("81 00000000 00 02 00 00 00")).unwrap();
    assert!(matches!(next.next(&mut slot), Want::Done(_)));
}

#[test]
fn a_half_message_of_a_dropped_exchange_is_completed() {
    let mut slot = Slot::new(271, 64);
    let mut dropped = slot.transfer(&[0, 0xB0, 0, 0, 0]);
    wants(&mut dropped, &mut slot);
    let mut answer = hex("80 78000000 00 00 00 00 00");
    answer.extend([0xAA; 120]);
    dropped.received(&mut slot, &answer[..64]).unwrap();
    drop(dropped);
    let mut next = slot.status();
    assert!(matches!(next.next(&mut slot), Want::Receive(128)));
    next.received(&mut slot, &answer[64..]).unwrap();
    assert_eq!(wants(&mut next, &mut slot), Some(0x65));
}

#[test]
fn what_is_owed_and_never_comes_is_given_up_once() {
    let mut slot = Slot::new(271, 64);
    wants(&mut slot.status(), &mut slot);
    let mut next = slot.status();
    assert_eq!(wants(&mut next, &mut slot), None);
    assert!(next.nothing_came(&mut slot), "go on without it");
    assert_eq!(wants(&mut next, &mut slot), Some(0x65));
    assert!(!next.nothing_came(&mut slot), "the own answer is missed");
}

#[test]
fn the_rest_of_an_answer_whose_beginning_was_lost_is_passed_over() {
    let mut slot = Slot::new(271, 64);
    wants(&mut slot.transfer(&[0, 0xB0, 0, 0, 0]), &mut slot);
    slot.forget();
    let mut next = slot.status();
    assert_eq!(wants(&mut next, &mut slot), Some(0x65));
    next.received(&mut slot, &[0xAA; 58]).unwrap();
    next.received(&mut slot, &hex("81 00000000 00 01 00 00 00")).unwrap();
    assert!(matches!(next.next(&mut slot), Want::Done(_)));
    // All is clear now: what is no message is an answer that breaks the rules.
    let mut next = slot.status();
    assert_eq!(wants(&mut next, &mut slot), Some(0x65));
    assert!(matches!(next.received(&mut slot, &[0xAA; 58]), Err(Failure::Malformed(_))));
}
