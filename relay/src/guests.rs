//! Who may call: the names of the relay, the pages that may use it, and what their scripts may read (CORS).

use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, HOST, ORIGIN, VARY,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

/// Names of the relay and pages that may call it.
#[derive(Debug)]
pub(crate) struct Guests {
    /// Accepted `Host` values, lower case.
    pub(crate) authority: Vec<String>,
    /// Pages of other origins, exact.
    pub(crate) origins: Vec<String>,
}

/// Somebody who has no business here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Stranger {
    #[error("called by a name that is not the relay's")]
    Host,
    #[error("called from a page that may not")]
    Origin,
}

impl Guests {
    /// Whether the name we are called by is ours and the page, if there is one, may call us. `page` is the one
    /// that may ([`Self::page`]).
    pub(crate) fn admit(&self, request: &Request, page: Option<&HeaderValue>) -> Result<(), Stranger> {
        let headers = request.headers();
        let mut hosts = headers.get_all(HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(Stranger::Host) };
        if !self.authority.iter().any(|name| host.as_bytes().eq_ignore_ascii_case(name.as_bytes())) {
            return Err(Stranger::Host);
        }
        // A request in absolute form, as to a proxy, would name its host twice (RFC 9112 §3.2.2).
        if request.uri().authority().is_some() {
            return Err(Stranger::Host);
        }
        if headers.contains_key(ORIGIN) && page.is_none() {
            return Err(Stranger::Origin);
        }
        Ok(())
    }

    /// The page that calls, if it may: a configured one, or our own.
    pub(crate) fn page(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let mut origins = headers.get_all(ORIGIN).iter();
        let (Some(origin), None) = (origins.next(), origins.next()) else { return None };
        let text = origin.to_str().ok()?;
        let own = text
            .strip_prefix("http://")
            .or_else(|| text.strip_prefix("https://"))
            .is_some_and(|host| self.authority.iter().any(|name| name == host));
        (own || self.origins.iter().any(|known| known == text)).then(|| origin.clone())
    }
}

/// Lets the page's script read the answer (CORS).
pub(crate) fn share(page: Option<HeaderValue>, response: &mut HeaderMap) {
    if let Some(page) = page {
        response.insert(ACCESS_CONTROL_ALLOW_ORIGIN, page);
        response.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after, x-request-id"));
    }
    response.insert(VARY, HeaderValue::from_static("Origin"));
}

/// Whether a browser asks what a page of another origin may send.
pub(crate) fn asks(request: &Request) -> bool {
    request.method() == Method::OPTIONS && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// What it may.
pub(crate) fn preflight() -> Response {
    let list = [
        (ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (
            ACCESS_CONTROL_ALLOW_HEADERS,
            "accept, authorization, content-digest, content-type, idempotency-key, kakehashi-device, signature, \
             signature-input",
        ),
        (ACCESS_CONTROL_MAX_AGE, "600"),
    ];
    (StatusCode::NO_CONTENT, list).into_response()
}
