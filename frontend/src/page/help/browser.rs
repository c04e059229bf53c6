//! What works in this browser, asked of the browser itself.

use crate::component::{Tone, all, badge, el, rows, text};
use crate::text::help as words;
use yew::prelude::*;

/// Four questions and their answers in words.
pub(super) fn check() -> Html {
    rows(ask().into_iter().map(|(name, works, otherwise)| (text(name), answer(works, otherwise))))
}

fn answer(works: bool, otherwise: &'static str) -> Html {
    if works {
        return badge(Some(Tone::Success), words().ok);
    }
    all(vec![badge(Some(Tone::Warning), words().not_ok), el("p", "kk-support", text(otherwise))])
}

fn ask() -> [(&'static str, bool, &'static str); 4] {
    let window = web_sys::window();
    let secure = window.as_ref().is_some_and(web_sys::Window::is_secure_context);
    let has = |path: &[&str]| {
        let start = window.as_ref().map(|window| wasm_bindgen::JsValue::from(window.clone()));
        path.iter()
            .try_fold(start?, |value, name| js_sys::Reflect::get(&value, &(*name).into()).ok())
            .map(|value| !value.is_undefined() && !value.is_null())
    };
    let has = |path: &[&str]| has(path).unwrap_or(false);
    [
        (words().secure, secure, words().secure_no),
        (words().usb, has(&["navigator", "usb"]), words().usb_no),
        (words().crypto, has(&["crypto", "subtle"]), words().crypto_no),
        (words().storage, has(&["indexedDB"]), words().storage_no),
    ]
}
