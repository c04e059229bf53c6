//! The device: usb-device, usbd-ccid and a card, moved on whenever the host moves.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use ccid::usb::{Setup, Usb, UsbError};
use heapless::Vec as Buffer;
use interchange::{Channel, Responder, State};
use usb_device::bus::UsbBusAllocator;
use usb_device::device::{UsbDevice, UsbDeviceBuilder, UsbDeviceState, UsbVidPid};
use usbd_ccid::{Ccid, Status};

use crate::bus::Bus;

/// An extended command and its answer.
const ROOM: usize = 7609;
const PACKET: usize = 64;
/// Turns in which nothing comes before the host gives up.
const PATIENCE: usize = 50;

type Data = Buffer<u8, ROOM>;
type Card = Box<dyn FnMut(&[u8]) -> Vec<u8>>;

pub(crate) struct Device {
    bus: Bus,
    usb: UsbDevice<'static, Bus>,
    class: Ccid<'static, 'static, Bus, ROOM>,
    responder: Responder<'static, Data, Data>,
    card: Card,
    /// Wait extensions before each answer.
    slow: usize,
    owed: usize,
    extensions: usize,
}

impl Device {
    /// A device whose card answers so, enumerated and configured.
    pub(crate) fn new(card: impl FnMut(&[u8]) -> Vec<u8> + 'static) -> Self {
        // What the classes borrow lives as long as the test.
        let bus = Bus::default();
        let allocator: &'static UsbBusAllocator<Bus> = Box::leak(Box::new(UsbBusAllocator::new(bus.clone())));
        let channel: &'static Channel<Data, Data> = Box::leak(Box::new(Channel::new()));
        let (requester, responder) = channel.split().unwrap();
        let class = Ccid::new(allocator, requester, Some(b"Kakehashi"));
        let usb = UsbDeviceBuilder::new(allocator, UsbVidPid(0x1209, 0x0001))
            .max_packet_size_0(64)
            .unwrap()
            .build();
        let card = Box::new(card);
        let mut device = Self { bus, usb, class, responder, card, slow: 0, owed: 0, extensions: 0 };
        device.turn();
        for (request, value) in [(5, 7), (9, 1)] {
            device.control_out(Setup { request_type: 0, request, value, index: 0, length: 0 });
        }
        assert_eq!(device.usb.state(), UsbDeviceState::Configured);
        device
    }

    /// The same, asking for more time so often before each answer.
    pub(crate) fn slow(self, times: usize) -> Self {
        Self { slow: times, ..self }
    }

    /// Wait extensions sent.
    pub(crate) fn extensions(&self) -> usize {
        self.extensions
    }

    /// Lets the device do what it can do now.
    fn turn(&mut self) {
        while self.usb.poll(&mut [&mut self.class]) {}
        self.class.check_for_app_response();
    }

    /// Lets the card work: an extension, or the answer.
    fn work(&mut self) {
        if matches!(self.class.did_start_processing(), Status::ReceivedData(_)) {
            self.owed = self.slow;
        }
        let asked = self.responder.state() == State::Requested;
        if asked && self.owed > 0 {
            self.owed -= 1;
            self.extensions += 1;
            self.class.send_wait_extension();
        } else if let Some(request) = self.responder.take_request() {
            let answer = (self.card)(&request);
            self.responder.respond(Data::from_slice(&answer).unwrap()).unwrap();
        }
        self.turn();
    }

    fn control_out(&mut self, setup: Setup) {
        self.bus.state().setup = Some(setup.to_bytes());
        self.turn();
        assert_eq!(self.bus.take(0), Some(Vec::new()), "the status stage");
        self.turn();
    }
}

impl Usb for Device {
    async fn bulk_out(&mut self, endpoint: u8, data: &[u8], _: u32) -> Result<(), UsbError> {
        for packet in data.chunks(PACKET) {
            self.bus.state().out.entry(endpoint).or_default().push_back(packet.to_vec());
            self.turn();
        }
        pause().await;
        Ok(())
    }

    async fn bulk_in(&mut self, endpoint: u8, max: usize, _: u32) -> Result<Vec<u8>, UsbError> {
        pause().await;
        let mut data = Vec::new();
        for _ in 0..PATIENCE + max / PACKET {
            let Some(packet) = self.bus.take(endpoint) else {
                self.work();
                continue;
            };
            data.extend_from_slice(&packet);
            self.turn();
            if packet.len() < PACKET || data.len() >= max {
                assert!(data.len() <= max, "babble");
                return Ok(data);
            }
        }
        Err(UsbError::Timeout)
    }

    async fn control_in(&mut self, setup: Setup, _: u32) -> Result<Vec<u8>, UsbError> {
        self.bus.state().setup = Some(setup.to_bytes());
        self.turn();
        let mut data = Vec::new();
        while let Some(packet) = self.bus.take(0) {
            data.extend_from_slice(&packet);
            self.turn();
            if packet.len() < PACKET || data.len() >= usize::from(setup.length) {
                break;
            }
        }
        if self.bus.is_stalled(0x80) {
            return Err(UsbError::Stall);
        }
        self.bus.state().out.entry(0).or_default().push_back(Vec::new());
        self.turn();
        Ok(data)
    }

    async fn close(&mut self) {}
}

/// Runs a future to its end.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    polls(future, usize::MAX).unwrap()
}

/// Polls a future so many times and drops it then.
pub(crate) fn polls<T>(future: impl Future<Output = T>, times: usize) -> Option<T> {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..times {
        if let Poll::Ready(done) = future.as_mut().poll(&mut context) {
            return Some(done);
        }
    }
    None
}

async fn pause() {
    let mut paused = false;
    std::future::poll_fn(
        |_| if std::mem::replace(&mut paused, true) { Poll::Ready(()) } else { Poll::Pending },
    )
    .await;
}
