//! The reader as a host sees it.

#![cfg(test)]

use kakehashi_card::{Build, CardFile, Received, VirtualCard, VirtualDevice, VirtualReader};
use proptest::prelude::*;

const OUT: u8 = 0x04;
const IN: u8 = 0x85;
const INTERRUPT: u8 = 0x86;
const JPKI: &[u8] = &[0, 0xA4, 4, 0x0C, 10, 0xD3, 0x92, 0xF0, 0, 0x26, 1, 0, 0, 0, 1];

fn reader(build: Build) -> VirtualReader {
    let mut reader = VirtualReader::new(build);
    reader.insert(VirtualCard::new(&CardFile::specimen().unwrap()).unwrap());
    reader
}

fn message(kind: u8, sequence: u8, specific: [u8; 3], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_le_bytes();
    [&[kind][..], &length, &[0, sequence], &specific, data].concat()
}

fn ask(reader: &mut VirtualReader, kind: u8, specific: [u8; 3], data: &[u8]) -> Vec<u8> {
    reader.bulk_out(OUT, &message(kind, 7, specific, data));
    let answer = reader.next_in(IN).expect("an answer");
    assert_eq!((answer[5], answer[6], reader.next_in(IN)), (0, 7, None));
    answer
}

/// Type, bStatus, bError.
fn outcome(answer: &[u8]) -> (u8, u8, u8) {
    (answer[0], answer[7], answer[8])
}

#[test]
fn status_power_and_transfer() {
    let mut reader = reader(Build::default());
    assert_eq!(outcome(&ask(&mut reader, 0x65, [0; 3], &[])), (0x81, 1, 0));
    assert_eq!(outcome(&ask(&mut reader, 0x6F, [0; 3], JPKI)), (0x80, 0x41, 0xFE), "no power yet");
    let atr = ask(&mut reader, 0x62, [0; 3], &[]);
    assert_eq!((outcome(&atr), &atr[10..12]), ((0x80, 0, 0), &[0x3B, 0xDA][..]));
    assert_eq!(outcome(&ask(&mut reader, 0x65, [0; 3], &[])), (0x81, 0, 0));
    let answer = ask(&mut reader, 0x6F, [0; 3], JPKI);
    assert_eq!((outcome(&answer), &answer[9..]), ((0x80, 0, 0), &[0, 0x90, 0][..]));
    let off = ask(&mut reader, 0x63, [0; 3], &[]);
    assert_eq!((outcome(&off), off[9]), ((0x81, 1, 0), 1));
    assert!(reader.remove().is_some());
    assert_eq!(outcome(&ask(&mut reader, 0x62, [0; 3], &[])), (0x80, 0x42, 0xFE));
    assert_eq!(outcome(&ask(&mut reader, 0x65, [0; 3], &[])), (0x81, 2, 0));
}

#[test]
fn power_forgets_what_was_presented_and_a_warm_reset_does_not() {
    let mut reader = reader(Build::default());
    let sign = [0x80, 0x2A, 0, 0x97, 2, 0x30, 0, 0];
    let command = |reader: &mut VirtualReader, apdu: &[u8]| {
        let answer = ask(reader, 0x6F, [0; 3], apdu);
        answer[answer.len() - 2..].to_vec()
    };
    ask(&mut reader, 0x62, [0; 3], &[]);
    command(&mut reader, JPKI);
    assert_eq!(command(&mut reader, &[0, 0x20, 0, 0x98, 4, b'1', b'2', b'3', b'4']), [0x90, 0]);
    ask(&mut reader, 0x62, [0; 3], &[]);
    assert_eq!(command(&mut reader, &sign), [0x90, 0]);
    ask(&mut reader, 0x63, [0; 3], &[]);
    ask(&mut reader, 0x62, [0; 3], &[]);
    command(&mut reader, JPKI);
    assert_eq!(command(&mut reader, &sign), [0x69, 0x82]);
}

#[test]
fn parameters() {
    let mut reader = reader(Build::default());
    assert_eq!(outcome(&ask(&mut reader, 0x6C, [0; 3], &[])), (0x82, 0x41, 0xFE), "no power");
    ask(&mut reader, 0x62, [0; 3], &[]);
    let now = ask(&mut reader, 0x6C, [0; 3], &[]);
    assert_eq!((outcome(&now), now[9], now.len()), ((0x82, 0, 0), 1, 17));
    let set = [0x11, 0x10, 0, 0x4D, 0, 0x20, 0];
    assert_eq!(ask(&mut reader, 0x61, [1, 0, 0], &set)[10..], set);
    assert_eq!(ask(&mut reader, 0x6C, [0; 3], &[])[10..], set);
    assert_eq!(outcome(&ask(&mut reader, 0x61, [1, 0, 0], &set[..5])), (0x82, 0x40, 1));
    assert_eq!(outcome(&ask(&mut reader, 0x61, [0; 3], &set)), (0x82, 0x40, 7), "T=0");
    assert_eq!(ask(&mut reader, 0x6D, [0; 3], &[])[10..], now[10..]);
}

