//! The staff's single-page app.
//!
//! | module | what it knows |
//! |---|---|
//! | [`app`] [`route`] | the root: gates, then pages by address |
//! | [`page`] | a page each; asks [`state`], shows with [`component`], speaks with [`text`] |
//! | [`state`] | what the app knows while it runs, and the handle on it |
//! | [`service`] | browser and network: settings, keys, signed calls, card readers |
//!
//! Rules of the field are not here: they live in `kakehashi-domain`, tested natively.

pub mod app;
pub mod component;
pub mod later;
pub mod page;
mod panic;
pub mod route;
pub mod service;
pub mod state;
pub mod text;

/// Starts the app in the document's body.
pub fn start() {
    panic::install();
    yew::Renderer::<app::Root>::new().render();
}
