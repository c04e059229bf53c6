//! A browser with its device key, seen from the upstream: what the relay lets through.

use crate::relayed::Relayed;
use crate::world::World;
use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, header};
use http_body::Body;
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use kakehashi_domain::upstream::{
    Answer, BusinessError, OtpRequest, RefreshRequest, Session, StartRequest, StartResponse, route,
};
use kakehashi_signing::{Credential, DeviceKey, IssuerKey, SigningRequest};
use rustls::crypto::aws_lc_rs;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// What the browser calls; the relay hands it on.
pub(crate) const AUTHORITY: &str = "127.0.0.1:8480";
/// The page.
pub(crate) const ORIGIN: &str = "http://127.0.0.1:8480";

/// A client certificate and key; none for a stranger.
pub(crate) struct Identity(Option<(PathBuf, PathBuf)>);

impl Identity {
    pub(crate) fn of(folder: &Path) -> Self {
        Self(Some((folder.join("cert.pem"), folder.join("key.pem"))))
    }

    pub(crate) fn none() -> Self {
        Self(None)
    }

    fn config(&self, ca: &Path) -> ClientConfig {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(ca).unwrap()).unwrap();
        let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots);
        match &self.0 {
            None => builder.with_no_client_auth(),
            Some((certificate, key)) => builder
                .with_client_auth_cert(
                    vec![CertificateDer::from_pem_file(certificate).unwrap()],
                    PrivateKeyDer::from_pem_file(key).unwrap(),
                )
                .unwrap(),
        }
    }
}

/// A browser.
pub(crate) struct Browser {
    address: SocketAddr,
    tls: Arc<ClientConfig>,
    pub(crate) key: DeviceKey,
    credential: String,
    pub(crate) token: Option<String>,
    pub(crate) origin: String,
    /// The relay between, where there is one.
    relay: Option<SocketAddr>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) kind: String,
    pub(crate) text: String,
}

/// A business answer.
#[derive(Debug)]
pub(crate) struct Said<T>(Answer<T>);

impl<T: std::fmt::Debug> Said<T> {
    /// The value; anything else fails the test.
    pub(crate) fn ok(self) -> T {
        match self.0 {
            Answer::Ok(value) => value,
            Answer::Error(error) => panic!("refused: {error:?}"),
        }
    }

    /// The refusal; anything else fails the test.
    pub(crate) fn refused(self) -> BusinessError {
        match self.0 {
            Answer::Ok(value) => panic!("not refused: {value:?}"),
            Answer::Error(error) => error,
        }
    }
}

impl Reply {
    /// As a business answer.
    pub(crate) fn said<T: DeserializeOwned>(&self) -> Said<T> {
        assert_eq!(self.status, StatusCode::OK, "{self:?}");
        Said(serde_json::from_str(&self.text).unwrap())
    }

    /// As a problem document: status, code and detail.
    pub(crate) fn problem(&self) -> (u16, String, String) {
        assert_eq!(self.kind, "application/problem+json", "{self:?}");
        let document: Value = serde_json::from_str(&self.text).unwrap();
        assert_eq!(document["status"], self.status.as_u16());
        let text = |name: &str| document[name].as_str().unwrap_or_default().to_owned();
        (self.status.as_u16(), text("code"), text("detail"))
    }
}

/// Unix seconds.
pub(crate) fn machine_time() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

impl Browser {
    pub(crate) fn new(world: &World, identity: Identity, office: &str) -> Self {
        let key = DeviceKey::generate().unwrap();
        let credential = credential(&key, office);
        Self {
            address: world.address(),
            tls: Arc::new(identity.config(&world.layout.ca())),
            key,
            credential,
            token: None,
            origin: ORIGIN.to_owned(),
            relay: None,
        }
    }

    /// The same certificate and credential office, with another device key.
    pub(crate) fn other_device(&self, office: &str) -> Self {
        let key = DeviceKey::generate().unwrap();
        let credential = credential(&key, office);
        let (tls, token, origin) = (Arc::clone(&self.tls), self.token.clone(), self.origin.clone());
        Self { address: self.address, tls, key, credential, token, origin, relay: self.relay }
    }

    /// From now on through a relay, which knows this device.
    pub(crate) fn go_through(&mut self, relay: &Relayed, office: &str) {
        self.credential = relay.credential(&self.key, office);
        self.origin = format!("http://{}", relay.address);
        self.relay = Some(relay.address);
    }

    /// A signed request, as the relay passes it on.
    pub(crate) fn request(&self, path: &str, body: &impl Serialize) -> Request<Full<Bytes>> {
        self.request_at(path, body, machine_time())
    }

    /// Signed at a time.
    pub(crate) fn request_at(&self, path: &str, body: &impl Serialize, created: u64) -> Request<Full<Bytes>> {
        self.signed(path, serde_json::to_vec(body).unwrap(), created)
    }

    /// Signed, with these bytes.
    pub(crate) fn signed(&self, path: &str, body: Vec<u8>, created: u64) -> Request<Full<Bytes>> {
        self.keyed(path, body, created, None)
    }

