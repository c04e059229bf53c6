//! Upstream and contestants: nginx as upstream with client certificates, nginx as rival, the relay with and
//! without checks. All on free ports of the loopback; each is ended by its handle.

use super::core::Core;
use super::release;
use crate::figure::Failure;
use rcgen::{BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// What nginx answers as upstream.
const ANSWER: &str = r#"{"ok":{"pad":"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678"}}"#;

/// The upstream and the keys all contestants use.
pub(crate) struct Peers {
    folder: TempDir,
    upstream: u16,
    /// The upstream without TLS: what there is when nothing is in between.
    pub(crate) open: u16,
    nginx: Running,
}

/// A contestant.
pub(crate) struct Proxy {
    pub(crate) port: u16,
    process: Running,
    configuration: PathBuf,
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Peers {
    pub(crate) fn start() -> Result<Self, Failure> {
        let folder = tempfile::tempdir()?;
        keys(folder.path())?;
        let (upstream, open) = (free_port()?, free_port()?);
        let here = folder.path().display();
        let server = format!(
            "server {{ listen 127.0.0.1:{upstream} ssl; ssl_certificate {here}/server.pem; \
             ssl_certificate_key {here}/server.key; ssl_client_certificate {here}/ca.pem; ssl_verify_client on; \
             ssl_protocols TLSv1.3; location / {{ default_type application/json; return 200 '{ANSWER}'; }} }} \
             server {{ listen 127.0.0.1:{open}; location / {{ default_type application/json; return 200 '{ANSWER}'; }} }}"
        );
        let nginx = nginx(folder.path(), "upstream", Core::Others, &server, upstream)?;
        Ok(Self { folder, upstream, open, nginx })
    }

    /// The upstream's process.
    pub(crate) fn id(&self) -> u32 {
        self.nginx.0.id()
    }

    pub(crate) fn nginx_rival(&self) -> Result<Proxy, Failure> {
        let port = free_port()?;
        let (here, upstream) = (self.folder.path().display(), self.upstream);
        let server = format!(
            "upstream up {{ server 127.0.0.1:{upstream}; keepalive 64; keepalive_requests 10000000; }} \
             server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass https://up; proxy_http_version 1.1; \
             proxy_set_header Connection ''; proxy_ssl_certificate {here}/client.pem; \
             proxy_ssl_certificate_key {here}/client.key; proxy_ssl_trusted_certificate {here}/ca.pem; \
             proxy_ssl_verify on; proxy_ssl_name localhost; proxy_ssl_server_name on; proxy_ssl_protocols TLSv1.3; }} }}"
        );
        let process = nginx(self.folder.path(), "rival", Core::Contestant, &server, port)?;
        Ok(Proxy { port, process, configuration: PathBuf::new() })
    }

    /// The relay as offices run it, in a state folder of this name.
    pub(crate) fn relay(&self, name: &str) -> Result<Proxy, Failure> {
        let (port, configuration) = self.configure(name)?;
        let mut command = Core::Contestant.command(&release("kakehashi-relay")?);
        command.arg("serve").arg("--config").arg(&configuration);
        let process = ready(command)?;
        Ok(Proxy { port, process, configuration })
    }

    /// The relay's forwarding alone: the same code without the checks before it.
    pub(crate) fn plain_relay(&self) -> Result<Proxy, Failure> {
        let (port, configuration) = self.configure("plain")?;
        let mut command = Core::Contestant.command(&release("plain-relay")?);
        command.arg(&configuration);
        let process = ready(command)?;
        Ok(Proxy { port, process, configuration })
    }

    fn configure(&self, name: &str) -> Result<(u16, PathBuf), Failure> {
        let port = free_port()?;
        let (here, upstream) = (self.folder.path().display(), self.upstream);
        let path = self.folder.path().join(format!("{name}.toml"));
        std::fs::write(
            &path,
            format!(
                "listen = \"127.0.0.1:{port}\"\nstate = \"{here}/{name}\"\nauthority = [\"127.0.0.1:{port}\"]\nworkers = 1\n\
                 [upstream]\nurl = \"https://127.0.0.1:{upstream}\"\nca = \"{here}/ca.pem\"\nserver_name = \"localhost\"\n\
                 [identity]\ncertificate = \"{here}/client.pem\"\nkey = \"{here}/client.key\"\n\
                 [limits]\naddress_per_second = 1000000\ndevice_per_second = 1000000\nnonces = 1000000\n"
            ),
        )?;
        Ok((port, path))
    }

    pub(crate) fn enrolment_code(&self, relay: &Proxy) -> Result<String, Failure> {
        let mut command = Command::new(release("kakehashi-relay")?);
        let output = command.arg("enrol").arg("--config").arg(&relay.configuration).output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.split_whitespace()
            .find(|word| word.len() == 12 && word.matches('-').count() == 2)
            .map(str::to_owned)
            .ok_or_else(|| format!("no code in: {text}").into())
    }
}

impl Proxy {
    /// Its process.
    pub(crate) fn id(&self) -> u32 {
        self.process.0.id()
    }

    /// Peak resident memory, MB (10^6 bytes).
    pub(crate) fn peak_memory(&self) -> Result<f64, Failure> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id()))?;
        let kilobytes: f64 = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .and_then(|rest| rest.trim().strip_suffix("kB"))
            .and_then(|number| number.trim().parse().ok())
            .ok_or("no VmHWM")?;
        Ok(kilobytes * 1024.0 / 1e6)
    }
}

