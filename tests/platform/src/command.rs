//! The command line: `init`, `seed`, `serve`, `records` (docs/api.md §8).

use crate::records::{self, Format};
use crate::store::Database;
use crate::{Config, Layout, Platform, PlatformError, SeedOptions, Seeded, make, seed};
use clap::{Args, Parser, Subcommand};
use kakehashi_domain::calendar::Date;
use kakehashi_domain::number::InsurerNumber;
use std::fmt;
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
        #[command(flatten)]
        house: House,
        /// How many people.
        #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(10..=5_000_000))]
        people: u32,
        /// How many of them the 居宅介護支援 office has on its list from the start.
        #[arg(long, default_value_t = 0)]
        clients: u32,
        /// How many of those have a certification under way.
        #[arg(long, default_value_t = 0)]
        under_way: u32,
        /// How many people have a 届出 in one state or another, or one due.
        #[arg(long, default_value_t = 0)]
        filings: u32,
        /// Which municipality: another number, other people.
        #[arg(long, default_value_t = 102_046)]
        seed: u64,
        /// The day the dates stand around, YYYY-MM-DD; today when not given.
        #[arg(long, value_parser = Date::from_iso)]
        today: Option<Date>,
    },
    /// Serves until Ctrl-C.
    Serve {
        #[command(flatten)]
        house: House,
        /// TLS address; port 0 is any free port.
        #[arg(long, default_value = "127.0.0.1:8481")]
        listen: SocketAddr,
        /// Plain address of the extras, on this machine only.
        #[arg(long, default_value = "127.0.0.1:8482")]
        extras: SocketAddr,
    },
    /// A municipality's records as files (docs/records.md).
    Records {
        #[command(subcommand)]
        way: Way,
    },
}

#[derive(Debug, Subcommand)]
enum Way {
    /// Writes all records to stdout.
    Export {
        #[command(flatten)]
        place: Place,
        /// Only this insurer's.
        #[arg(long, value_parser = InsurerNumber::parse)]
        insurer: Option<InsurerNumber>,
    },
    /// Takes a file's records over; a running sandbox shows them at once.
    Import {
        #[command(flatten)]
        place: Place,
        /// Nothing at all when a line cannot be taken.
        #[arg(long)]
        whole: bool,
        /// The file, UTF-8.
        file: PathBuf,
    },
}

/// Where everything is.
#[derive(Args)]
struct House {
    /// The sandbox's directory.
    #[arg(long)]
    dir: PathBuf,
    /// postgres://user:password@host:port/database; without it the SQLite file in the directory. In the
    /// variable nobody reads it off the list of processes.
    // A text, for the parser would repeat what it cannot read, password and all.
    #[arg(long, value_name = "URL", env = "KAKEHASHI_DATABASE", hide_env_values = true)]
    database: Option<String>,
}

impl House {
    fn layout(self) -> Result<Layout, PlatformError> {
        let database = self.database.as_deref().map(Database::of_url).transpose()?;
        Ok(Layout::new(self.dir).with_database(database))
    }
}

impl fmt::Debug for House {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("House").field("dir", &self.dir).finish_non_exhaustive()
    }
}

#[derive(Debug, Args)]
struct Place {
    #[command(flatten)]
    house: House,
    /// JSON.
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// CSV; so it is when nothing is said.
    #[arg(long)]
    csv: bool,
}

impl Place {
    fn parts(self) -> Result<(Layout, Format), PlatformError> {
        Ok((self.house.layout()?, if self.json { Format::Json } else { Format::Csv }))
    }
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
            Action::Seed { house, people, clients, under_way, filings, seed: number, today } => {
                let options = SeedOptions {
                    people,
                    clients,
                    under_way,
                    filings,
                    seed: number,
                    today,
                    ..SeedOptions::default()
                };
                let seeded = seed(&house.layout()?, &options)?;
                tell(&seeded);
                Ok(())
            }
            Action::Serve { house, listen, extras } => {
                let config = Config { listen, extras: Some(extras), ..Config::new(house.layout()?) };
                let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
                runtime.map_err(|source| PlatformError::listen(listen, source))?.block_on(serve(config))
            }
            Action::Records { way } => way.go(),
        }
    }
}

impl Way {
    fn go(self) -> Result<(), PlatformError> {
        match self {
            Self::Export { place, insurer } => {
                let (layout, format) = place.parts()?;
                let text = records::export(&layout, format, insurer.as_ref())?;
                // Whoever closed the other end does not want it.
                let _ = io::stdout().lock().write_all(text.as_bytes());
                Ok(())
            }
            Self::Import { place, whole, file } => {
                let (layout, format) = place.parts()?;
                let text = crate::layout::read(&file)?;
                let done = records::import(&layout, format, text.trim_start_matches('\u{feff}'), whole)?;
                done.notes.iter().for_each(|note| say(note));
                say(&format!("取込 {}件、既出 {}件、誤り {}件", done.taken, done.known, done.refused));
                if whole && done.refused > 0 {
                    return Err(PlatformError::Records(
                        "誤りがあるため、何も取り込んでいません。".to_owned(),
                    ));
                }
                Ok(())
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
