//! Small questions to the browser.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, HtmlElement, PermissionState, PermissionStatus, Window};

/// The window, when there is one.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document, when there is one.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The page's origin: `https://kaigo.example.jp`.
pub fn origin() -> String {
    window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// Host and port of a base URL, as a `Host` header has them; the page's own for an empty one.
pub fn authority(base: &str) -> String {
    if base.is_empty() {
        window().and_then(|window| window.location().host().ok()).unwrap_or_default()
    } else {
        web_sys::Url::new(base).map(|url| url.host()).unwrap_or_default()
    }
}

/// Whether the browser believes it has a network.
pub fn online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// Whether this is a secure context, without which there are neither keys nor readers.
pub fn secure() -> bool {
    window().is_some_and(|window| window.is_secure_context())
}

/// Sets the title of the document.
pub fn set_title(page: &str) {
    if let Some(document) = document() {
        document.set_title(&format!("{page} — かけはし"));
    }
}

/// The address' fragment with its `#`, or nothing.
pub fn fragment() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Sets the fragment, which adds to the history.
pub fn set_fragment(fragment: &str) {
    if let Some(window) = window() {
        // A fragment can always be set.
        let _ = window.location().set_hash(fragment);
    }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = window() {
        // A page that cannot be loaded anew stays as it is.
        let _ = window.location().reload();
    }
}

/// Opens the browser's printing.
pub fn print() {
    // A browser that refuses to print says so itself.
    let _ = window().map(|window| window.print());
}

/// Puts a text on the clipboard; whether that was possible.
pub async fn copy(text: &str) -> bool {
    // The clipboard is missing on an insecure page, where web-sys' accessor would panic on use.
    let Some(window) = window().filter(Window::is_secure_context) else { return false };
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}

/// Whether somebody is in a field: whatever takes the focus now takes the next key too.
pub fn typing() -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|element| ["INPUT", "TEXTAREA", "SELECT"].contains(&element.tag_name().as_str()))
}

/// Puts the focus on an element by its id.
pub fn focus(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus is left as it is.
        let _ = element.focus();
    }
}

/// Whether the user has refused the page access to the local network (Chrome 142 and later ask).
pub async fn local_network_refused() -> bool {
    for name in ["loopback-network", "local-network", "local-network-access"] {
        if permission(name).await == Some(PermissionState::Denied) {
            return true;
        }
    }
    false
}

/// State of a permission; `None` when this browser does not know it.
async fn permission(name: &str) -> Option<PermissionState> {
    let query = object(&[("name", &JsValue::from_str(name))]);
    let asked = window()?.navigator().permissions().ok()?.query(&query).ok()?;
    let status = JsFuture::from(asked).await.ok()?;
    Some(status.dyn_into::<PermissionStatus>().ok()?.state())
}

/// A JavaScript object of some entries.
pub fn object(entries: &[(&str, &JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        // Setting a property on a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

/// A property that is a text.
pub fn text(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &JsValue::from_str(name)).ok()?.as_string()
}
