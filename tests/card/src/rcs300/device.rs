//! The reader at its plug: endpoints of both interfaces, the card, power.

use super::{VirtualRcs300, descriptor};
use crate::{
    card::VirtualCard,
    device::VirtualDevice,
    endpoint::Outgoing,
    fault::{Rule, Script},
    pipe::Received,
};

/// The bulk IN endpoint of the reader within that does the CCID interface.
const INNER_IN: u8 = 0x82;

impl VirtualDevice for VirtualRcs300 {
    fn descriptors(&self) -> Vec<u8> {
        [&descriptor::device()[..], &descriptor::configuration()].concat()
    }

    fn control(&mut self, setup: [u8; 8], data: &[u8]) -> Option<Vec<u8>> {
        let [kind, request, value, value_high, _, _, length, length_high] = setup;
        let answer = match (self.plugged, kind, request, value_high) {
            (true, 0x80, 6, 1) => descriptor::device().to_vec(),
            (true, 0x80, 6, 2) if value == 0 => descriptor::configuration(),
            (true, 0x80, 6, 3) => descriptor::string(value)?,
            (true, 0x80, 6, _) => return None,
            (true, ..) => return self.ccid.control(setup, data),
            _ => return None,
        };
        let wanted = usize::from(u16::from_le_bytes([length, length_high]));
        Some(answer.into_iter().take(wanted).collect())
    }

    fn bulk_out(&mut self, endpoint: u8, data: &[u8]) {
        if !self.plugged {
            return;
        }
        if endpoint == descriptor::CCID_OUT {
            return self.ccid.bulk_out(endpoint, data);
        }
        if endpoint != descriptor::OUT {
            return;
        }
        let whole = |length: usize| length > 0 && length.is_multiple_of(usize::from(descriptor::PACKET));
        match (data.is_empty(), self.incoming.is_empty()) {
            (true, true) if self.variant.waits_for_end => {
                return self.session.violate("an empty packet that ends nothing");
            }
            (false, false) => self.session.violate("a message without the end of its transfer"),
            _ => {}
        }
        self.incoming.extend(data);
        if self.variant.waits_for_end && whole(data.len()) || self.incoming.is_empty() {
            return;
        }
        let transfer = std::mem::take(&mut self.incoming);
        self.message(&transfer);
    }

    fn next_outgoing(&mut self) -> Option<(u8, Outgoing)> {
        if let Some(outgoing) = self.bulk.pop() {
            return Some((descriptor::IN, outgoing));
        }
        // The reader within has a second interface that is not there here.
        std::iter::from_fn(|| self.ccid.next_outgoing())
            .map(|(address, outgoing)| (outer(address), outgoing))
            .find(|(address, _)| matches!(*address, descriptor::CCID_IN | descriptor::CCID_INTERRUPT))
    }

    fn transfer_in(&mut self, endpoint: u8, length: usize) -> Option<Received> {
        match endpoint {
            descriptor::IN => self.bulk.take(length),
            descriptor::CCID_IN => self.ccid.transfer_in(INNER_IN, length),
            descriptor::CCID_INTERRUPT => self.ccid.transfer_in(endpoint, length),
            _ => None,
        }
    }

    fn is_plugged(&self) -> bool {
        self.plugged
    }

    fn plug(&mut self) {
        self.power_off();
        self.bulk.clear();
        self.ccid.plug();
        self.plugged = true;
    }

    fn unplug(&mut self) {
        self.power_off();
        self.bulk.clear();
        self.ccid.unplug();
        self.plugged = false;
    }

    fn insert(&mut self, card: VirtualCard) -> Option<VirtualCard> {
        let before = self.remove();
        if self.session.open {
            self.lay(card);
        } else {
            self.ccid.insert(card);
        }
        before
    }

    fn remove(&mut self) -> Option<VirtualCard> {
        if self.picc.is_some() { self.lift() } else { self.ccid.remove() }
    }

    fn card(&mut self) -> Option<&mut VirtualCard> {
        match &mut self.picc {
            Some(picc) => Some(picc.card()),
            None => self.ccid.card(),
        }
    }

    fn take_ejected(&mut self) -> Option<VirtualCard> {
        self.ejected.take()
    }

    fn set_faults(&mut self, rules: Vec<Rule>) {
        self.script = Script::new(rules);
    }

    fn messages(&self) -> u64 {
        self.messages
    }

    fn clock(&self) -> u64 {
        self.session.clock
    }
}

fn outer(address: u8) -> u8 {
    if address == INNER_IN { descriptor::CCID_IN } else { address }
}