#[test]
fn what_it_does_not_do_fails_with_a_reason() {
    let mut reader = reader(Build::default());
    for (kind, answer) in [(0x6B, 0x83), (0x69, 0x80), (0x73, 0x84), (0x71, 0x81), (0x6E, 0x81), (0x99, 0x81)]
    {
        assert_eq!(outcome(&ask(&mut reader, kind, [0; 3], &[])), (answer, 0x41, 0), "{kind:02X}");
    }
    assert_eq!(outcome(&ask(&mut reader, 0x62, [4, 0, 0], &[])), (0x80, 0x41, 7));
    ask(&mut reader, 0x62, [0; 3], &[]);
    assert_eq!(outcome(&ask(&mut reader, 0x6F, [0, 1, 0], JPKI)), (0x80, 0x40, 8), "a chain at short level");
    assert_eq!(outcome(&ask(&mut reader, 0x6F, [0; 3], &[0, 0xB0, 0, 0, 0, 0, 0])), (0x80, 0x40, 0xBE));
    reader.bulk_out(OUT, &[0x65, 0, 0, 0, 0, 1, 9, 0, 0, 0]);
    let answer = reader.next_in(IN).unwrap();
    assert_eq!((outcome(&answer), answer[5], answer[6]), ((0x81, 0x40, 5), 1, 9), "another slot");
    reader.bulk_out(OUT, &message(0x6F, 8, [0; 3], &[0; 300]));
    assert_eq!(outcome(&reader.next_in(IN).unwrap()), (0x80, 0x40, 1), "longer than any message");
    assert_eq!(outcome(&ask(&mut reader, 0x65, [0; 3], &[])), (0x81, 0, 0), "and it goes on");
}

#[test]
fn a_message_may_come_in_pieces_and_two_in_one_transfer() {
    let mut reader = reader(Build::default());
    let status = message(0x65, 1, [0; 3], &[]);
    reader.bulk_out(OUT, &status[..4]);
    reader.bulk_out(OUT, &[]);
    assert_eq!(reader.next_in(IN), None);
    reader.bulk_out(OUT, &[&status[4..], &status].concat());
    assert!(reader.next_in(IN).is_some() && reader.next_in(IN).is_some());
    assert_eq!(reader.next_in(IN), None);
    reader.bulk_out(0x0F, &status);
    assert_eq!(reader.next_in(IN), None, "no such endpoint");
}

#[test]
fn both_interfaces_lead_to_the_same_card() {
    let mut reader = reader(Build::default());
    reader.bulk_out(0x01, &message(0x62, 1, [0; 3], &[]));
    assert_eq!((reader.next_in(IN), reader.next_in(0x82).map(|a| a[7])), (None, Some(0)));
    assert_eq!(outcome(&ask(&mut reader, 0x65, [0; 3], &[])), (0x81, 0, 0));
}

#[test]
fn chains_both_ways_give_what_one_message_gives() {
    let read_all = [0, 0xB0, 0x8A, 0, 0, 0, 0];
    let mut whole = reader(Build { max_message: 4096, ..Build::EXTENDED });
    ask(&mut whole, 0x62, [0; 3], &[]);
    ask(&mut whole, 0x6F, [0; 3], JPKI);
    let expected = ask(&mut whole, 0x6F, [0; 3], &read_all);
    assert_eq!(expected[9], 0);

    let mut small = reader(Build { max_message: 74, ..Build::EXTENDED });
    ask(&mut small, 0x62, [0; 3], &[]);
    assert_eq!(ask(&mut small, 0x6F, [0, 1, 0], &JPKI[..6])[9], 0x10);
    assert_eq!(ask(&mut small, 0x6F, [0, 3, 0], &JPKI[6..9])[9], 0x10);
    assert_eq!(ask(&mut small, 0x6F, [0, 2, 0], &JPKI[9..])[9..], [0, 0x90, 0]);
    let mut got: Vec<u8> = Vec::new();
    let mut part = ask(&mut small, 0x6F, [0; 3], &read_all);
    assert_eq!(part[9], 1);
    loop {
        assert!(part.len() <= 74);
        got.extend(&part[10..]);
        if part[9] == 2 {
            break;
        }
        part = ask(&mut small, 0x6F, [0, 0x10, 0], &[]);
    }
    assert_eq!(got, expected[10..]);
}

