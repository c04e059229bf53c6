//! Finding people, the right to view, the five kinds, and who was seen.

mod history;
mod qualification;
pub(crate) mod register;
mod search;
mod seen;
mod sheets;

pub(crate) use history::history;
pub(crate) use qualification::qualification;
pub(crate) use register::{grant, note};
pub(crate) use search::search;
pub(crate) use seen::seen;
pub(crate) use sheets::Look;
