//! The upstream, and who we are to it.

use super::{ConfigError, Millis, value};
use http::Uri;
use serde::Deserialize;
use std::path::PathBuf;

/// Where requests go.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Upstream {
    /// `https://host:port`, nothing after it.
    pub url: String,
    /// The authorities that may have signed the upstream's certificate (PEM, one or more). No others count.
    pub ca: PathBuf,
    /// The name in the upstream's certificate, if it is not the host of `url`.
    #[serde(default)]
    pub server_name: Option<String>,
    /// Time to connect, TLS included.
    #[serde(default = "connect")]
    pub connect_ms: Millis,
    /// Time until the answer is there.
    #[serde(default = "response")]
    pub response_ms: Millis,
    /// How long an unused connection is kept. Must be shorter than the upstream keeps it.
    #[serde(default = "idle")]
    pub idle_ms: Millis,
}

/// The office's certificate.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Certificate with its chain (PEM). May be missing at the start and come later.
    pub certificate: PathBuf,
    /// Private key (PEM).
    pub key: PathBuf,
    /// The office's number (事業所番号), if the certificate's subject does not carry it as `serialNumber`.
    #[serde(default)]
    pub office: Option<String>,
    /// How often the files are looked at for a change.
    #[serde(default = "check")]
    pub check_ms: Millis,
}

impl Upstream {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        self.uri().map(|_| ())
    }

    /// The base of every request.
    pub fn uri(&self) -> Result<Uri, ConfigError> {
        let wrong = || value("upstream.url", "https://host or https://host:port, nothing after it");
        let uri: Uri = self.url.parse().map_err(|_| wrong())?;
        let plain = uri.scheme_str() == Some("https")
            && uri.authority().is_some_and(|authority| !authority.as_str().contains('@'))
            && matches!(uri.path(), "" | "/")
            && uri.query().is_none();
        if plain { Ok(uri) } else { Err(wrong()) }
    }
}

fn connect() -> Millis {
    Millis(5_000)
}

fn response() -> Millis {
    Millis(30_000)
}

fn idle() -> Millis {
    Millis(15_000)
}

fn check() -> Millis {
    Millis(5_000)
}
