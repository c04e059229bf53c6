//! Who may see what: denied unless service type × job × consent × 閲覧期限 allow it.
//!
//! The official matrix (別紙4) is not public. One [table](TABLE) here says of every cell what holds and why;
//! it makes the sandbox's answers, the app's words and docs/access.md. The upstream decides; the app decides
//! the same beforehand, to say why before anything is asked.

mod decide;
mod denial;
#[cfg(test)]
mod document;
mod outlook;
mod table;

pub use decide::{Asker, Grant, Paper, Planner, Subject, decide, may_enter, may_follow, may_read_audit};
pub use denial::{Age, Denial};
pub use outlook::{Outlook, outlook};
pub use table::{Basis, Cell, Information, Jobs, Need, Row, SERVICES, TABLE, cell};