#[test]
fn card_movements_are_told_on_both_interfaces() {
    let mut reader = reader(Build::default());
    reader.remove();
    for endpoint in [INTERRUPT, 0x83] {
        assert_eq!(reader.next_in(endpoint), Some(vec![0x50, 3]));
        assert_eq!(reader.next_in(endpoint), Some(vec![0x50, 2]));
        assert_eq!(reader.next_in(endpoint), None);
    }
}

#[test]
fn the_configuration_is_read_as_hosts_read_it() {
    let mut reader = VirtualReader::default();
    let head = reader.control([0x80, 6, 0, 2, 0, 0, 9, 0], &[]).unwrap();
    let [lo, hi] = [head[2], head[3]];
    let all = reader.control([0x80, 6, 0, 2, 0, 0, lo, hi], &[]).unwrap();
    assert_eq!((head.len(), all.len()), (9, usize::from(u16::from_le_bytes([lo, hi]))));
    assert_eq!(reader.descriptors()[18..], all);
    assert_eq!(reader.control([0x80, 6, 0, 1, 0, 0, 255, 0], &[]).unwrap()[8..12], [0x09, 0x12, 1, 0]);
    assert_eq!(reader.control([0x80, 6, 1, 2, 0, 0, 9, 0], &[]), None, "no second configuration");
    assert_eq!(reader.control([0x80, 6, 0, 15, 0, 0, 9, 0], &[]), None, "no BOS");
    assert_eq!(reader.control([0x00, 9, 1, 0, 0, 0, 0, 0], &[]), Some(vec![]));
    assert_eq!(reader.control([0xC0, 1, 0, 0, 0, 0, 9, 0], &[]), None);
}

#[test]
fn abort_needs_both_halves() {
    for control_first in [true, false] {
        let mut reader = reader(Build::default());
        let abort = message(0x72, 9, [0; 3], &[]);
        let control = [0x21, 1, 0, 9, 1, 0, 0, 0];
        if control_first {
            assert_eq!(reader.control(control, &[]), Some(vec![]));
            assert_eq!(
                outcome(&ask(&mut reader, 0x65, [0; 3], &[])),
                (0x81, 0x41, 0xFF),
                "aborted meanwhile"
            );
            reader.bulk_out(OUT, &abort);
        } else {
            reader.bulk_out(OUT, &abort);
            assert_eq!(reader.next_in(IN), None);
            reader.control(control, &[]);
        }
        let answer = reader.next_in(IN).unwrap();
        assert_eq!((outcome(&answer), answer[6]), ((0x81, 1, 0), 9));
        assert_eq!(outcome(&ask(&mut reader, 0x65, [0; 3], &[])), (0x81, 1, 0));
    }
}

#[test]
fn a_host_with_a_buffer_meets_the_packet_rules() {
    let mut reader = reader(Build::default());
    ask(&mut reader, 0x62, [0; 3], &[]);
    ask(&mut reader, 0x6F, [0; 3], JPKI);
    // 10 + 52 + 2 = 64: a whole packet, then an empty one.
    reader.bulk_out(OUT, &message(0x6F, 1, [0; 3], &[0, 0xB0, 0x8A, 0, 52]));
    let Some(Received::Data(first)) = reader.transfer_in(IN, 64) else { panic!() };
    assert_eq!((first.len(), reader.transfer_in(IN, 64)), (64, Some(Received::Data(vec![]))));
    reader.bulk_out(OUT, &message(0x6F, 2, [0; 3], &[0, 0xB0, 0x8A, 0, 52]));
    let Some(Received::Data(whole)) = reader.transfer_in(IN, 320) else { panic!() };
    assert_eq!((whole.len(), reader.transfer_in(IN, 320)), (64, None));
}

proptest! {
    /// Whatever a host sends, the reader stays on its feet and answers the next question.
    #[test]
    fn any_transfers_are_survived(
        transfers in proptest::collection::vec((0u8..8, proptest::collection::vec(any::<u8>(), 0..80)), 0..12),
        setups in proptest::collection::vec(any::<[u8; 8]>(), 0..6),
    ) {
        let mut reader = reader(Build::EXTENDED);
        for setup in setups {
            reader.control(setup, &[]);
        }
        for (endpoint, transfer) in transfers {
            reader.bulk_out(endpoint, &transfer);
        }
        reader.plug();
        prop_assert_eq!(outcome(&ask(&mut reader, 0x65, [0; 3], &[])), (0x81, 1, 0));
    }
}
