//! The whole way from a session to the virtual card and back, and what it must survive.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod attributes;
mod desk;
mod dropped;
mod faults;
mod happy;
mod kinds;
mod levels;
mod pin;
mod practice;
mod seeded;
