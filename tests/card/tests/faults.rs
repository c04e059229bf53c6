//! Each fault does what it says, and no more than a host must be able to tell apart.

#![cfg(test)]

use kakehashi_card::{
    Build, CardFile, Fault, Moment, Received, Rule, VirtualCard, VirtualDevice, VirtualReader, When,
};

const OUT: u8 = 0x04;
const IN: u8 = 0x85;
const STATUS: [u8; 10] = [0x65, 0, 0, 0, 0, 0, 7, 0, 0, 0];
const WRONG_PIN: &[u8] = &[0, 0x20, 0, 0x98, 4, b'0', b'0', b'0', b'0'];

/// A reader whose card has its application selected.
fn ready(rules: &[(When, Fault)]) -> VirtualReader {
    let mut reader = VirtualReader::new(Build::default());
    reader.insert(VirtualCard::new(&CardFile::specimen().unwrap()).unwrap());
    reader.bulk_out(OUT, &[0x62, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    reader.next_in(IN).unwrap();
    transfer(&mut reader, &[0, 0xA4, 4, 0x0C, 10, 0xD3, 0x92, 0xF0, 0, 0x26, 1, 0, 0, 0, 1]);
    reader.next_in(IN).unwrap();
    reader.set_faults(rules.iter().map(|&(when, fault)| Rule { when, fault }).collect());
    reader
}

fn transfer(reader: &mut VirtualReader, apdu: &[u8]) {
    reader.bulk_out(
        OUT,
        &[&[0x6F, u8::try_from(apdu.len()).unwrap(), 0, 0, 0, 0, 7, 0, 0, 0][..], apdu].concat(),
    );
}

fn tries(reader: &mut VirtualReader) -> Option<u8> {
    reader.card().and_then(VirtualCard::tries_left)
}

#[test]
fn time_extension_comes_before_the_answer() {
    let mut reader = ready(&[(When::Instruction(0x20), Fault::TimeExtension { times: 2, multiplier: 3 })]);
    transfer(&mut reader, WRONG_PIN);
    for _ in 0..2 {
        let wait = reader.next_in(IN).unwrap();
        assert_eq!((wait[6], wait[7], wait[8], wait.len()), (7, 0x80, 3, 10));
    }
    assert_eq!(reader.next_in(IN).unwrap()[10..], [0x63, 0xC2]);
    assert_eq!((reader.next_in(IN), tries(&mut reader)), (None, Some(2)));
}

#[test]
fn foreign_answers_come_first() {
    let mut reader = ready(&[(When::Always, Fault::WrongSequence(2))]);
    reader.bulk_out(OUT, &STATUS);
    let sequences: Vec<u8> = std::iter::from_fn(|| reader.next_in(IN)).map(|answer| answer[6]).collect();
    assert_eq!(sequences, [0x87, 0x87, 7]);
}

#[test]
fn spoiled_answers() {
    let spoiled = |fault| {
        let mut reader = ready(&[(When::EveryApdu, fault)]);
        transfer(&mut reader, WRONG_PIN);
        assert_eq!(tries(&mut reader), Some(2), "{fault:?}: the card has done it");
        std::iter::from_fn(move || reader.next_in(IN)).collect::<Vec<_>>()
    };
    assert_eq!(spoiled(Fault::Truncated(11)).concat()[1..], [2, 0, 0, 0, 0, 7, 0, 0, 0, 0x63]);
    assert_eq!(spoiled(Fault::Truncated(0)), [Vec::<u8>::new()]);
    assert_eq!(spoiled(Fault::UnknownType)[0][0], 0x8F);
    assert_eq!(spoiled(Fault::Split(5)).iter().map(Vec::len).collect::<Vec<_>>(), [5, 5, 2]);
    assert_eq!(spoiled(Fault::Error { code: 0xFB, executed: true })[0][7..], [0x40, 0xFB, 0]);
    assert!(spoiled(Fault::Silent { executed: true }).is_empty());
}

#[test]
fn errors_and_silence_before_the_card_cost_no_try() {
    for fault in [Fault::Error { code: 0xFB, executed: false }, Fault::Silent { executed: false }] {
        let mut reader = ready(&[(When::Apdu(1), fault)]);
        transfer(&mut reader, WRONG_PIN);
        assert_eq!(tries(&mut reader), Some(3), "{fault:?}");
    }
}

#[test]
fn a_stall_is_one_transfer() {
    let mut reader = ready(&[(When::Message(1), Fault::Stall)]);
    reader.bulk_out(OUT, &STATUS);
    assert_eq!(reader.next_in(IN), None);
    assert_eq!(reader.transfer_in(IN, 64), Some(Received::Stall));
    reader.bulk_out(OUT, &STATUS);
    assert!(matches!(reader.transfer_in(IN, 64), Some(Received::Data(_))));
}

#[test]
fn the_empty_packet_can_be_missing() {
    let mut reader = ready(&[(When::EveryApdu, Fault::NoEmptyPacket)]);
    transfer(&mut reader, &[0, 0xB0, 0x8A, 0, 52]);
    assert_eq!(reader.transfer_in(IN, 128), None, "64 bytes are there, but the transfer has not ended");
    assert!(matches!(reader.transfer_in(IN, 64), Some(Received::Data(data)) if data.len() == 64));
}

#[test]
fn a_card_goes_before_during_or_after_a_command() {
    for (moment, answer, left) in [
        (Moment::Before, &[0x42, 0xFE, 0][..], 3),
        (Moment::During, &[0x42, 0xFE, 0], 2),
        (Moment::After, &[0, 0, 0, 0x63, 0xC2], 2),
    ] {
        let mut reader = ready(&[(When::Apdu(1), Fault::Remove(moment))]);
        transfer(&mut reader, WRONG_PIN);
        assert_eq!(reader.next_in(IN).unwrap()[7..], *answer, "{moment:?}");
        assert!(reader.card().is_none());
        assert_eq!(reader.take_ejected().unwrap().tries_left(), Some(left), "{moment:?}");
        reader.bulk_out(OUT, &STATUS);
        assert_eq!(reader.next_in(IN).unwrap()[7], 2);
    }
}

#[test]
fn a_reader_goes_before_during_or_after_a_command() {
    for (moment, answered, left) in
        [(Moment::Before, false, 3), (Moment::During, false, 2), (Moment::After, true, 2)]
    {
        let mut reader = ready(&[(When::Apdu(1), Fault::Unplug(moment))]);
        transfer(&mut reader, WRONG_PIN);
        assert_eq!((reader.next_in(IN).is_some(), reader.is_plugged()), (answered, false), "{moment:?}");
        reader.bulk_out(OUT, &STATUS);
        assert_eq!(reader.next_in(IN), None);
        assert_eq!(reader.control([0x80, 6, 0, 2, 0, 0, 9, 0], &[]), None);
        assert_eq!(tries(&mut reader), Some(left), "{moment:?}");
        reader.plug();
        reader.bulk_out(OUT, &STATUS);
        assert_eq!(reader.next_in(IN).unwrap()[7], 1, "the card is there, without power");
    }
}
