//! ISO-DEP: exchanges one after the other against any frames. A part of a command goes out again only after
//! the card said that it never got it; what failed once is not gone on with.

use ccid::iso_dep::{Exchange, Failure, IsoDep, Want};
use ccid::iso14443::{LONGEST_WAIT, Link};

use crate::bytes::Bytes;

/// More than retries, extensions and the longest chain of one-byte blocks allow.
const STEPS: usize = 70_000;
const PART: u8 = 0x02;

pub(crate) fn run(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let frame = u16::from(bytes.byte()) + 16;
    let wait = if bytes.byte() & 1 == 1 { LONGEST_WAIT } else { 4_000 };
    let mut dep = IsoDep::new(Link { frame, wait, guard: 0 });
    let mut broken = false;
    while !bytes.is_empty() {
        let (exchange, command) = match bytes.byte() & 3 {
            0 => (dep.presence(), None),
            1 => (dep.deselect(), None),
            _ => {
                let command = bytes.piece();
                (dep.command(command), Some(command))
            }
        };
        let ended = follow(&mut dep, exchange, usize::from(frame), command, &mut bytes);
        // Nothing is sent over a link that is not settled.
        assert!(!broken || ended.sent.is_empty());
        broken |= !ended.well;
    }
}

struct Ended {
    well: bool,
    /// What went out of the command.
    sent: Vec<u8>,
}

fn follow(
    dep: &mut IsoDep,
    mut exchange: Exchange,
    frame: usize,
    command: Option<&[u8]>,
    bytes: &mut Bytes<'_>,
) -> Ended {
    let mut sent = Vec::new();
    let mut last: Option<Vec<u8>> = None;
    let (mut asked, mut denied) = (false, false);
    let mut well = false;
    for _ in 0..STEPS {
        let block = match exchange.next(dep) {
            Want::Send(block, wait) => {
                assert!(wait > 0 && wait <= LONGEST_WAIT && block.len() + 2 <= frame.max(16) + 2);
                block
            }
            Want::Done(answer) => {
                assert!(answer.len() <= 65_538);
                well = true;
                break;
            }
            Want::Failed(failure) => {
                assert!(failure != Failure::Unsettled || last.is_none());
                break;
            }
        };
        if block[0] & 0xE2 == PART {
            let head = 1 + usize::from(block[0] & 0x08 != 0);
            assert!(command.is_some() && block.len() + 2 <= frame);
            if last.as_ref().is_some_and(|last| last[0] & 1 == block[0] & 1) {
                assert!(asked && denied, "a part goes out again, unasked");
                assert!(last.as_ref().is_some_and(|last| last[..] == block[..]));
            } else {
                sent.extend_from_slice(&block[head..]);
            }
            last = Some(block.to_vec());
        }
        asked = block[0] & 0xF6 == 0xB2;
        denied = false;
        match bytes.next() {
            Some(0) => exchange.garbled(dep),
            Some(1) => exchange.nothing_came(dep),
            Some(2) | None => break,
            Some(_) => {
                let answer = bytes.piece();
                denied = answer.first().is_some_and(|control| control & 0xF6 == 0xA2);
                exchange.received(dep, answer);
            }
        }
    }
    let command = command.unwrap_or_default();
    assert!(command.starts_with(&sent), "bytes that are not the command's, or in another order");
    Ended { well, sent }
}
