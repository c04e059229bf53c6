//! `virtual-card`: a card for pcscd's virtual reader, or a reader with cards for the virtual USB bus.

use std::{
    error::Error,
    fs,
    io::{self, BufRead, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use kakehashi_card::{
    Bench, Build, CardFile, Rule, Shelf, VirtualCard, VirtualReader, socket::tcp::serve_tcp, vpcd,
};

#[derive(Parser)]
#[command(about = "A virtual My Number card, or a reader with a shelf of them")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Puts a card in pcscd's virtual reader (vsmartcard-vpcd).
    Vpcd {
        /// The card's file.
        #[arg(long)]
        card: PathBuf,
        /// The port the reader listens on.
        #[arg(long, default_value_t = 35963)]
        port: u16,
    },
    /// Serves a virtual reader; lines on stdin move cards: `insert ID`, `remove`, `plug`, `unplug`.
    Reader {
        /// The folder with the cards' files.
        #[arg(long)]
        cards: PathBuf,
        /// The port to listen on; 0 is any free one, printed as `ready ADDRESS`.
        #[arg(long, default_value_t = 0)]
        port: u16,
        /// The card to begin with.
        #[arg(long)]
        insert: Option<String>,
        /// A reader of the extended APDU level.
        #[arg(long)]
        extended: bool,
        /// A file with rules for faults, JSON.
        #[arg(long)]
        faults: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // There is nobody left to tell if this fails too.
            drop(writeln!(io::stderr(), "virtual-card: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), Box<dyn Error>> {
    match command {
        Command::Vpcd { card, port } => {
            let mut card = VirtualCard::new(&CardFile::load(&card)?)?;
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))
                .map_err(|e| format!("no virtual reader listens on port {port} (is pcscd running?): {e}"))?;
            stream.set_nodelay(true)?;
            Ok(vpcd::run(&mut stream, &mut card)?)
        }
        Command::Reader { cards, port, insert, extended, faults } => {
            let build = if extended { Build::EXTENDED } else { Build::default() };
            let bench = Bench::new(VirtualReader::new(build), Shelf::new(&CardFile::load_dir(&cards)?)?);
            if let Some(rules) = faults {
                bench.set_faults(serde_json::from_str::<Vec<Rule>>(&fs::read_to_string(rules)?)?);
            }
            if let Some(id) = insert
                && !bench.insert(&id)
            {
                return Err(format!("there is no card {id} in {}", cards.display()).into());
            }
            let server = serve_tcp(TcpListener::bind((Ipv4Addr::LOCALHOST, port))?, &bench)?;
            writeln!(io::stdout(), "ready {}", server.address())?;
            for line in io::stdin().lock().lines() {
                obey(&bench, &line?)?;
            }
            // Without a terminal there are no lines: serve until killed.
            loop {
                std::thread::park();
            }
        }
    }
}

fn obey(bench: &Bench, line: &str) -> io::Result<()> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let said = match words[..] {
        ["insert", id] if bench.insert(id) => "inserted",
        ["insert", _] => "no such card on the shelf",
        ["remove"] => {
            bench.remove();
            "removed"
        }
        ["plug"] => {
            bench.plug();
            "plugged"
        }
        ["unplug"] => {
            bench.unplug();
            "unplugged"
        }
        _ => "insert ID | remove | plug | unplug",
    };
    writeln!(io::stdout(), "{said}")
}
