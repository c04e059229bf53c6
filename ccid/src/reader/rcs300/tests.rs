//! The codec against exchanges others have captured or that follow from the rules, and against noise.

use super::command::{self, Frame, Layer};
use super::reply::{Outcome, Reply, split};
use crate::ccid::{Slot, Want};
use crate::iso14443::Technology;
use proptest::prelude::*;

const GOLDEN: &str = include_str!("../../../tests/radio/data/rcs300.txt");

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    digits.chunks(2).map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap()).collect()
}

fn built(words: &[&str]) -> Option<Vec<u8>> {
    Some(match *words {
        ["-"] => return None,
        ["manage", object] => command::manage(hex(object)[0]).to_vec(),
        ["ats"] => command::ATS.to_vec(),
        ["switch", technology, layer] => command::switch(
            if technology == "A" { Technology::A } else { Technology::B },
            match layer {
                "3" => Layer::Three,
                "4" => Layer::Four,
                _ => Layer::FourSized,
            },
        ),
        ["transceive", features, bits, wait, data] => command::transceive(&Frame {
            features: (features != "-").then(|| hex(features).try_into().unwrap()),
            last_bits: bits.parse().ok(),
            wait: wait.parse().unwrap(),
            data: &hex(data),
        })
        .to_vec(),
        _ => panic!("{words:?}"),
    })
}

fn read(body: &[u8], words: &[&str]) {
    if let ["data", data, status] = *words {
        assert_eq!(split(body), Some((&hex(data)[..], u16::from_str_radix(status, 16).unwrap())));
        return;
    }
    let [object, status, bits, air, answer, atr] = *words else { panic!("{words:?}") };
    let bytes = |text: &str| (text != "-").then(|| hex(text));
    let reply = Reply::parse(body).unwrap();
    assert_eq!(reply.object, object.parse::<u8>().unwrap());
    assert_eq!(reply.status, u16::from_str_radix(status, 16).unwrap());
    assert_eq!((reply.last_bits, reply.air), (bits.parse::<u8>().unwrap(), air.parse::<u8>().unwrap()));
    assert_eq!(reply.answer.map(<[u8]>::to_vec), bytes(answer));
    assert_eq!(reply.atr.map(<[u8]>::to_vec), bytes(atr));
}

#[test]
fn golden_exchanges_are_built_and_read() {
    let mut count = 0;
    for exchange in GOLDEN.split("\nname: ").skip(1) {
        let line = |mark: &str| {
            let line = exchange.lines().find_map(|line| line.strip_prefix(mark));
            line.unwrap_or_else(|| panic!("{mark} in {exchange}"))
        };
        let words = |mark| line(mark).split_whitespace().collect::<Vec<_>>();
        let (request, mut answer) = (hex(line(">")), hex(line("<")));
        let body = built(&words("build:")).unwrap_or_else(|| request[10..].to_vec());
        let mut slot = Slot::new(u32::MAX, 64);
        let mut escape = slot.escape(&body);
        let Want::Send(mut message) = escape.next(&mut slot) else { panic!("nothing sent") };
        answer[6] = message[6];
        message[6] = request[6];
        assert_eq!(*message, request, "{exchange}");
        assert!(matches!(escape.next(&mut slot), Want::Receive(64)));
        escape.received(&mut slot, &answer).unwrap();
        let Want::Done(reply) = escape.next(&mut slot) else { panic!("not done: {exchange}") };
        assert_eq!(reply.data, answer[10..]);
        read(&reply.data, &words("read:"));
        count += 1;
    }
    assert_eq!(count, 24);
}

#[test]
fn the_status_of_the_objects_counts_and_not_the_status_word() {
    let outcome = |body: &str| Reply::parse(&hex(body)).map(|reply| reply.outcome());
    for (status, expected) in [
        ("9000", Outcome::Done),
        ("6401", Outcome::Silent),
        ("6400", Outcome::Silent),
        ("6A81", Outcome::Refused(3)),
        ("6A80", Outcome::Refused(3)),
        ("6700", Outcome::Refused(3)),
        ("698A", Outcome::Foreign),
        ("6301", Outcome::Failed),
        ("6F00", Outcome::Failed),
    ] {
        assert_eq!(outcome(&format!("C00303{status}9000")), Some(expected), "{status}");
    }
    assert_eq!(outcome("6985"), Some(Outcome::Failed), "nothing but a status word");
    assert_eq!(outcome("9000"), None, "a good status word and no word on what became of it");
    assert_eq!(outcome("9701029000"), None, "the status comes first");
}

#[test]
fn an_unknown_object_ends_the_reply_and_a_cut_one_spoils_it() {
    let answer = |body: &str| Reply::parse(&hex(body)).map(|reply| reply.answer.map(<[u8]>::to_vec));
    assert_eq!(answer("C003009000 97020102 4101AA 9000"), Some(Some(vec![1, 2])));
    assert_eq!(answer("C003009000 4101AA 97020102 9000"), Some(None), "what follows it is not read");
    assert_eq!(answer("C003009000 FF6D03AABBCC 8003123456 97020102 9000"), Some(Some(vec![1, 2])));
    assert_eq!(answer("C003009000 9703 0102 9000"), None);
    assert_eq!(answer("C003009000 9780 9000"), None, "a length that is none");
    assert_eq!(answer("C003009000 97810101 9000"), Some(Some(vec![1])));
    assert_eq!(answer("C003009000 9782000101 9000"), Some(Some(vec![1])));
}

#[test]
fn a_card_is_never_given_less_time_than_the_reader_can_measure() {
    let frame = |wait| {
        let frame = Frame { features: None, last_bits: None, wait, data: &[5, 0, 0] };
        command::transceive(&frame)[10..14].to_vec()
    };
    assert_eq!(frame(302), 3_000_u32.to_le_bytes());
    assert_eq!(frame(4_952_657), 4_952_657_u32.to_le_bytes());
}

proptest! {
    #[test]
    fn any_reply_is_read_or_refused(mut body in proptest::collection::vec(any::<u8>(), 0..60), good: bool) {
        if good {
            body.splice(0..0, [0xC0, 3, 0, 0x90, 0]);
        }
        if let Some(reply) = Reply::parse(&body) {
            prop_assert!(reply.answer.is_none_or(|answer| answer.len() + 9 <= body.len()));
            let _ = reply.outcome();
        }
    }

    #[test]
    fn an_answer_of_any_length_is_read(data in proptest::collection::vec(any::<u8>(), 0..300)) {
        let length = match data.len() {
            short @ 0..=0x7F => vec![short as u8],
            long => vec![0x82, (long >> 8) as u8, long as u8],
        };
        let body = [&[0xC0, 3, 0, 0x90, 0, 0x92, 1, 8, 0x97][..], &length, &data, &[0x90, 0]].concat();
        let reply = Reply::parse(&body).unwrap();
        prop_assert_eq!((reply.answer, reply.last_bits), (Some(&data[..]), 0));
    }

    #[test]
    fn a_frame_of_any_length_is_announced_rightly(data in proptest::collection::vec(any::<u8>(), 1..290), bits: bool) {
        let frame = Frame { features: Some([0, 0x1C]), last_bits: bits.then_some(0), wait: 30_000, data: &data };
        let body = command::transceive(&frame);
        let announced = usize::from(u16::from_be_bytes([body[5], body[6]]));
        prop_assert_eq!(announced, body.len() - 10);
        prop_assert!(body.ends_with(&[&data[..], &[0; 3]].concat()));
    }
}
