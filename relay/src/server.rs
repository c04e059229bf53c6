//! Starting, accepting connections, stopping in good order.
//!
//! The router is axum's, the connections are hyper's own: `axum::serve` knows no limit of connections, no time
//! for headers or for taking an answer, and no end of its farewell.

use crate::app::{App, AppError};
use crate::audit::{Audit, AuditError};
use crate::config::{Access, Config, ConfigError};
use crate::enrol::{self, Desk, EnrolError};
use crate::forward::{Upstream, UpstreamError};
use crate::guests::Guests;
use crate::identity::Watcher;
use crate::limits::Limits;
use crate::listen::{self, Way};
use crate::metrics::Metrics;
use crate::places::{Place, Places};
use crate::policy::Policy;
use crate::time::now;
use crate::verify::Verifier;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use kakehashi_signing::KeyError;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_io_timeout::TimeoutStream;
use tower::Service;

/// How often quiet addresses and devices are forgotten.
const TIDY: Duration = Duration::from_secs(60);

/// A relay that listens.
#[derive(Debug)]
pub struct Relay {
    listener: TcpListener,
    address: SocketAddr,
    way: Arc<Way>,
    watcher: Watcher,
    writer: JoinHandle<()>,
    connections: Places,
    header_bytes: usize,
    header_time: Duration,
    send_time: Duration,
    farewell_time: Duration,
}

/// Why a relay cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken or not there.
    #[error("cannot listen on {0}")]
    Listen(SocketAddr, #[source] io::Error),
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The upstream's authorities or name.
    #[error(transparent)]
    Upstream(#[from] UpstreamError),
    /// The issuer key.
    #[error("the issuer key in the state folder cannot be used")]
    Issuer(#[from] EnrolError),
    /// The issuer's public key.
    #[error("the issuer key cannot be used")]
    Key(#[from] KeyError),
    /// The audit log.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// The app's folder.
    #[error(transparent)]
    App(#[from] AppError),
    /// A route that is none.
    #[error("a configured route is no path")]
    Route(#[from] http::Error),
}

impl Relay {
    /// Opens everything and listens; serves nothing yet. A missing office certificate is no reason not to.
    pub async fn bind(config: &Config, app: Option<&Path>) -> Result<Self, StartError> {
        let app = app.map(|folder| App::open(folder, &config.app)).transpose()?;
        let (watcher, identity) = Watcher::new(&config.identity);
        let upstream = Upstream::new(&config.upstream, identity)?;
        let policy = Policy::new(&config.upstream.uri()?, &config.access.routes)?;
        let issuer = enrol::issuer_key(&config.state)?;
        let verifier = Verifier::new(issuer.verifying_key()?, config.limits.nonces, now());
        let desk = Desk::new(issuer, &config.state, &config.enrol);
        let listener = TcpListener::bind(config.listen)
            .await
            .map_err(|error| StartError::Listen(config.listen, error))?;
        let address = listener.local_addr().map_err(|error| StartError::Listen(config.listen, error))?;
        let (audit, writer) = Audit::open(&config.state, &config.audit)?;
        let way = Way {
            guests: guests(&config.access, address),
            limits: Limits::new(&config.limits),
            verifier,
            policy,
            upstream,
            desk,
            audit,
            app,
            metrics: Metrics::new(&config.metrics),
            whole: config.limits.answer_bytes,
        };
        Ok(Self {
            listener,
            address,
            way: Arc::new(way),
            watcher,
            writer,
            connections: Places::new(config.limits.connections, config.limits.address_connections),
            header_bytes: config.limits.header_bytes,
            header_time: config.limits.header_ms.into(),
            send_time: config.limits.send_ms.into(),
            farewell_time: config.limits.stop_ms.into(),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` is done, then lets running requests finish and closes the audit log.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let Self {
            listener,
            way,
            watcher,
            writer,
            connections,
            header_bytes,
            header_time,
            send_time,
            farewell_time,
            ..
        } = self;
        let watching = tokio::spawn(watcher.run());
        let tidying = tokio::spawn(tidy(Arc::clone(&way)));
        let service = listen::service(way);
        let mut http = http1::Builder::new();
        // A little more than we allow, so that it is we who answer; far more is cut off by hyper.
        http.timer(TokioTimer::new())
            .header_read_timeout(header_time)
            .max_header_size(header_bytes * 2)
            .max_buf_size(header_bytes * 2 + 8192);
        let farewell = GracefulShutdown::new();
        let mut serving = JoinSet::new();
        let mut stop = std::pin::pin!(stop);
        loop {
            let accepted = tokio::select! {
                () = &mut stop => break,
                accepted = accept(&listener, &connections) => accepted,
                Some(_) = serving.join_next() => continue,
            };
            let Some((stream, from, place)) = accepted else { continue };
            let service = service.clone();
            let service = service_fn(move |request: Request<Incoming>| {
                let mut request = request.map(Body::new);
                request.extensions_mut().insert(ConnectInfo(from));
                service.clone().call(request)
            });
            // hyper waits for ever for a caller that does not take its answer.
            let mut stream = TimeoutStream::new(stream);
            stream.set_write_timeout(Some(send_time));
            let stream = TokioIo::new(Box::pin(stream));
            let connection = farewell.watch(http.serve_connection(stream, service));
            serving.spawn(async move {
                if let Err(error) = connection.await {
                    tracing::debug!(%error, "A connection ended early.");
                }
                drop(place);
            });
        }
        drop(listener);
        if tokio::time::timeout(farewell_time, farewell.shutdown()).await.is_err() {
            tracing::warn!("Some connections did not end in time and are cut.");
        }
        serving.shutdown().await;
        watching.abort();
        tidying.abort();
        let _ = tokio::join!(watching, tidying);
        // The last holder of the way to the log: its thread ends when it has written everything.
        drop(service);
        if tokio::task::spawn_blocking(move || writer.join()).await.is_err() {
            tracing::error!("The audit log was not closed in good order.");
        }
    }
}

/// The next connection, when there is a place for it. One of a computer that has too many already is closed.
async fn accept(listener: &TcpListener, connections: &Places) -> Option<(TcpStream, SocketAddr, Place)> {
    let place = connections.wait().await?;
    match listener.accept().await {
        Ok((stream, from)) => {
            let place = place.of(from.ip())?;
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "A connection was gone at once.");
            }
            Some((stream, from, place))
        }
        Err(error) => {
            tracing::warn!(%error, "A connection could not be accepted.");
            // Mostly too many open files: a moment helps, a tight loop does not.
            tokio::time::sleep(Duration::from_millis(50)).await;
            None
        }
    }
}

async fn tidy(way: Arc<Way>) {
    let mut interval = tokio::time::interval(TIDY);
    loop {
        interval.tick().await;
        way.limits.tidy();
    }
}

/// The configured names, or those of the address itself.
fn guests(access: &Access, address: SocketAddr) -> Guests {
    let mut authority = access.authority.clone();
    if authority.is_empty() {
        authority.push(address.to_string());
        if address.ip().is_loopback() {
            authority.push(format!("localhost:{}", address.port()));
        }
    }
    Guests { authority, origins: access.origins.clone() }
}