    /// Signed, with these bytes and an `Idempotency-Key`.
    pub(crate) fn keyed(
        &self,
        path: &str,
        body: Vec<u8>,
        created: u64,
        idempotency_key: Option<&str>,
    ) -> Request<Full<Bytes>> {
        let authorization = self.token.as_ref().map(|token| format!("Bearer {token}"));
        let relay = self.relay.map(|address| address.to_string());
        let (bare, query) = path.split_once('?').map_or((path, None), |(bare, query)| (bare, Some(query)));
        let signing = SigningRequest {
            method: "POST",
            authority: relay.as_deref().unwrap_or(AUTHORITY),
            path: bare,
            query,
            content_type: Some("application/json"),
            body: &body,
            authorization: authorization.as_deref(),
            idempotency_key,
        };
        let signature = self.key.sign_request(&signing, created).unwrap();
        let mut request = Request::post(path)
            .header(header::HOST, relay.as_deref().unwrap_or("upstream.example"))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ORIGIN, &self.origin)
            .header("kakehashi-device", &self.credential);
        if relay.is_none() {
            request = request.header(header::FORWARDED, format!("host=\"{AUTHORITY}\""));
        }
        for (name, value) in signature.pairs() {
            request = request.header(name, value);
        }
        if let Some(key) = idempotency_key {
            request = request.header("idempotency-key", key);
        }
        if let Some(authorization) = authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        request.body(Full::new(Bytes::from(body))).unwrap()
    }

    /// Connects and waits for the alert that must come: in TLS 1.3 the client is done before its certificate
    /// is judged. Nothing is sent, so that no reset can overtake the alert.
    pub(crate) async fn turned_down(&self) -> String {
        let stream = TcpStream::connect(self.address).await.unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        let mut stream = match TlsConnector::from(Arc::clone(&self.tls)).connect(name, stream).await {
            Ok(stream) => stream,
            Err(error) => return error.to_string(),
        };
        stream.read_u8().await.expect_err("no connection may come about").to_string()
    }

    /// Sends a request over a connection of its own.
    pub(crate) async fn send<B>(&self, request: Request<B>) -> io::Result<Reply>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: std::error::Error + Send + Sync,
    {
        if let Some(relay) = self.relay {
            return exchange(TcpStream::connect(relay).await?, request).await;
        }
        let stream = TcpStream::connect(self.address).await?;
        let name = ServerName::try_from("localhost").unwrap();
        let stream = TlsConnector::from(Arc::clone(&self.tls)).connect(name, stream).await?;
        exchange(stream, request).await
    }

    /// Signs and sends.
    pub(crate) async fn post(&self, path: &str, body: &impl Serialize) -> Reply {
        self.send(self.request(path, body)).await.unwrap()
    }

    pub(crate) async fn start(&self, user_id: &str, password: &str) -> Said<StartResponse> {
        let body = StartRequest { user_id: user_id.parse().unwrap(), password: password.to_owned() };
        // Nobody is signed in yet, so nothing must depend on a token.
        let bare = Self { token: None, ..self.clone_parts() };
        bare.post(route::SESSION_START, &body).await.said()
    }

    pub(crate) async fn otp(&self, ticket: &str, otp: &str) -> Said<Session> {
        let body = OtpRequest { ticket: ticket.to_owned(), otp: otp.to_owned() };
        self.post(route::SESSION_OTP, &body).await.said()
    }

    pub(crate) async fn refresh(&self, refresh_token: &str) -> Said<Session> {
        let body = RefreshRequest { refresh_token: refresh_token.to_owned() };
        self.post(route::SESSION_REFRESH, &body).await.said()
    }

    fn clone_parts(&self) -> Self {
        Self {
            address: self.address,
            tls: Arc::clone(&self.tls),
            key: DeviceKey::from_pkcs8(&self.key.to_pkcs8().unwrap()).unwrap(),
            credential: self.credential.clone(),
            token: self.token.clone(),
            origin: self.origin.clone(),
            relay: self.relay,
        }
    }
}

/// What a relay would have said of a device. The upstream takes only the key from it.
pub(crate) fn credential(key: &DeviceKey, office: &str) -> String {
    let now = machine_time();
    let credential = Credential::new(office, key.jwk().unwrap(), "試験の端末", now, now + 3_600);
    IssuerKey::generate().unwrap().issue(&credential).unwrap()
}

/// One request over a connection of its own.
async fn exchange<S, B>(stream: S, request: Request<B>) -> io::Result<Reply>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: std::error::Error + Send + Sync,
{
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    let driver = tokio::spawn(connection);
    let response: Response<_> = sender.send_request(request).await.map_err(io::Error::other)?;
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = kind.unwrap_or_default().to_owned();
    assert_eq!(response.headers().get(header::CACHE_CONTROL), Some(&HeaderValue::from_static("no-store")));
    let body = response.into_body().collect().await.map_err(io::Error::other)?.to_bytes();
    driver.abort();
    Ok(Reply { status, kind, text: String::from_utf8(body.to_vec()).unwrap() })
}
