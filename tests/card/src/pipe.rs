//! An IN endpoint as its host sees it: transfers fall into packets, a request takes packets until one is
//! short or its buffer is full (USB 2.0 §5.8.3).

use std::collections::VecDeque;

/// What became of a host's request for data.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Received {
    /// Data; empty for an empty packet.
    Data(Vec<u8>),
    /// The endpoint stalled.
    Stall,
    /// A packet did not fit in the rest of the buffer (babble).
    Overflow,
}

enum Packet {
    Data(Vec<u8>),
    Stall,
}

/// Packets that wait for their host.
pub struct InPipe {
    packet_size: usize,
    packets: VecDeque<Packet>,
}

impl InPipe {
    /// An endpoint with this packet size.
    pub fn new(packet_size: usize) -> Self {
        Self { packet_size: packet_size.max(1), packets: VecDeque::new() }
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.packets.is_empty()
    }

    /// Queues a transfer that ends with a short packet, an empty one if its last is full.
    pub fn push(&mut self, transfer: &[u8]) {
        self.push_unended(transfer);
        if transfer.len().is_multiple_of(self.packet_size) {
            self.packets.push_back(Packet::Data(Vec::new()));
        }
    }

    /// Queues a transfer as readers send it that leave the empty packet out.
    pub fn push_unended(&mut self, transfer: &[u8]) {
        self.packets.extend(transfer.chunks(self.packet_size).map(|packet| Packet::Data(packet.to_vec())));
    }

    /// Queues one stalled transfer.
    pub fn push_stall(&mut self) {
        self.packets.push_back(Packet::Stall);
    }

    /// Forgets what waits.
    pub fn clear(&mut self) {
        self.packets.clear();
    }

    /// Completes a request for `length` bytes, or `None`: it stays pending, what came so far is kept for it.
    pub fn take(&mut self, length: usize) -> Option<Received> {
        let mut size = 0;
        for (at, packet) in self.packets.iter().enumerate() {
            let Packet::Data(data) = packet else {
                self.packets.drain(..=at);
                return Some(Received::Stall);
            };
            size += data.len();
            if size > length {
                self.packets.drain(..=at);
                return Some(Received::Overflow);
            }
            if data.len() < self.packet_size || size == length {
                let data = self.packets.drain(..=at).flat_map(|packet| match packet {
                    Packet::Data(data) => data,
                    Packet::Stall => Vec::new(),
                });
                return Some(Received::Data(data.collect()));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pipe(transfers: &[usize]) -> InPipe {
        let mut pipe = InPipe::new(64);
        transfers.iter().for_each(|length| pipe.push(&vec![7; *length]));
        pipe
    }

    fn lengths(pipe: &mut InPipe, request: usize) -> Vec<usize> {
        std::iter::from_fn(|| match pipe.take(request) {
            Some(Received::Data(data)) => Some(data.len()),
            _ => None,
        })
        .collect()
    }

    #[test]
    fn a_large_buffer_takes_one_transfer_a_small_one_packets() {
        assert_eq!(lengths(&mut pipe(&[266, 10]), 512), [266, 10]);
        assert_eq!(lengths(&mut pipe(&[266, 10]), 64), [64, 64, 64, 64, 10, 10]);
        assert_eq!(lengths(&mut pipe(&[130]), 128), [128, 2]);
    }

    #[test]
    fn an_empty_packet_ends_a_transfer_of_whole_packets() {
        assert_eq!(lengths(&mut pipe(&[128]), 512), [128]);
        assert_eq!(lengths(&mut pipe(&[128]), 64), [64, 64, 0], "the host that asked for less meets it");
        assert_eq!(lengths(&mut pipe(&[128, 3]), 128), [128, 0, 3]);
    }

    #[test]
    fn without_the_empty_packet_the_request_stays_pending() {
        let mut pipe = InPipe::new(64);
        pipe.push_unended(&[7; 64]);
        assert_eq!(pipe.take(128), None);
        pipe.push(&[8; 3]);
        assert_eq!(pipe.take(128), Some(Received::Data([vec![7; 64], vec![8; 3]].concat())));
    }

    #[test]
    fn stall_and_overflow() {
        let mut pipe = pipe(&[10]);
        pipe.push_stall();
        assert_eq!(pipe.take(4), Some(Received::Overflow));
        assert_eq!(pipe.take(64), Some(Received::Stall));
        assert_eq!(pipe.take(64), None);
    }

    proptest! {
        #[test]
        fn no_byte_is_lost_or_made(lengths in proptest::collection::vec(0usize..300, 0..8), packets in 1usize..9) {
            let mut pipe = InPipe::new(64);
            let data: Vec<Vec<u8>> = lengths.iter().enumerate().map(|(at, n)| vec![at as u8; *n]).collect();
            data.iter().for_each(|transfer| pipe.push(transfer));
            let mut got = Vec::new();
            while let Some(Received::Data(part)) = pipe.take(packets * 64) {
                got.extend(part);
            }
            prop_assert_eq!(got, data.concat());
            prop_assert!(pipe.is_empty());
        }
    }
}
