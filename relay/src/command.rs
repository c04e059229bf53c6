//! The commands of `kakehashi-relay`.

mod audit;
mod check;
mod enrol;
mod serve;

use crate::config::Config;
use clap::{Args, Parser, Subcommand};
use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// The office's relay (中継サーバー).
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve, until stopped.
    Serve {
        #[command(flatten)]
        file: File,
        /// Folder of the built app, to serve it at the same address.
        #[arg(long)]
        app: Option<PathBuf>,
    },
    /// Print a one-time code for enrolling a device.
    Enrol {
        #[command(flatten)]
        file: File,
    },
    /// Say what is wrong with configuration and certificate.
    Check {
        #[command(flatten)]
        file: File,
    },
    /// Check the audit log's chain.
    Audit {
        #[command(flatten)]
        file: File,
    },
}

#[derive(Debug, Args)]
struct File {
    /// The configuration file.
    #[arg(long)]
    config: PathBuf,
}

/// Runs the command that was asked for.
pub fn run(arguments: Arguments) -> ExitCode {
    let result = match arguments.command {
        Command::Serve { file, app } => load(&file).and_then(|config| serve::run(&config, app.as_deref())),
        Command::Enrol { file } => load(&file).and_then(|config| enrol::run(&config)),
        Command::Audit { file } => load(&file).and_then(|config| audit::run(&config)),
        Command::Check { file } => return check::run(&file.config),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{}", chain(&*error));
            ExitCode::FAILURE
        }
    }
}

/// What a command may fail with: it only goes to the screen.
type Failure = Box<dyn Error + Send + Sync>;

fn load(file: &File) -> Result<Config, Failure> {
    Ok(Config::load(&file.config)?)
}

/// A line to stdout: what scripts and people wait for.
fn say(line: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// An error with its causes.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text += &format!(": {cause}");
        next = cause.source();
    }
    text
}
