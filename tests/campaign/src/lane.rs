//! A lane: an office with a sandbox, a relay and a device of its own, and a wire on either side of the relay.

use crate::Failure;
use crate::base::{Base, copy};
use crate::client::Heard;
use crate::person::Person;
use crate::process::{Running, binary};
use crate::session::Account;
use crate::wire::{Way, Wire};
use kakehashi_domain::upstream::{ClientsResponse, Empty, route};
use kakehashi_signing::{Credential, DeviceKey, IssuerKey};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tempfile::TempDir;

/// What the relay takes for its own name, whatever port it is on.
pub(crate) const AUTHORITY: &str = "localhost:8480";
/// For a call nothing is planned for: it is answered long before.
pub(crate) const PATIENT: Duration = Duration::from_secs(30);

/// What can be killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Program {
    Relay,
    Sandbox,
}

/// How a lane is put together.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// Nothing stands between client, relay and sandbox.
    pub straight: bool,
    /// Where the sandbox keeps everything, when not in its file.
    pub database: Option<String>,
}

/// One lane.
#[derive(Debug)]
pub struct Lane {
    base: Arc<Base>,
    setup: Setup,
    folder: TempDir,
    office: String,
    relay: Arc<Mutex<Option<Running>>>,
    sandbox: Arc<Mutex<Option<Running>>>,
    /// Deaths of either, so that it is known which calls were under way.
    deaths: Arc<AtomicU64>,
    /// Whoever holds it starts what is dead.
    starting: tokio::sync::Mutex<()>,
    /// Between client and relay.
    pub(crate) near: Wire,
    /// Between relay and sandbox.
    pub(crate) far: Wire,
    /// Where relay, sandbox and the sandbox's extras are at this moment.
    places: Mutex<[SocketAddr; 3]>,
    pub(crate) key: DeviceKey,
    pub(crate) credential: String,
    pub(crate) account: Account,
    pub(crate) token: tokio::sync::Mutex<String>,
    people: Mutex<VecDeque<Person>>,
    /// Bytes a submission takes where nothing is in its way: near out and back, far out and back.
    pub(crate) sizes: [usize; 4],
}

impl Lane {
    /// Copies the municipality, starts the programs, signs somebody in.
    ///
    /// # Errors
    /// When something of it fails.
    pub async fn start(base: Arc<Base>, setup: Setup) -> Result<Self, Failure> {
        let folder = TempDir::new()?;
        copy(base.folder(), folder.path())?;
        if setup.database.is_some() {
            base.seed(folder.path(), setup.database.as_deref())?;
        }
        let account = Account::of(folder.path())?;
        let state = folder.path().join("relay");
        std::fs::create_dir(&state)?;
        let (issuer, key) = (IssuerKey::generate().map_err(odd)?, DeviceKey::generate().map_err(odd)?);
        std::fs::write(state.join("issuer.key"), issuer.to_pkcs8().map_err(odd)?)?;
        let now = seconds()?;
        // Longer than all that clocks do here.
        let end = now + 30 * 86_400;
        let credential = Credential::new(&account.office, key.jwk().map_err(odd)?, "campaign", now, end);
        let (near, far) = (Wire::new().await?, Wire::new().await?);
        let lane = Self {
            office: account.office.clone(),
            relay: Arc::default(),
            sandbox: Arc::default(),
            deaths: Arc::default(),
            starting: tokio::sync::Mutex::default(),
            places: Mutex::new([far.address(); 3]),
            credential: issuer.issue(&credential).map_err(odd)?,
            token: tokio::sync::Mutex::default(),
            people: Mutex::default(),
            sizes: [0; 4],
            base,
            setup,
            folder,
            near,
            far,
            key,
            account,
        };
        lane.up().await?;
        lane.sign_in("").await?;
        let Heard::Ok(body) = lane.call(route::CLIENTS_LIST, &Empty {}, None, PATIENT).await? else {
            return Err("the office's clients cannot be had".into());
        };
        let clients: ClientsResponse = serde_json::from_value(body)?;
        *lock(&lane.people) = clients.clients.into_iter().filter_map(|one| Person::of(one.person)).collect();
        Ok(lane)
    }

    /// Somebody nobody has filed for in this campaign.
    ///
    /// # Errors
    /// When all were taken.
    pub(crate) fn person(&self) -> Result<Person, Failure> {
        lock(&self.people).pop_front().ok_or_else(|| "there are not people enough".into())
    }

