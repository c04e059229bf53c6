//! Port-100: commands one after the other against any transfers, some dropped.

use ccid::reader::rcs380::{ACK, Call, Deframer, Frame, LONGEST_DATA, Port, Want};

use crate::bytes::Bytes;

/// More than a call takes transfers.
const STEPS: usize = 400;
const MARKERS: [u8; 2] = [0x20, 0x28];

pub(crate) fn run(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    if bytes.byte() & 1 == 0 {
        return frames(&mut bytes);
    }
    let mut port = Port::new();
    while !bytes.is_empty() {
        call(&mut port, &mut bytes);
    }
}

/// Frames come to an end, and a sound one behind an end is found.
fn frames(bytes: &mut Bytes<'_>) {
    let mut deframer = Deframer::default();
    while !bytes.is_empty() {
        let transfer = bytes.piece();
        deframer.push(transfer);
        for found in 0.. {
            assert!(found <= 300, "frames out of nothing");
            match deframer.next_frame() {
                Some(Frame::Answer(_, data)) => assert!(data.len() + 2 <= LONGEST_DATA),
                Some(_) => {}
                None => break,
            }
        }
    }
}

fn call(port: &mut Port, bytes: &mut Bytes<'_>) {
    // Never a marker: those may go out again.
    let command = bytes.byte() & 0x06;
    let mut call = Call::new(command, bytes.piece(), 5);
    let mut sent = 0;
    for _ in 0..STEPS {
        match call.next(port) {
            Want::Send(frame) if *frame == ACK => assert_eq!(sent, 0, "given up, and it is its own"),
            Want::Send(frame) => {
                let sum = |bytes: &[u8]| bytes.iter().fold(0u8, |sum, byte| sum.wrapping_add(*byte));
                assert_eq!((sum(&frame[5..8]), sum(&frame[8..frame.len() - 1])), (0, 0));
                let own = frame[9] == command;
                assert!(own || MARKERS.contains(&frame[9]));
                sent += usize::from(own);
                assert!(sent <= 1, "a command went out twice");
            }
            Want::Receive(_) => match bytes.next() {
                Some(0) | None => return,
                Some(1) => call.received(port, bytes.piece()),
                // A sound answer, with or without its ACK.
                Some(kind) => {
                    let answer = answer(bytes.byte(), bytes.piece());
                    let ack = if kind & 1 == 1 { &ACK[..] } else { &[] };
                    call.received(port, &[ack, &answer].concat());
                }
            },
            Want::Done(answer) => return assert!(sent == 1 && answer.len() + 2 <= LONGEST_DATA),
            Want::Failed(_) => return,
        }
    }
    panic!("no end")
}

fn answer(code: u8, data: &[u8]) -> Vec<u8> {
    let minus = |bytes: &[u8]| bytes.iter().fold(0u8, |sum, byte| sum.wrapping_sub(*byte));
    let body = [&[0xD7, code], data].concat();
    let length = u16::try_from(body.len()).unwrap_or(0).to_le_bytes();
    let head = [0, 0, 0xFF, 0xFF, 0xFF, length[0], length[1], minus(&length)];
    [&head[..], &body, &[minus(&body), 0]].concat()
}
