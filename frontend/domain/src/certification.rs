//! 要介護認定: the way of an application to its result, and what its dates mean for the next one.
//!
//! A case is a set of facts with versions ([`Event`]); [`History`] makes of them what holds ([`Case`]),
//! whatever order they came in. What a case means on a day (stage, days waited, expected day) is
//! computed from that.

mod case;
mod check;
mod contradiction;
mod fact;
mod history;
pub mod record;
mod renewal;
#[cfg(test)]
pub(crate) mod sample;
mod stage;
pub mod validity;

pub use case::{Application, ApplicationKind, Case, CaseId, Outcome, Postponement, Validity};
pub use contradiction::Contradiction;
pub use fact::{Event, Fact, Step};
pub use history::{Entry, History};
pub use record::Record;
pub use renewal::RenewalWindow;
pub use stage::Stage;
