//! The viewer by keys, while the page has the focus.

use super::{Msg, OriginalView};
use yew::prelude::*;

/// ← → and PageUp, PageDown turn; Home and End go to the ends; + and - zoom.
pub(super) fn keys(ctx: &Context<OriginalView>, page: usize) -> Callback<KeyboardEvent> {
    let link = ctx.link().clone();
    let page = page as i64;
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let message = match event.key().as_str() {
            "ArrowRight" | "PageDown" => Msg::Turn(page + 1),
            "ArrowLeft" | "PageUp" => Msg::Turn(page - 1),
            "Home" => Msg::Turn(0),
            "End" => Msg::Turn(i64::MAX),
            "+" | ";" => Msg::Zoom(true),
            "-" => Msg::Zoom(false),
            _ => return,
        };
        event.prevent_default();
        link.send_message(message);
    })
}
