//! The virtual RC-S380 by itself: what it answers, and which of a host's mistakes it notes.

#![cfg(test)]

use kakehashi_card::rcs380::{PortFault, PortRule};
use kakehashi_card::{
    CardFile, Fault, Outgoing, PiccOptions, Received, Rule, VirtualCard, VirtualDevice, VirtualRcs380, When,
};

const ACK: [u8; 6] = [0, 0, 0xFF, 0, 0xFF, 0];
const ERROR: [u8; 5] = [0, 0, 0xFF, 0xFF, 0xFF];
const DEFAULTS: &str =
    "02 0018 0101 0201 0300 0400 0500 0600 0708 0800 0900 0A00 0B00 0C00 0E04 0F00 1000 1100 1200 1306";
const TYPE_B: &str = "02 0014 0901 0A01 0B01 0C01";
const REQB: &str = "04 3601 050010";

fn hex(text: &str) -> Vec<u8> {
    let digits: String = text.split_whitespace().collect();
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

/// The frame of a command, by hand.
fn frame(body: &[u8]) -> Vec<u8> {
    let minus = |bytes: &[u8]| bytes.iter().fold(0u8, |sum, byte| sum.wrapping_sub(*byte));
    let length = u16::try_from(body.len()).unwrap().to_le_bytes();
    [&[0, 0, 0xFF, 0xFF, 0xFF, length[0], length[1], minus(&length)], body, &[minus(body), 0]].concat()
}

fn reader() -> VirtualRcs380 {
    let options = PiccOptions { pupi: Some([0xE8, 0x25, 0x3E, 0xEC]), ..PiccOptions::my_number() };
    let mut reader = VirtualRcs380::new(options);
    reader.insert(VirtualCard::new(&CardFile::specimen().unwrap()).unwrap());
    reader
}

fn transfers(reader: &mut VirtualRcs380) -> Vec<Vec<u8>> {
    std::iter::from_fn(|| match reader.next_outgoing()? {
        (0x81, Outgoing::Transfer(data)) => Some(data),
        other => panic!("{other:?}"),
    })
    .collect()
}

/// Sends a command; gives the answer after its ACK, without head and check bytes.
fn ask(reader: &mut VirtualRcs380, command: &str) -> Vec<u8> {
    reader.bulk_out(2, &frame(&[&[0xD6][..], &hex(command)].concat()));
    let answers = transfers(reader);
    assert_eq!(answers[0], ACK, "{command}");
    let answer = &answers[1];
    assert_eq!(*answer, frame(&answer[8..answer.len() - 2]), "{command}");
    answer[8..answer.len() - 2].to_vec()
}

fn ready() -> VirtualRcs380 {
    let mut reader = reader();
    for command in ["2A 01", "06 00", "00 03070F07", DEFAULTS, TYPE_B] {
        assert_eq!(ask(&mut reader, command)[2..], [0], "{command}");
    }
    reader
}

#[test]
fn a_card_of_type_b_is_found() {
    let mut reader = ready();
    assert!(!reader.has_field(), "the field comes with the first frame");
    assert_eq!(ask(&mut reader, REQB), hex("D705 00000000 08 50E8253EEC004B51FF0081D1"));
    assert!(reader.has_field());
    assert_eq!(ask(&mut reader, "04 3601 1DE8253EEC00080100"), hex("D705 00000000 08 00"));
    assert_eq!(ask(&mut reader, "04 D660 B2"), hex("D705 00000000 08 A3"));
    assert!(reader.clock() > 0);
    reader.remove();
    assert_eq!(ask(&mut reader, "04 D660 B2"), hex("D705 80000000"));
    assert_eq!(reader.took(), 2_479_000, "the timer ran out");
    assert_eq!(reader.violations(), Vec::<&str>::new());
}

#[test]
fn the_field_closes_what_was_opened() {
    let mut reader = ready();
    ask(&mut reader, REQB);
    ask(&mut reader, "04 3601 1DE8253EEC00080100");
    ask(&mut reader, "06 00");
    assert!(!reader.has_field());
    assert_eq!(ask(&mut reader, "04 D660 B2"), hex("D705 80000000"), "it has to be found again");
}

#[test]
fn mistakes_of_the_host_are_noted() {
    for (commands, noted) in [
        (&["00 03070F07"][..], "InSetRF before SetCommandType"),
        (&["2A 01", TYPE_B], "InSetProtocol before InSetRF"),
        (&["2A 01", "00 01010F01"], "InSetRF with unknown values"),
        (&["2A 01", "00 03070F07", "02 0014 09"], "InSetProtocol without pairs"),
        (&["2A 01", "00 03070F07", "02 1400"], "InSetProtocol with an unknown key"),
        (&["2A 01", "00 03070F07", TYPE_B, REQB], "a frame before the settings for it"),
        (&["2A 01", "00 02030F03", DEFAULTS, TYPE_B, REQB], "a frame before the settings for it"),
    ] {
        let mut reader = reader();
        let last = commands.iter().map(|command| ask(&mut reader, command)).last().unwrap();
        assert_ne!(last[2], 0, "{noted}");
        assert_eq!(reader.violations(), [noted]);
    }
}

#[test]
fn a_frame_with_the_wrong_crc_settings_reaches_no_card() {
    let mut reader = ready();
    ask(&mut reader, "02 0100 0200");
    assert_eq!(ask(&mut reader, REQB), hex("D705 80000000"));
    assert_eq!(reader.violations(), ["the CRC settings do not fit the frame"]);
}

#[test]
fn what_is_no_command_gets_the_error_frame() {
    let good = frame(&[0xD6, 0x20]);
    let with = |at: usize| {
        let mut wrong = good.clone();
        wrong[at] ^= 1;
        wrong
    };
    for (bytes, noted) in [
        (with(7), "a wrong LCS"),
        (with(10), "a wrong DCS"),
        (with(0), "no frame"),
        (good[..11].to_vec(), "a length that is not the frame's"),
        (frame(&[0xD6, 0x10]), "a command that is not known, or never to be used"),
        (frame(&[&[0xD6, 0x04, 0xD6, 0x60][..], &[2; 291]].concat()), "a frame that is too long"),
    ] {
        let mut reader = reader();
        reader.bulk_out(2, &bytes);
        assert_eq!(transfers(&mut reader), [ERROR], "{noted}");
        assert_eq!(reader.violations(), [noted]);
    }
}

#[test]
fn whole_packets_are_answered_when_the_empty_one_has_come() {
    let mut reader = ready();
    let command = [&hex("D6 04 3601")[..], &[0; 50]].concat();
    let bytes = frame(&command);
    assert_eq!(bytes.len(), 64);
    reader.bulk_out(2, &bytes);
    assert_eq!(transfers(&mut reader), Vec::<Vec<u8>>::new());
    reader.bulk_out(2, &[]);
    assert_eq!(transfers(&mut reader).len(), 2);
}

#[test]
fn faults_spoil_what_they_say() {
    let answer = frame(&[0xD7, 0x21, 0x11, 0x01]);
    let merged = [&ACK[..], &answer].concat();
    let mut garbled = answer.clone();
    garbled[9] ^= 0x55;
    for (fault, expected) in [
        (PortFault::NoAck, vec![answer.clone()]),
        (PortFault::Merged, vec![merged]),
        (PortFault::Garbled { byte: 9 }, vec![ACK.to_vec(), garbled]),
        (PortFault::Late, vec![ACK.to_vec()]),
        (PortFault::Refused, vec![ACK.to_vec(), ERROR.to_vec()]),
    ] {
        let mut reader = reader();
        reader.set_port_faults(vec![PortRule { command: 1, frames: false, fault }]);
        reader.bulk_out(2, &frame(&[0xD6, 0x20]));
        assert_eq!(transfers(&mut reader), expected, "{fault:?}");
        if fault == PortFault::Late {
            reader.bulk_out(2, &ACK);
            assert_eq!(transfers(&mut reader).concat(), answer, "it comes after all");
        }
    }
    let mut reader = reader();
    reader.set_faults(vec![Rule { when: When::Message(1), fault: Fault::Split(4) }]);
    reader.bulk_out(2, &frame(&[0xD6, 0x20]));
    assert_eq!(transfers(&mut reader).concat(), [&ACK[..], &answer].concat());
    assert_eq!(reader.transfer_in(0x81, 64), None::<Received>);
}

#[test]
fn descriptors_and_plug() {
    let mut reader = ready();
    let descriptors = reader.descriptors();
    assert_eq!(descriptors[8..12], [0x4C, 0x05, 0xC3, 0x06]);
    assert_eq!(reader.control([0x80, 6, 0, 2, 0, 0, 32, 0], &[]).unwrap(), descriptors[18..]);
    assert_eq!(reader.control([0x80, 6, 2, 3, 0, 0, 255, 0], &[]).unwrap()[2..6], [b'R', 0, b'C', 0]);
    assert_eq!(reader.control([0xC0, 1, 0, 0, 0, 0, 1, 0], &[]), None);
    ask(&mut reader, REQB);
    reader.unplug();
    assert!(!reader.has_field());
    reader.bulk_out(2, &frame(&[0xD6, 0x20]));
    assert_eq!(reader.next_outgoing(), None);
    reader.plug();
    ask(&mut reader, TYPE_B);
    assert_eq!(reader.violations(), ["InSetProtocol before InSetRF"], "settings are gone");
}
