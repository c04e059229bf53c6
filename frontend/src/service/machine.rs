//! What this browser can do for card readers, asked of the browser itself.

use super::browser::{text, window};
use domain::reader::{Ability, Machine};
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Asks everything that can be asked without a question to the person.
pub fn ability() -> Ability {
    let window = window().map_or(JsValue::UNDEFINED, JsValue::from);
    let navigator = get(&window, "navigator");
    Ability {
        machine: machine(&navigator),
        secure: super::browser::secure(),
        usb: there(&get(&navigator, "usb")),
        policy: allows(&get(&window, "document"), "usb"),
        isolated: isolated(),
        unrestricted: unrestricted(),
        smart_card: there(&get(&navigator, "smartCard")),
        screen: (number(&window, "innerWidth"), number(&window, "innerHeight")),
    }
}

fn machine(navigator: &JsValue) -> Machine {
    let told = get(navigator, "userAgentData");
    let brands = get(&told, "brands").dyn_into::<Array>().unwrap_or_default();
    let brands: Vec<(String, String)> =
        brands.iter().filter_map(|brand| Some((text(&brand, "brand")?, text(&brand, "version")?))).collect();
    let platform = text(&told, "platform").unwrap_or_default();
    let agent = text(navigator, "userAgent").unwrap_or_default();
    Machine::told(&brands, &platform, &agent, number(navigator, "maxTouchPoints") > 1)
}

/// The page's permissions policy, which Chromium shows under its old name.
fn allows(document: &JsValue, feature: &str) -> Option<bool> {
    let policy = get(document, "featurePolicy");
    let ask = get(&policy, "allowsFeature").dyn_into::<Function>().ok()?;
    ask.call1(&policy, &JsValue::from_str(feature)).ok()?.as_bool()
}

fn get(object: &JsValue, name: &str) -> JsValue {
    // Fails only on what is no object.
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

fn there(value: &JsValue) -> bool {
    !value.is_undefined() && !value.is_null()
}

fn number(object: &JsValue, name: &str) -> u32 {
    get(object, name).as_f64().unwrap_or_default() as u32
}

#[cfg(target_arch = "wasm32")]
use ccid::webusb::{isolated, unrestricted};

#[cfg(not(target_arch = "wasm32"))]
fn isolated() -> bool {
    false
}

#[cfg(not(target_arch = "wasm32"))]
fn unrestricted() -> bool {
    false
}
