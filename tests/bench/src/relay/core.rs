//! Who runs on which core: the contestant on one, generator and upstream on the other.

use crate::figure::Failure;
use rustix::thread::{CpuSet, sched_setaffinity};
use std::path::Path;
use std::process::Command;

/// A core.
#[derive(Clone, Copy)]
pub(crate) enum Core {
    /// The contestant's own.
    Contestant = 0,
    /// Generator's and upstream's.
    Others = 1,
}

impl Core {
    /// A command held on this core, which ends with this process however that ends.
    pub(crate) fn command(self, program: &Path) -> Command {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "taskset", "-c"]).arg((self as usize).to_string()).arg(program);
        command
    }

    /// Does something here, held on this core.
    pub(crate) fn run<T: Send>(self, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
        let held = move || {
            let mut set = CpuSet::new();
            set.set(self as usize);
            sched_setaffinity(None, &set).map(|()| work())
        };
        let done = std::thread::scope(|scope| scope.spawn(held).join());
        Ok(done.map_err(|_| "the measuring thread panicked")??)
    }
}
