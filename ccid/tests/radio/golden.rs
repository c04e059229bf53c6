//! The RC-S380 transfer by transfer, from `data/rcs380.txt`.

use std::collections::VecDeque;

use ccid::apdu::Command;
use ccid::reader::rcs380::ACK;
use ccid::reader::{CardChannel, Rcs380Reader};
use ccid::usb::{Interface, Setup, Usb, UsbError};

use crate::desk::run;

/// The reader's one interface.
pub(crate) fn interface() -> Interface {
    Interface { configuration: 1, class: 0xFF, bulk_in: 1, bulk_out: 2, packet: 64, ..Interface::default() }
}

pub(crate) fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    digits.chunks(2).map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap()).collect()
}

#[derive(Debug, PartialEq)]
enum Transfer {
    Out(Vec<u8>),
    In(Vec<u8>),
}

/// Pipes that expect exactly these transfers.
#[derive(Debug, Default)]
struct Script(VecDeque<Transfer>);

impl Usb for Script {
    async fn bulk_out(&mut self, endpoint: u8, data: &[u8], _: u32) -> Result<(), UsbError> {
        assert_eq!(endpoint, 2);
        assert_eq!(Some(Transfer::Out(data.to_vec())), self.0.pop_front(), "{data:02X?} was sent");
        Ok(())
    }

    async fn bulk_in(&mut self, endpoint: u8, max: usize, deadline: u32) -> Result<Vec<u8>, UsbError> {
        assert_eq!((endpoint, max % 64), (1, 0));
        assert!(deadline > 0);
        match self.0.pop_front() {
            Some(Transfer::In(data)) => Ok(data),
            other => panic!("a transfer was asked for, {other:02X?} was expected"),
        }
    }

    async fn control_in(&mut self, _: Setup, _: u32) -> Result<Vec<u8>, UsbError> {
        panic!("the driver needs no control transfer")
    }

    async fn close(&mut self) {}
}

/// The lines after `head`, up to the next head, with what they put in.
fn lines(file: &str, head: &str) -> Vec<String> {
    let mut found = Vec::new();
    let all = file.lines().filter(|line| !line.starts_with('#'));
    let body = all.skip_while(|line| *line != head).skip(1).take_while(|line| !line.is_empty());
    for line in body {
        match line.starts_with('@') {
            true => found.extend(lines(file, &format!("{line}:"))),
            false => found.push(line.to_owned()),
        }
    }
    assert!(!found.is_empty(), "{head} is not there");
    found
}

fn play(name: &str, lines: &[String]) {
    let mut reader: Option<Rcs380Reader<Script>> = None;
    for step in lines.chunk_by(|_, next| !next.starts_with('.')) {
        let mut transfers = VecDeque::new();
        for line in &step[1..] {
            let (mark, bytes) = line.split_at(1);
            let bytes = hex(bytes);
            let acknowledged = mark == ">" && bytes != ACK;
            transfers.push_back(if mark == ">" { Transfer::Out(bytes) } else { Transfer::In(bytes) });
            if acknowledged {
                transfers.push_back(Transfer::In(ACK.to_vec()));
            }
        }
        let words: Vec<&str> = step[0][1..].split_whitespace().collect();
        let told = match (&mut reader, words[0]) {
            (None, "open") => {
                let opened = run(Rcs380Reader::open(Script(transfers), interface())).unwrap();
                let firmware = format!("{:04X}", opened.firmware());
                reader = Some(opened);
                firmware
            }
            (Some(reader), action) => {
                let script = reader.usb_mut();
                assert_eq!(script.0, [], "{name}: not all was used before {step:?}");
                script.0 = transfers;
                let shown = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>();
                match action {
                    "on" => shown(run(reader.power_on()).unwrap().bytes()),
                    "off" => run(reader.power_off()).map(|()| String::new()).unwrap(),
                    "present" => run(reader.card_present()).unwrap().to_string(),
                    "send" => match run(reader.transmit(&Command::parse(&hex(words[1])).unwrap())) {
                        Ok(answer) => shown(&answer.data) + &format!("{:?}", answer.status),
                        Err(error) => format!("{:?}", error.kind()),
                    },
                    _ => panic!("{name}: {action}"),
                }
            }
            _ => panic!("{name} does not begin with open"),
        };
        let expected = &words[if words[0] == "send" { 2 } else { 1 }..];
        assert_eq!(told, expected.concat(), "{name}: {:?}", words);
    }
    assert_eq!(reader.unwrap().usb_mut().0, [], "{name}: not all was used");
}

#[test]
fn every_conversation_goes_as_written() {
    let file = include_str!("data/rcs380.txt");
    let heads: Vec<&str> = file.lines().filter(|line| line.starts_with("==")).collect();
    for head in &heads {
        play(head, &lines(file, head));
    }
    assert_eq!(heads.len(), 5);
}
