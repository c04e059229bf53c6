//! T=1: commands one after the other against any blocks. A block goes out again only as it was; after a
//! RESYNCH nothing of a command that was under way does.

use ccid::t1::{Edc, Event, Step, T1, T1Parameters};

use crate::bytes::Bytes;

/// More than retries, extensions and the longest chain of one-byte blocks allow.
const STEPS: usize = 70_000;
const RESYNCH: u8 = 0xC0;

pub(crate) fn run(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let edc = if bytes.byte() & 1 == 1 { Edc::Crc } else { Edc::Lrc };
    let ifsc = bytes.byte().clamp(1, 254);
    let mut t1 = T1::new(T1Parameters { ifsc, waiting: bytes.byte(), edc }, usize::from(bytes.byte()));
    while !bytes.is_empty() {
        match bytes.byte() {
            0 => drop(follow(&mut t1, edc, None, &mut bytes)),
            _ => {
                let command = bytes.piece();
                let sent = follow(&mut t1, edc, Some(command), &mut bytes);
                assert!(command.starts_with(&sent), "bytes that are not the command's, or in another order");
            }
        }
    }
}

/// Follows a command, or an offer of a size, to its end, or drops it; gives what it sent of the command.
fn follow(t1: &mut T1, edc: Edc, command: Option<&[u8]>, bytes: &mut Bytes<'_>) -> Vec<u8> {
    let mut step = match command {
        Some(command) => t1.command(command),
        None => t1.offer(254),
    };
    let mut sent = Vec::new();
    let mut last: Option<Vec<u8>> = None;
    for _ in 0..STEPS {
        let block = match step {
            Step::Send(block, times) => {
                assert!(times >= 1 && t1.patience(times) <= 120_000);
                block
            }
            Step::Done(answer) => {
                assert!(answer.len() <= 65_538 + 254);
                return sent;
            }
            Step::Failed(_) => return sent,
        };
        let info = judge(edc, &block);
        match (block[1], &last) {
            (pcb, Some(before)) if pcb & 0x80 == 0 && before[1] == pcb => {
                assert!(before[..] == block[..], "a block out again, and not as it was");
            }
            (pcb, _) if pcb & 0x80 == 0 => {
                sent.extend_from_slice(info);
                last = Some(block.to_vec());
            }
            (RESYNCH, Some(_)) => {
                resynch(t1, edc, bytes);
                return sent;
            }
            _ => {}
        }
        let Some(next) = step_of(t1, edc, bytes) else { return sent };
        step = next;
    }
    panic!("no end")
}

/// The command was under way: from here on nothing but the request itself goes out.
fn resynch(t1: &mut T1, edc: Edc, bytes: &mut Bytes<'_>) {
    for _ in 0..10 {
        match step_of(t1, edc, bytes) {
            Some(Step::Send(block, _)) => assert_eq!(block[1], RESYNCH, "the command goes on"),
            Some(Step::Done(_)) => panic!("an answer out of nothing"),
            Some(Step::Failed(_)) | None => return,
        }
    }
    panic!("no end")
}

/// What comes from the card; `None` when nobody waits any more.
fn step_of(t1: &mut T1, edc: Edc, bytes: &mut Bytes<'_>) -> Option<Step> {
    Some(match bytes.next()? {
        0 => t1.next(Event::Garbled),
        1 => t1.next(Event::Nothing),
        2 => return None,
        3 => t1.next(Event::Block(bytes.piece())),
        // A block with its length and check right.
        _ => {
            let (pcb, info) = (bytes.byte(), bytes.piece());
            let info = &info[..info.len().min(254)];
            let mut block = vec![0, pcb, u8::try_from(info.len()).unwrap_or(0)];
            block.extend_from_slice(info);
            block.extend(check(edc, &block));
            t1.next(Event::Block(&block))
        }
    })
}

/// A block of the host is well formed; its information.
fn judge(edc: Edc, block: &[u8]) -> &[u8] {
    let (body, end) = block.split_at(block.len() - edc.size());
    assert_eq!(end, check(edc, body));
    assert!(body[0] == 0 && usize::from(body[2]) == body.len() - 3);
    &body[3..]
}

fn check(edc: Edc, bytes: &[u8]) -> Vec<u8> {
    match edc {
        Edc::Lrc => vec![bytes.iter().fold(0, |sum, byte| sum ^ byte)],
        Edc::Crc => {
            let mut sum = 0xFFFFu16;
            for byte in bytes {
                sum ^= u16::from(*byte);
                for _ in 0..8 {
                    sum = if sum & 1 == 1 { sum >> 1 ^ 0x8408 } else { sum >> 1 };
                }
            }
            sum.to_be_bytes().to_vec()
        }
    }
}
