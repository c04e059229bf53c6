//! The RC-S300's driver against a virtual one, in every variant of what is not known, and under every fault.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod air;
mod desk;
mod faults;
mod random;
mod session;
mod variants;
