//! The office's certificate: read, checked, published through a watch channel, taken up anew when its files
//! change. A new one that is not usable leaves the last good one in use.

use crate::config;
use crate::time::now;
use rustls::crypto::aws_lc_rs;
use rustls::sign::CertifiedKey;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::sync::watch;
use x509_cert::der::Decode;
use x509_cert::der::oid::ObjectIdentifier;

/// Subject attribute `serialNumber`: the office's number stands there.
const SERIAL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.5");

/// Days before the end at which the log says so.
const WARNINGS: [u64; 3] = [60, 30, 7];

/// A usable pair of certificate and key; usable does not mean valid today.
#[derive(Debug)]
pub struct Identity {
    /// The office's number (事業所番号).
    pub office: Option<String>,
    /// Valid from, unix seconds.
    pub not_before: u64,
    /// Valid until, unix seconds.
    pub not_after: u64,
    pub(crate) key: Arc<CertifiedKey>,
}

/// Why files are no usable identity.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// A file is not there.
    #[error("{} is not there", .0.display())]
    Missing(PathBuf),
    /// A file cannot be read.
    #[error("{} cannot be read", .0.display())]
    Read(PathBuf, #[source] io::Error),
    /// A file holds no PEM of its kind.
    #[error("{} holds no {kind} in PEM form", path.display())]
    Pem {
        /// The file.
        path: PathBuf,
        /// Of what.
        kind: &'static str,
    },
    /// The certificate cannot be understood.
    #[error("the certificate cannot be understood")]
    Certificate(#[from] x509_cert::der::Error),
    /// The key is of a kind that is not supported.
    #[error("the private key cannot be used")]
    Key(#[source] rustls::Error),
    /// The key is another certificate's.
    #[error("the private key does not belong to the certificate")]
    Mismatch,
}

/// Where an identity stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// Not yet.
    Early,
    /// Now.
    Valid,
    /// No longer.
    Expired,
}

impl Identity {
    /// Reads and checks the files.
    pub fn load(config: &config::Identity) -> Result<Self, IdentityError> {
        let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&read(&config.certificate)?)
            .collect::<Result<_, _>>()
            .map_err(|_| no_pem(&config.certificate, "certificate"))?;
        let first = chain.first().ok_or_else(|| no_pem(&config.certificate, "certificate"))?;
        let certificate = x509_cert::Certificate::from_der(first)?.tbs_certificate;
        let key = PrivateKeyDer::from_pem_slice(&read(&config.key)?)
            .map_err(|_| no_pem(&config.key, "private key"))?;
        let key =
            CertifiedKey::from_der(chain, key, &aws_lc_rs::default_provider()).map_err(
                |error| match error {
                    rustls::Error::InconsistentKeys(_) => IdentityError::Mismatch,
                    other => IdentityError::Key(other),
                },
            )?;
        Ok(Self {
            office: config.office.clone().or_else(|| serial_number(&certificate)),
            not_before: certificate.validity.not_before.to_unix_duration().as_secs(),
            not_after: certificate.validity.not_after.to_unix_duration().as_secs(),
            key: Arc::new(key),
        })
    }

    /// At a time in unix seconds.
    pub fn validity(&self, now: u64) -> Validity {
        if now < self.not_before {
            Validity::Early
        } else if now > self.not_after {
            Validity::Expired
        } else {
            Validity::Valid
        }
    }

    /// Whole days left at a time.
    pub fn days_left(&self, now: u64) -> u64 {
        self.not_after.saturating_sub(now) / 86_400
    }
}

/// The files, looked at again and again.
#[derive(Debug)]
pub struct Watcher {
    config: config::Identity,
    sender: watch::Sender<Option<Arc<Identity>>>,
    seen: Option<Stamp>,
    warned: Option<u64>,
}

/// What tells that files have changed.
type Stamp = [Option<(SystemTime, u64)>; 2];

impl Watcher {
    /// Looks at the files for the first time. Without a usable identity the channel holds none.
    pub fn new(config: &config::Identity) -> (Self, watch::Receiver<Option<Arc<Identity>>>) {
        let (sender, receiver) = watch::channel(None);
        let mut watcher = Self { config: config.clone(), sender, seen: None, warned: None };
        watcher.look();
        (watcher, receiver)
    }

    /// Looks again at every interval, until dropped.
    pub async fn run(mut self) {
        let mut interval = tokio::time::interval(Duration::from(self.config.check_ms));
        loop {
            interval.tick().await;
            self.look();
            self.warn();
        }
    }

    fn look(&mut self) {
        let stamp = [stamp(&self.config.certificate), stamp(&self.config.key)];
        if self.seen.as_ref() == Some(&stamp) {
            return;
        }
        self.seen = Some(stamp);
        match Identity::load(&self.config) {
            Ok(identity) => {
                tracing::info!(
                    office = identity.office.as_deref().unwrap_or("unknown"),
                    days_left = identity.days_left(now()),
                    "The office certificate is in use."
                );
                self.warned = None;
                self.sender.send_replace(Some(Arc::new(identity)));
            }
            Err(error) if self.sender.borrow().is_some() => {
                tracing::warn!(%error, "The new office certificate is not usable; the old one stays in use.");
            }
            Err(error) => tracing::warn!(%error, "There is no usable office certificate yet."),
        }
    }

    /// Says once a day, from 60, 30 and 7 days before the end, that it is near.
    fn warn(&mut self) {
        let Some(identity) = self.sender.borrow().clone() else { return };
        let days_left = identity.days_left(now());
        let due = WARNINGS.contains(&days_left) || days_left < WARNINGS[WARNINGS.len() - 1];
        if due && self.warned != Some(days_left) {
            self.warned = Some(days_left);
            tracing::warn!(days_left, "The office certificate runs out soon; get a new one.");
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, IdentityError> {
    std::fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => IdentityError::Missing(path.to_owned()),
        _ => IdentityError::Read(path.to_owned(), error),
    })
}

fn no_pem(path: &Path, kind: &'static str) -> IdentityError {
    IdentityError::Pem { path: path.to_owned(), kind }
}

fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

fn serial_number(certificate: &x509_cert::TbsCertificate) -> Option<String> {
    certificate
        .subject
        .0
        .iter()
        .flat_map(|name| name.0.iter())
        .find(|attribute| attribute.oid == SERIAL_NUMBER)
        .and_then(|attribute| std::str::from_utf8(attribute.value.value()).ok())
        .map(str::to_owned)
}
