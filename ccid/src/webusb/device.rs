//! One USB device of the browser.

use js_sys::{Array, Object, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::Timers;
use super::bindings::{JsAlternate, JsConfiguration, JsDevice, JsInterface, JsTransferResult};
use super::fault::{Doing, usb_error};
use super::isolated::unrestricted;
use super::pick::{list, set};
use crate::error::{CardError, Kind};
use crate::reader::AnyReader;
use crate::usb::descriptor::{CLASS_CCID, CLASS_VENDOR};
use crate::usb::readers::lookup;
use crate::usb::{Delay, Interface, Setup, Usb, UsbError, UsbId, before, choose};

/// For opening, configuring, claiming, descriptors, milliseconds. On Windows a claim can hang for ever when
/// another driver owns the function.
const SETTLE: u32 = 4_000;
/// Waits before each look whether a device whose transfer failed is gone, milliseconds.
const NOTICE: [u32; 3] = [0, 100, 400];
/// Length of the configuration descriptor's own part, which tells the length of the whole.
const HEAD: u16 = 9;

/// A device the page may open.
#[derive(Debug, Clone)]
pub struct Device {
    js: JsDevice,
}

impl Device {
    pub(super) const fn new(js: JsDevice) -> Self {
        Self { js }
    }

    /// What stands on it, when it is known or says so.
    pub fn name(&self) -> String {
        match lookup(self.id()) {
            Some(known) => known.name.to_owned(),
            None => self.js.product_name().unwrap_or_default(),
        }
    }

    /// USB vendor number.
    pub fn vendor(&self) -> u16 {
        self.js.vendor_id()
    }

    /// USB product number.
    pub fn product(&self) -> u16 {
        self.js.product_id()
    }

    /// The numbers by which it says what it is.
    pub fn id(&self) -> UsbId {
        let [major, minor, sub] =
            [self.js.version_major(), self.js.version_minor(), self.js.version_subminor()].map(u16::from);
        let version = major << 8 | minor << 4 | sub;
        UsbId { vendor: self.vendor(), product: self.product(), version }
    }

    pub(super) fn configurations(&self) -> Array {
        self.js.configurations()
    }

    /// Whether both are the same device.
    pub fn same(&self, other: &Self) -> bool {
        self.js == other.js
    }

    /// Opens the reader, claims the interface it can be driven by and asks it how it is.
    ///
    /// # Errors
    /// As [`Self::pipes`], and when the reader does not answer.
    pub async fn open(&self) -> Result<AnyReader<WebUsb>, CardError> {
        let (usb, interface) = self.pipes().await?;
        AnyReader::open(usb, interface).await
    }

    /// Opens the device and claims the interface it can be driven by: what a reader is made of.
    ///
    /// # Errors
    /// [`Kind::UnsupportedReader`] and [`Kind::ProtectedClass`] with the reader's name as detail; whatever the
    /// browser says.
    pub async fn pipes(&self) -> Result<(WebUsb, Interface), CardError> {
        let mut usb = WebUsb { js: self.js.clone(), closed: false, waiting: None, notice: None };
        let opened = match self.claim(&mut usb).await {
            Ok(interface) => return Ok((usb, interface)),
            Err(error) => error,
        };
        usb.close().await;
        Err(match opened.kind() {
            kind @ (Kind::ProtectedClass | Kind::UnsupportedReader) => CardError::new(kind, self.name()),
            _ => opened,
        })
    }

    /// By the classes of its interfaces, which the browser shows without opening it.
    pub(super) fn may_be_reader(&self) -> bool {
        self.configurations().iter().any(|configuration| {
            let interfaces = configuration.unchecked_into::<JsConfiguration>().interfaces();
            interfaces.iter().any(|interface| {
                let alternates: Array = interface.unchecked_into::<JsInterface>().alternates();
                alternates.iter().any(|it| {
                    let class = it.unchecked_into::<JsAlternate>().interface_class();
                    matches!(class, CLASS_VENDOR | CLASS_CCID)
                })
            })
        })
    }

    async fn claim(&self, usb: &mut WebUsb) -> Result<Interface, CardError> {
        if !self.js.opened() {
            usb.settle(Doing::Opening, self.js.open()).await?;
        }
        let head = usb.control_in(Setup::configuration_descriptor(HEAD), SETTLE).await?;
        let total = match head.get(2..4) {
            Some(&[low, high]) => u16::from_le_bytes([low, high]),
            _ => return Err(CardError::new(Kind::Protocol, "no configuration descriptor")),
        };
        let configuration = usb.control_in(Setup::configuration_descriptor(total), SETTLE).await?;
        let interface = choose(self.id(), &configuration, unrestricted())?;
        if self.js.configuration().map(|it| it.configuration_value()) != Some(interface.configuration) {
            usb.settle(Doing::Claiming, self.js.select_configuration(interface.configuration)).await?;
        }
        usb.settle(Doing::Claiming, self.js.claim_interface(interface.number)).await?;
        if interface.alternate != 0 {
            let select = self.js.select_alternate(interface.number, interface.alternate);
            usb.settle(Doing::Claiming, select).await?;
        }
        Ok(interface)
    }
}

/// The pipes of a claimed interface.
#[derive(Debug)]
pub struct WebUsb {
    js: JsDevice,
    closed: bool,
    /// A transfer from the device that nobody waits for any more: endpoint, promise. WebUSB cannot call it
    /// back, so the next one to wait gets what it brings.
    waiting: Option<(u8, Promise)>,
    /// The same for the interrupt endpoint, which mostly has nothing to say.
    notice: Option<Promise>,
}

impl WebUsb {
    async fn settle(&mut self, doing: Doing, promise: Promise) -> Result<JsValue, UsbError> {
        self.race(doing, promise, SETTLE).await
    }

    async fn race(&mut self, doing: Doing, promise: Promise, deadline: u32) -> Result<JsValue, UsbError> {
        if self.closed {
            return Err(UsbError::Disconnected);
        }
        let work = async { JsFuture::from(promise).await.map_err(|error| usb_error(doing, &error)) };
        let result = before(&Timers, deadline, work).await;
        match (&result, doing) {
            (Err(UsbError::Timeout), _) => self.abandon(),
            // A transfer that was under way when the plug was pulled may end as any other failed one.
            (Err(UsbError::Other(_)), Doing::Transferring) if self.is_gone().await => {
                return Err(UsbError::Disconnected);
            }
            _ => {}
        }
        result
    }

    /// Whether the browser has lost the device; it notices a moment after its transfers fail.
    async fn is_gone(&self) -> bool {
        for wait in NOTICE {
            Timers.wait(wait).await;
            let list = async { Ok(list().await) };
            match before(&Timers, SETTLE, list).await {
                Ok(Ok(devices)) if devices.iter().any(|it| it.js == self.js) => {}
                Ok(Ok(_)) => return true,
                _ => return false,
            }
        }
        false
    }

    /// Closes the device without waiting: the close itself may hang as what came before it did.
    fn abandon(&mut self) {
        self.closed = true;
        self.waiting = None;
        self.notice = None;
        let closing = JsFuture::from(self.js.close());
        spawn_local(async move {
            let _ = closing.await;
        });
    }

    async fn data(&mut self, result: JsValue, stalled: Option<u8>) -> Result<Vec<u8>, UsbError> {
        let result = result.unchecked_into::<JsTransferResult>();
        match (result.status().as_str(), stalled) {
            ("ok", _) => Ok(result.data().map_or_else(Vec::new, |view| {
                Uint8Array::new_with_byte_offset_and_length(
                    &view.buffer(),
                    u32::try_from(view.byte_offset()).unwrap_or(0),
                    u32::try_from(view.byte_length()).unwrap_or(0),
                )
                .to_vec()
            })),
            ("stall", Some(endpoint)) => {
                let clear = self.js.clear_halt("in", endpoint);
                let _ = self.settle(Doing::Transferring, clear).await;
                Err(UsbError::Stall)
            }
            ("stall", None) => Err(UsbError::Stall),
            (other, _) => Err(UsbError::Other(format!("transfer status {other}").into())),
        }
    }
}

impl Usb for WebUsb {
    async fn bulk_out(&mut self, endpoint: u8, data: &[u8], deadline: u32) -> Result<(), UsbError> {
        if self.closed {
            return Err(UsbError::Disconnected);
        }
        let buffer = Wiped::new(data);
        let promise = self.js.transfer_out(endpoint, buffer.array());
        let result = self.race(Doing::Transferring, promise, deadline).await?;
        let result = result.unchecked_into::<JsTransferResult>();
        match result.status().as_str() {
            "ok" if usize::try_from(result.bytes_written()) == Ok(data.len()) => Ok(()),
            "ok" => Err(UsbError::Other("only a part was sent".into())),
            "stall" => {
                let clear = self.js.clear_halt("out", endpoint);
                let _ = self.settle(Doing::Transferring, clear).await;
                Err(UsbError::Stall)
            }
            other => Err(UsbError::Other(format!("transfer status {other}").into())),
        }
    }

    async fn bulk_in(&mut self, endpoint: u8, max: usize, deadline: u32) -> Result<Vec<u8>, UsbError> {
        if self.closed {
            return Err(UsbError::Disconnected);
        }
        let promise = match &self.waiting {
            Some((from, promise)) if *from == endpoint => promise.clone(),
            _ => self.js.transfer_in(endpoint, u32::try_from(max).unwrap_or(u32::MAX)),
        };
        self.waiting = Some((endpoint, promise.clone()));
        let result = self.race(Doing::Transferring, promise, deadline).await;
        self.waiting = None;
        self.data(result?, Some(endpoint)).await
    }

    async fn interrupt_in(&mut self, endpoint: u8, max: usize) -> Result<Vec<u8>, UsbError> {
        if self.closed {
            return Err(UsbError::Disconnected);
        }
        // No deadline, so nothing is abandoned when it passes: the promise stays for the next call.
        let promise = match &self.notice {
            Some(promise) => promise.clone(),
            None => self.js.transfer_in(endpoint, u32::try_from(max).unwrap_or(u32::MAX)),
        };
        self.notice = Some(promise.clone());
        let result = JsFuture::from(promise).await;
        self.notice = None;
        let result = result.map_err(|error| usb_error(Doing::Transferring, &error))?;
        self.data(result, Some(endpoint)).await
    }

    async fn control_in(&mut self, setup: Setup, deadline: u32) -> Result<Vec<u8>, UsbError> {
        if self.closed {
            return Err(UsbError::Disconnected);
        }
        let options = Object::new();
        let kind = ["standard", "class", "vendor"].get(usize::from(setup.request_type >> 5 & 3));
        let recipient = ["device", "interface", "endpoint", "other"].get(usize::from(setup.request_type & 3));
        set(&options, "requestType", &JsValue::from_str(kind.unwrap_or(&"standard")));
        set(&options, "recipient", &JsValue::from_str(recipient.unwrap_or(&"other")));
        set(&options, "request", &JsValue::from(setup.request));
        set(&options, "value", &JsValue::from(setup.value));
        set(&options, "index", &JsValue::from(setup.index));
        let promise = self.js.control_transfer_in(&options, setup.length);
        let result = self.race(Doing::Transferring, promise, deadline).await?;
        self.data(result, None).await
    }

    async fn pause(&mut self, milliseconds: u32) {
        Timers.wait(milliseconds).await;
    }

    async fn close(&mut self) {
        if !self.closed {
            let closing = self.js.close();
            let _ = self.settle(Doing::Transferring, closing).await;
            self.closed = true;
            self.waiting = None;
            self.notice = None;
        }
    }
}

impl Drop for WebUsb {
    fn drop(&mut self) {
        if !self.closed {
            self.abandon();
        }
    }
}

/// Bytes in the browser's memory that are wiped when the transfer is over: they may be a PIN.
pub(crate) struct Wiped(Uint8Array);

impl Wiped {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        Self(Uint8Array::from(bytes))
    }

    pub(crate) const fn array(&self) -> &Uint8Array {
        &self.0
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        self.0.fill(0, 0, self.0.length());
    }
}
