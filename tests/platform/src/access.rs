//! Who may see what, by the table of docs/access.md. Every handler that shows something of a person asks here.

mod facts;
pub(crate) mod gate;

pub(crate) use facts::level;
pub(crate) use gate::{Asked, Gate, Viewing};
