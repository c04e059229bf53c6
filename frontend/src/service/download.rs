//! Files made here and handed to the browser's downloads. They leave this app's protection: what goes into one
//! is chosen on its page.

use super::browser;
use gloo_timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// So long the browser may take to begin, in milliseconds; then the text is let go.
const TO_BEGIN: u32 = 10_000;

/// A text file; whether the browser took it.
pub fn save(name: &str, media_type: &str, text: &str) -> bool {
    offer(name, media_type, &text.into()).is_some()
}

/// A file of any bytes; whether the browser took it.
pub fn save_bytes(name: &str, media_type: &str, bytes: &[u8]) -> bool {
    offer(name, media_type, &Uint8Array::from(bytes)).is_some()
}

fn offer(name: &str, media_type: &str, content: &JsValue) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    // A text and bytes are parts of a file alike.
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(content), &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = browser::document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Timeout::new(TO_BEGIN, move || {
        // A URL that is gone needs no letting go.
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Some(())
}
