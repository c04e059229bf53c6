//! Filings (届出) sent through the real relay to the real sandbox, over real sockets, while both are killed, the
//! line is cut or delayed at any byte, the disk takes no more, clocks jump and the client dies.
//!
//! The client is the app's own machine ([`kakehashi_domain::filing::outbox`]) with a disk that survives it, and a
//! clock that is a value: its pauses take no time. Some lanes work side by side, each an office of its own with a
//! sandbox, a relay and two wires between them ([`Wire`](wire::Wire)). In a lane one filing is sent after
//! the other, so that it is known which one a fault has met; now and then a crowd is sent at once.
//!
//! Afterwards everything is read back, from the database file itself: what was told as filed exists exactly once
//! and whole, what was told as not filed does not exist, and nothing was left without an end.
//!
//! The plan of each course follows from the seed and its number; what the machine's scheduler makes of it does
//! not.

mod base;
mod check;
mod client;
mod course;
mod crowd;
mod disk;
mod fault;
mod lane;
mod person;
mod process;
mod report;
mod rounds;
mod session;
mod speed;
mod wire;

pub use base::Base;
pub use fault::Fault;
pub use lane::{Lane, Setup};
pub use person::Letter;
pub use process::binary;
pub use report::Report;

use rounds::Share;
use std::path::Path;
use std::sync::Arc;

/// A failure in a sentence.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// How much, and where the programs are.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// Courses that count, at least: those whose fault was really met.
    pub courses: usize,
    /// Each kind of fault is met so often, at least.
    pub each: usize,
    /// Lanes side by side.
    pub lanes: usize,
    /// Where it begins.
    pub seed: u64,
    /// The folder with `kakehashi-relay` and `kakehashi-platform`.
    pub programs: &'a Path,
    /// A client that is wrong, to see that it is found out.
    pub wrong: Option<Wrong>,
}

/// What a client may do wrong when a submission goes unanswered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It sends the filing again under another key.
    OtherKey,
    /// It tells the person that the filing failed.
    SilenceIsFailure,
    /// It takes it for received.
    SilenceIsSuccess,
}

/// Sends filings through faults until enough were met; what was found.
///
/// # Errors
/// When something that is no part of the plan fails.
pub async fn run(plan: Plan<'_>) -> Result<Report, Failure> {
    let (courses, each) = (plan.courses.div_ceil(plan.lanes), plan.each.div_ceil(plan.lanes));
    // A fault that is planned is not always met, and each lane needs people enough.
    let people = 2 * courses.max(each * Fault::ALL.len()) + 200;
    let base = Arc::new(Base::make(plan.programs, people)?);
    let mut lanes = Vec::new();
    for number in 0..plan.lanes {
        let seed = plan.seed.wrapping_add(number as u64);
        let lane = Lane::start(Arc::clone(&base), Setup::default()).await?;
        lanes.push(tokio::spawn(rounds::lane(lane, Share { seed, courses, each, wrong: plan.wrong })));
    }
    let mut report = Report::default();
    for lane in lanes {
        report.add(lane.await??);
    }
    Ok(report)
}
