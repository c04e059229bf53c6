//! What the browser shows of a device without opening it.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::bindings::{JsAlternate, JsConfiguration, JsInterface};
use super::device::Device;
use crate::usb::Interface;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(method, getter, js_name = interfaceNumber)]
    fn number(this: &JsInterface) -> u8;
    #[wasm_bindgen(method, getter, js_name = alternateSetting)]
    fn setting(this: &JsAlternate) -> u8;
    #[wasm_bindgen(method, getter, js_name = interfaceProtocol)]
    fn protocol(this: &JsAlternate) -> u8;
    #[wasm_bindgen(method, getter)]
    fn endpoints(this: &JsAlternate) -> Array;

    /// `USBEndpoint`.
    type JsEndpoint;
    #[wasm_bindgen(method, getter, js_name = endpointNumber)]
    fn number(this: &JsEndpoint) -> u8;
    #[wasm_bindgen(method, getter)]
    fn direction(this: &JsEndpoint) -> String;
    #[wasm_bindgen(method, getter, js_name = type)]
    fn kind(this: &JsEndpoint) -> String;
    #[wasm_bindgen(method, getter, js_name = packetSize)]
    fn packet_size(this: &JsEndpoint) -> u16;
}

impl Device {
    /// Its interfaces, for a person to look at. A class descriptor is not among what a browser shows, so this
    /// does not tell which of them will be driven.
    pub fn interfaces(&self) -> Vec<Interface> {
        let mut found = Vec::new();
        for configuration in self.configurations().iter() {
            let configuration = configuration.unchecked_into::<JsConfiguration>();
            for interface in configuration.interfaces().iter() {
                let interface = interface.unchecked_into::<JsInterface>();
                for alternate in interface.alternates().iter() {
                    let alternate = alternate.unchecked_into::<JsAlternate>();
                    let mut seen = Interface {
                        id: self.id(),
                        configuration: configuration.configuration_value(),
                        number: interface.number(),
                        alternate: alternate.setting(),
                        class: alternate.interface_class(),
                        protocol: alternate.protocol(),
                        ..Interface::default()
                    };
                    for endpoint in alternate.endpoints().iter() {
                        add(&mut seen, &endpoint.unchecked_into());
                    }
                    found.push(seen);
                }
            }
        }
        found
    }
}

fn add(interface: &mut Interface, endpoint: &JsEndpoint) {
    let number = endpoint.number();
    match (endpoint.kind().as_str(), endpoint.direction().as_str()) {
        ("bulk", "in") => {
            interface.bulk_in = number;
            interface.packet = endpoint.packet_size();
        }
        ("bulk", _) => interface.bulk_out = number,
        ("interrupt", "in") => interface.interrupt = number,
        _ => {}
    }
}
