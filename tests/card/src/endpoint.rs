//! An IN endpoint from the device's side.

use std::collections::VecDeque;

use crate::pipe::{InPipe, Received};

/// What a bulk or interrupt IN endpoint gives next.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Outgoing {
    /// A transfer that ends with a short or an empty packet.
    Transfer(Vec<u8>),
    /// A transfer of whole packets without the empty one behind it.
    Unended(Vec<u8>),
    /// One stalled transfer.
    Stall,
}

/// An IN endpoint: transfers that wait, and the packets of the one a host is reading.
pub struct InEndpoint {
    queue: VecDeque<Outgoing>,
    pipe: InPipe,
}

impl InEndpoint {
    /// An empty one with this packet size.
    pub fn new(packet: u8) -> Self {
        Self { queue: VecDeque::new(), pipe: InPipe::new(usize::from(packet)) }
    }

    /// Lets a transfer wait.
    pub fn push(&mut self, outgoing: Outgoing) {
        self.queue.push_back(outgoing);
    }

    /// The next transfer, whole.
    pub fn pop(&mut self) -> Option<Outgoing> {
        self.queue.pop_front()
    }

    /// The next transfer's data, unless a stall comes first.
    pub fn pop_data(&mut self) -> Option<Vec<u8>> {
        match self.queue.pop_front()? {
            Outgoing::Transfer(data) | Outgoing::Unended(data) => Some(data),
            Outgoing::Stall => {
                self.queue.push_front(Outgoing::Stall);
                None
            }
        }
    }

    /// Completes a host's request for `length` bytes.
    pub fn take(&mut self, length: usize) -> Option<Received> {
        loop {
            if let Some(received) = self.pipe.take(length) {
                return Some(received);
            }
            match self.queue.pop_front()? {
                Outgoing::Transfer(data) => self.pipe.push(&data),
                Outgoing::Unended(data) => self.pipe.push_unended(&data),
                Outgoing::Stall => self.pipe.push_stall(),
            }
        }
    }

    /// Forgets what waits.
    pub fn clear(&mut self) {
        self.queue.clear();
        self.pipe.clear();
    }
}
