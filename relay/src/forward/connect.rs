//! A connection to the upstream: TCP, then TLS 1.3 with the office's certificate.

use super::ForwardError;
use crate::identity::Identity;
use http::Uri;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection};
use hyper_util::rt::TokioIo;
use rustls::client::Resumption;
use rustls::sign::SingleCertAndKey;
use rustls::{ClientConfig, RootCertStore, version::TLS13};
use rustls_pki_types::ServerName;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tower::Service;

/// How long to listen for the upstream's reason after it hung up.
const REASON: Duration = Duration::from_millis(500);

/// Makes connections to one address, whatever the request's URI says. hyper-util clones it for each request.
#[derive(Clone)]
pub(super) struct Connect(Arc<Inner>);

struct Inner {
    address: (String, u16),
    name: ServerName<'static>,
    tls: TlsConnector,
    time: Duration,
}

impl Connect {
    pub(super) fn new(
        address: (String, u16),
        name: ServerName<'static>,
        roots: Arc<RootCertStore>,
        identity: &Identity,
        time: Duration,
    ) -> Result<Self, ForwardError> {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&TLS13])?
            .with_root_certificates(roots)
            .with_client_cert_resolver(Arc::new(SingleCertAndKey::from(Arc::clone(&identity.key))));
        // A resumed session would go on under a certificate that has been replaced or revoked since.
        config.resumption = Resumption::disabled();
        config.enable_early_data = false;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let tls = TlsConnector::from(Arc::new(config));
        Ok(Self(Arc::new(Inner { address, name, tls, time })))
    }

    async fn connect(self) -> io::Result<TlsStream<TcpStream>> {
        let Inner { address: (host, port), name, tls, time } = &*self.0;
        let connecting = async {
            let tcp = TcpStream::connect((host.as_str(), *port)).await?;
            tcp.set_nodelay(true)?;
            tls.connect(name.clone(), tcp).await
        };
        tokio::time::timeout(*time, connecting)
            .await
            .map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "no connection in time"))?
    }

    /// Asks why a connection was closed: connects once more, sends nothing, and listens for an alert.
    pub(super) async fn why(&self, error: ForwardError) -> ForwardError {
        let listening = async {
            let mut stream = self.clone().connect().await?;
            stream.read(&mut [0; 1]).await.map(|_| ())
        };
        match tokio::time::timeout(self.0.time.min(REASON), listening).await {
            Ok(Err(reason)) => match ForwardError::from(reason) {
                refused @ ForwardError::IdentityRefused(_) => refused,
                _ => error,
            },
            _ => error,
        }
    }
}

impl Service<Uri> for Connect {
    type Response = Stream;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Stream>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let connecting = self.clone().connect();
        Box::pin(async { Ok(Stream(TokioIo::new(connecting.await?))) })
    }
}

/// The connection, in hyper's terms.
pub(super) struct Stream(TokioIo<TlsStream<TcpStream>>);

impl Connection for Stream {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buf)
    }
}

impl Write for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.0.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write_vectored(cx, bufs)
    }
}
