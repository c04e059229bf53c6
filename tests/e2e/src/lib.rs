//! The whole way in a real browser: sandbox, relay and app as their own processes, Chromium driven through
//! WebDriver, card readers on the virtual USB bus.
//!
//! The tests stand in `tests/`; here is what they stand on. Elements are found as a person finds them: by
//! the words on them.

mod accessible;
mod browser;
mod find;
mod process;
mod protected;
mod records;
mod stack;
mod usb;

pub use browser::Browser;
pub use process::binary;
pub use stack::Stack;
pub use usb::Bus;

/// What a test returns: any failure with its story.
pub type Outcome = Result<(), Failure>;

/// A failure in a sentence.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
