//! Judges not written here: OpenSC and openssl on the virtual card, usbd-ccid on the reader driver.

mod pcsc;

pub use pcsc::{Reader, run};

/// A failure in a sentence.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
