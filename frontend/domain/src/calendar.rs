//! Civil dates, 和暦, fiscal years. Japan keeps one time zone without daylight saving, so a time is
//! seconds since 1970 in UTC and is shown nine hours later.

mod clock;
mod date;
mod given;
mod month;
mod time;
mod wareki;

pub use clock::{ClockError, parse as parse_clock};
pub use date::{Date, DateError};
pub use given::GivenDate;
pub use month::Month;
pub use time::Time;
pub use wareki::{Era, parse as parse_date};
