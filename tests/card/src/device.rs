//! What a desk, a socket and a virtual bus need of any virtual device, whatever protocol it speaks.

use crate::{card::VirtualCard, endpoint::Outgoing, fault::Rule, pipe::Received};

/// A virtual reader as seen from its plug and from its slot.
///
/// A call of [`bulk_out`](Self::bulk_out) is one OUT transfer, whatever its length. What the device sends is
/// taken either transfer by transfer ([`next_outgoing`](Self::next_outgoing)) or as a host with a buffer sees
/// it, packet rules included ([`transfer_in`](Self::transfer_in)); one host uses one of the two.
pub trait VirtualDevice: Send {
    /// Device descriptor and configuration descriptor, as a bus reads them.
    fn descriptors(&self) -> Vec<u8>;

    /// A control transfer; `None` is a stall.
    fn control(&mut self, setup: [u8; 8], data: &[u8]) -> Option<Vec<u8>>;

    /// A bulk OUT transfer. A message may come in several; several may come in one.
    fn bulk_out(&mut self, endpoint: u8, data: &[u8]);

    /// What the IN endpoints give next, with the endpoint's address.
    fn next_outgoing(&mut self) -> Option<(u8, Outgoing)>;

    /// A host's request for up to `length` bytes, which is a multiple of the packet size; `None` while it
    /// stays pending.
    fn transfer_in(&mut self, endpoint: u8, length: usize) -> Option<Received>;

    /// Whether the device is on the bus.
    fn is_plugged(&self) -> bool;

    /// Plugs it in: everything starts anew; a card in the slot is announced.
    fn plug(&mut self);

    /// Pulls the plug: the card loses power, nothing is answered.
    fn unplug(&mut self);

    /// Puts a card in; gives back the one that was there.
    fn insert(&mut self, card: VirtualCard) -> Option<VirtualCard>;

    /// Takes the card out.
    fn remove(&mut self) -> Option<VirtualCard>;

    /// The card in the slot or in the field.
    fn card(&mut self) -> Option<&mut VirtualCard>;

    /// The card that a fault took away, once.
    fn take_ejected(&mut self) -> Option<VirtualCard>;

    /// Puts rules for faults in force, and forgets earlier ones. A fault that has no meaning for a device is
    /// passed over.
    fn set_faults(&mut self, rules: Vec<Rule>);

    /// How many messages came in.
    fn messages(&self) -> u64;

    /// Microseconds that have passed by the device's own clock: what its answers took on the wire to the
    /// card. A device without a clock stays at 0.
    fn clock(&self) -> u64 {
        0
    }
}
