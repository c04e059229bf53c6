//! Sandbox, relay and app, each test its own.

use crate::process::{Running, binary};
use crate::{Failure, Outcome};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tempfile::TempDir;

/// A whole installation on free ports of the loopback.
pub struct Stack {
    folder: Arc<TempDir>,
    office: String,
    /// What the relay's state and configuration are called in the folder.
    name: String,
    relay_port: u16,
    tls_port: u16,
    extras_port: u16,
    relay: Option<Running>,
    platform: Option<Running>,
}

/// Certificates and municipality are made once a run and copied.
fn base() -> Result<&'static Path, Failure> {
    static BASE: OnceLock<Result<TempDir, String>> = OnceLock::new();
    let made = BASE.get_or_init(|| {
        let folder = TempDir::new().map_err(|error| error.to_string())?;
        for words in [&["init"][..], &["seed", "--people", "300"]] {
            platform(words, folder.path()).map_err(|error| error.to_string())?;
        }
        Ok(folder)
    });
    made.as_ref().map(TempDir::path).map_err(|error| error.clone().into())
}

/// Runs the sandbox's program to its end.
fn platform(words: &[&str], folder: &Path) -> Outcome {
    let mut command = Command::new(binary("kakehashi-platform")?);
    let output = command.args(words).arg("--dir").arg(folder).output()?;
    if output.status.success() {
        Ok(())
    } else {
        Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into())
    }
}

impl Stack {
    /// Starts sandbox and relay; the app has no training mode.
    ///
    /// # Errors
    /// When something is not built or does not start.
    pub fn start() -> Result<Self, Failure> {
        Self::start_with(false, "")
    }

    /// The same with the practice reader (練習モード).
    ///
    /// # Errors
    /// When something is not built or does not start.
    pub fn start_training() -> Result<Self, Failure> {
        Self::start_with(true, "")
    }

    /// The same without it, hiding and locking the screen after so many seconds.
    ///
    /// # Errors
    /// When something is not built or does not start.
    pub fn start_with_idle(mask: u32, lock: u32) -> Result<Self, Failure> {
        Self::start_with(false, &format!(",\"idle\":{{\"mask_s\":{mask},\"lock_s\":{lock}}}"))
    }

    /// The same with the sandbox's roots of the JPKI in the page's settings.
    ///
    /// # Errors
    /// When something is not built or does not start.
    pub fn start_with_roots() -> Result<Self, Failure> {
        let roots = ["root-1", "root-2"].map(|name| {
            let pem = std::fs::read_to_string(base()?.join(format!("pki/jpki/{name}.pem")))?;
            let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
            Ok::<_, Failure>(format!("\"{body}\""))
        });
        let [one, two] = roots;
        let more = format!(",\"jpki\":{{\"test\":true,\"roots\":[{},{}]}}", one?, two?);
        Self::start_with(false, &more)
    }

    /// The same with so many people in the register, all of them on the list of the 居宅介護支援 office.
    ///
    /// # Errors
    /// When something is not built or does not start.
    pub fn start_with_clients(count: u32) -> Result<Self, Failure> {
        let folder = TempDir::new()?;
        copy(base()?, folder.path())?;
        let count = count.to_string();
        platform(&["seed", "--people", &count, "--clients", &count], folder.path())?;
        Self::start_in(folder, false, "")
    }

    /// So many people in the register, all of them on that list, and a certification of so many of them under way.
    ///
    /// # Errors
    /// When something is not built or does not start.
    pub fn start_with_cases(people: u32, under_way: u32) -> Result<Self, Failure> {
        let folder = TempDir::new()?;
        copy(base()?, folder.path())?;
        let (people, under_way) = (people.to_string(), under_way.to_string());
        let words = ["seed", "--people", &people, "--clients", &people, "--under-way", &under_way];
        platform(&words, folder.path())?;
        Self::start_in(folder, false, "")
    }

    /// So many people in the register, all of them on that list, and a 届出 of so many in one state or another.
    ///
    /// # Errors
    /// When something is not built or does not start.
    pub fn start_with_filings(people: u32, filings: u32) -> Result<Self, Failure> {
        let folder = TempDir::new()?;
        copy(base()?, folder.path())?;
        let (people, filings) = (people.to_string(), filings.to_string());
        platform(&["seed", "--people", &people, "--clients", &people, "--filings", &filings], folder.path())?;
        Self::start_in(folder, false, "")
    }

    fn start_with(training: bool, more: &str) -> Result<Self, Failure> {
        let folder = TempDir::new()?;
        copy(base()?, folder.path())?;
        Self::start_in(folder, training, more)
    }

    fn start_in(folder: TempDir, training: bool, more: &str) -> Result<Self, Failure> {
        let [relay_port, tls_port, extras_port] = free_ports()?;
        let office = care_office(folder.path())?;
        let (folder, name) = (Arc::new(folder), "relay".to_owned());
        let mut stack =
            Self { folder, office, name, relay_port, tls_port, extras_port, relay: None, platform: None };
        stack.install_app(training, more)?;
        stack.start_platform()?;
        stack.start_relay("")?;
        Ok(stack)
    }

