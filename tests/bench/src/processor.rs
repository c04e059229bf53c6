//! Processor time, of other processes as Linux counts it (proc(5)) and of this thread: other programs do not
//! count.

use crate::figure::Failure;
use rustix::time::{ClockId, clock_gettime};

/// Ticks a second in `/proc/*/stat`: fixed in Linux's interface to programs.
const TICKS: f64 = 100.0;

/// Fields of a process's line in `/proc`, counted from 0 behind the name in brackets.
const OWN: [usize; 2] = [11, 12];
const CHILDREN: [usize; 2] = [13, 14];

/// Seconds a running process has used.
pub(crate) fn used_by(process: u32) -> Result<f64, Failure> {
    seconds(&std::fs::read_to_string(format!("/proc/{process}/stat"))?, OWN)
}

/// Seconds the ended children of this process have used.
pub(crate) fn used_by_children() -> Result<f64, Failure> {
    seconds(&std::fs::read_to_string("/proc/self/stat")?, CHILDREN)
}

/// Seconds of processor time this thread has used.
pub(crate) fn used() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    #[expect(clippy::cast_precision_loss, reason = "a benchmark does not run for 2^52 seconds")]
    let used = time.tv_sec as f64 + time.tv_nsec as f64 / 1e9;
    used
}

fn seconds(stat: &str, fields: [usize; 2]) -> Result<f64, Failure> {
    // The name may hold anything, also spaces and brackets.
    let (_, rest) = stat.rsplit_once(") ").ok_or("/proc/*/stat has no name in brackets")?;
    let fields = fields.map(|at| rest.split(' ').nth(at).and_then(|field| field.parse::<f64>().ok()));
    match fields {
        [Some(user), Some(system)] => Ok((user + system) / TICKS),
        _ => Err("/proc/*/stat has too few fields".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_fields() {
        let stat = "7 (a b) c) S 1 7 7 0 -1 4194560 1 2 3 4 150 50 300 100 20 0 1 0 9 9 9";
        assert_eq!(seconds(stat, OWN).unwrap(), 2.0);
        assert_eq!(seconds(stat, CHILDREN).unwrap(), 4.0);
        assert!(seconds("7 (a) S 1", OWN).is_err());
    }

    #[test]
    fn this_process_has_used_some() {
        let end = std::time::Instant::now() + std::time::Duration::from_millis(50);
        while std::time::Instant::now() < end {}
        assert!(used_by(std::process::id()).unwrap() > 0.0);
    }
}
