//! A page's heading: names the window and takes the focus, so that a screen reader begins here.

use crate::state::use_page;
use yew::prelude::*;

/// Properties of [`PageHeading`].
#[derive(Properties, PartialEq)]
pub struct PageHeadingProps {
    /// What the page is.
    pub title: &'static str,
}

/// The `h1` of a page.
#[component]
pub fn PageHeading(props: &PageHeadingProps) -> Html {
    let heading = use_page(props.title);
    html! { <h1 class="kk-title" ref={heading} tabindex="-1">{ props.title }</h1> }
}
