//! Links to pages: plain ones, so that a browser's own ways (new tab, back) work.

use super::el_with;
use crate::route::Route;
use yew::prelude::*;

/// What a link to a page has as its `href`.
pub fn address(route: Route) -> String {
    route.address()
}

/// A link to a page.
pub fn link(route: Route, class: &'static str, inside: Html) -> Html {
    el_with("a", &["class", "href"], vec![AttrValue::Static(class), address(route).into()], inside)
}
