//! A USB bus of packets in memory, as `usb-device` sees one.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use usb_device::bus::PollResult;
use usb_device::class_prelude::{EndpointAddress, EndpointType, UsbBus};
use usb_device::{Result, UsbDirection, UsbError};

/// The wires; clones are the same.
#[derive(Clone, Default)]
pub(crate) struct Bus(Arc<Mutex<State>>);

#[derive(Default)]
pub(crate) struct State {
    /// To the device, by endpoint number.
    pub(crate) out: BTreeMap<u8, VecDeque<Vec<u8>>>,
    /// A SETUP packet for endpoint 0.
    pub(crate) setup: Option<[u8; 8]>,
    /// From the device, one packet an endpoint: it stays until the host takes it.
    pub(crate) input: BTreeMap<u8, Vec<u8>>,
    /// IN packets the host took since the last poll.
    taken: u16,
    stalled: Vec<u8>,
    reset: bool,
    next: u8,
}

impl Bus {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The host takes the packet an endpoint holds.
    pub(crate) fn take(&self, endpoint: u8) -> Option<Vec<u8>> {
        let mut state = self.state();
        let packet = state.input.remove(&endpoint)?;
        state.taken |= 1 << endpoint;
        Some(packet)
    }

    pub(crate) fn is_stalled(&self, address: u8) -> bool {
        self.state().stalled.contains(&address)
    }
}

impl UsbBus for Bus {
    fn alloc_ep(
        &mut self,
        direction: UsbDirection,
        address: Option<EndpointAddress>,
        _: EndpointType,
        _: u16,
        _: u8,
    ) -> Result<EndpointAddress> {
        let mut state = self.state();
        state.next += 1;
        let number = usize::from(state.next);
        Ok(address.unwrap_or_else(|| EndpointAddress::from_parts(number, direction)))
    }

    fn enable(&mut self) {
        self.state().reset = true;
    }

    fn reset(&self) {}

    fn set_device_address(&self, _: u8) {}

    fn write(&self, address: EndpointAddress, packet: &[u8]) -> Result<usize> {
        let endpoint = u8::try_from(address.index()).map_err(|_| UsbError::InvalidEndpoint)?;
        let mut state = self.state();
        if state.input.contains_key(&endpoint) {
            return Err(UsbError::WouldBlock);
        }
        state.input.insert(endpoint, packet.to_vec());
        Ok(packet.len())
    }

    fn read(&self, address: EndpointAddress, buffer: &mut [u8]) -> Result<usize> {
        let endpoint = u8::try_from(address.index()).map_err(|_| UsbError::InvalidEndpoint)?;
        let mut state = self.state();
        let setup = if endpoint == 0 { state.setup.take() } else { None };
        let packet = match setup {
            Some(setup) => setup.to_vec(),
            None => state.out.get_mut(&endpoint).and_then(VecDeque::pop_front).ok_or(UsbError::WouldBlock)?,
        };
        buffer.get_mut(..packet.len()).ok_or(UsbError::BufferOverflow)?.copy_from_slice(&packet);
        Ok(packet.len())
    }

    fn set_stalled(&self, address: EndpointAddress, stalled: bool) {
        let address = u8::from(address);
        let mut state = self.state();
        state.stalled.retain(|it| *it != address);
        if stalled {
            state.stalled.push(address);
        }
    }

    fn is_stalled(&self, address: EndpointAddress) -> bool {
        Bus::is_stalled(self, u8::from(address))
    }

    fn suspend(&self) {}

    fn resume(&self) {}

    fn poll(&self) -> PollResult {
        let mut state = self.state();
        if std::mem::take(&mut state.reset) {
            return PollResult::Reset;
        }
        let ep_out =
            state.out.iter().filter(|(_, packets)| !packets.is_empty()).fold(0, |sum, it| sum | 1 << it.0);
        let ep_setup = u16::from(state.setup.is_some());
        let ep_in_complete = std::mem::take(&mut state.taken);
        if ep_out | ep_setup | ep_in_complete == 0 {
            return PollResult::None;
        }
        PollResult::Data { ep_out, ep_in_complete, ep_setup }
    }
}