    /// Starts whatever is dead.
    pub(crate) async fn up(&self) -> Result<(), Failure> {
        let _one = self.starting.lock().await;
        if self.is_dead(Program::Sandbox) {
            // Dead and buried before it comes again: it is one database.
            *lock(&self.sandbox) = None;
            let folder = self.folder.path().to_string_lossy().into_owned();
            let any = "127.0.0.1:0";
            let words = ["serve", "--dir", &folder, "--listen", any, "--extras", any].map(str::to_owned);
            let (running, said) = self.launch("kakehashi-platform", words.to_vec()).await?;
            let [tls, extras] = said.as_slice() else { return Err("the sandbox is nowhere".into()) };
            let (tls, extras) = (tls.parse()?, extras.parse()?);
            self.far.lead_to(tls);
            let [relay, _, _] = *lock(&self.places);
            *lock(&self.places) = [relay, tls, extras];
            *lock(&self.sandbox) = Some(running);
        }
        if self.is_dead(Program::Relay) {
            *lock(&self.relay) = None;
            let configuration = self.folder.path().join("relay.toml");
            std::fs::write(&configuration, self.configuration())?;
            let configuration = configuration.to_string_lossy().into_owned();
            let words = vec!["serve".to_owned(), "--config".to_owned(), configuration];
            let (running, said) = self.launch("kakehashi-relay", words).await?;
            let relay = said.first().ok_or("the relay is nowhere")?.parse()?;
            self.near.lead_to(relay);
            let [_, tls, extras] = *lock(&self.places);
            *lock(&self.places) = [relay, tls, extras];
            *lock(&self.relay) = Some(running);
        }
        Ok(())
    }

    async fn launch(&self, name: &str, words: Vec<String>) -> Result<(Running, Vec<String>), Failure> {
        let program = binary(self.base.programs(), name)?;
        let database = self.setup.database.clone();
        tokio::task::spawn_blocking(move || {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            Running::start(&program, &words, database.as_deref())
        })
        .await?
    }

    fn configuration(&self) -> String {
        let [_, sandbox, _] = *lock(&self.places);
        let far = if self.setup.straight { sandbox } else { self.far.address() };
        let office = &self.office;
        format!(
            "listen = \"127.0.0.1:0\"\nstate = \"relay\"\nworkers = 1\nauthority = [\"{AUTHORITY}\"]\norigins = []\n\
             [upstream]\nurl = \"https://{far}\"\nca = \"pki/ca.pem\"\nserver_name = \"localhost\"\n\
             [identity]\ncertificate = \"pki/offices/{office}/cert.pem\"\nkey = \"pki/offices/{office}/key.pem\"\n\
             [limits]\naddress_per_second = 100000\ndevice_per_second = 100000\naddress_in_flight = 64\n"
        )
    }

    /// Where a client calls.
    pub(crate) fn front(&self) -> SocketAddr {
        let [relay, _, _] = *lock(&self.places);
        if self.setup.straight { relay } else { self.near.address() }
    }

    /// The lane's folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Whether a program has ended.
    pub(crate) fn is_dead(&self, program: Program) -> bool {
        lock(self.slot(program)).as_mut().is_none_or(Running::ended)
    }

    /// What kills it when it is called.
    pub(crate) fn killer(&self, program: Program) -> Box<dyn FnOnce() + Send> {
        let (slot, deaths) = (Arc::clone(self.slot(program)), Arc::clone(&self.deaths));
        Box::new(move || {
            if let Some(running) = lock(&slot).as_mut() {
                running.kill();
                deaths.fetch_add(1, Ordering::SeqCst);
            }
        })
    }

    /// How often something was killed by a [`Lane::killer`].
    pub(crate) fn deaths(&self) -> u64 {
        self.deaths.load(Ordering::SeqCst)
    }

    fn slot(&self, program: Program) -> &Arc<Mutex<Option<Running>>> {
        match program {
            Program::Relay => &self.relay,
            Program::Sandbox => &self.sandbox,
        }
    }

    /// The sandbox can write no file past so many bytes; without a number it can again.
    pub(crate) fn limit_files(&self, bytes: Option<u64>) -> Result<(), Failure> {
        match lock(&self.sandbox).as_ref() {
            Some(running) => running.limit_files(bytes),
            None => Ok(()),
        }
    }

    /// The database file.
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("platform.db")
    }

    /// One of the sandbox's extras.
    pub(crate) async fn extra(&self, method: &str, path: &str, body: &Value) -> Result<Value, Failure> {
        let [_, _, address] = *lock(&self.places);
        let request = http::Request::builder()
            .method(method)
            .uri(path)
            .header("host", address.to_string())
            .header("content-type", "application/json")
            .body(http_body_util::Full::from(body.to_string()))?;
        match crate::client::exchange(address, request, PATIENT).await {
            Some((status, body)) if status.is_success() => Ok(serde_json::from_slice(&body)?),
            other => Err(format!("{path}: {other:?}").into()),
        }
    }

    /// What the next submission meets in the sandbox.
    pub(crate) async fn failing(&self, what: Option<&str>) -> Result<(), Failure> {
        self.extra("POST", "/failing", &json!({ "filing": what })).await.map(drop)
    }

    /// Bytes of a submission, on the near wire and on the far one.
    pub(crate) fn measure(&mut self) {
        let gone = |wire: &Wire| [wire.gone(Way::Out), wire.gone(Way::Back)];
        let ([a, b], [c, d]) = (gone(&self.near), gone(&self.far));
        self.sizes = [a, b, c, d];
    }
}

pub(crate) fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The machine's clock, by which requests are signed.
pub(crate) fn seconds() -> Result<u64, Failure> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())
}

pub(crate) fn odd(error: impl std::fmt::Debug) -> Failure {
    format!("{error:?}").into()
}
