//! A sandbox at work, and somebody of an office who is signed in to it.

use crate::figure::Failure;
use crate::relay::release;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use kakehashi_signing::{Credential, DeviceKey, IssuerKey, SigningRequest};
use rustls::crypto::aws_lc_rs;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::runtime::Runtime;
use tokio_rustls::TlsConnector;

const AUTHORITY: &str = "localhost";

/// A sandbox in a process of its own; it ends with this.
pub(super) struct Sandbox {
    process: Child,
    address: SocketAddr,
    tls: Arc<ClientConfig>,
    key: DeviceKey,
    credential: String,
    token: String,
    clients: Vec<String>,
    pub(super) runtime: Runtime,
    /// For one question after the other.
    line: RefCell<Option<Line>>,
}

/// One connection.
pub(super) type Line = SendRequest<Full<Bytes>>;

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Sandbox {
    /// Serves a directory, signs a staff member of its first office in, and asks for the office's clients.
    pub(super) fn start(folder: &Path) -> Result<Self, Failure> {
        let mut command = Command::new(release("kakehashi-platform")?);
        command.args(["serve", "--listen", "127.0.0.1:0", "--extras", "127.0.0.1:0", "--dir"]).arg(folder);
        let mut process =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let output = process.stdout.take().ok_or("no standard output")?;
        let said =
            BufReader::new(output).lines().map_while(Result::ok).find(|line| line.starts_with("ready "));
        let said = said.unwrap_or_default();
        let mut addresses = said.split(' ').skip(1).map(str::parse::<SocketAddr>);
        let (Some(Ok(address)), Some(Ok(extras))) = (addresses.next(), addresses.next()) else {
            let _ = process.kill();
            return Err(format!("{command:?} did not get ready: {said}").into());
        };
        let accounts: Value = serde_json::from_slice(&std::fs::read(folder.join("sign-in.json"))?)?;
        let staff = accounts.as_array().and_then(|all| all.iter().find(|one| one["role"] == "staff"));
        let staff = staff.ok_or("sign-in.json names no staff")?;
        let office = staff["office"].as_str().unwrap_or_default();
        let key = DeviceKey::generate().map_err(fault)?;
        let mut sandbox = Self {
            process,
            address,
            tls: Arc::new(tls(folder, office)?),
            credential: credential(&key, office)?,
            key,
            token: String::new(),
            clients: Vec::new(),
            runtime: tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?,
            line: RefCell::default(),
        };
        sandbox.sign_in(staff, extras)?;
        let clients = sandbox.ask("/api/v1/clients/list", &json!({}))?;
        let clients = clients["clients"].as_array().ok_or("no clients")?;
        let handle = |one: &Value| one["person"]["handle"].as_str().map(str::to_owned);
        sandbox.clients = clients.iter().filter_map(handle).collect();
        Ok(sandbox)
    }

    /// What the office calls its clients.
    pub(super) fn clients(&self) -> &[String] {
        &self.clients
    }

    fn sign_in(&mut self, staff: &Value, extras: SocketAddr) -> Result<(), Failure> {
        let user = &staff["user_id"];
        let started =
            self.ask("/api/v1/session/start", &json!({ "user_id": user, "password": staff["password"] }))?;
        let mut stream = TcpStream::connect(extras)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(stream, "GET /outbox.json HTTP/1.1\r\nHost: {extras}\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let letters: Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).ok_or("no outbox")?)?;
        let otp = letters.as_array().and_then(|all| all.iter().find(|one| one["user_id"] == *user));
        let otp = otp.ok_or("nothing was sent")?["otp"].clone();
        let session = self.ask("/api/v1/session/otp", &json!({ "ticket": started["ticket"], "otp": otp }))?;
        self.token = session["access_token"].as_str().ok_or("no token")?.to_owned();
        Ok(())
    }

    /// Asks one question and waits for its answer.
    pub(super) fn ask(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        let request = self.request(path, body)?;
        let mut line = match self.line.take() {
            Some(line) => line,
            None => self.runtime.block_on(self.connect())?,
        };
        let answer = self.runtime.block_on(exchange(&mut line, request))?;
        self.line.replace(Some(line));
        let mut answer: Value = serde_json::from_slice(&answer)?;
        Ok(answer["ok"].take())
    }

    /// A signed request, as the relay passes it on.
    pub(super) fn request(&self, path: &str, body: &Value) -> Result<http::Request<Full<Bytes>>, Failure> {
        let body = serde_json::to_vec(body)?;
        let authorization = (!self.token.is_empty()).then(|| format!("Bearer {}", self.token));
        let signing = SigningRequest {
            method: "POST",
            authority: AUTHORITY,
            path,
            content_type: Some("application/json"),
            body: &body,
            authorization: authorization.as_deref(),
            ..SigningRequest::default()
        };
        let signed = self.key.sign_request(&signing, seconds()?).map_err(fault)?;
        let mut request = http::Request::post(path)
            .header("host", "upstream.example")
            .header("forwarded", format!("host=\"{AUTHORITY}\""))
            .header("content-type", "application/json")
            .header("kakehashi-device", &self.credential);
        for (name, value) in signed.pairs() {
            request = request.header(name, value);
        }
        if let Some(authorization) = authorization {
            request = request.header("authorization", authorization);
        }
        Ok(request.body(Full::new(Bytes::from(body)))?)
    }

    /// A new connection with the office's certificate.
    pub(super) async fn connect(&self) -> Result<Line, Failure> {
        let stream = tokio::net::TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        let name = ServerName::try_from("localhost")?;
        let stream = TlsConnector::from(Arc::clone(&self.tls)).connect(name, stream).await?;
        let (line, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(line)
    }
}

/// Sends a request; its whole answer.
pub(super) async fn exchange(line: &mut Line, request: http::Request<Full<Bytes>>) -> Result<Bytes, Failure> {
    line.ready().await?;
    let answer = line.send_request(request).await?;
    let status = answer.status();
    let body = answer.into_body().collect().await?.to_bytes();
    // A business error is a 200 too.
    if status == http::StatusCode::OK && body.starts_with(b"{\"ok\":") {
        Ok(body)
    } else {
        Err(format!("answered {status}: {}", String::from_utf8_lossy(&body)).into())
    }
}

fn tls(folder: &Path, office: &str) -> Result<ClientConfig, Failure> {
    let pki = folder.join("pki");
    let own = pki.join("offices").join(office);
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(pki.join("ca.pem"))?)?;
    let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    Ok(builder
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .with_root_certificates(roots)
        .with_client_auth_cert(
            vec![CertificateDer::from_pem_file(own.join("cert.pem"))?],
            PrivateKeyDer::from_pem_file(own.join("key.pem"))?,
        )?)
}

/// What a relay would have said of the device: the upstream takes only the key from it.
fn credential(key: &DeviceKey, office: &str) -> Result<String, Failure> {
    let now = seconds()?;
    let credential = Credential::new(office, key.jwk().map_err(fault)?, "bench", now, now + 3_600);
    IssuerKey::generate().and_then(|issuer| issuer.issue(&credential)).map_err(fault)
}

fn seconds() -> Result<u64, Failure> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())
}

fn fault(error: impl std::fmt::Debug) -> Failure {
    format!("{error:?}").into()
}
