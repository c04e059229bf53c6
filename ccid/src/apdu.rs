//! Commands to a card and its answers (ISO/IEC 7816-4), short and extended.

mod command;
mod response;
mod status;

pub use command::{Command, Malformed};
pub use response::Response;
pub use status::StatusWord;
