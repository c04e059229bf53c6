//! What a test needs to put virtual readers on the USB of a stock Chromium: the preloaded bus of `tests/usb`,
//! and the policy that stands in for a person's click in the browser's device chooser.

use std::{
    env, fmt,
    fs::{self, File},
    io::{self, BufRead, BufReader, Write},
    net::SocketAddr,
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Where Debian's Chromium looks for policies.
const POLICIES: &str = "/etc/chromium/policies/managed";
const POLICY: &str = "kakehashi-test.json";

/// A virtual USB bus for one browser.
pub struct UsbBus {
    library: PathBuf,
    devices: String,
    folder: TempDir,
}

/// Why a browser cannot be given the bus.
#[derive(Debug)]
pub enum BusError {
    /// The preloaded library cannot be built; what cargo said.
    Build(String),
    /// A file cannot be made.
    File(PathBuf, io::Error),
}

impl UsbBus {
    /// A bus with these readers (`socket::tcp::Server::address`) in its ports 0, 1, …; builds the preloaded
    /// library if it is not up to date.
    pub fn new(readers: &[SocketAddr]) -> Result<Self, BusError> {
        let folder = TempDir::new().map_err(|e| BusError::File(env::temp_dir(), e))?;
        let devices: Vec<String> = readers.iter().map(SocketAddr::to_string).collect();
        Ok(Self { library: library()?, devices: devices.join(","), folder })
    }

    /// What the environment of `/usr/lib/chromium/chromium` must have (the wrapper in `/usr/bin` drops it).
    pub fn variables(&self) -> Vec<(String, String)> {
        let path = |path: PathBuf| path.to_string_lossy().into_owned();
        [
            ("LD_PRELOAD", path(self.library.clone())),
            ("KVUSB_DEVICES", self.devices.clone()),
            ("KVUSB_CONTROL", path(self.folder.path().join("control"))),
            ("KVUSB_DIR", path(self.folder.path().join("sys"))),
            ("KVUSB_LOG", path(self.log())),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }

    /// Every step of the bus, for a look after a failure.
    pub fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// Makes every claim fail as when another program holds the reader in this port, or no more.
    pub fn set_busy(&self, port: usize, busy: bool) -> Result<(), BusError> {
        self.tell(&format!("busy {port} {}", if busy { "on" } else { "off" }))
    }

    /// Makes every opening fail as without rights to the device in this port, or no more.
    pub fn set_denied(&self, port: usize, denied: bool) -> Result<(), BusError> {
        self.tell(&format!("deny {port} {}", if denied { "on" } else { "off" }))
    }

    /// Pulls the reader in this port, or plugs it in. `Bench::unplug` and `plug` do it from the other end.
    pub fn set_plugged(&self, port: usize, plugged: bool) -> Result<(), BusError> {
        self.tell(&format!("{} {port}", if plugged { "add" } else { "remove" }))
    }

    /// Gives the bus a command and waits until it is in force; the browser must have looked for devices.
    fn tell(&self, line: &str) -> Result<(), BusError> {
        let path = self.folder.path().join("control");
        let told = UnixStream::connect(&path).and_then(|mut stream| {
            writeln!(stream, "{line}")?;
            let mut answer = String::new();
            BufReader::new(stream).read_line(&mut answer)?;
            if answer == "ok\n" { Ok(()) } else { Err(io::Error::other(format!("{line}: {answer}"))) }
        });
        told.map_err(|e| BusError::File(path, e))
    }
}

/// The policy by which pages of some origins may use every device unasked; withdrawn when dropped. Whatever
/// numbers a virtual reader gives itself out for, it needs no row here, and the browser sees no other bus.
///
/// Chromium reads it when it starts. There is one such file on a machine, so its owners take turns.
pub struct WebUsbPolicy {
    path: PathBuf,
    _turn: File,
}

impl WebUsbPolicy {
    /// Grants the readers to these origins, `http://localhost:8480`. Waits while another test has its turn.
    pub fn grant(origins: &[&str]) -> Result<Self, BusError> {
        let lock = env::temp_dir().join("kakehashi-webusb-policy.lock");
        let turn = File::create(&lock).and_then(|file| file.lock().map(|()| file));
        let turn = turn.map_err(|e| BusError::File(lock, e))?;
        // A device without numbers stands for all.
        let policy = json!({ "WebUsbAllowDevicesForUrls": [{ "devices": [{}], "urls": origins }] });
        let path = Path::new(POLICIES).join(POLICY);
        let written = fs::create_dir_all(POLICIES).and_then(|()| fs::write(&path, policy.to_string()));
        written.map_err(|e| BusError::File(path.clone(), e))?;
        Ok(Self { path, _turn: turn })
    }
}

impl Drop for WebUsbPolicy {
    fn drop(&mut self) {
        // If it is gone already, that is what was wanted.
        drop(fs::remove_file(&self.path));
    }
}

impl fmt::Display for BusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Build(said) => write!(f, "the virtual USB bus (tests/usb) cannot be built: {said}"),
            Self::File(path, e) if path.starts_with(POLICIES) => write!(
                f,
                "{} cannot be written ({e}); the browser tests grant the virtual reader by that policy, \
                 so they need the right to write there",
                path.display()
            ),
            Self::File(path, e) => write!(f, "{}: {e}", path.display()),
        }
    }
}

impl std::error::Error for BusError {}

/// Builds the preloaded library; cargo says where it is.
fn library() -> Result<PathBuf, BusError> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--package", "kakehashi-usb", "--message-format", "json"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null())
        .output()
        .map_err(|e| BusError::Build(e.to_string()))?;
    let said = String::from_utf8_lossy(&built.stdout);
    let found = said
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| {
            message["target"]["name"] == "kakehashi_usb" && message["reason"] == "compiler-artifact"
        })
        .filter_map(|message| message["filenames"][0].as_str().map(PathBuf::from))
        .find(|path| path.extension().is_some_and(|extension| extension == "so"));
    found.ok_or_else(|| BusError::Build(String::from_utf8_lossy(&built.stderr).into_owned()))
}
