//! TLS 1.3 only, client certificate required, revocation list obeyed.

use crate::{Layout, PlatformError};
use rustls::crypto::aws_lc_rs;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use std::path::Path;
use std::sync::Arc;

/// The server's side of TLS, from the files that `init` made.
pub(crate) fn server_config(layout: &Layout) -> Result<ServerConfig, PlatformError> {
    let pki = layout.pki();
    let provider = Arc::new(aws_lc_rs::default_provider());
    let mut roots = RootCertStore::empty();
    for certificate in certificates(&pki.join("office-ca.pem"))? {
        roots.add(certificate).map_err(PlatformError::pki)?;
    }
    let list = pki.join("office-ca.crl");
    let revoked = CertificateRevocationListDer::from_pem_file(&list)
        .map_err(|error| PlatformError::content(&list, error))?;
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
        .with_crls([revoked])
        .build()
        .map_err(PlatformError::pki)?;
    let key = pki.join("server.key");
    let private = PrivateKeyDer::from_pem_file(&key).map_err(|error| PlatformError::content(&key, error))?;
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])
        .map_err(PlatformError::pki)?
        .with_client_cert_verifier(verifier)
        .with_single_cert(certificates(&pki.join("server.pem"))?, private)
        .map_err(PlatformError::pki)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, PlatformError> {
    CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect)
        .map_err(|error| PlatformError::content(path, error))
}
