//! 届出: each key is decided once and for ever, what is received is proved, and the municipality decides on it.
//!
//! What became of a key stands in one row, written in the same change as the filing itself and on the disk before
//! anything is answered. A refusal that says nothing of the key (no session, no right just now, no room on the
//! disk) writes no such row.

mod cancel;
pub(crate) mod desk;
mod door;
pub(crate) mod evidence;
pub(crate) mod judge;
mod keep;
pub(crate) mod keys;
pub(crate) mod list;
mod page;
mod plant;
pub(crate) mod read;
mod receive;
mod seal;
mod statement;
mod submit;

pub(crate) use cancel::cancel;
pub(crate) use evidence::evidence;
pub(crate) use keys::{give_up, keys};
pub(crate) use list::list;
pub(crate) use plant::{Place, Plant};
pub(crate) use seal::{Seal, number};
pub(crate) use submit::submit;