    /// Another office at the same sandbox: a relay of its own with that office's certificate, on a port and
    /// with devices of its own. The office is named by its number or by the role of its accounts
    /// (`municipality`, `medical`). The sandbox stays this one's: it must live as long.
    ///
    /// # Errors
    /// When there is no such office, or its relay does not start.
    pub fn beside(&self, office: &str) -> Result<Self, Failure> {
        let accounts: Value = json(&self.folder.path().join("sign-in.json"))?;
        let found = accounts
            .as_array()
            .and_then(|all| all.iter().find(|one| one["office"] == office || one["role"] == office))
            .and_then(|one| one["office"].as_str());
        let office = found.ok_or_else(|| format!("no office {office}"))?.to_owned();
        let [relay_port] = free_ports()?;
        let (folder, name) = (Arc::clone(&self.folder), format!("relay-{office}"));
        let (tls_port, extras_port) = (self.tls_port, self.extras_port);
        let mut stack =
            Self { folder, office, name, relay_port, tls_port, extras_port, relay: None, platform: None };
        stack.start_relay("")?;
        Ok(stack)
    }

    /// Starts the sandbox, on the same ports each time.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start_platform(&mut self) -> Outcome {
        let mut command = Command::new(binary("kakehashi-platform")?);
        command.arg("serve").arg("--dir").arg(self.folder.path());
        command.arg("--listen").arg(format!("127.0.0.1:{}", self.tls_port));
        command.arg("--extras").arg(format!("127.0.0.1:{}", self.extras_port));
        self.platform = Some(Running::start(&mut command, "ready ")?.0);
        Ok(())
    }

    /// Starts the relay; `more` is added to its configuration.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start_relay(&mut self, more: &str) -> Outcome {
        let here = self.folder.path().display();
        let (port, tls, extras) = (self.relay_port, self.tls_port, self.extras_port);
        let (office, name) = (&self.office, &self.name);
        let configuration = format!(
            "listen = \"127.0.0.1:{port}\"\nstate = \"{here}/{name}\"\n\
             authority = [\"localhost:{port}\", \"127.0.0.1:{port}\"]\norigins = []\n\
             [upstream]\nurl = \"https://127.0.0.1:{tls}\"\nca = \"{here}/pki/ca.pem\"\nserver_name = \"localhost\"\n\
             [identity]\ncertificate = \"{here}/pki/offices/{office}/cert.pem\"\nkey = \"{here}/pki/offices/{office}/key.pem\"\n\
             [app]\nconnect = [\"ws://127.0.0.1:{extras}\"]\n{more}"
        );
        std::fs::write(self.configuration(), configuration)?;
        let mut command = Command::new(binary("kakehashi-relay")?);
        command.arg("serve").arg("--config").arg(self.configuration());
        command.arg("--app").arg(self.folder.path().join("app"));
        self.relay = Some(Running::start(&mut command, "ready ")?.0);
        Ok(())
    }

    /// Ends the relay, as a power cut would.
    pub fn stop_relay(&mut self) {
        self.relay = None;
    }

    /// Ends the sandbox, as a power cut would.
    pub fn stop_platform(&mut self) {
        self.platform = None;
    }

    /// The app's address.
    pub fn address(&self) -> String {
        format!("http://localhost:{}/", self.relay_port)
    }

    fn configuration(&self) -> PathBuf {
        self.folder.path().join(format!("{}.toml", self.name))
    }

    /// The folder of this installation.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A one-time enrolment code, as the office's administrator gets it.
    ///
    /// # Errors
    /// When the relay's command fails.
    pub fn enrolment_code(&self) -> Result<String, Failure> {
        let mut command = Command::new(binary("kakehashi-relay")?);
        command.arg("enrol").arg("--config").arg(self.configuration());
        let output = command.output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.split_whitespace()
            .find(|word| word.len() == 12 && word.bytes().filter(|b| *b == b'-').count() == 2)
            .map(str::to_owned)
            .ok_or_else(|| format!("no code in: {text}").into())
    }

    /// A sign-in of this office: the account whose role (`staff`, `administrator`, `office`, `municipality`)
    /// or user ID is given; of several the first.
    ///
    /// # Errors
    /// When there is none.
    pub fn sign_in(&self, role: &str) -> Result<(String, String), Failure> {
        let accounts: Value = json(&self.folder.path().join("sign-in.json"))?;
        accounts
            .as_array()
            .and_then(|all| {
                let asked = |one: &&Value| one["role"] == role || one["user_id"] == role;
                all.iter().find(|one| one["office"] == self.office.as_str() && asked(one))
            })
            .and_then(|one| Some((one["user_id"].as_str()?.to_owned(), one["password"].as_str()?.to_owned())))
            .ok_or_else(|| format!("no account of role {role}").into())
    }

    /// The password of an account.
    ///
    /// # Errors
    /// When there is none.
    pub fn password(&self, user: &str) -> Result<String, Failure> {
        let accounts: Value = json(&self.folder.path().join("sign-in.json"))?;
        let found = accounts.as_array().and_then(|all| all.iter().find(|one| one["user_id"] == user));
        let password = found.and_then(|one| one["password"].as_str());
        password.map(str::to_owned).ok_or_else(|| format!("no account {user}").into())
    }

    /// The newest one-time password for a user, out of the sandbox's outbox.
    ///
    /// # Errors
    /// When none was sent.
    pub fn one_time_password(&self, user: &str) -> Result<String, Failure> {
        let letters: Value = serde_json::from_str(&self.extras("GET", "/outbox.json", "")?)?;
        letters
            .as_array()
            .and_then(|all| all.iter().find(|one| one["user_id"] == user))
            .and_then(|one| one["otp"].as_str().map(str::to_owned))
            .ok_or_else(|| format!("nothing was sent to {user}").into())
    }

    /// Moves the sandbox's clock on.
    ///
    /// # Errors
    /// When the sandbox does not answer.
    pub fn later(&self, seconds: i64) -> Outcome {
        self.extras("POST", "/clock", &format!("{{\"plus_s\":{seconds}}}")).map(drop)
    }

    /// Lets the sandbox fail at the next 届出: `before_commit` and `after_commit` end it on the spot, `disk_full` is
    /// a full disk.
    ///
    /// # Errors
    /// When the sandbox does not answer.
    pub fn fail_filing(&self, how: &str) -> Outcome {
        self.extras("POST", "/failing", &format!("{{\"filing\":\"{how}\"}}")).map(drop)
    }

    /// A synthetic person of the municipality by the card that is theirs: `people.json`.
    ///
    /// # Errors
    /// When there is none.
    pub fn person(&self, card: &str) -> Result<Value, Failure> {
        let people: Value = json(&self.folder.path().join("people.json"))?;
        people
            .as_array()
            .and_then(|all| {
                all.iter()
                    .find(|one| one["cards"].as_array().is_some_and(|own| own.iter().any(|id| id == card)))
                    .cloned()
            })
            .ok_or_else(|| format!("no person with the card {card}").into())
    }

    /// A synthetic person by what is to be seen there: a part of the note in `people.json`.
    ///
    /// # Errors
    /// When there is none.
    pub fn person_noted(&self, note: &str) -> Result<Value, Failure> {
        let people: Value = json(&self.folder.path().join("people.json"))?;
        let noted = |one: &&Value| one["note"].as_str().is_some_and(|text| text.contains(note));
        let found = people.as_array().and_then(|all| all.iter().find(noted).cloned());
        found.ok_or_else(|| format!("no person with the note {note}").into())
    }

    /// What the relay wrote of each request.
    ///
    /// # Errors
    /// When there is no such file.
    pub fn audit(&self) -> Result<String, Failure> {
        let mut text = String::new();
        for entry in std::fs::read_dir(self.folder.path().join(&self.name).join("audit"))? {
            let path = entry?.path();
            if path.extension().is_some_and(|ext| ext == "jsonl") {
                text += &std::fs::read_to_string(path)?;
            }
        }
        Ok(text)
    }

    fn install_app(&self, training: bool, more: &str) -> Outcome {
        let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist");
        let app = self.folder.path().join("app");
        copy(&built, &app).map_err(|error| format!("the app is not built ({error}); run: make e2e"))?;
        let extras = self.extras_port;
        let practice = if training {
            format!(
                "{{\"reader\":\"ws://127.0.0.1:{extras}/reader\",\"outbox\":\"http://127.0.0.1:{extras}/outbox\"}}"
            )
        } else {
            "null".into()
        };
        for old in ["config.json.br", "config.json.gz"] {
            let _ = std::fs::remove_file(app.join(old));
        }
        std::fs::write(app.join("config.json"), format!("{{\"relay\":\"\",\"training\":{practice}{more}}}"))?;
        Ok(())
    }

    fn extras(&self, method: &str, path: &str, body: &str) -> Result<String, Failure> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.extras_port))?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.extras_port,
            body.len()
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("no answer from the sandbox")?;
        if head.contains(" 200 ") || head.contains(" 204 ") {
            Ok(body.to_owned())
        } else {
            Err(format!("{method} {path}: {head}").into())
        }
    }
}

/// The number of the 居宅介護支援 office.
fn care_office(folder: &Path) -> Result<String, Failure> {
    let accounts: Value = json(&folder.join("sign-in.json"))?;
    let first = accounts.get(0).and_then(|one| one["office"].as_str()).ok_or("sign-in.json is empty")?;
    Ok(first.to_owned())
}

fn json(path: &Path) -> Result<Value, Failure> {
    Ok(serde_json::from_str(&std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?)?)
}

fn free_ports<const COUNT: usize>() -> Result<[u16; COUNT], Failure> {
    let listeners = [(); COUNT].map(|()| TcpListener::bind("127.0.0.1:0"));
    let mut ports = [0; COUNT];
    for (port, listener) in ports.iter_mut().zip(listeners) {
        *port = listener?.local_addr()?.port();
    }
    Ok(ports)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target: PathBuf = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
