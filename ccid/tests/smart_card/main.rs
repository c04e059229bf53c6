//! PC/SC as the browser lends it: a provider made of the draft's rules, with a virtual card behind it.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod cold;
mod discovery;
mod dropped;
mod faults;
mod presence;
mod provider;
mod world;
