//! The My Number card (マイナンバーカード): one check of identity with 利用者証明用電子証明書.
//!
//! The My Number itself (個人番号) is never read. [`guard`] stands between everything here and the reader
//! and passes only the commands on its list.

pub mod guard;
mod jpki;
mod pin;
mod progress;
mod session;
mod tries;

pub use guard::Guard;
pub use jpki::{Jpki, TokenKind};
pub use pin::{Pin, PinEntry, PinFormat};
pub use progress::Step;
pub use session::{Opened, Session};
pub use tries::{Consent, Tries};
