//! Who may see what: denied unless service type × job × consent × 閲覧期限 allow it.
//!
//! The official matrix (別紙4) is not public. One table here says of every cell what holds and why; it makes
//! the sandbox's answers, the app's words and docs/access.md.

mod denial;

pub use denial::{Age, Denial};
