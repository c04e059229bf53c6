//! Moving the focus.

use yew::NodeRef;

/// Focuses an element when it is there.
pub fn focus_on(node: &NodeRef) {
    if let Some(element) = node.cast::<web_sys::HtmlElement>() {
        let _ = element.focus();
    }
}

/// Focuses the element with an id and brings it into view; for links that must not change the address.
pub(super) fn focus_id(id: &str) {
    let element = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id))
        .and_then(|element| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(element).ok());
    if let Some(element) = element {
        element.scroll_into_view();
        let _ = element.focus();
    }
}
