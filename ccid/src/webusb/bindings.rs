//! The part of the WebUSB interface that is needed (wicg.github.io/webusb).

use js_sys::{Array, DataView, Object, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `navigator` of a window or a worker.
    #[wasm_bindgen(js_name = navigator, thread_local_v2)]
    pub(super) static NAVIGATOR: Option<JsNavigator>;

    /// `location`.
    #[wasm_bindgen(js_name = location, thread_local_v2)]
    pub(super) static LOCATION: Option<JsLocation>;

    pub(super) type JsLocation;
    #[wasm_bindgen(method, getter)]
    pub(super) fn protocol(this: &JsLocation) -> String;

    /// `document`; a worker has none.
    #[wasm_bindgen(js_name = document, thread_local_v2)]
    pub(super) static DOCUMENT: Option<JsDocument>;

    pub(super) type JsDocument;
    /// Chromium's name for what the standard calls `permissionsPolicy`.
    #[wasm_bindgen(method, getter, js_name = featurePolicy)]
    pub(super) fn feature_policy(this: &JsDocument) -> Option<JsFeaturePolicy>;

    pub(super) type JsFeaturePolicy;
    #[wasm_bindgen(method, js_name = allowsFeature)]
    pub(super) fn allows_feature(this: &JsFeaturePolicy, feature: &str) -> bool;

    pub(super) type JsNavigator;
    #[wasm_bindgen(method, getter)]
    pub(super) fn usb(this: &JsNavigator) -> Option<JsUsb>;

    /// `USB`.
    #[derive(Clone, Debug)]
    pub(super) type JsUsb;
    #[wasm_bindgen(method, js_name = getDevices)]
    pub(super) fn get_devices(this: &JsUsb) -> Promise;
    #[wasm_bindgen(method, catch, js_name = requestDevice)]
    pub(super) fn request_device(this: &JsUsb, options: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, js_name = addEventListener)]
    pub(super) fn add_event_listener(this: &JsUsb, event: &str, callback: &JsValue);
    #[wasm_bindgen(method, js_name = removeEventListener)]
    pub(super) fn remove_event_listener(this: &JsUsb, event: &str, callback: &JsValue);

    /// `USBConnectionEvent`.
    pub(super) type JsConnectionEvent;
    #[wasm_bindgen(method, getter)]
    pub(super) fn device(this: &JsConnectionEvent) -> JsDevice;

    /// `USBDevice`.
    #[derive(Clone, Debug, PartialEq)]
    pub(super) type JsDevice;
    #[wasm_bindgen(method, getter, js_name = vendorId)]
    pub(super) fn vendor_id(this: &JsDevice) -> u16;
    #[wasm_bindgen(method, getter, js_name = productId)]
    pub(super) fn product_id(this: &JsDevice) -> u16;
    #[wasm_bindgen(method, getter, js_name = deviceVersionMajor)]
    pub(super) fn version_major(this: &JsDevice) -> u8;
    #[wasm_bindgen(method, getter, js_name = deviceVersionMinor)]
    pub(super) fn version_minor(this: &JsDevice) -> u8;
    #[wasm_bindgen(method, getter, js_name = deviceVersionSubminor)]
    pub(super) fn version_subminor(this: &JsDevice) -> u8;
    #[wasm_bindgen(method, getter, js_name = productName)]
    pub(super) fn product_name(this: &JsDevice) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    pub(super) fn opened(this: &JsDevice) -> bool;
    #[wasm_bindgen(method, getter)]
    pub(super) fn configuration(this: &JsDevice) -> Option<JsConfiguration>;
    #[wasm_bindgen(method, getter)]
    pub(super) fn configurations(this: &JsDevice) -> Array;
    #[wasm_bindgen(method)]
    pub(super) fn open(this: &JsDevice) -> Promise;
    #[wasm_bindgen(method)]
    pub(super) fn close(this: &JsDevice) -> Promise;
    #[wasm_bindgen(method, js_name = selectConfiguration)]
    pub(super) fn select_configuration(this: &JsDevice, value: u8) -> Promise;
    #[wasm_bindgen(method, js_name = claimInterface)]
    pub(super) fn claim_interface(this: &JsDevice, number: u8) -> Promise;
    #[wasm_bindgen(method, js_name = selectAlternateInterface)]
    pub(super) fn select_alternate(this: &JsDevice, number: u8, alternate: u8) -> Promise;
    #[wasm_bindgen(method, js_name = clearHalt)]
    pub(super) fn clear_halt(this: &JsDevice, direction: &str, endpoint: u8) -> Promise;
    #[wasm_bindgen(method, js_name = transferIn)]
    pub(super) fn transfer_in(this: &JsDevice, endpoint: u8, length: u32) -> Promise;
    #[wasm_bindgen(method, js_name = transferOut)]
    pub(super) fn transfer_out(this: &JsDevice, endpoint: u8, data: &JsValue) -> Promise;
    #[wasm_bindgen(method, js_name = controlTransferIn)]
    pub(super) fn control_transfer_in(this: &JsDevice, setup: &Object, length: u16) -> Promise;

    /// `USBConfiguration`.
    pub(super) type JsConfiguration;
    #[wasm_bindgen(method, getter, js_name = configurationValue)]
    pub(super) fn configuration_value(this: &JsConfiguration) -> u8;
    #[wasm_bindgen(method, getter)]
    pub(super) fn interfaces(this: &JsConfiguration) -> Array;

    /// `USBInterface`.
    pub(super) type JsInterface;
    #[wasm_bindgen(method, getter)]
    pub(super) fn alternates(this: &JsInterface) -> Array;

    /// `USBAlternateInterface`.
    pub(super) type JsAlternate;
    #[wasm_bindgen(method, getter, js_name = interfaceClass)]
    pub(super) fn interface_class(this: &JsAlternate) -> u8;

    /// `USBInTransferResult` and `USBOutTransferResult`.
    pub(super) type JsTransferResult;
    #[wasm_bindgen(method, getter)]
    pub(super) fn status(this: &JsTransferResult) -> String;
    #[wasm_bindgen(method, getter)]
    pub(super) fn data(this: &JsTransferResult) -> Option<DataView>;
    #[wasm_bindgen(method, getter, js_name = bytesWritten)]
    pub(super) fn bytes_written(this: &JsTransferResult) -> u32;
}
