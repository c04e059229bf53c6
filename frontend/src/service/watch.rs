//! A glance at the clock every few seconds, and at once when the page comes into view or the line comes back.

use super::browser;
use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use std::rc::Rc;
use web_sys::VisibilityState;

/// Milliseconds between two glances. A timer of a minute would be a minute late after a sleep.
const GLANCE: u32 = 5_000;

/// Watches as long as it lives.
pub struct Watch {
    _listeners: Vec<EventListener>,
    _timer: Interval,
}

impl Watch {
    /// Tells each glance, and whether the line has just come back.
    pub fn start(tell: impl Fn(bool) + 'static) -> Self {
        let tell = Rc::new(tell);
        let mut listeners = Vec::new();
        if let Some(document) = browser::document() {
            let tell = Rc::clone(&tell);
            listeners.push(EventListener::new(&document, "visibilitychange", move |_| tell(false)));
        }
        if let Some(window) = browser::window() {
            let tell = Rc::clone(&tell);
            listeners.push(EventListener::new(&window, "online", move |_| tell(true)));
        }
        let timer = Interval::new(GLANCE, move || tell(false));
        Self { _listeners: listeners, _timer: timer }
    }
}

/// Whether somebody can see the page, and the browser believes it has a network.
pub fn open() -> bool {
    let seen =
        browser::document().is_some_and(|document| document.visibility_state() == VisibilityState::Visible);
    seen && browser::online()
}

/// Whether somebody works in this page right now and not in another window.
pub fn in_front() -> bool {
    browser::document().is_some_and(|document| document.has_focus().unwrap_or_default())
}
