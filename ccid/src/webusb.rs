//! Chromium's WebUSB: finding, choosing and driving a reader from a page.
//!
//! The bindings are our own (`bindings`), small and without the unstable half of web-sys. Every promise is
//! raced against a deadline, because WebUSB has none; when one passes, the device is closed, which is the
//! only way to call its transfers back. Why a promise failed is read off the name of its DOMException.

mod bindings;
mod device;
mod fault;
mod isolated;
mod pick;
mod seen;

pub(crate) use device::Wiped;
pub use device::{Device, WebUsb};
pub(crate) use isolated::allows;
pub use isolated::{isolated, unrestricted};
pub(crate) use pick::set;
pub use pick::{Listener, list, on_connect, on_disconnect, request, supported};

use crate::usb::Delay;

/// The browser's timers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Timers;

impl Delay for Timers {
    async fn wait(&self, milliseconds: u32) {
        gloo_timers::future::TimeoutFuture::new(milliseconds).await;
    }
}
