//! Messages out of transfers.
//!
//! The first transfer asks for one packet; its header tells how much is left, and the second asks for just
//! that. So a message whose length is a multiple of the packet size never hangs, whether the reader ends it
//! with an empty packet or not; a left-over empty packet is skipped before the next message.

use super::message::{HEADER, Message};

/// An extended answer with its status word, and the header.
const LONGEST: usize = HEADER + 65_536 + 2;
/// Empty transfers before and within a message.
const EMPTY: u8 = 10;

/// Why transfers make no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// A transfer ended before its message did.
    Truncated,
    /// The header announces more than any answer holds.
    Oversized,
    /// Nothing but empty transfers.
    Empty,
}

/// Collects the transfers of one message. Kept between exchanges, so that a dropped one leaves no half.
#[derive(Debug, Clone)]
pub(super) struct Assembler {
    packet: usize,
    bytes: Vec<u8>,
    empty: u8,
}

impl Assembler {
    /// For a bulk IN endpoint with this packet size.
    pub(super) fn new(packet: u16) -> Self {
        Self { packet: usize::from(packet.max(8)), bytes: Vec::new(), empty: 0 }
    }

    /// How much to ask for next: a multiple of the packet size.
    pub(super) fn wanted(&self) -> usize {
        let total = Message::total(&self.bytes).filter(|_| self.bytes.len() >= HEADER).unwrap_or(HEADER);
        total.saturating_sub(self.bytes.len()).max(1).next_multiple_of(self.packet)
    }

    /// Takes a transfer; gives the message it completes. Bytes after the message are padding and ignored.
    pub(super) fn feed(&mut self, transfer: &[u8]) -> Result<Option<Message>, Broken> {
        let result = self.take(transfer);
        if !matches!(result, Ok(None)) {
            self.reset();
        }
        result
    }

    /// Forgets what has been collected.
    pub(super) fn reset(&mut self) {
        self.bytes.clear();
        self.empty = 0;
    }

    fn take(&mut self, transfer: &[u8]) -> Result<Option<Message>, Broken> {
        if transfer.is_empty() {
            self.empty += 1;
            return if self.empty > EMPTY { Err(Broken::Empty) } else { Ok(None) };
        }
        self.bytes.extend_from_slice(transfer);
        let total = Message::total(&self.bytes).filter(|_| self.bytes.len() >= HEADER);
        match total {
            Some(total) if total > LONGEST => Err(Broken::Oversized),
            Some(total) if self.bytes.len() >= total => {
                self.bytes.truncate(total);
                Message::parse(&self.bytes).map(Some).ok_or(Broken::Truncated)
            }
            // A short packet ends a transfer, and a transfer ends with its message.
            _ if !transfer.len().is_multiple_of(self.packet) => Err(Broken::Truncated),
            _ => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn message(data: usize) -> Vec<u8> {
        let mut bytes = vec![0x80, 0, 0, 0, 0, 0, 1, 0, 0, 0];
        bytes[1..5].copy_from_slice(&u32::try_from(data).unwrap().to_le_bytes());
        bytes.extend((0..data).map(|at| u8::try_from(at % 251).unwrap()));
        bytes
    }

    #[test]
    fn two_transfers_at_most_make_any_message() {
        for data in [0, 1, 53, 54, 55, 117, 118, 119, 258, 65_538] {
            let (mut assembler, bytes) = (Assembler::new(64), message(data));
            let (mut at, mut transfers) = (0, 0);
            let whole = loop {
                let end = bytes.len().min(at + assembler.wanted());
                transfers += 1;
                if let Some(whole) = assembler.feed(&bytes[at..end]).unwrap() {
                    break whole;
                }
                at = end;
            };
            assert_eq!(whole.data.len(), data);
            assert!(transfers <= 2);
        }
    }

    #[test]
    fn nothing_more_is_asked_for_than_comes() {
        let mut assembler = Assembler::new(64);
        assert_eq!(assembler.wanted(), 64);
        // 128 bytes in all: exactly one more packet, no empty one needed.
        assert_eq!(assembler.feed(&message(118)[..64]), Ok(None));
        assert_eq!(assembler.wanted(), 64);
        assert!(assembler.feed(&message(118)[64..]).unwrap().is_some());
        assert_eq!(assembler.feed(&[]), Ok(None), "an empty packet left over is skipped");
        assert!(assembler.feed(&message(3)).unwrap().is_some());
    }

    #[test]
    fn what_is_broken_is_said() {
        let mut assembler = Assembler::new(64);
        assert_eq!(assembler.feed(&message(50)[..40]), Err(Broken::Truncated));
        assert_eq!(assembler.feed(&message(200)[..64]), Ok(None));
        assert_eq!(assembler.feed(&message(200)[64..100]), Err(Broken::Truncated));
        assert_eq!(assembler.feed(&[0xFF; 64]), Err(Broken::Oversized));
        for _ in 0..EMPTY {
            assert_eq!(assembler.feed(&[]), Ok(None));
        }
        assert_eq!(assembler.feed(&[]), Err(Broken::Empty));
        let mut padded = message(3);
        padded.push(0);
        assert_eq!(assembler.feed(&padded).unwrap().unwrap().data.len(), 3);
    }

    proptest! {
        #[test]
        fn any_transfers_end_in_a_message_or_a_reason(
            transfers in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..130), 0..40),
        ) {
            let mut assembler = Assembler::new(64);
            for transfer in transfers {
                prop_assert!(assembler.wanted() <= LONGEST + 64);
                prop_assert!(assembler.wanted().is_multiple_of(64));
                let _ = assembler.feed(&transfer);
                prop_assert!(assembler.bytes.len() <= LONGEST + 130);
            }
        }
    }
}
