//! The rules of long-term care insurance (介護保険) and the types that travel to the upstream.
//!
//! Everything here is pure: no input or output, no clock, no browser. "Today" is always an argument.
//! The app calls these rules on its screens; the sandbox upstream uses the same types.

pub mod access;
pub mod benefit;
pub mod calendar;
pub mod certification;
pub mod code;
pub mod consent;
pub mod document;
pub mod export;
pub mod fault;
pub mod filing;
pub mod icalendar;
pub mod import;
pub mod number;
pub mod qualification;
pub mod raw;
pub mod reader;
pub mod rollout;
pub mod search;
pub mod upcoming;
pub mod upstream;
