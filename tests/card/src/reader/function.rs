//! One interface of the reader: its endpoints, what came in, what waits to go out.

use std::collections::VecDeque;

use super::{
    chain::Chains,
    descriptor::{Endpoints, PACKET},
};
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

/// How far an ABORT is: it comes both as a control request and as a message, in either order.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Abort {
    #[default]
    None,
    /// The control request came, with this sequence number.
    Asked(u8),
    /// The message came first.
    Announced(u8),
}

/// An IN endpoint.
pub(super) struct In {
    queue: VecDeque<Outgoing>,
    pipe: InPipe,
}

impl In {
    fn new() -> Self {
        Self { queue: VecDeque::new(), pipe: InPipe::new(usize::from(PACKET)) }
    }

    pub(super) fn push(&mut self, outgoing: Outgoing) {
        self.queue.push_back(outgoing);
    }

    pub(super) fn pop(&mut self) -> Option<Outgoing> {
        self.queue.pop_front()
    }

    /// The next transfer's data, unless a stall comes first.
    pub(super) fn pop_data(&mut self) -> Option<Vec<u8>> {
        match self.queue.pop_front()? {
            Outgoing::Transfer(data) | Outgoing::Unended(data) => Some(data),
            Outgoing::Stall => {
                self.queue.push_front(Outgoing::Stall);
                None
            }
        }
    }

    /// Completes a host's request for `length` bytes.
    pub(super) fn take(&mut self, length: usize) -> Option<Received> {
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

    pub(super) fn clear(&mut self) {
        self.queue.clear();
        self.pipe.clear();
    }
}

/// One interface.
pub(super) struct Function {
    pub(super) endpoints: Endpoints,
    /// Bytes of a message that is not whole yet.
    pub(super) incoming: Vec<u8>,
    pub(super) chains: Chains,
    pub(super) abort: Abort,
    pub(super) bulk: In,
    pub(super) interrupt: In,
}

impl Function {
    pub(super) fn new(endpoints: Endpoints) -> Self {
        Self {
            endpoints,
            incoming: Vec::new(),
            chains: Chains::default(),
            abort: Abort::None,
            bulk: In::new(),
            interrupt: In::new(),
        }
    }

    /// The IN endpoint with this address.
    pub(super) fn in_endpoint(&mut self, address: u8) -> Option<&mut In> {
        if address == self.endpoints.bulk_in {
            Some(&mut self.bulk)
        } else if address == self.endpoints.interrupt {
            Some(&mut self.interrupt)
        } else {
            None
        }
    }
}
