//! What one account keeps in this browser: random names and small numbers, or a wish about the screen. The
//! account stands in the key as a hash only, nothing here is anybody's name.

use super::browser;
use domain::upstream::Staff;
use signing::content_digest;
use web_sys::Storage;

/// What is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Which cases were looked at: who signs in the next morning sees what has moved since.
    Looks,
    /// Whether and how the browser shall speak up.
    Alert,
    /// What the office wrote of itself on the last 届出.
    Office,
}

impl Kept {
    fn key(self, staff: &Staff) -> String {
        let kind = match self {
            Self::Looks => "kakehashi.looks.",
            Self::Alert => "kakehashi.alert.",
            Self::Office => "kakehashi.office.",
        };
        let account = [staff.office.as_str(), " ", staff.user_id.as_str()].concat();
        kind.to_owned() + &content_digest(account.as_bytes())
    }

    /// What was kept; nothing where the browser keeps nothing.
    pub fn load(self, staff: &Staff) -> Option<String> {
        storage()?.get_item(&self.key(staff)).ok()?
    }

    /// Keeps it; whether the browser allows that.
    pub fn keep(self, staff: &Staff, text: &str) -> bool {
        storage().is_some_and(|storage| storage.set_item(&self.key(staff), text).is_ok())
    }
}

fn storage() -> Option<Storage> {
    browser::window()?.local_storage().ok()?
}
