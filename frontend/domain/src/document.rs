//! The papers of a certification, as data: 認定調査票 and 主治医意見書, which it rests on, and what was judged of them.
//!
//! Which fields a paper has, in which order, with which choices, is a table beside this file, read from the
//! official form; what was filled in is a list of [`Entry`]s that name a field and choices by code. A field or
//! a code nobody here knows is kept as it came and can be shown as such. Nothing is computed from a paper:
//! least of all a level (要介護状態区分), whose formula is the minister's.

pub mod assessment;
mod entry;
pub mod judgement;
pub mod opinion;
mod reading;
mod table;

pub use assessment::Survey;
pub use entry::{Degree, Entry, Mark};
pub use judgement::Judgement;
pub use opinion::Opinion;
pub use reading::{Doubt, Line, lines, strays};
pub use table::{Aspect, Choice, Field, Kind, Order, Table};

#[cfg(test)]
pub(crate) mod sample;
