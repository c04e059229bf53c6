//! A reader that an ordinary page cannot reach: the virtual one without its interface of class 0xFF.

use kakehashi_card::{Outgoing, Received, Rule, VirtualCard, VirtualDevice, VirtualReader};

/// Length of the device descriptor.
const DEVICE: usize = 18;
/// Length of the configuration's own descriptor.
const CONFIGURATION: usize = 9;

/// The reader.
pub(crate) struct Protected(pub(crate) VirtualReader);

impl VirtualDevice for Protected {
    fn descriptors(&self) -> Vec<u8> {
        let mut all = self.0.descriptors();
        // Two interfaces alike stand behind the two heads.
        let kept = DEVICE + CONFIGURATION + (all.len() - DEVICE - CONFIGURATION) / 2;
        all.truncate(kept);
        let [low, high] = u16::try_from(kept - DEVICE).unwrap_or(u16::MAX).to_le_bytes();
        all[DEVICE + 2..DEVICE + 5].copy_from_slice(&[low, high, 1]);
        all
    }

    fn control(&mut self, setup: [u8; 8], data: &[u8]) -> Option<Vec<u8>> {
        // The standard GET_DESCRIPTOR of the configuration.
        if let [0x80, 6, 0, 2, _, _, low, high] = setup {
            let mut all = self.descriptors().split_off(DEVICE);
            all.truncate(usize::from(u16::from_le_bytes([low, high])));
            return Some(all);
        }
        self.0.control(setup, data)
    }

    fn bulk_out(&mut self, endpoint: u8, data: &[u8]) {
        self.0.bulk_out(endpoint, data);
    }

    fn next_outgoing(&mut self) -> Option<(u8, Outgoing)> {
        self.0.next_outgoing()
    }

    fn transfer_in(&mut self, endpoint: u8, length: usize) -> Option<Received> {
        self.0.transfer_in(endpoint, length)
    }

    fn is_plugged(&self) -> bool {
        self.0.is_plugged()
    }

    fn plug(&mut self) {
        self.0.plug();
    }

    fn unplug(&mut self) {
        self.0.unplug();
    }

    fn insert(&mut self, card: VirtualCard) -> Option<VirtualCard> {
        self.0.insert(card)
    }

    fn remove(&mut self) -> Option<VirtualCard> {
        self.0.remove()
    }

    fn card(&mut self) -> Option<&mut VirtualCard> {
        self.0.card()
    }

    fn take_ejected(&mut self) -> Option<VirtualCard> {
        self.0.take_ejected()
    }

    fn set_faults(&mut self, rules: Vec<Rule>) {
        self.0.set_faults(rules);
    }

    fn messages(&self) -> u64 {
        self.0.messages()
    }
}
