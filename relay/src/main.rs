//! `kakehashi-relay`: serve, enrol, check, audit.

use clap::Parser;
use kakehashi_relay::command::{Arguments, run};
use mimalloc::MiMalloc;
use std::io::IsTerminal;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// A request makes a few dozen small allocations, and audit lines are made on one thread and freed on another:
/// the system's allocator took a tenth of the relay's own time for that.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let filter = EnvFilter::try_from_env("KAKEHASHI_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours).init();
    run(Arguments::parse())
}
