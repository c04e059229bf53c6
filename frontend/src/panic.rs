//! The last resort. After a panic the app's memory cannot be trusted: a notice says so, the console gets
//! the place in the code, and neither gets the panic's own words, which may quote what was typed.

use crate::service::browser;
use domain::fault;
use std::panic::PanicHookInfo;
use web_sys::{Document, Element};

/// Installs the notice.
pub(crate) fn install() {
    // Through Yew, which would put its own hook in place of one it does not know of.
    yew::set_custom_panic_hook(Box::new(|info| {
        report(info);
        if let Some(document) = browser::document() {
            // There is nobody left to tell when this fails too.
            let _ = show(&document);
        }
    }));
}

fn report(info: &PanicHookInfo<'_>) {
    let place = info.location().map_or_else(String::new, ToString::to_string);
    web_sys::console::error_1(&format!("APP-099 {place}").into());
}

fn show(document: &Document) -> Option<()> {
    let fault = fault::find("APP-099")?;
    let notice = element(document, "div", "kk-banner kk-banner--error", "")?;
    notice.set_attribute("role", "alert").ok()?;
    let body = element(document, "div", "kk-banner__body", "")?;
    for (class, words) in
        [("kk-banner__title", fault.what), ("kk-banner__next", fault.next), ("kk-banner__code", fault.code)]
    {
        body.append_child(&element(document, "p", class, words)?.into()).ok()?;
    }
    notice.append_child(&body).ok()?;
    let page = document.body()?;
    page.insert_before(&notice, page.first_child().as_ref()).ok()?;
    Some(())
}

fn element(document: &Document, name: &str, class: &str, words: &str) -> Option<Element> {
    let element = document.create_element(name).ok()?;
    element.set_class_name(class);
    element.set_text_content(Some(words));
    Some(element)
}
