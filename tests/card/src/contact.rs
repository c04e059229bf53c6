//! The contact side of a virtual card: T=1 and T=0 as a card speaks them, on a line that spoils blocks.
//!
//! Written from the card's point of view and apart from the host's state machines, so that each judges the
//! other.

pub mod line;
pub mod t0;
pub mod t1;

pub use line::{BlockFault, Line, Passed};
pub use t0::CardT0;
pub use t1::{CardT1, Request};
