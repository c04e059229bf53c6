//! Looking a person up: the choice of the way, and the way by numbers.

mod check;
pub mod numbers;

use crate::page::heading::PageHeading;
use crate::page::ways::Ways;
use crate::text::find as words;
use yew::prelude::*;

/// The choice of the way; both stand side by side.
pub fn find_page() -> Html {
    html! {
        <div class="kk-page">
            <PageHeading title={words().title} />
            <p>{ words().lead }</p>
            <Ways />
        </div>
    }
}
