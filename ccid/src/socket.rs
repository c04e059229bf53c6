//! The practice reader: [`Usb`](crate::usb::Usb) over any pipe of messages (docs/api.md §6).

mod frame;
mod pipe;

pub use frame::Frame;
pub use pipe::{FramePipe, FrameUsb};
