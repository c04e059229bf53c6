//! The clock.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Time since the epoch. A clock before 1970 counts as 1970: then every signature is out of its window.
pub(crate) fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Unix seconds.
pub(crate) fn now() -> u64 {
    since_epoch().as_secs()
}
