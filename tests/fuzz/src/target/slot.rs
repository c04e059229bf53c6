//! A CCID slot: exchanges one after the other, some dropped, some whose answers never come, against any
//! transfers. Each command goes out once, each exchange ends.

use ccid::ccid::{Exchange, Slot, Want};

use crate::bytes::Bytes;

/// More than extensions and stale answers allow.
const STEPS: usize = 2_000;
/// The longest message, in whole packets.
const LONGEST: usize = 65_664;
const XFR_BLOCK: u8 = 0x6F;

pub(crate) fn run(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let mut slot = Slot::new(10 + u32::from(bytes.byte()), 64);
    let mut sequence = 0u8;
    while !bytes.is_empty() {
        let (kind, command) = (bytes.byte(), bytes.piece());
        slot.select(kind >> 4 & 1);
        let exchange = match kind & 7 {
            0 => slot.power_on(kind >> 5 & 3),
            1 => slot.power_off(),
            2 => slot.status(),
            3 => slot.set_parameters(1, command),
            4 => slot.transfer(command),
            5 => slot.transfer_chained(command),
            6 => slot.transfer_block(command, 1),
            _ => slot.escape(command),
        };
        let sent = follow(&mut slot, exchange, &mut bytes, &mut sequence);
        if matches!(kind & 7, 4..=6) {
            assert!(command.starts_with(&sent), "bytes that are not the command's, or in another order");
        }
    }
}

/// Follows an exchange to its end, or drops it; gives what it sent of its command.
fn follow(slot: &mut Slot, mut exchange: Exchange, bytes: &mut Bytes<'_>, sequence: &mut u8) -> Vec<u8> {
    let mut sent = Vec::new();
    let mut begun = 0;
    for _ in 0..STEPS {
        match exchange.next(slot) {
            Want::Send(message) => {
                let length =
                    message.get(1..5).and_then(|it| it.first_chunk()).map(|it| u32::from_le_bytes(*it));
                assert_eq!(length, u32::try_from(message.len() - 10).ok());
                assert_eq!(message[6], *sequence, "numbers follow one another");
                *sequence = sequence.wrapping_add(1);
                // Parts of a command or answer that was dropped come first: wLevelParameter goes on.
                let begins = message[0] != XFR_BLOCK || !matches!(message[8], 2 | 3 | 0x10);
                begun += usize::from(begins);
                assert!(begun <= 1, "sent again");
                if begun == 1 && message[0] == XFR_BLOCK {
                    sent.extend_from_slice(&message[10..]);
                }
            }
            Want::Receive(max) => {
                assert!(max > 0 && max.is_multiple_of(64) && max <= LONGEST);
                match bytes.next() {
                    // Nobody waits any more.
                    Some(0xFF) => return sent,
                    Some(0xFE) | None if !exchange.nothing_came(slot) => return sent,
                    Some(0xFE) | None => {}
                    Some(length) => {
                        let transfer = bytes.take(usize::from(length).min(max));
                        // A helpful reader knows which message it answers.
                        let helped = help(transfer, sequence.wrapping_sub(1));
                        if exchange.received(slot, &helped).is_err() {
                            return sent;
                        }
                    }
                }
            }
            Want::Done(reply) => {
                assert!(reply.data.len() <= 65_538 + LONGEST);
                return sent;
            }
        }
    }
    panic!("no end")
}

/// A message whose reserved slot is EE gets the number that is waited for and the length it has.
fn help(transfer: &[u8], sequence: u8) -> Vec<u8> {
    let mut transfer = transfer.to_vec();
    if let [_, _, _, _, _, slot @ 0xEE, ..] = &mut transfer[..] {
        *slot = 0;
        if let Some(place) = transfer.get_mut(6) {
            *place = sequence;
        }
        if let Some(length) = transfer.len().checked_sub(10).and_then(|length| u32::try_from(length).ok()) {
            transfer[1..5].copy_from_slice(&length.to_le_bytes());
        }
    }
    transfer
}
