//! Starting, serving, stopping.

use crate::answer::{Done, Outcome};
use crate::http::{Peer, Signed, router, server_config};
use crate::state::{self, Shared};
use crate::{Config, PlatformError, ShiftClock, extras};
use axum::Extension;
use axum::Router;
use axum::extract::State;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use kakehashi_domain::upstream::{Empty, Status};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

/// Connections at one time.
const CONNECTIONS: usize = 1_024;
/// For a TLS handshake.
const PATIENCE: Duration = Duration::from_secs(10);
/// For the headers of the next request: so long a relay may keep an idle connection.
const IDLE: Duration = Duration::from_secs(90);
/// For calls under way when the service stops.
const FAREWELL: Duration = Duration::from_secs(5);

/// The sandbox.
#[derive(Debug)]
pub struct Platform;

/// A sandbox at work. Stops when dropped, properly with [`Running::shutdown`].
#[derive(Debug)]
pub struct Running {
    tls_addr: SocketAddr,
    extras_addr: Option<SocketAddr>,
    state: Shared,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Platform {
    /// Opens everything and listens.
    ///
    /// # Errors
    /// When something is not made, not seeded, not readable, or an address cannot be listened on.
    pub async fn start(config: Config) -> Result<Running, PlatformError> {
        if let Some(address) = config.extras.filter(|address| !address.ip().is_loopback()) {
            return Err(PlatformError::ExtrasNotLoopback(address));
        }
        let state = Arc::new(state::State::open(&config)?);
        let acceptor = TlsAcceptor::from(Arc::new(server_config(&config.layout)?));
        let (stop, stopped) = watch::channel(false);

        let (listener, tls_addr) = listen(config.listen).await?;
        let service = router(Arc::clone(&state));
        let mut tasks = vec![tokio::spawn(serve(listener, Some(acceptor), service, stopped.clone()))];
        let mut extras_addr = None;
        if let Some(address) = config.extras {
            let (listener, address) = listen(address).await?;
            extras_addr = Some(address);
            let service = extras::router(Arc::clone(&state))?;
            tasks.push(tokio::spawn(serve(listener, None, service, stopped)));
        }
        Ok(Running { tls_addr, extras_addr, state, stop, tasks })
    }
}

impl Running {
    /// Where the service listens.
    pub fn tls_addr(&self) -> SocketAddr {
        self.tls_addr
    }

    /// Where the extras listen.
    pub fn extras_addr(&self) -> Option<SocketAddr> {
        self.extras_addr
    }

    /// The clock of the rules, to be shifted.
    pub fn clock(&self) -> ShiftClock {
        self.state.clock.clone()
    }

    /// Stops listening, lets calls under way end, and returns.
    pub async fn shutdown(mut self) {
        let _ = self.stop.send(true);
        for task in self.tasks.drain(..) {
            let _ = task.await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
    }
}

/// `/api/v1/status`
pub(crate) async fn status(
    State(state): State<Shared>,
    Signed { body: Empty {}, .. }: Signed<Empty>,
) -> Outcome<Status> {
    let name = "介護情報基盤(練習用サンドボックス)".to_owned();
    Ok(Done(Status { name, now: state.now(), sandbox: true }))
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), PlatformError> {
    let error = |source| PlatformError::listen(address, source);
    let listener = TcpListener::bind(address).await.map_err(error)?;
    let address = listener.local_addr().map_err(error)?;
    Ok((listener, address))
}

/// Accepts until told to stop.
async fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    service: Router,
    mut stopped: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.wait_for(|stop| *stop) => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Out of descriptors, most likely: it passes.
                tracing::warn!(%error, "accepting failed");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
        let (tls, service, watcher) = (tls.clone(), service.clone(), graceful.watcher());
        tokio::spawn(async move {
            connection(stream, tls, service, watcher).await;
            drop(place);
        });
    }
    drop(listener);
    let _ = timeout(FAREWELL, graceful.shutdown()).await;
}

async fn connection(
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    service: Router,
    watcher: hyper_util::server::graceful::Watcher,
) {
    let _ = stream.set_nodelay(true);
    let mut builder = auto::Builder::new(hyper_util::rt::TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(IDLE);
    let outcome = match tls {
        None => {
            let service = TowerToHyperService::new(service);
            watcher
                .watch(builder.serve_connection_with_upgrades(TokioIo::new(stream), service).into_owned())
                .await
        }
        Some(tls) => {
            let Ok(Ok(stream)) = timeout(PATIENCE, tls.accept(stream)).await else {
                tracing::debug!("no TLS connection came about");
                return;
            };
            let certificates = stream.get_ref().1.peer_certificates();
            let peer = Peer::of(certificates.and_then(|chain| chain.first()));
            let service = TowerToHyperService::new(service.layer(Extension(peer)));
            watcher.watch(builder.serve_connection(TokioIo::new(stream), service).into_owned()).await
        }
    };
    if let Err(error) = outcome {
        tracing::debug!(%error, "a connection ended early");
    }
}
