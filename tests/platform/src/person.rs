//! Finding people, the right to view, the five kinds, and who was seen.

pub(crate) mod history;
mod qualification;
pub(crate) mod register;
pub(crate) mod search;
pub(crate) mod seen;
pub(crate) mod sheets;

pub(crate) use history::history;
pub(crate) use qualification::qualification;
pub(crate) use register::grant;
pub(crate) use search::search;
pub(crate) use seen::seen;
pub(crate) use sheets::Look;
