//! The office's relay: holds the client certificate, checks and forwards signed requests, and nothing else.
//!
//! It knows no care domain. The way of a request is `listen`, top to bottom; each step is a module. Errors:
//! every module has its own cause (thiserror); [`problem`] alone turns a cause into an answer.

pub mod app;
pub mod audit;
pub mod command;
pub mod config;
pub mod enrol;
pub mod forward;
mod guests;
pub mod headers;
mod id;
pub mod identity;
mod limits;
mod listen;
mod metrics;
mod places;
pub mod policy;
pub mod problem;
mod server;
mod time;
pub mod verify;
pub mod visit;

pub use config::Config;
pub use server::{Relay, StartError};
