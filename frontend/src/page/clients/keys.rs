//! Keys: `/` to the search field, arrows, Home and End along the rows.

use super::view::SEARCH;
use crate::service::browser;
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use yew::Callback;

/// So near to the end, in pixels, more rows are drawn.
const NEAR: f64 = 1_200.0;

/// Where a key leads from a row, or from the search field before all rows; `None` when there is no way.
pub(super) fn step(key: &str, at: Option<usize>, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match (key, at) {
        ("ArrowDown", None) => Some(0),
        ("ArrowDown", Some(at)) => Some((at + 1).min(last)),
        ("ArrowUp", Some(at)) => at.checked_sub(1),
        ("Home", Some(_)) => Some(0),
        ("End", Some(_)) => Some(last),
        ("PageDown", Some(at)) => Some((at + 10).min(last)),
        ("PageUp", Some(at)) => Some(at.saturating_sub(10)),
        _ => None,
    }
}

/// Whether a key is one of the list's.
pub(super) fn is_ours(key: &str, in_list: bool) -> bool {
    key == "ArrowDown" || (in_list && ["ArrowUp", "Home", "End", "PageDown", "PageUp"].contains(&key))
}

/// The row that has the focus.
pub(super) fn row() -> Option<usize> {
    let id = browser::document()?.active_element()?.id();
    id.strip_prefix("client-")?.parse().ok()
}

/// Of the whole window: `/`, and coming near to the end.
pub(super) fn listeners(more: &Callback<()>) -> Vec<EventListener> {
    let Some(window) = browser::window() else { return Vec::new() };
    let more = more.clone();
    let scrolled = EventListener::new(&window, "scroll", move |_| {
        if near_the_end().unwrap_or(false) {
            more.emit(());
        }
    });
    let options = EventListenerOptions::enable_prevent_default();
    let slash = EventListener::new_with_options(&window, "keydown", options, |event| {
        let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() else { return };
        if event.key() == "/" && !event.ctrl_key() && !event.meta_key() && !typing() {
            event.prevent_default();
            browser::focus(SEARCH);
        }
    });
    vec![scrolled, slash]
}

fn typing() -> bool {
    let active = browser::document().and_then(|document| document.active_element());
    active.is_some_and(|element| ["INPUT", "TEXTAREA", "SELECT"].contains(&element.tag_name().as_str()))
}

fn near_the_end() -> Option<bool> {
    let window = browser::window()?;
    let height = window.inner_height().ok()?.as_f64()?;
    let whole = f64::from(browser::document()?.document_element()?.scroll_height());
    Some(window.scroll_y().ok()? + height > whole - NEAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_stay_in_the_list() {
        for (key, at, next) in [
            ("ArrowDown", None, Some(0)),
            ("ArrowDown", Some(0), Some(1)),
            ("ArrowDown", Some(39), Some(39)),
            ("ArrowUp", Some(5), Some(4)),
            ("ArrowUp", Some(0), None),
            ("End", Some(3), Some(39)),
            ("Home", Some(3), Some(0)),
            ("PageDown", Some(35), Some(39)),
            ("PageUp", Some(5), Some(0)),
            ("x", Some(5), None),
        ] {
            assert_eq!(step(key, at, 40), next, "{key} {at:?}");
        }
        assert_eq!(step("ArrowDown", None, 0), None);
        assert!(is_ours("ArrowDown", false) && !is_ours("End", false) && is_ours("End", true));
    }
}
