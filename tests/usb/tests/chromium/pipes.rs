//! A device of the page as a back end of pipes, so that the drivers run on Chromium's own WebUSB: every call
//! is one of `navigator.usb`, by way of the browser's driver.

use ccid::{
    CardError,
    reader::AnyReader,
    usb::{Interface, Setup, Usb, UsbError, UsbId, choose},
};
use serde_json::{Value, json};

use crate::browser::Browser;

/// A device that the page has opened as `device`.
pub(crate) struct Pipes<'a> {
    browser: &'a Browser,
    closed: bool,
}

impl<'a> Pipes<'a> {
    /// Opens the device with these numbers and claims the interface a page may drive.
    pub(crate) async fn open(
        browser: &'a Browser,
        (vendor, product): (u16, u16),
    ) -> Result<(Self, Interface), CardError> {
        let mut pipes = Self { browser, closed: false };
        let find = format!("find({vendor}, {product}).then((d) => {{ device = d; }})");
        assert_eq!(browser.run(&find).await, Value::Null);
        done(pipes.call(4_000, "device.open()").await?)?;
        let head = pipes.control_in(Setup::configuration_descriptor(9), 4_000).await?;
        let all = u16::from_le_bytes([head[2], head[3]]);
        let configuration = pipes.control_in(Setup::configuration_descriptor(all), 4_000).await?;
        let interface = choose(UsbId { vendor, product, version: 0x0600 }, &configuration, false)?;
        done(pipes.call(4_000, "device.selectConfiguration(1)").await?)?;
        done(pipes.call(4_000, &format!("device.claimInterface({})", interface.number)).await?)?;
        Ok((pipes, interface))
    }

    /// The same as a reader.
    pub(crate) async fn reader(browser: &'a Browser, id: (u16, u16)) -> Result<AnyReader<Self>, CardError> {
        let (pipes, interface) = Self::open(browser, id).await?;
        AnyReader::open(pipes, interface).await
    }

    async fn call(&mut self, deadline: u32, call: &str) -> Result<Value, UsbError> {
        if self.closed {
            return Err(UsbError::Disconnected);
        }
        // Only a transfer that fails may mean that the device is gone, which the page hears of later.
        let how = if call.contains(".then(result)") { "transfer" } else { "attempt" };
        let told = self.browser.run(&format!("{how}({deadline}, {call})")).await;
        match told["error"].as_str() {
            None => Ok(told["ok"].clone()),
            // As in ccid/src/webusb/fault.rs: a transfer is aborted when its device goes.
            Some("gone" | "AbortError") => Err(UsbError::Disconnected),
            Some("TimeoutError") => Err(UsbError::Timeout),
            Some("SecurityError") => Err(UsbError::ProtectedClass),
            Some("NotFoundError") => Err(UsbError::NotFound),
            Some(_) if call.contains("claim") => Err(UsbError::Busy),
            Some(other) => Err(UsbError::Other(other.to_owned().into())),
        }
    }

    /// The outcome of a transfer; a stall is cleared.
    async fn transferred(&mut self, result: Value, stalled: &str) -> Result<Vec<u8>, UsbError> {
        match result["status"].as_str() {
            Some("ok") => serde_json::from_value(result["data"].clone())
                .map_err(|error| UsbError::Other(error.to_string().into())),
            Some("stall") => {
                if !stalled.is_empty() {
                    self.call(4_000, &format!("device.clearHalt({stalled})")).await?;
                }
                Err(UsbError::Stall)
            }
            _ => Err(UsbError::Other(result.to_string().into())),
        }
    }
}

fn done(value: Value) -> Result<(), UsbError> {
    if value.is_null() { Ok(()) } else { Err(UsbError::Other(value.to_string().into())) }
}

impl Usb for Pipes<'_> {
    async fn bulk_out(&mut self, endpoint: u8, data: &[u8], deadline: u32) -> Result<(), UsbError> {
        let call = format!("device.transferOut({endpoint}, new Uint8Array({})).then(result)", json!(data));
        let result = self.call(deadline, &call).await?;
        self.transferred(result, &format!("'out', {endpoint}")).await.map(drop)
    }

    async fn bulk_in(&mut self, endpoint: u8, max: usize, deadline: u32) -> Result<Vec<u8>, UsbError> {
        let call = format!("device.transferIn({endpoint}, {max}).then(result)");
        let result = self.call(deadline, &call).await?;
        self.transferred(result, &format!("'in', {endpoint}")).await
    }

    async fn control_in(&mut self, setup: Setup, deadline: u32) -> Result<Vec<u8>, UsbError> {
        let kind = ["standard", "class", "vendor"][usize::from(setup.request_type >> 5 & 3)];
        let recipient = ["device", "interface", "endpoint"][usize::from(setup.request_type & 3)];
        let options = json!({
            "requestType": kind, "recipient": recipient, "request": setup.request,
            "value": setup.value, "index": setup.index,
        });
        let call = format!("device.controlTransferIn({options}, {}).then(result)", setup.length);
        let result = self.call(deadline, &call).await?;
        self.transferred(result, "").await
    }

    async fn close(&mut self) {
        if !self.closed {
            // A device that is gone is closed.
            let _ = self.call(4_000, "device.close()").await;
            self.closed = true;
        }
    }
}
