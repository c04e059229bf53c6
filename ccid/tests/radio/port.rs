//! One command to the RC-S380 after another: what an earlier one left is never taken for a later one's answer.

use ccid::reader::rcs380::{ACK, Call, Failure, Port, Want};

const IN_COMM_RF: u8 = 0x04;
const GET_FIRMWARE_VERSION: u8 = 0x20;
const GET_COMMAND_TYPE: u8 = 0x28;

fn answer(code: u8, data: &[u8]) -> Vec<u8> {
    let minus = |bytes: &[u8]| bytes.iter().fold(0u8, |sum, byte| sum.wrapping_sub(*byte));
    let body = [&[0xD7, code], data].concat();
    let length = u16::try_from(body.len()).unwrap().to_le_bytes();
    [&[0, 0, 0xFF, 0xFF, 0xFF, length[0], length[1], minus(&length)], &body[..], &[minus(&body), 0]].concat()
}

/// What a call sends next: a command's code, or `None` for an ACK.
fn sends(call: &mut Call, port: &mut Port) -> Option<u8> {
    match call.next(port) {
        Want::Send(bytes) if *bytes == ACK => None,
        Want::Send(bytes) => Some(bytes[9]),
        other => panic!("{other:?}"),
    }
}

fn receives(call: &mut Call, port: &mut Port) -> u32 {
    match call.next(port) {
        Want::Receive(wait) => wait,
        other => panic!("{other:?}"),
    }
}

/// A port to which nothing is owed; the harmless question asked was GetCommandType.
fn settled() -> Port {
    let mut port = Port::new();
    let mut call = Call::new(GET_FIRMWARE_VERSION, &[], 0);
    assert_eq!(sends(&mut call, &mut port), None, "a page that is gone may have left something");
    assert_eq!(sends(&mut call, &mut port), Some(GET_COMMAND_TYPE));
    call.received(&mut port, &[&ACK[..], &answer(GET_COMMAND_TYPE + 1, &[0; 8])].concat());
    assert_eq!(sends(&mut call, &mut port), Some(GET_FIRMWARE_VERSION));
    call.received(&mut port, &[&ACK[..], &answer(GET_FIRMWARE_VERSION + 1, &[0x11, 1])].concat());
    assert!(matches!(call.next(&mut port), Want::Done(answer) if answer == [0x11, 1]));
    port
}

#[test]
fn a_dropped_command_is_given_up_and_its_answer_passed_over() {
    let mut port = settled();
    let mut dropped = Call::new(IN_COMM_RF, &[1, 0, 0x02], 2_479);
    assert_eq!(sends(&mut dropped, &mut port), Some(IN_COMM_RF));
    assert_eq!(receives(&mut dropped, &mut port), 2_479);
    // Half of its answer has come when it is dropped.
    let stale = [&ACK[..], &answer(IN_COMM_RF + 1, &[0, 0, 0, 0, 8, 0x02, 0x90, 0])].concat();
    dropped.received(&mut port, &stale[..10]);
    drop(dropped);

    let mut next = Call::new(IN_COMM_RF, &[1, 0, 0x03], 5);
    assert_eq!(sends(&mut next, &mut port), None);
    assert_eq!(sends(&mut next, &mut port), Some(GET_FIRMWARE_VERSION), "another question than the last");
    assert_eq!(receives(&mut next, &mut port), 2_479, "as long as what was given up may take");
    next.received(&mut port, &stale[10..]);
    assert_eq!(receives(&mut next, &mut port), 2_479);
    next.received(&mut port, &ACK);
    next.received(&mut port, &answer(GET_FIRMWARE_VERSION + 1, &[0x11, 1]));
    assert_eq!(sends(&mut next, &mut port), Some(IN_COMM_RF));
    next.received(&mut port, &ACK);
    next.received(&mut port, &answer(IN_COMM_RF + 1, &[0, 0, 0, 0, 8, 0x03, 0x6A, 0x82]));
    assert!(matches!(next.next(&mut port), Want::Done(answer) if answer[5..] == [0x03, 0x6A, 0x82]));
}

