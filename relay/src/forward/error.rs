//! What can go wrong on the way to the upstream, sorted by who can mend it.

use rustls::AlertDescription;
use std::error::Error;
use std::io;

/// A cause, as found somewhere down the chain of errors.
type Cause = Box<dyn Error + Send + Sync>;

/// Why a request could not be forwarded or got no usable answer.
#[derive(Debug, thiserror::Error)]
pub enum ForwardError {
    /// No office certificate, or one that is not valid yet.
    #[error("there is no office certificate to go with")]
    NoIdentity,
    /// The office certificate has run out.
    #[error("the office certificate has run out")]
    Expired,
    /// The upstream does not take the office certificate.
    #[error("the upstream refuses the office certificate")]
    IdentityRefused(#[source] rustls::Error),
    /// No connection, or it broke off.
    #[error("the upstream cannot be reached")]
    Unreachable(#[source] Cause),
    /// No answer in time.
    #[error("the upstream takes too long")]
    Slow,
    /// An answer, but none that makes sense.
    #[error("the upstream's answer makes no sense")]
    BadAnswer(#[source] Cause),
    /// The other side cannot prove to be the upstream.
    #[error("the upstream's certificate does not hold")]
    ServerCertificate(#[source] rustls::Error),
}

impl ForwardError {
    /// Whether the upstream may in truth have refused our certificate: in TLS 1.3 it says so only after the
    /// handshake, and the word is lost if our request arrives at a socket that is already closed.
    pub(super) fn may_be_a_refusal(&self) -> bool {
        match self {
            Self::Unreachable(cause) | Self::BadAnswer(cause) => cause
                .downcast_ref::<hyper_util::client::legacy::Error>()
                .is_some_and(|error| !error.is_connect()),
            _ => false,
        }
    }
}

impl From<rustls::Error> for ForwardError {
    fn from(error: rustls::Error) -> Self {
        match error {
            rustls::Error::InvalidCertificate(_) => Self::ServerCertificate(error),
            rustls::Error::AlertReceived(alert) if about_our_certificate(alert) => {
                Self::IdentityRefused(error)
            }
            other => Self::BadAnswer(other.into()),
        }
    }
}

impl From<io::Error> for ForwardError {
    fn from(error: io::Error) -> Self {
        match tls(&error) {
            Some(error) => error.into(),
            None => Self::Unreachable(error.into()),
        }
    }
}

impl From<hyper_util::client::legacy::Error> for ForwardError {
    fn from(error: hyper_util::client::legacy::Error) -> Self {
        let mut nonsense = false;
        let mut next: Option<&(dyn Error + 'static)> = Some(&error);
        while let Some(cause) = next {
            if let Some(io) = cause.downcast_ref::<io::Error>() {
                if io.kind() == io::ErrorKind::TimedOut {
                    return Self::Slow;
                }
                if let Some(tls) = tls(io) {
                    return tls.into();
                }
                // Hung up in the middle of TLS: an answer that never came, like one that broke off.
                nonsense |= io.kind() == io::ErrorKind::UnexpectedEof && !error.is_connect();
            }
            if let Some(hyper) = cause.downcast_ref::<hyper::Error>() {
                nonsense |= hyper.is_parse() || hyper.is_incomplete_message();
            }
            next = cause.source();
        }
        if nonsense { Self::BadAnswer(error.into()) } else { Self::Unreachable(error.into()) }
    }
}

/// The TLS error inside an I/O error.
fn tls(error: &io::Error) -> Option<rustls::Error> {
    error.get_ref()?.downcast_ref::<rustls::Error>().cloned()
}

/// Alerts by which a server turns a client's certificate down (RFC 8446 §6.2).
fn about_our_certificate(alert: AlertDescription) -> bool {
    matches!(
        alert,
        AlertDescription::BadCertificate
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::CertificateRevoked
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateUnknown
            | AlertDescription::CertificateRequired
            | AlertDescription::UnknownCA
            | AlertDescription::AccessDenied
            | AlertDescription::DecryptError
    )
}
