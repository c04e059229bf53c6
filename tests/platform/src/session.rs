//! Sign-in in two steps, renewal, sign-out (docs/api.md §4).

mod guard;
pub(crate) mod member;
mod otp;
pub(crate) mod password;
mod staff;
mod start;
mod token;

pub(crate) use guard::Guard;
pub(crate) use member::{Member, member};
pub(crate) use otp::otp;
pub(crate) use start::start;
pub(crate) use token::{end, refresh};
