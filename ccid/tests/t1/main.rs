//! T=1: block scripts, and the host against a card side of its own over a line with faults.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod notation;
mod property;
mod scenarios;
