//! There is no such page.

use crate::page::heading::PageHeading;
use crate::route::Route;
use crate::text::missing as words;
use yew::prelude::*;

/// The page.
pub fn missing_page() -> Html {
    html! {
        <div class="kk-page">
            <PageHeading title={words().title} />
            <p>{ words().lead }</p>
            <p><a href={Route::Today.address()}>{ words().to_today }</a></p>
        </div>
    }
}
