//! Failed promises, by the name of their DOMException (browser facts measured on Chromium 156).

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

use crate::usb::UsbError;

/// Which promise failed: the same name means different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doing {
    Opening,
    Claiming,
    Transferring,
}

/// The DOMException's name and message.
pub(super) fn name_of(error: &JsValue) -> (String, String) {
    let get = |key: &str| {
        Reflect::get(error, &JsValue::from_str(key)).ok().and_then(|it| it.as_string()).unwrap_or_default()
    };
    (get("name"), get("message"))
}

/// What a person can act on.
pub(super) fn usb_error(doing: Doing, error: &JsValue) -> UsbError {
    let (name, message) = name_of(error);
    match (name.as_str(), doing) {
        ("SecurityError", Doing::Claiming) => UsbError::ProtectedClass,
        ("SecurityError" | "NotAllowedError", _) => UsbError::PermissionDenied,
        // Claimed by a driver or another program; on opening, by another page or by the system.
        ("NetworkError", Doing::Claiming | Doing::Opening) | ("InvalidStateError", Doing::Opening) => {
            UsbError::Busy
        }
        // A transfer in flight when the reader was unplugged; afterwards the device is closed.
        ("AbortError" | "InvalidStateError", _) => UsbError::Disconnected,
        ("NotFoundError", Doing::Transferring) if message.contains("disconnected") => UsbError::Disconnected,
        ("NotFoundError", Doing::Transferring) => UsbError::Other(format!("{name}: {message}").into()),
        ("NotFoundError", _) => UsbError::Disconnected,
        _ => UsbError::Other(format!("{name}: {message}").into()),
    }
}