#[test]
fn half_an_answer_that_was_given_up_is_no_beginning_of_the_next() {
    let mut port = settled();
    let mut given_up = Call::new(IN_COMM_RF, &[1, 0, 0x02], 5);
    assert_eq!(sends(&mut given_up, &mut port), Some(IN_COMM_RF));
    let long = [&ACK[..], &answer(IN_COMM_RF + 1, &[7; 250])].concat();
    given_up.received(&mut port, &long[..40]);
    drop(given_up);
    let mut next = Call::new(IN_COMM_RF, &[1, 0, 0x03], 5);
    assert_eq!(sends(&mut next, &mut port), None);
    assert_eq!(sends(&mut next, &mut port), Some(GET_FIRMWARE_VERSION));
    next.received(&mut port, &[&ACK[..], &answer(GET_FIRMWARE_VERSION + 1, &[0x11, 1])].concat());
    assert_eq!(sends(&mut next, &mut port), Some(IN_COMM_RF), "the marker's answer was seen at once");
}

#[test]
fn a_cards_frame_before_the_ack_is_not_believed() {
    let mut port = settled();
    let mut call = Call::new(IN_COMM_RF, &[1, 0, 0x02], 5);
    assert_eq!(sends(&mut call, &mut port), Some(IN_COMM_RF));
    call.received(&mut port, &answer(IN_COMM_RF + 1, &[0, 0, 0, 0, 8, 0x02, 0x90, 0]));
    assert!(matches!(call.next(&mut port), Want::Failed(Failure::Garbled)));
    let mut next = Call::new(IN_COMM_RF, &[1, 0, 0xB2], 5);
    assert_eq!(sends(&mut next, &mut port), None, "the real answer may still come");
}

#[test]
fn a_lost_marker_is_asked_for_again_with_another() {
    let mut port = Port::new();
    let mut call = Call::new(IN_COMM_RF, &[1, 0, 0x02], 5);
    assert_eq!((sends(&mut call, &mut port), sends(&mut call, &mut port)), (None, Some(GET_COMMAND_TYPE)));
    let mut garbled = answer(GET_COMMAND_TYPE + 1, &[0; 8]);
    garbled[12] ^= 1;
    call.received(&mut port, &garbled);
    assert_eq!(sends(&mut call, &mut port), Some(GET_FIRMWARE_VERSION));
    call.received(&mut port, &answer(GET_COMMAND_TYPE + 1, &[0; 8]));
    receives(&mut call, &mut port);
    call.received(&mut port, &answer(GET_FIRMWARE_VERSION + 1, &[0x11, 1]));
    assert_eq!(sends(&mut call, &mut port), Some(IN_COMM_RF));
}

#[test]
fn old_answers_and_empty_transfers_without_end_are_given_up() {
    for transfer in [Vec::new(), ACK.to_vec(), answer(0x07, &[0]), vec![0; 64]] {
        let mut port = settled();
        let mut call = Call::new(IN_COMM_RF, &[1, 0, 0x02], 5);
        sends(&mut call, &mut port);
        let mut transfers = 0;
        while let Want::Receive(_) = call.next(&mut port) {
            call.received(&mut port, &transfer);
            transfers += 1;
            assert!(transfers <= 100);
        }
        assert!(matches!(call.next(&mut port), Want::Failed(Failure::Endless)));
    }
}

#[test]
fn the_error_frame_and_a_command_that_is_too_long_are_refusals() {
    let mut port = settled();
    let mut call = Call::new(GET_FIRMWARE_VERSION, &[], 0);
    sends(&mut call, &mut port);
    call.received(&mut port, &[0, 0, 0xFF, 0xFF, 0xFF]);
    assert!(matches!(call.next(&mut port), Want::Failed(Failure::Refused)));
    let mut long = Call::new(IN_COMM_RF, &[0; 300], 5);
    assert!(matches!(long.next(&mut port), Want::Failed(Failure::Refused)));
}
