//! One interface of the reader: its endpoints, what came in, what waits to go out.

use super::{
    chain::Chains,
    descriptor::{Endpoints, PACKET},
};
use crate::endpoint::InEndpoint;

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

/// One interface.
pub(super) struct Function {
    pub(super) endpoints: Endpoints,
    /// Bytes of a message that is not whole yet.
    pub(super) incoming: Vec<u8>,
    pub(super) chains: Chains,
    pub(super) abort: Abort,
    pub(super) bulk: InEndpoint,
    pub(super) interrupt: InEndpoint,
}

impl Function {
    pub(super) fn new(endpoints: Endpoints) -> Self {
        Self {
            endpoints,
            incoming: Vec::new(),
            chains: Chains::default(),
            abort: Abort::None,
            bulk: InEndpoint::new(PACKET),
            interrupt: InEndpoint::new(PACKET),
        }
    }

    /// The IN endpoint with this address.
    pub(super) fn in_endpoint(&mut self, address: u8) -> Option<&mut InEndpoint> {
        if address == self.endpoints.bulk_in {
            Some(&mut self.bulk)
        } else if address == self.endpoints.interrupt {
            Some(&mut self.interrupt)
        } else {
            None
        }
    }
}
