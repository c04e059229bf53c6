//! Which readers there are, which one the person chooses, and when one comes or goes.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::bindings::{JsConnectionEvent, JsDevice, JsUsb, NAVIGATOR};
use super::device::Device;
use super::fault::name_of;
use crate::error::{CardError, Kind};
use crate::usb::descriptor::{CLASS_CCID, CLASS_VENDOR};
use crate::usb::readers::READERS;

/// Whether this browser has WebUSB here: Chromium, on a secure page.
pub fn supported() -> bool {
    usb().is_ok()
}

/// Readers this page may already use, without asking.
///
/// # Errors
/// [`Kind::NoWebUsb`]; [`Kind::PermissionDenied`] when the page's policy forbids USB.
pub async fn list() -> Result<Vec<Device>, CardError> {
    let devices = JsFuture::from(usb()?.get_devices()).await.map_err(|error| denied(&error))?;
    let devices = Array::from(&devices);
    let devices = devices.iter().map(|it| Device::new(it.unchecked_into::<JsDevice>()));
    Ok(devices.filter(Device::may_be_reader).collect())
}

/// Lets the person choose a reader. Only in answer to a click or a key.
///
/// Readers that a page cannot drive are offered too, so that choosing one is answered with its name and the
/// reason instead of an empty list.
///
/// # Errors
/// [`Kind::NotChosen`] when the list is closed without a choice.
pub async fn request() -> Result<Device, CardError> {
    let filters = Array::new();
    for known in READERS {
        filters.push(&object(&[("vendorId", known.vendor), ("productId", known.product)]));
    }
    for class in [CLASS_VENDOR, CLASS_CCID] {
        filters.push(&object(&[("classCode", u16::from(class))]));
    }
    let options = Object::new();
    set(&options, "filters", &filters);
    let promise = usb()?.request_device(&options).map_err(|error| denied(&error))?;
    match JsFuture::from(promise).await {
        Ok(device) => Ok(Device::new(device.unchecked_into::<JsDevice>())),
        Err(error) => Err(match name_of(&error) {
            (name, _) if name == "NotFoundError" => CardError::new(Kind::NotChosen, "no reader was chosen"),
            _ => denied(&error),
        }),
    }
}

/// Calls back while it lives; dropping it ends the calls.
pub struct Listener {
    usb: JsUsb,
    event: &'static str,
    callback: Closure<dyn FnMut(JsConnectionEvent)>,
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Listener({})", self.event)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.usb.remove_event_listener(self.event, self.callback.as_ref());
    }
}

/// Calls back for every permitted device that is unplugged.
///
/// # Errors
/// [`Kind::NoWebUsb`].
pub fn on_disconnect(callback: impl FnMut(Device) + 'static) -> Result<Listener, CardError> {
    listen("disconnect", callback)
}

/// Calls back for every permitted device that is plugged in.
///
/// # Errors
/// [`Kind::NoWebUsb`].
pub fn on_connect(callback: impl FnMut(Device) + 'static) -> Result<Listener, CardError> {
    listen("connect", callback)
}

fn listen(event: &'static str, mut callback: impl FnMut(Device) + 'static) -> Result<Listener, CardError> {
    let usb = usb()?;
    let callback = Closure::new(move |event: JsConnectionEvent| callback(Device::new(event.device())));
    usb.add_event_listener(event, callback.as_ref());
    Ok(Listener { usb, event, callback })
}

fn usb() -> Result<JsUsb, CardError> {
    NAVIGATOR
        .with(|navigator| navigator.as_ref().and_then(|it| it.usb()))
        .ok_or_else(|| CardError::new(Kind::NoWebUsb, "navigator.usb is not there"))
}

fn denied(error: &JsValue) -> CardError {
    let (name, message) = name_of(error);
    CardError::new(Kind::PermissionDenied, format!("{name}: {message}"))
}

fn object(fields: &[(&str, u16)]) -> Object {
    let object = Object::new();
    for (key, value) in fields {
        set(&object, key, &JsValue::from(*value));
    }
    object
}

pub(crate) fn set(object: &Object, key: &str, value: &JsValue) {
    // A fresh plain object refuses nothing.
    let _ = Reflect::set(object, &JsValue::from_str(key), value);
}
