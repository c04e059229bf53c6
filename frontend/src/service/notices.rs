//! When this browser's people want to hear of things: two numbers, kept in its local storage. No personal data
//! is in them; whoever clears the browser has the usual ones again.

use super::browser;
use domain::upcoming::Settings;
use web_sys::Storage;

const DAYS: &str = "kakehashi.notice-days";
const YEN: &str = "kakehashi.nearly-used-yen";

/// What is kept; the usual where nothing is, or where it cannot be read (any more).
pub fn load() -> Settings {
    let kept = |storage: &Storage, name| storage.get_item(name).ok().flatten();
    storage()
        .and_then(|storage| Settings::typed(&kept(&storage, DAYS)?, &kept(&storage, YEN)?).ok())
        .unwrap_or_default()
}

/// Keeps it; whether the browser allows that.
pub fn keep(settings: &Settings) -> bool {
    storage().is_some_and(|storage| {
        storage.set_item(DAYS, &settings.days_text()).is_ok()
            && storage.set_item(YEN, &settings.nearly_used_yen.to_string()).is_ok()
    })
}

fn storage() -> Option<Storage> {
    browser::window()?.local_storage().ok()?
}
