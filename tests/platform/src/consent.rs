//! 同意 to the certification's information: recorded, seen, withdrawn.
//!
//! A withdrawal is in effect with the change that writes it: every look is decided by what stands in the
//! database at that moment. Withdrawing and seeing never need a right to view, so that nobody's consent stands
//! because an office's right is over. Any office it concerns may pass a withdrawal on, also of a comprehensive
//! consent: a person who takes it back need not find out who holds the paper (an assumption; what the real
//! service does is not published).

mod door;
mod list;
mod record;
pub(crate) mod register;
mod withdraw;

pub(crate) use list::list;
pub(crate) use record::record;
pub(crate) use register::concerning;
pub(crate) use withdraw::withdraw;
