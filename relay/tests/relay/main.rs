//! The relay from outside: a real listener, real TLS to a real upstream, all on this computer.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod app;
mod audit;
mod browser;
mod command;
mod enrol;
mod forward;
mod identity;
mod limits;
mod metrics;
mod signature;
mod support;
mod upstream;
