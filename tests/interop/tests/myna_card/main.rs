//! The crate `myna-card` (another hand's My Number card library) as judge: it drives the virtual card and must
//! find there what this program finds; and the certificates it carries, read from test cards, pass and fail
//! in this program's checks where they should.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod certificates;
mod drive;
mod wire;