/// Starts a program that says `ready` when it listens.
fn ready(mut command: Command) -> Result<Running, Failure> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let output = child.stdout.take().ok_or("no standard output")?;
    let running = Running(child);
    let line = BufReader::new(output).lines().map_while(Result::ok).find(|line| line.starts_with("ready "));
    line.map(|_| running).ok_or_else(|| format!("{command:?} did not get ready").into())
}

fn nginx(folder: &Path, name: &str, core: Core, servers: &str, port: u16) -> Result<Running, Failure> {
    let own = folder.join(name);
    std::fs::create_dir_all(&own)?;
    let here = own.display();
    let configuration = own.join("nginx.conf");
    std::fs::write(
        &configuration,
        format!(
            "daemon off; master_process off; worker_processes 1; pid {here}/pid; error_log {here}/error.log; \
             events {{ worker_connections 2048; }} \
             http {{ access_log off; keepalive_requests 10000000; client_body_temp_path {here}/b; \
             proxy_temp_path {here}/p; fastcgi_temp_path {here}/f; uwsgi_temp_path {here}/u; scgi_temp_path {here}/s; \
             {servers} }}"
        ),
    )?;
    let mut command = core.command(Path::new("/usr/sbin/nginx"));
    command.arg("-p").arg(&own).arg("-c").arg(&configuration).arg("-e").arg(own.join("error.log"));
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let running = Running(child);
    let end = Instant::now() + Duration::from_secs(10);
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        if Instant::now() > end {
            let log = std::fs::read_to_string(own.join("error.log")).unwrap_or_default();
            return Err(format!("nginx does not listen: {log}").into());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(running)
}

fn free_port() -> Result<u16, Failure> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// A CA, a server's and an office's certificate, ECDSA P-256.
fn keys(folder: &Path) -> Result<(), Failure> {
    let ca_key = KeyPair::generate()?;
    let mut ca = CertificateParams::new(Vec::new())?;
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    ca.distinguished_name.push(DnType::CommonName, "bench CA");
    std::fs::write(folder.join("ca.pem"), ca.self_signed(&ca_key)?.pem())?;
    let issuer = Issuer::new(ca, ca_key);
    for (name, usage) in
        [("server", ExtendedKeyUsagePurpose::ServerAuth), ("client", ExtendedKeyUsagePurpose::ClientAuth)]
    {
        let key = KeyPair::generate()?;
        let mut own = CertificateParams::new(vec!["localhost".into()])?;
        own.extended_key_usages = vec![usage];
        own.distinguished_name.push(DnType::CommonName, name);
        // serialNumber: the office, as in a real office's certificate.
        own.distinguished_name.push(DnType::CustomDnType(vec![2, 5, 4, 5]), "1070400005");
        std::fs::write(folder.join(format!("{name}.pem")), own.signed_by(&key, &issuer)?.pem())?;
        std::fs::write(folder.join(format!("{name}.key")), key.serialize_pem())?;
    }
    Ok(())
}
