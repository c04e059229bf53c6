//! Keys: `/` to the search field, arrows, Home and End along the rows; and which rows are in view.

use super::drawn::BLOCK;
use super::list::LIST;
use super::view::SEARCH;
use crate::service::browser;
use gloo_events::{EventListener, EventListenerOptions};
use std::ops::Range;
use wasm_bindgen::JsCast;
use yew::Callback;

/// So near to the view, in pixels, rows are filled.
const NEAR: f64 = 600.0;
/// A row is mostly so high, …
const HEIGHT: f64 = 96.0;
/// … and never lower, in pixels.
const LEAST: f64 = 48.0;
/// No window shows more rows.
const MOST: f64 = 40.0;

/// Where a key leads from a row, or from the search field before all rows; `None` when there is no way.
pub(in crate::page) fn step(key: &str, at: Option<usize>, count: usize) -> Option<usize> {
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
pub(in crate::page) fn is_ours(key: &str, in_list: bool) -> bool {
    key == "ArrowDown" || (in_list && ["ArrowUp", "Home", "End", "PageDown", "PageUp"].contains(&key))
}

/// The row that has the focus.
pub(super) fn row() -> Option<usize> {
    let id = browser::document()?.active_element()?.id();
    id.strip_prefix("client-")?.parse().ok()
}

/// Of the whole window: `/`, another part of the list in view, and printing (begins, ends).
pub(super) fn listeners(moved: &Callback<()>, printing: &Callback<bool>) -> Vec<EventListener> {
    let Some(window) = browser::window() else { return Vec::new() };
    let on = |name: &'static str, act: Box<dyn Fn()>| EventListener::new(&window, name, move |_| act());
    let move_on = || {
        let moved = moved.clone();
        Box::new(move || moved.emit(()))
    };
    let print = |begins: bool| {
        let printing = printing.clone();
        Box::new(move || printing.emit(begins))
    };
    vec![
        on("scroll", move_on()),
        on("resize", move_on()),
        on("beforeprint", print(true)),
        on("afterprint", print(false)),
        slash(&window, SEARCH),
    ]
}

/// `/` leads to a field from anywhere on the page, except while somebody types.
pub(in crate::page) fn slash(window: &web_sys::Window, field: &'static str) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(window, "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() else { return };
        if event.key() == "/" && !event.ctrl_key() && !event.meta_key() && !browser::typing() {
            event.prevent_default();
            browser::focus(field);
        }
    })
}

/// How many rows have room in view, below what stands before them; as many as the last list's lowest rows would.
pub(super) fn in_view() -> usize {
    let rows = || {
        let height = browser::window()?.inner_height().ok()?.as_f64()?;
        let list = browser::document()?.get_element_by_id(LIST)?;
        let rows = list.first_element_child()?.children();
        let drawn = (0..rows.length().min(16)).filter_map(|at| rows.item(at));
        let least = drawn.map(|row| row.get_bounding_client_rect().height()).fold(HEIGHT, f64::min);
        Some(room(height - list.get_bounding_client_rect().top(), least))
    };
    rows().unwrap_or(BLOCK)
}

/// Rows of a height that have room in so many pixels, one that is cut off included.
fn room(pixels: f64, row: f64) -> usize {
    let rows = (pixels / row.max(LEAST)).ceil().clamp(1.0, MOST);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and the most")]
    let rows = rows as usize;
    rows.max(1)
}

/// Of so many blocks, those in view or near it.
pub(super) fn near(blocks: usize) -> Option<Range<usize>> {
    let window = browser::window()?;
    let height = window.inner_height().ok()?.as_f64()?;
    let rows = browser::document()?.get_element_by_id(LIST)?.first_element_child()?.children();
    let top = |block: usize| {
        let at = u32::try_from(block * BLOCK).ok()?;
        Some(rows.item(at)?.get_bounding_client_rect().top())
    };
    // How many blocks begin above a line. Half of the rest is left out with each look.
    let above = |line: f64| {
        let (mut low, mut high) = (0, blocks);
        while low < high {
            let middle = usize::midpoint(low, high);
            if top(middle).is_some_and(|top| top < line) { low = middle + 1 } else { high = middle }
        }
        low
    };
    // The first one in view began above it.
    Some(above(-NEAR).saturating_sub(1)..above(height + NEAR).max(1))
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
    #[test]
    fn as_many_rows_as_the_window_has_room_for() {
        for (pixels, row, rows) in
            [(470.0, 96.0, 5), (480.0, 96.0, 5), (481.0, 96.0, 6), (-30.0, 96.0, 1), (9_000.0, 96.0, 40)]
        {
            assert_eq!(room(pixels, row), rows, "{pixels} {row}");
        }
        assert_eq!(room(96.0, 0.0), 2, "a row without height is not believed");
        assert_eq!(room(f64::NAN, 96.0), 1);
    }
}
