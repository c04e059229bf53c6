//! To the upstream and back, over TLS 1.3 with the office's certificate.
//!
//! Connections are pooled by hyper-util, one pool an identity: a new certificate means a new pool, and the old
//! one goes when its last request is done. hyper-util sends a request again on a new connection only if the
//! pooled one was closed before a byte of it was written, so nothing is ever sent twice. Redirects are not
//! followed: they are answers that make no sense here.

mod connect;
mod error;
mod rest;

pub use error::ForwardError;

use crate::config;
use crate::headers;
use crate::identity::{Identity, Validity};
use crate::policy::Route;
use axum::body::Body;
use axum::response::Response;
use bytes::{Bytes, BytesMut};
use connect::Connect;
use http::header::HOST;
use http::{HeaderMap, HeaderValue, Method, Request, Version};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rest::Rest;
use rustls::RootCertStore;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// Unused connections kept.
const IDLE_CONNECTIONS: usize = 32;

/// The upstream.
pub struct Upstream {
    identity: watch::Receiver<Option<Arc<Identity>>>,
    pool: Mutex<Option<Arc<Pool>>>,
    roots: Arc<RootCertStore>,
    name: ServerName<'static>,
    address: (String, u16),
    /// `Host` of every request.
    authority: HeaderValue,
    times: Times,
}

#[derive(Debug, Clone, Copy)]
struct Times {
    connect: Duration,
    response: Duration,
    idle: Duration,
}

/// The connections of one identity.
struct Pool {
    identity: Arc<Identity>,
    connect: Connect,
    client: Client<Connect, Full<Bytes>>,
}

/// Why there is no upstream to speak of.
#[derive(Debug, thiserror::Error)]
pub enum UpstreamError {
    /// The file of authorities cannot be read or holds none.
    #[error("{} holds no usable certificate authority", .0.display())]
    Authorities(std::path::PathBuf),
    /// The address or name is none.
    #[error("upstream.url or upstream.server_name is no usable name")]
    Name,
}

impl Upstream {
    /// Reads the authorities; connects to nothing yet.
    pub fn new(
        config: &config::Upstream,
        identity: watch::Receiver<Option<Arc<Identity>>>,
    ) -> Result<Self, UpstreamError> {
        let uri = config.uri().map_err(|_| UpstreamError::Name)?;
        let host = uri.host().ok_or(UpstreamError::Name)?.trim_matches(['[', ']']).to_owned();
        let authority = uri.authority().ok_or(UpstreamError::Name)?.as_str();
        let authority = authority.strip_suffix(":443").unwrap_or(authority);
        let authority = HeaderValue::from_str(authority).map_err(|_| UpstreamError::Name)?;
        let name = config.server_name.clone().unwrap_or_else(|| host.clone());
        Ok(Self {
            identity,
            pool: Mutex::new(None),
            roots: Arc::new(authorities(&config.ca)?),
            name: ServerName::try_from(name).map_err(|_| UpstreamError::Name)?,
            address: (host, uri.port_u16().unwrap_or(443)),
            authority,
            times: Times {
                connect: config.connect_ms.into(),
                response: config.response_ms.into(),
                idle: config.idle_ms.into(),
            },
        })
    }

    /// Whether there is a certificate to go with, at a time in unix seconds.
    pub fn ready(&self, now: u64) -> Result<Arc<Identity>, ForwardError> {
        let identity = self.identity.borrow().clone().ok_or(ForwardError::NoIdentity)?;
        match identity.validity(now) {
            Validity::Valid => Ok(identity),
            Validity::Early => Err(ForwardError::NoIdentity),
            Validity::Expired => Err(ForwardError::Expired),
        }
    }

    /// The identity, if there is one, valid or not.
    pub fn identity(&self) -> Option<Arc<Identity>> {
        self.identity.borrow().clone()
    }

    /// Sends a request on its route. An answer up to `whole` bytes is read to its end first.
    pub async fn forward(
        &self,
        route: &Route,
        headers: HeaderMap,
        content: Bytes,
        whole: usize,
        now: u64,
    ) -> Result<Response, ForwardError> {
        let pool = self.pool(self.ready(now)?)?;
        let mut request = Request::new(Full::new(content));
        *request.method_mut() = Method::POST;
        *request.version_mut() = Version::HTTP_11;
        *request.uri_mut() = route.target.clone();
        *request.headers_mut() = headers;
        request.headers_mut().insert(HOST, self.authority.clone());

        let exchange = async {
            let response = pool.client.request(request).await?;
            answer(response, whole, self.times.response).await
        };
        match tokio::time::timeout(self.times.response, exchange).await {
            Err(_) => Err(ForwardError::Slow),
            Ok(Err(error)) if error.may_be_a_refusal() => Err(pool.connect.why(error).await),
            Ok(result) => result,
        }
    }

    /// The pool of this identity, made anew if the identity is a new one.
    fn pool(&self, identity: Arc<Identity>) -> Result<Arc<Pool>, ForwardError> {
        // The pool is replaced whole, so a panic elsewhere does not spoil it.
        let mut current = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pool) = &*current
            && Arc::ptr_eq(&pool.identity, &identity)
        {
            return Ok(Arc::clone(pool));
        }
        let connect = Connect::new(
            self.address.clone(),
            self.name.clone(),
            Arc::clone(&self.roots),
            &identity,
            self.times.connect,
        )?;
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .timer(TokioTimer::new())
            .pool_idle_timeout(self.times.idle)
            .pool_max_idle_per_host(IDLE_CONNECTIONS)
            .retry_canceled_requests(true)
            .set_host(false)
            .build(connect.clone());
        let pool = Arc::new(Pool { identity, connect, client });
        *current = Some(Arc::clone(&pool));
        Ok(pool)
    }
}

impl fmt::Debug for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upstream").field("address", &self.address).finish_non_exhaustive()
    }
}

/// The upstream's answer as the app gets it.
async fn answer(
    response: http::Response<Incoming>,
    whole: usize,
    time: Duration,
) -> Result<Response, ForwardError> {
    let (parts, mut incoming) = response.into_parts();
    if parts.status.is_informational() || parts.status.is_redirection() {
        return Err(ForwardError::BadAnswer(format!("status {}", parts.status.as_u16()).into()));
    }
    let mut first = Bytes::new();
    let body = loop {
        let Some(frame) = incoming.frame().await else { break Body::from(first) };
        let frame = frame.map_err(|error| ForwardError::BadAnswer(error.into()))?;
        let Ok(data) = frame.into_data() else { continue };
        first = if first.is_empty() { data } else { join(&first, &data) };
        if first.len() > whole {
            break Body::new(Rest::new(first, incoming, time));
        }
    };
    let mut answer = Response::new(body);
    *answer.status_mut() = parts.status;
    headers::down(&parts.headers, answer.headers_mut());
    Ok(answer)
}

fn join(first: &[u8], second: &[u8]) -> Bytes {
    let mut all = BytesMut::with_capacity(first.len() + second.len());
    all.extend_from_slice(first);
    all.extend_from_slice(second);
    all.freeze()
}

fn authorities(path: &std::path::Path) -> Result<RootCertStore, UpstreamError> {
    let wrong = || UpstreamError::Authorities(path.to_owned());
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(path).map_err(|_| wrong())? {
        roots.add(certificate.map_err(|_| wrong())?).map_err(|_| wrong())?;
    }
    if roots.is_empty() { Err(wrong()) } else { Ok(roots) }
}
