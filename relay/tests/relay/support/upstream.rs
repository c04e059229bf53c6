//! An upstream over TLS 1.3 that requires client certificates and does as it is told.

use super::{Party, Pki};
use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// A request as the upstream got it.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Which client certificate the connection had (DER).
    pub(crate) certificate: Vec<u8>,
}

pub(crate) struct Upstream {
    pub(crate) pki: Pki,
    pub(crate) address: SocketAddr,
    pub(crate) seen: Arc<Mutex<Vec<Seen>>>,
    pub(crate) connections: Arc<AtomicUsize>,
}

pub(crate) fn json(text: impl Into<Bytes>) -> Response<Full<Bytes>> {
    Response::builder().header("content-type", "application/json").body(Full::new(text.into())).unwrap()
}

impl Upstream {
    /// Answers with the content it got.
    pub(crate) async fn echo() -> Self {
        Self::answering(|seen| async move { json(seen.body) }).await
    }

    /// Answers as the function says.
    pub(crate) async fn answering<F, R>(answer: F) -> Self
    where
        F: Fn(Seen) -> R + Clone + Send + Sync + 'static,
        R: Future<Output = Response<Full<Bytes>>> + Send,
    {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let all = Arc::clone(&seen);
        let mut upstream = Self::raw(move |stream| {
            let (answer, all) = (answer.clone(), Arc::clone(&all));
            async move {
                let certificate =
                    stream.get_ref().1.peer_certificates().map(|chain| chain[0].to_vec()).unwrap_or_default();
                let service = service_fn(move |request: Request<hyper::body::Incoming>| {
                    let (answer, all, certificate) = (answer.clone(), Arc::clone(&all), certificate.clone());
                    async move {
                        let (parts, body) = request.into_parts();
                        let seen = Seen {
                            method: parts.method.to_string(),
                            target: parts.uri.to_string(),
                            headers: parts.headers,
                            body: body.collect().await.unwrap().to_bytes(),
                            certificate,
                        };
                        all.lock().unwrap().push(seen.clone());
                        Ok::<_, Infallible>(answer(seen).await)
                    }
                });
                let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
            }
        })
        .await;
        upstream.seen = seen;
        upstream
    }

    /// Does with each connection what the function says, after the handshake.
    pub(crate) async fn raw<F, R>(serve: F) -> Self
    where
        F: Fn(TlsStream<TcpStream>) -> R + Clone + Send + 'static,
        R: Future<Output = ()> + Send + 'static,
    {
        let pki = Pki::new();
        let server = pki.server("upstream.test");
        Self::with(pki, &server, serve).await
    }

    /// With this certificate.
    pub(crate) async fn with<F, R>(pki: Pki, server: &Party, serve: F) -> Self
    where
        F: Fn(TlsStream<TcpStream>) -> R + Clone + Send + 'static,
        R: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let acceptor = acceptor(&pki, server);
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (acceptor, serve, count) = (acceptor.clone(), serve.clone(), Arc::clone(&count));
                tokio::spawn(async move {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        count.fetch_add(1, Ordering::Relaxed);
                        serve(stream).await;
                    }
                });
            }
        });
        Self { pki, address, seen: Arc::default(), connections }
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

fn acceptor(pki: &Pki, server: &Party) -> TlsAcceptor {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(pki.office_ca_pem().as_bytes()).unwrap()).unwrap();
    let verifier =
        WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider)).build().unwrap();
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_single_cert(
            vec![CertificateDer::from_pem_slice(server.certificate.as_bytes()).unwrap()],
            PrivateKeyDer::from_pem_slice(server.key.as_bytes()).unwrap(),
        )
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}
