//! The built app at the relay's own address (`--app DIR`), with the headers a page of this kind needs.
//!
//! What is served is decided here before `ServeDir` sees the request: plain names only, nothing hidden, nothing
//! that leads out of the folder, and the page itself for every address that is no file's name.

use crate::config;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, Method, StatusCode};
use std::io;
use std::path::{Path, PathBuf};
use tower::ServiceExt;
use tower_http::services::ServeDir;

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// What a page could ask for and this one never does; the reader it does.
const PERMISSIONS: &str = "usb=(self), local-network=(self), loopback-network=(self), accelerometer=(), \
    autoplay=(), camera=(), display-capture=(), fullscreen=(self), geolocation=(), gyroscope=(), \
    hid=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), \
    publickey-credentials-get=(), screen-wake-lock=(), serial=(), xr-spatial-tracking=()";

/// The app's folder.
#[derive(Debug, Clone)]
pub struct App {
    root: PathBuf,
    files: ServeDir,
    policy: HeaderValue,
}

/// Why the folder cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// It is not there, or holds no app.
    #[error("{} holds no built app (index.html)", .0.display())]
    Missing(PathBuf),
    /// The file of script hashes is not of the form.
    #[error("csp-hashes.txt: {0:?} is no 'sha256-…'")]
    Hash(String),
    /// It cannot be read.
    #[error("the app's folder cannot be read")]
    Read(#[from] io::Error),
}

/// Nothing there, or nothing that is given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoFile;

impl App {
    /// Looks at the folder; reads the hashes of the page's inline scripts.
    pub fn open(folder: &Path, config: &config::App) -> Result<Self, AppError> {
        let root = folder.canonicalize().map_err(|_| AppError::Missing(folder.to_owned()))?;
        if !root.join("index.html").is_file() {
            return Err(AppError::Missing(folder.to_owned()));
        }
        let policy = policy(&hashes(&root)?, &config.connect);
        let policy = HeaderValue::from_str(&policy).map_err(|_| AppError::Hash(policy))?;
        let files = ServeDir::new(&root)
            .append_index_html_on_directories(false)
            .precompressed_br()
            .precompressed_gzip();
        Ok(Self { root, files, policy })
    }

    /// The file a request asks for.
    pub(crate) async fn serve(&self, request: Request) -> Result<Response, NoFile> {
        if request.method() != Method::GET && request.method() != Method::HEAD {
            return Err(NoFile);
        }
        let name = name(request.uri().path()).ok_or(NoFile)?.to_owned();
        if !self.inside(&name).await {
            return Err(NoFile);
        }
        let (mut parts, _) = request.into_parts();
        parts.uri = format!("/{name}").parse().map_err(|_| NoFile)?;
        let response = self.files.clone().oneshot(Request::from_parts(parts, Body::empty())).await;
        let mut response = match response {
            Ok(response) if response.status() == StatusCode::NOT_FOUND => return Err(NoFile),
            Ok(response) => response.map(Body::new),
            Err(never) => match never {},
        };
        self.dress(response.headers_mut(), &name);
        Ok(response)
    }

    /// Whether the file and its compressed forms are there and lie in the folder, links followed.
    async fn inside(&self, name: &str) -> bool {
        let mut there = false;
        for suffix in ["", ".br", ".gz"] {
            match tokio::fs::canonicalize(self.root.join(format!("{name}{suffix}"))).await {
                Ok(path) if path.starts_with(&self.root) => there |= suffix.is_empty(),
                Ok(_) => return false,
                Err(_) => {}
            }
        }
        there
    }

    fn dress(&self, headers: &mut HeaderMap, name: &str) {
        let caching = if hashed(name) { "public, max-age=31536000, immutable" } else { "no-cache" };
        for (name, value) in [
            (CACHE_CONTROL, caching),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (REFERRER_POLICY, "no-referrer"),
            (PERMISSIONS_POLICY, PERMISSIONS),
            (OPENER_POLICY, "same-origin"),
            (RESOURCE_POLICY, "same-origin"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        headers.insert(CONTENT_SECURITY_POLICY, self.policy.clone());
    }
}

/// The file's name in the folder. `None` for what is never given out: hidden files, escapes of any kind.
fn name(path: &str) -> Option<&str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_');
    let name = path.strip_prefix('/')?;
    if !name.bytes().all(plain) || name.split('/').any(|segment| segment.starts_with('.')) {
        return None;
    }
    let last = name.rsplit('/').next()?;
    if last == "csp-hashes.txt" || last.ends_with(".br") || last.ends_with(".gz") {
        return None;
    }
    // An address inside the app, not a file: the page itself answers.
    if last.contains('.') { Some(name) } else { Some("index.html") }
}

/// Whether a name carries a hash of its content, as the build gives it: `app-0123456789abcdef_bg.wasm`.
/// Trunk writes its 64 bits without leading zeros.
fn hashed(name: &str) -> bool {
    name.split(['-', '_', '.', '/'])
        .any(|part| part.len() >= 12 && part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')))
}

/// One `'sha256-…'` a line.
fn hashes(root: &Path) -> Result<Vec<String>, AppError> {
    let text = match std::fs::read_to_string(root.join("csp-hashes.txt")) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let hash = line.strip_prefix("'sha256-").and_then(|rest| rest.strip_suffix('\''));
            let base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
            match hash {
                Some(hash) if hash.len() == 44 && hash.bytes().all(base64) => Ok(line.to_owned()),
                _ => Err(AppError::Hash(line.to_owned())),
            }
        })
        .collect()
}

fn policy(hashes: &[String], connect: &[String]) -> String {
    let with =
        |first: &str, more: &[String]| more.iter().fold(first.to_owned(), |list, source| list + " " + source);
    [
        "default-src 'none'",
        &with("script-src 'self' 'wasm-unsafe-eval'", hashes),
        "style-src 'self'",
        "img-src 'self' data:",
        &with("connect-src 'self'", connect),
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
    ]
    .join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (path, file) in [
            ("/", Some("index.html")),
            ("/person/seen", Some("index.html")),
            ("/config.json", Some("config.json")),
            ("/icons/card.svg", Some("icons/card.svg")),
            ("/.env", None),
            ("/a/.git/config", None),
            ("/../relay.toml", None),
            ("/%2e%2e/relay.toml", None),
            ("/a\\b.js", None),
            ("/csp-hashes.txt", None),
            ("/app.js.br", None),
        ] {
            assert_eq!(name(path), file, "{path}");
        }
    }

    #[test]
    fn hashed_names_are_kept_for_ever() {
        assert!(hashed("kakehashi-app-0a1b2c3d4e5f6a7b_bg.wasm"));
        assert!(hashed("styles-0a1b2c3d4e5f6a7b.css"));
        for name in ["index.html", "config.json", "service-worker.js", "icons/card.svg"] {
            assert!(!hashed(name), "{name}");
        }
    }
}
