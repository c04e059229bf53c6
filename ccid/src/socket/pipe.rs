//! A virtual reader behind a pipe of messages.

use std::collections::VecDeque;

use zeroize::Zeroizing;

use super::Frame;
use crate::error::{CardError, Kind};
use crate::usb::{Delay, Interface, Setup, Usb, UsbError, UsbId, before, choose};

/// For the first frame, milliseconds.
const GREETING: u32 = 5_000;
/// Length of the device descriptor, which stands before the configuration descriptor in the first frame.
const DEVICE_DESCRIPTOR: usize = 18;

/// A pipe that carries whole messages both ways, a WebSocket for one.
#[expect(async_fn_in_trait, reason = "one thread: futures are never Send")]
pub trait FramePipe {
    /// Sends a message. It may hold a PIN: whoever keeps it keeps it so that it is wiped.
    ///
    /// # Errors
    /// [`UsbError::Disconnected`] when the pipe is closed.
    async fn send(&mut self, message: Zeroizing<Vec<u8>>) -> Result<(), UsbError>;

    /// The next message; `None` when the pipe is closed. Dropping the future must not lose a message.
    async fn receive(&mut self) -> Option<Vec<u8>>;
}

/// The pipes of a virtual reader.
#[derive(Debug)]
pub struct FrameUsb<P, D> {
    delay: D,
    inbox: Inbox<P>,
}

/// What has arrived and nobody has taken yet.
#[derive(Debug)]
struct Inbox<P> {
    pipe: P,
    closed: bool,
    /// The endpoints that are listened to: bulk IN, interrupt IN.
    endpoints: [u8; 2],
    arrived: VecDeque<Frame>,
}

impl<P: FramePipe, D: Delay> FrameUsb<P, D> {
    /// Waits for the reader's descriptors and chooses the interface to drive.
    ///
    /// # Errors
    /// When the pipe closes, stays silent or says something else.
    pub async fn open(pipe: P, delay: D) -> Result<(Self, Interface), CardError> {
        let inbox = Inbox { pipe, closed: false, endpoints: [0; 2], arrived: VecDeque::new() };
        let mut usb = Self { delay, inbox };
        let greeting = usb.wait_for(GREETING, |frame| matches!(frame, Frame::ControlAnswer(_))).await?;
        let Frame::ControlAnswer(Some(descriptors)) = greeting else {
            return Err(CardError::new(Kind::Protocol, "the practice reader does not introduce itself"));
        };
        // No browser stands between, but practice shall meet what a page meets.
        let (device, configuration) = descriptors.split_at_checked(DEVICE_DESCRIPTOR).unwrap_or_default();
        let interface = choose(UsbId::of(device).unwrap_or_default(), configuration, false)?;
        usb.inbox.endpoints = [interface.bulk_in, interface.interrupt];
        Ok((usb, interface))
    }

    async fn send(&mut self, frame: Zeroizing<Vec<u8>>, deadline: u32) -> Result<(), UsbError> {
        if self.inbox.closed {
            return Err(UsbError::Disconnected);
        }
        before(&self.delay, deadline, self.inbox.pipe.send(frame)).await
    }

    async fn wait_for(&mut self, deadline: u32, fits: impl Fn(&Frame) -> bool) -> Result<Frame, UsbError> {
        before(&self.delay, deadline, self.inbox.take(fits)).await
    }
}

impl<P: FramePipe> Inbox<P> {
    /// The first frame that fits, already there or still to come; the others stay for whoever wants them.
    async fn take(&mut self, fits: impl Fn(&Frame) -> bool) -> Result<Frame, UsbError> {
        while !self.closed {
            let Self { arrived, .. } = self;
            if let Some(frame) = arrived.iter().position(&fits).and_then(|at| arrived.remove(at)) {
                return Ok(frame);
            }
            match self.pipe.receive().await {
                // What is no frame, or for nobody here, is passed over.
                Some(message) => self.arrived(&message),
                None => self.closed = true,
            }
        }
        Err(UsbError::Disconnected)
    }

    fn arrived(&mut self, message: &[u8]) {
        let Some(frame) = Frame::parse(message) else { return };
        let [_, interrupt] = self.endpoints;
        if is_from(&frame, interrupt) {
            // One notification is as good as ten: only the latest waits for who looks.
            self.arrived.retain(|it| !is_from(it, interrupt));
        }
        let heard = matches!(frame, Frame::ControlAnswer(_));
        if heard || self.endpoints.iter().any(|endpoint| is_from(&frame, *endpoint)) {
            self.arrived.push_back(frame);
        }
    }
}

/// Whether the frame comes from this endpoint.
fn is_from(frame: &Frame, number: u8) -> bool {
    match frame {
        Frame::In { endpoint, .. } | Frame::Stall { endpoint } => *endpoint == number,
        _ => false,
    }
}

impl<P: FramePipe, D: Delay> Usb for FrameUsb<P, D> {
    async fn bulk_out(&mut self, endpoint: u8, data: &[u8], deadline: u32) -> Result<(), UsbError> {
        self.send(Frame::encode_out(endpoint, data), deadline).await
    }

    async fn bulk_in(&mut self, endpoint: u8, max: usize, deadline: u32) -> Result<Vec<u8>, UsbError> {
        let mine = |frame: &Frame| is_from(frame, endpoint);
        match self.wait_for(deadline, mine).await? {
            Frame::In { mut data, .. } => {
                if data.len() > max {
                    let rest = data.split_off(max);
                    self.inbox.arrived.push_front(Frame::In { endpoint, data: rest });
                }
                Ok(data)
            }
            _ => Err(UsbError::Stall),
        }
    }

    async fn interrupt_in(&mut self, endpoint: u8, _max: usize) -> Result<Vec<u8>, UsbError> {
        match self.inbox.take(|frame| is_from(frame, endpoint)).await? {
            Frame::In { data, .. } => Ok(data),
            _ => Err(UsbError::Stall),
        }
    }

    async fn control_in(&mut self, setup: Setup, deadline: u32) -> Result<Vec<u8>, UsbError> {
        self.send(Zeroizing::new(Frame::Control(setup.to_bytes().to_vec()).encode()), deadline).await?;
        match self.wait_for(deadline, |frame| matches!(frame, Frame::ControlAnswer(_))).await? {
            Frame::ControlAnswer(Some(data)) => Ok(data),
            _ => Err(UsbError::Stall),
        }
    }

    async fn pause(&mut self, milliseconds: u32) {
        self.delay.wait(milliseconds).await;
    }

    async fn close(&mut self) {
        self.inbox.closed = true;
        self.inbox.arrived.clear();
    }
}
