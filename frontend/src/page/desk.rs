//! 受付 of a municipality: the queue, one case, many lines by file.

use crate::route::Route;
use crate::state::App;
use yew::prelude::*;

/// Properties of [`DeskPages`].
#[derive(Properties, PartialEq)]
pub struct DeskProps {
    /// The app.
    pub app: App,
    /// Which page.
    pub route: Route,
}

/// The page of an address.
#[component]
pub fn DeskPages(props: &DeskProps) -> Html {
    let _ = props;
    Html::default()
}
