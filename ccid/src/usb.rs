//! The pipes of a USB device, and which of its interfaces to drive.
//!
//! [`Usb`] is the only thing a back end has to give: the browser's WebUSB, the practice reader's socket, a
//! virtual reader in a test.

pub mod descriptor;
mod race;
pub mod readers;

pub use descriptor::{Interface, choose};
pub(crate) use race::before;

use std::borrow::Cow;
use std::fmt;

/// Why a transfer failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UsbError {
    /// The device is gone, or was closed.
    Disconnected,
    /// Another program or driver holds it.
    Busy,
    /// The browser or the system refuses.
    PermissionDenied,
    /// The interface is of a class the browser keeps to itself.
    ProtectedClass,
    /// No answer in time.
    Timeout,
    /// The endpoint stalled.
    Stall,
    /// There is no such device, interface or endpoint.
    NotFound,
    /// Something else, in the back end's words.
    Other(Cow<'static, str>),
}

impl fmt::Display for UsbError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Disconnected => "the reader is disconnected",
            Self::Busy => "another program holds the reader",
            Self::PermissionDenied => "access to the reader is refused",
            Self::ProtectedClass => "the browser protects this class of interface",
            Self::Timeout => "the reader did not answer in time",
            Self::Stall => "the reader stalled a transfer",
            Self::NotFound => "there is no such device, interface or endpoint",
            Self::Other(text) => text,
        })
    }
}

impl std::error::Error for UsbError {}

/// The numbers by which a device says what it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UsbId {
    /// `idVendor`.
    pub vendor: u16,
    /// `idProduct`.
    pub product: u16,
    /// `bcdDevice`: 0x0203 is version 2.03.
    pub version: u16,
}

impl UsbId {
    /// Out of a device descriptor (USB 2.0 §9.6.1); `None` when the bytes are none.
    pub fn of(device: &[u8]) -> Option<Self> {
        match *device {
            [18, 1, _, _, _, _, _, _, v0, v1, p0, p1, r0, r1, _, _, _, _, ..] => Some(Self {
                vendor: u16::from_le_bytes([v0, v1]),
                product: u16::from_le_bytes([p0, p1]),
                version: u16::from_le_bytes([r0, r1]),
            }),
            _ => None,
        }
    }
}

/// The eight bytes that begin a control transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setup {
    /// `bmRequestType`: direction, type, recipient.
    pub request_type: u8,
    /// `bRequest`.
    pub request: u8,
    /// `wValue`.
    pub value: u16,
    /// `wIndex`.
    pub index: u16,
    /// `wLength`: bytes wanted or sent.
    pub length: u16,
}

impl Setup {
    /// The standard GET_DESCRIPTOR of the first configuration.
    pub const fn configuration_descriptor(length: u16) -> Self {
        Self { request_type: 0x80, request: 6, value: 0x0200, index: 0, length }
    }

    /// As they stand on the wire.
    pub const fn to_bytes(self) -> [u8; 8] {
        let ([v0, v1], [i0, i1]) = (self.value.to_le_bytes(), self.index.to_le_bytes());
        let [l0, l1] = self.length.to_le_bytes();
        [self.request_type, self.request, v0, v1, i0, i1, l0, l1]
    }
}

/// The pipes of one claimed interface. All deadlines are in milliseconds.
///
/// Every future may be dropped while it waits. A back end whose transfers cannot be called back keeps the
/// transfer and hands its data to the next call, so that nothing is lost in between.
#[expect(async_fn_in_trait, reason = "one thread: futures are never Send")]
pub trait Usb {
    /// Sends one transfer. It is under way once the future was polled, whatever becomes of the future.
    async fn bulk_out(&mut self, endpoint: u8, data: &[u8], deadline: u32) -> Result<(), UsbError>;

    /// Receives one transfer of at most `max` bytes, which is a multiple of the packet size. It ends with a
    /// short or empty packet, or when `max` is reached.
    async fn bulk_in(&mut self, endpoint: u8, max: usize, deadline: u32) -> Result<Vec<u8>, UsbError>;

    /// Waits for a transfer from an interrupt endpoint. It has no end of its own: whoever calls it races it
    /// with a clock and drops it. The transfer stays under way and the next call gets what it brings, so a
    /// back end never closes the device over it. A back end without interrupts waits for ever.
    async fn interrupt_in(&mut self, _endpoint: u8, _max: usize) -> Result<Vec<u8>, UsbError> {
        std::future::pending().await
    }

    /// A control transfer from the device.
    async fn control_in(&mut self, setup: Setup, deadline: u32) -> Result<Vec<u8>, UsbError>;

    /// Lets so many milliseconds pass. A back end without a clock, a virtual reader's, goes on at once.
    async fn pause(&mut self, _milliseconds: u32) {}

    /// Lets go of the device. Later calls fail with [`UsbError::Disconnected`].
    async fn close(&mut self);
}

/// A clock that can only wait.
#[expect(async_fn_in_trait, reason = "one thread: futures are never Send")]
pub trait Delay {
    /// Waits so many milliseconds.
    async fn wait(&self, milliseconds: u32);
}
