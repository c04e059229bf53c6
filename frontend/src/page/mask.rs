//! The cover over an unattended screen; what lies beneath is hidden, and any key or press takes it away.

use crate::component::{IconKind, large_icon};
use crate::text::mask as words;
use yew::prelude::*;

/// The cover.
pub fn mask() -> Html {
    html! {
        <div class="kk-mask" role="status">
            { large_icon(IconKind::Bridge) }
            <p class="kk-mask__title">{ words().title }</p>
            <p>{ words().lead }</p>
        </div>
    }
}
