//! A virtual reader behind a pipe of messages.

use std::collections::VecDeque;

use super::Frame;
use crate::error::{CardError, Kind};
use crate::usb::{Delay, Interface, Setup, Usb, UsbError, before, choose};

/// For the first frame, milliseconds.
const GREETING: u32 = 5_000;
/// Length of the device descriptor, which stands before the configuration descriptor in the first frame.
const DEVICE_DESCRIPTOR: usize = 18;

/// A pipe that carries whole messages both ways, a WebSocket for one.
#[expect(async_fn_in_trait, reason = "one thread: futures are never Send")]
pub trait FramePipe {
    /// Sends a message.
    ///
    /// # Errors
    /// [`UsbError::Disconnected`] when the pipe is closed.
    async fn send(&mut self, message: Vec<u8>) -> Result<(), UsbError>;

    /// The next message; `None` when the pipe is closed. Dropping the future must not lose a message.
    async fn receive(&mut self) -> Option<Vec<u8>>;
}

/// The pipes of a virtual reader.
#[derive(Debug)]
pub struct FrameUsb<P, D> {
    pipe: P,
    delay: D,
    closed: bool,
    /// The endpoint that is listened to.
    endpoint: u8,
    arrived: VecDeque<Frame>,
}

impl<P: FramePipe, D: Delay> FrameUsb<P, D> {
    /// Waits for the reader's descriptors and chooses the interface to drive.
    ///
    /// # Errors
    /// When the pipe closes, stays silent or says something else.
    pub async fn open(pipe: P, delay: D) -> Result<(Self, Interface), CardError> {
        let mut usb = Self { pipe, delay, closed: false, endpoint: 0, arrived: VecDeque::new() };
        let greeting = usb.wait_for(GREETING, |frame| matches!(frame, Frame::ControlAnswer(_))).await?;
        let Frame::ControlAnswer(Some(descriptors)) = greeting else {
            return Err(CardError::new(Kind::Protocol, "the practice reader does not introduce itself"));
        };
        // No browser stands between, but practice shall meet what a page meets.
        let interface = choose(descriptors.get(DEVICE_DESCRIPTOR..).unwrap_or_default(), false)?;
        usb.endpoint = interface.bulk_in;
        Ok((usb, interface))
    }

    async fn send(&mut self, frame: Vec<u8>, deadline: u32) -> Result<(), UsbError> {
        if self.closed {
            return Err(UsbError::Disconnected);
        }
        before(&self.delay, deadline, self.pipe.send(frame)).await
    }

    /// The first frame that fits, already there or still to come; the others stay for whoever wants them.
    async fn wait_for(&mut self, deadline: u32, fits: impl Fn(&Frame) -> bool) -> Result<Frame, UsbError> {
        if self.closed {
            return Err(UsbError::Disconnected);
        }
        let Self { pipe, delay, arrived, closed, endpoint } = self;
        before(delay, deadline, async {
            loop {
                if let Some(frame) = arrived.iter().position(&fits).and_then(|at| arrived.remove(at)) {
                    return Ok(frame);
                }
                match pipe.receive().await {
                    // What is no frame, or for nobody here, is passed over; the deadline still holds.
                    Some(message) => arrived.extend(Frame::parse(&message).filter(|it| heard(it, *endpoint))),
                    None => {
                        *closed = true;
                        return Err(UsbError::Disconnected);
                    }
                }
            }
        })
        .await
    }
}

/// Interrupts and answers to practice commands are not for the driver.
fn heard(frame: &Frame, bulk_in: u8) -> bool {
    match frame {
        Frame::In { endpoint, .. } | Frame::Stall { endpoint } => *endpoint == bulk_in,
        Frame::ControlAnswer(_) => true,
        _ => false,
    }
}

impl<P: FramePipe, D: Delay> Usb for FrameUsb<P, D> {
    async fn bulk_out(&mut self, endpoint: u8, data: &[u8], deadline: u32) -> Result<(), UsbError> {
        self.send(Frame::encode_out(endpoint, data), deadline).await
    }

    async fn bulk_in(&mut self, endpoint: u8, max: usize, deadline: u32) -> Result<Vec<u8>, UsbError> {
        let mine = |frame: &Frame| match frame {
            Frame::In { endpoint: from, .. } | Frame::Stall { endpoint: from } => *from == endpoint,
            _ => false,
        };
        match self.wait_for(deadline, mine).await? {
            Frame::In { mut data, .. } => {
                if data.len() > max {
                    let rest = data.split_off(max);
                    self.arrived.push_front(Frame::In { endpoint, data: rest });
                }
                Ok(data)
            }
            _ => Err(UsbError::Stall),
        }
    }

    async fn control_in(&mut self, setup: Setup, deadline: u32) -> Result<Vec<u8>, UsbError> {
        self.send(Frame::Control(setup.to_bytes().to_vec()).encode(), deadline).await?;
        match self.wait_for(deadline, |frame| matches!(frame, Frame::ControlAnswer(_))).await? {
            Frame::ControlAnswer(Some(data)) => Ok(data),
            _ => Err(UsbError::Stall),
        }
    }

    async fn pause(&mut self, milliseconds: u32) {
        self.delay.wait(milliseconds).await;
    }

    async fn close(&mut self) {
        self.closed = true;
        self.arrived.clear();
    }
}
