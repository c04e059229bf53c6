//! What can be set: where to listen, and how long things last.

use crate::{Clock, Layout, SystemClock};
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

/// One running sandbox.
#[derive(Clone)]
pub struct Config {
    /// Its directory, made by `init` and `seed`.
    pub layout: Layout,
    /// TLS address; port 0 is any free port.
    pub listen: SocketAddr,
    /// Plain address of the extras (docs/api.md §5), loopback only; none without them.
    pub extras: Option<SocketAddr>,
    /// Times and limits.
    pub rules: Rules,
    /// The clock of the rules.
    pub clock: Arc<dyn Clock>,
}

impl Config {
    /// Free ports on loopback, with extras, the machine's clock.
    pub fn new(layout: Layout) -> Self {
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        Self { layout, listen: any, extras: Some(any), rules: Rules::default(), clock: Arc::new(SystemClock) }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("layout", &self.layout)
            .field("listen", &self.listen)
            .field("extras", &self.extras)
            .field("rules", &self.rules)
            .finish_non_exhaustive()
    }
}

/// How long things last, and how often they may be tried. Times in seconds.
#[derive(Debug, Clone)]
pub struct Rules {
    /// An access token (API v1.0: 60 minutes).
    pub access_s: u32,
    /// A session, from sign-in on, however often renewed (API v1.0: refresh 8 hours).
    pub session_s: u32,
    /// A spent refresh token gives its device the same successor for so long: two tabs may race.
    pub refresh_race_s: u32,
    /// A one-time password.
    pub otp_s: u32,
    /// Tries at one one-time password.
    pub otp_tries: u8,
    /// Failures before a user ID is locked …
    pub lock_failures: u8,
    /// … when they happen within …
    pub lock_window_s: u32,
    /// … for so long.
    pub lock_s: u32,
    /// A card's challenge.
    pub challenge_s: u32,
    /// A viewing right gained by card. How long the real service grants is not published: a setting.
    pub right_by_card_s: u32,
    /// A viewing right gained by numbers and consent; a setting for the same reason.
    pub right_by_numbers_s: u32,
    /// The right to view a client of the office, from the day they are put on the list. Not published either;
    /// set as if the consent were the comprehensive one (包括同意) of the interface's version 2.
    pub right_of_client_s: u32,
    /// A check of identity by card for a 届出 may be named so long after it was made. Not published: a setting.
    pub filing_check_s: u32,
    /// The board of cases is not asked for again before so many seconds.
    pub cases_again_s: u32,
    /// A case that ended stays on the board for so many days.
    pub ended_shown_days: u32,
    /// Searches that find nobody before a staff member has to wait …
    pub misses: u8,
    /// … when they happen within.
    pub miss_window_s: u32,
    /// Bytes a request's body may have.
    pub body_limit: usize,
    /// Seconds a request may take to arrive and be answered.
    pub request_s: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            access_s: 60 * 60,
            session_s: 8 * 60 * 60,
            refresh_race_s: 10,
            otp_s: 5 * 60,
            otp_tries: 5,
            lock_failures: 5,
            lock_window_s: 15 * 60,
            lock_s: 15 * 60,
            challenge_s: 5 * 60,
            right_by_card_s: 24 * 60 * 60,
            right_by_numbers_s: 24 * 60 * 60,
            right_of_client_s: 180 * 24 * 60 * 60,
            filing_check_s: 24 * 60 * 60,
            cases_again_s: 30,
            ended_shown_days: 60,
            misses: 10,
            miss_window_s: 10 * 60,
            body_limit: 1024 * 1024,
            request_s: 15,
        }
    }
}
