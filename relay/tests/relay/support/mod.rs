//! An office with a relay, a device, and an upstream that does as it is told.

mod client;
mod pki;
mod upstream;

pub(crate) use client::{Answer, Outgoing, raw};
pub(crate) use pki::{Party, Pki};
pub(crate) use upstream::{Upstream, json};

use kakehashi_relay::{Config, Relay};
use kakehashi_signing::{Credential, DeviceKey, IssuerKey};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub(crate) const OFFICE: &str = "1070400005";

/// Unix seconds.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// A relay's folder before it starts.
pub(crate) struct Office {
    pub(crate) pki: Pki,
    pub(crate) folder: TempDir,
    pub(crate) issuer: IssuerKey,
    /// Lines at the top of the configuration, and tables at its end.
    pub(crate) top: String,
    pub(crate) tables: String,
    pub(crate) app: Option<PathBuf>,
}

/// A relay that runs.
pub(crate) struct Running {
    pub(crate) office: Office,
    pub(crate) address: SocketAddr,
    pub(crate) device: DeviceKey,
    pub(crate) credential: String,
    stop: oneshot::Sender<()>,
    relay: JoinHandle<()>,
}

impl Office {
    /// With a good certificate, and no relay yet.
    pub(crate) fn new() -> Self {
        let (pki, folder, issuer) =
            (Pki::new(), tempfile::tempdir().unwrap(), IssuerKey::generate().unwrap());
        let state = folder.path().join("state");
        std::fs::create_dir(&state).unwrap();
        std::fs::write(state.join("issuer.key"), issuer.to_pkcs8().unwrap()).unwrap();
        std::fs::write(folder.path().join("ca.pem"), pki.server_ca_pem()).unwrap();
        let office = Self { pki, folder, issuer, top: String::new(), tables: String::new(), app: None };
        office.put(&office.pki.office(OFFICE));
        office
    }

    /// Puts certificate and key where the relay looks for them.
    pub(crate) fn put(&self, party: &Party) {
        std::fs::write(self.path("key.pem"), &party.key).unwrap();
        std::fs::write(self.path("cert.pem"), &party.certificate).unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn state(&self) -> PathBuf {
        self.path("state")
    }

    pub(crate) fn top(mut self, lines: &str) -> Self {
        self.top += lines;
        self.top.push('\n');
        self
    }

    pub(crate) fn tables(mut self, tables: &str) -> Self {
        self.tables += tables;
        self.tables.push('\n');
        self
    }

    /// The configuration's text, for an upstream.
    pub(crate) fn text(&self, upstream: SocketAddr) -> String {
        format!(
            "listen = \"127.0.0.1:0\"\nstate = \"state\"\n{}\n\
             [upstream]\nurl = \"https://{upstream}\"\nca = \"ca.pem\"\nserver_name = \"upstream.test\"\n\
             response_ms = 20000\n\
             [identity]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"\ncheck_ms = 10\n{}",
            self.top, self.tables
        )
    }

    pub(crate) fn config(&self, upstream: SocketAddr) -> Config {
        Config::parse(&self.text(upstream), self.folder.path()).unwrap()
    }

    /// Starts the relay.
    pub(crate) async fn start(self, upstream: SocketAddr) -> Running {
        let config = self.config(upstream);
        self.start_with(&config).await
    }

    /// Starts the relay with a configuration of its own.
    pub(crate) async fn start_with(self, config: &Config) -> Running {
        let relay = Relay::bind(config, self.app.as_deref()).await.unwrap();
        let address = relay.address();
        let (stop, stopped) = oneshot::channel::<()>();
        let relay = tokio::spawn(relay.run(async {
            let _ = stopped.await;
        }));
        let device = DeviceKey::generate().unwrap();
        let credential = self.credential(&device, OFFICE, now(), now() + 3600);
        Running { office: self, address, device, credential, stop, relay }
    }

    pub(crate) fn credential(&self, device: &DeviceKey, office: &str, iat: u64, exp: u64) -> String {
        let key = device.jwk().unwrap();
        self.issuer.issue(&Credential::new(office, key, "相談室のパソコン", iat, exp)).unwrap()
    }
}

impl Running {
    /// A relay before an upstream that answers as `Upstream::echo` does.
    pub(crate) async fn before(upstream: &Upstream) -> Self {
        Office::with(upstream).start(upstream.address).await
    }

    /// A request of the enrolled device, not signed yet.
    pub(crate) fn post(&self, path: &str, body: impl Into<Vec<u8>>) -> Outgoing {
        Outgoing::new(self, path, body.into())
    }

    /// A signed request to the plainest route.
    pub(crate) fn status(&self) -> Outgoing {
        self.post("/api/v1/status", "{}").signed(self)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        Outgoing::get(self, path).send().await
    }

    /// Stops it in good order and gives back its folder.
    pub(crate) async fn stop(self) -> Office {
        self.stop.send(()).unwrap();
        self.relay.await.unwrap();
        self.office
    }
}

impl Office {
    /// An office whose certificates this upstream knows.
    pub(crate) fn with(upstream: &Upstream) -> Self {
        let mut office = Self::new();
        office.pki = upstream.pki.clone();
        std::fs::write(office.path("ca.pem"), office.pki.server_ca_pem()).unwrap();
        office.put(&office.pki.office(OFFICE));
        office
    }
}

/// Waits until something holds that another task brings about.
pub(crate) async fn until<F: Future<Output = bool>>(mut condition: impl FnMut() -> F) {
    for _ in 0..2000 {
        if condition().await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("it never came about");
}

/// The lines of the audit log.
pub(crate) fn audit_lines(state: &Path) -> Vec<serde_json::Value> {
    let mut files: Vec<_> = std::fs::read_dir(state.join("audit"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    files.sort();
    let text: String = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
