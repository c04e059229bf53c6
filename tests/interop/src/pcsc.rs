//! pcscd of our own with vpcd's virtual reader, and a virtual card in it.

use crate::Failure;
use kakehashi_card::{CardFile, VirtualCard, vpcd};
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const PCSCD: &str = "/usr/sbin/pcscd";
const DRIVER: &str = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
/// Where pcscd listens; fixed when Debian builds it.
const SOCKET: &str = "/run/pcscd/pcscd.comm";

/// pcscd's socket is one, so one reader at a time.
static TURN: Mutex<()> = Mutex::new(());

/// A reader of pcscd with our card in it.
pub struct Reader {
    service: Child,
    card: Option<JoinHandle<VirtualCard>>,
    wire: TcpStream,
    _configuration: TempDir,
    _turn: MutexGuard<'static, ()>,
}

impl Reader {
    /// Starts pcscd in the foreground with its own configuration and puts the card in.
    ///
    /// # Errors
    /// When a tool is missing (`make interop` installs it), another pcscd runs, or pcscd does not start.
    pub fn with(file: &CardFile) -> Result<Self, Failure> {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        for needed in [PCSCD, DRIVER] {
            if !Path::new(needed).exists() {
                return Err(format!("{needed} is not here; make interop installs it").into());
            }
        }
        if std::os::unix::net::UnixStream::connect(SOCKET).is_ok() {
            return Err(format!(
                "another pcscd answers on {SOCKET}; these tests need their own: stop it first"
            )
            .into());
        }
        let port = two_free_ports()?;
        let configuration = TempDir::new()?;
        std::fs::write(
            configuration.path().join("vpcd"),
            format!(
                "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:{port}\nLIBPATH {DRIVER}\nCHANNELID {port}\n"
            ),
        )?;
        let mut command = Command::new(PCSCD);
        command.arg("--foreground").arg("--config").arg(configuration.path());
        let service = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let (service, wire) = connect(service, port)?;
        let mut card = VirtualCard::new(file).map_err(|error| error.to_string())?;
        let mut stream = wire.try_clone()?;
        let card = std::thread::spawn(move || {
            // The end of the connection is the end of the test.
            let _ = vpcd::run(&mut stream, &mut card);
            card
        });
        let reader = Self { service, card: Some(card), wire, _configuration: configuration, _turn: turn };
        reader.await_card()?;
        Ok(reader)
    }

    /// Takes the card out, to see what happened to it.
    ///
    /// # Errors
    /// When the card's thread is gone.
    pub fn take_card(mut self) -> Result<VirtualCard, Failure> {
        let _ = self.wire.shutdown(std::net::Shutdown::Both);
        self.card.take().ok_or("the card was taken already")?.join().map_err(|_| "the card failed".into())
    }

    /// Until pcscd's clients see the card.
    fn await_card(&self) -> Result<(), Failure> {
        let end = Instant::now() + Duration::from_secs(15);
        loop {
            let listed = Command::new("opensc-tool").arg("-a").output();
            let listed = listed.map_err(|error| format!("opensc-tool: {error}; make interop installs it"))?;
            if listed.status.success() {
                return Ok(());
            }
            if Instant::now() > end {
                return Err(format!("no card shows up: {}", String::from_utf8_lossy(&listed.stderr)).into());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let _ = self.wire.shutdown(std::net::Shutdown::Both);
        let _ = self.service.kill();
        let _ = self.service.wait();
        let _ = std::fs::remove_file(SOCKET);
        let _ = std::fs::remove_file(Path::new(SOCKET).with_file_name("pcscd.pid"));
    }
}

/// Runs a tool and returns what it printed; its failure is an error with its words.
///
/// # Errors
/// When it is missing or ends with a failure.
pub fn run(command: &mut Command) -> Result<String, Failure> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("{command:?}: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        Ok(text)
    } else {
        Err(format!("{command:?}: {text}{}", String::from_utf8_lossy(&output.stderr)).into())
    }
}

/// Waits until vpcd listens, or pcscd ends and says why.
fn connect(mut service: Child, port: u16) -> Result<(Child, TcpStream), Failure> {
    let end = Instant::now() + Duration::from_secs(15);
    loop {
        if let Ok(stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) {
            stream.set_nodelay(true)?;
            return Ok((service, stream));
        }
        let over = Instant::now() > end;
        if over {
            let _ = service.kill();
        }
        if over || service.try_wait()?.is_some() {
            let words: String = service.stdout.take().map_or_else(String::new, |output| {
                BufReader::new(output).lines().map_while(Result::ok).take(5).collect::<Vec<_>>().join("\n")
            });
            let _ = service.wait();
            return Err(format!("pcscd did not start (may this user write /run/pcscd?): {words}").into());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// vpcd takes a port for each of its two slots, one after the other.
fn two_free_ports() -> Result<u16, Failure> {
    for _ in 0..50 {
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = first.local_addr()?.port();
        if port < u16::MAX && TcpListener::bind((Ipv4Addr::LOCALHOST, port + 1)).is_ok() {
            return Ok(port);
        }
    }
    Err("no two free ports beside each other".into())
}
