//! The command line: `init`, `seed`, `serve` (docs/api.md §8).

use crate::{Config, Layout, Platform, PlatformError, SeedOptions, Seeded, make, seed};
use clap::{Parser, Subcommand};
use kakehashi_domain::calendar::Date;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use tokio::signal::unix::{SignalKind, signal};

/// 介護情報基盤の練習用サンドボックス / The sandbox upstream of Kakehashi.
#[derive(Debug, Parser)]
#[command(name = "kakehashi-platform", version)]
pub struct Command {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Makes keys, certificates and cards; nothing twice.
    Init {
        /// The sandbox's directory.
        #[arg(long)]
        dir: PathBuf,
    },
    /// Writes a deterministic municipality of invented people; nothing twice.
    Seed {
        /// The sandbox's directory.
        #[arg(long)]
        dir: PathBuf,
        /// How many people.
        #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(10..=5_000_000))]
        people: u32,
        /// How many of them the 居宅介護支援 office has on its list from the start.
        #[arg(long, default_value_t = 0)]
        clients: u32,
        /// Which municipality: another number, other people.
        #[arg(long, default_value_t = 102_046)]
        seed: u64,
        /// The day the dates stand around, YYYY-MM-DD; today when not given.
        #[arg(long, value_parser = Date::from_iso)]
        today: Option<Date>,
    },
    /// Serves until Ctrl-C.
    Serve {
        /// The sandbox's directory.
        #[arg(long)]
        dir: PathBuf,
        /// TLS address; port 0 is any free port.
        #[arg(long, default_value = "127.0.0.1:8481")]
        listen: SocketAddr,
        /// Plain address of the extras, on this machine only.
        #[arg(long, default_value = "127.0.0.1:8482")]
        extras: SocketAddr,
    },
}

impl Command {
    /// Does what was asked.
    ///
    /// # Errors
    /// A sentence for the person at the terminal.
    pub fn run(self) -> Result<(), PlatformError> {
        match self.action {
            Action::Init { dir } => {
                let made = make(&Layout::new(&dir))?;
                let what = if made {
                    "鍵・証明書・カードを作りました"
                } else {
                    "鍵・証明書・カードはもうあります"
                };
                say(&format!("{what}: {}", dir.display()));
                Ok(())
            }
            Action::Seed { dir, people, clients, seed: number, today } => {
                let options = SeedOptions { people, clients, seed: number, today, ..SeedOptions::default() };
                let seeded = seed(&Layout::new(&dir), &options)?;
                tell(&seeded);
                Ok(())
            }
            Action::Serve { dir, listen, extras } => {
                let config = Config { listen, extras: Some(extras), ..Config::new(Layout::new(dir)) };
                let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
                runtime.map_err(|source| PlatformError::listen(listen, source))?.block_on(serve(config))
            }
        }
    }
}

async fn serve(config: Config) -> Result<(), PlatformError> {
    let address = config.listen;
    let handler = |kind| signal(kind).map_err(|source| PlatformError::listen(address, source));
    let (mut interrupt, mut terminate) =
        (handler(SignalKind::interrupt())?, handler(SignalKind::terminate())?);
    let running = Platform::start(config).await?;
    let extras = running.extras_addr().map_or("-".to_owned(), |address| address.to_string());
    say(&format!("ready {} {extras}", running.tls_addr()));
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    running.shutdown().await;
    Ok(())
}

fn tell(seeded: &Seeded) {
    let what = if seeded.kept { "は、もう入っています" } else { "を入れました" };
    say(&format!("{}人分の架空の情報{what}(基準日 {})。", seeded.people, seeded.today));
    for person in seeded.demo.iter().filter(|person| !person.cards.is_empty()) {
        say(&format!(
            "  {} {}: 保険者番号 {} 被保険者番号 {} 生年月日 {} {}",
            person.cards.join(","),
            person.name,
            person.insurer,
            person.insured,
            person.birth_date,
            person.sex.name()
        ));
    }
}

/// A line on stdout; whoever closed it does not want it.
fn say(line: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}
