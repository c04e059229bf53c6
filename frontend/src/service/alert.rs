//! The browser speaking up outside of the page (Notifications API), where somebody has asked for it.

use super::account::Kept;
use super::browser;
use domain::upstream::Staff;
use gloo_events::EventListener;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

/// What somebody wishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AlertWish {
    /// Nothing outside of the page.
    #[default]
    Off,
    /// How many, and nobody's name.
    Count,
    /// With names.
    Names,
}

/// What the browser allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlertState {
    /// There are no such notices here.
    Missing,
    /// Nobody was asked yet.
    Unasked,
    /// Allowed.
    Granted,
    /// Refused; only the browser's own settings change that.
    Denied,
}

impl AlertWish {
    /// All, each as it is kept.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Off, "off"), (Self::Count, "count"), (Self::Names, "names")];

    /// As it is kept.
    pub fn value(self) -> &'static str {
        Self::ALL.iter().find(|(one, _)| *one == self).map_or("off", |(_, value)| value)
    }

    /// What was kept; nothing outside of the page when it cannot be read.
    pub fn read(text: &str) -> Self {
        Self::ALL.iter().find(|(_, value)| *value == text).map_or(Self::Off, |(one, _)| *one)
    }

    /// The wish of an account.
    pub fn of(staff: &Staff) -> Self {
        Kept::Alert.load(staff).map_or(Self::Off, |text| Self::read(&text))
    }

    /// Keeps it; whether the browser allows that.
    pub fn keep(self, staff: &Staff) -> bool {
        Kept::Alert.keep(staff, self.value())
    }
}

/// What the browser allows now.
pub fn state() -> AlertState {
    let there = browser::window().is_some_and(|window| {
        js_sys::Reflect::has(&window, &JsValue::from_str("Notification")).unwrap_or_default()
    });
    if !there {
        return AlertState::Missing;
    }
    match Notification::permission() {
        NotificationPermission::Granted => AlertState::Granted,
        NotificationPermission::Denied => AlertState::Denied,
        _ => AlertState::Unasked,
    }
}

/// Asks; the browser shows its own question. Only after a press.
pub async fn ask() -> AlertState {
    if state() == AlertState::Unasked
        && let Ok(asked) = Notification::request_permission()
    {
        // What came of it is read anew.
        let _ = JsFuture::from(asked).await;
    }
    state()
}

/// Shows one notice in place of the one before; a press on it brings the window to the front and does `pressed`.
/// Some browsers (Chrome on Android) allow it only to a service worker: nothing is shown there, the page says
/// the same.
pub fn show(title: &str, body: &str, pressed: impl Fn() + 'static) {
    let options = NotificationOptions::new();
    options.set_tag("kakehashi-board");
    options.set_lang("ja");
    options.set_body(body);
    if let Ok(notice) = Notification::new_with_options(title, &options) {
        let click = EventListener::once(&notice.clone(), "click", move |_| {
            if let Some(window) = browser::window() {
                // A window that cannot be brought forward stays where it is.
                let _ = window.focus();
            }
            notice.close();
            pressed();
        });
        // It lives as long as the notice.
        click.forget();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_comes_back_and_what_is_no_wish_is_none() {
        for (wish, value) in AlertWish::ALL {
            assert_eq!((wish.value(), AlertWish::read(value)), (value, wish));
        }
        assert_eq!(AlertWish::read("everything"), AlertWish::Off);
    }
}
