//! Finding people, the right to view, the five kinds, and who was seen.

mod qualification;
mod register;
mod search;
mod seen;

pub(crate) use qualification::qualification;
pub(crate) use register::{grant, note};
pub(crate) use search::search;
pub(crate) use seen::seen;
