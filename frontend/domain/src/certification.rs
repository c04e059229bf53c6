//! 要介護認定: the way of an application to its result, and what its dates mean for the next one.
//!
//! A case is a set of facts with versions ([`Event`]); [`History`] makes of them what holds ([`Case`]),
//! whatever order they came in. What a case means on a day (stage, days waited, expected day) is
//! computed from that.

mod awaited;
mod case;
mod cases;
pub mod change;
mod check;
mod contradiction;
pub mod expected;
mod fact;
mod history;
mod provisional;
pub mod record;
mod renewal;
#[cfg(test)]
pub(crate) mod sample;
mod stage;
pub mod validity;
mod wait;

pub use awaited::Urgency;
pub use case::{Application, ApplicationKind, Case, CaseId, Outcome, Postponement, Validity};
pub use cases::{Cases, Taken};
pub use contradiction::Contradiction;
pub use expected::{Expected, MINIMUM_CASES};
pub use fact::{Event, Fact, Step};
pub use history::{Entry, History};
pub use provisional::{Provisional, ProvisionalRisk, SOURCES as PROVISIONAL_SOURCES};
pub use record::Record;
pub use renewal::RenewalWindow;
pub use stage::Stage;
pub use wait::{LIMIT_DAYS, Wait, WaitState};
