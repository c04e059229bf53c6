//! Who may call: the names of the relay, the pages that may use it, and what their scripts may read (CORS).

use crate::body::Body;
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, HOST, ORIGIN, VARY,
};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Response, StatusCode};

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
    /// The name we are called by, if it is ours and the page, if there is one, may call us.
    pub(crate) fn admit<'a>(&self, request: &'a Parts) -> Result<&'a HeaderValue, Stranger> {
        let headers = &request.headers;
        let mut hosts = headers.get_all(HOST).iter();
        let host = match (hosts.next(), hosts.next()) {
            (Some(host), None) => host,
            _ => return Err(Stranger::Host),
        };
        if !self.authority.iter().any(|name| host.as_bytes().eq_ignore_ascii_case(name.as_bytes())) {
            return Err(Stranger::Host);
        }
        // A request in absolute form, as to a proxy, would name its host twice (RFC 9112 §3.2.2).
        if request.uri.authority().is_some() {
            return Err(Stranger::Host);
        }
        if headers.contains_key(ORIGIN) && self.origin(headers).is_none() {
            return Err(Stranger::Origin);
        }
        Ok(host)
    }

    /// The page that calls, if it may: a configured one, or our own.
    fn origin<'a>(&self, headers: &'a HeaderMap) -> Option<&'a HeaderValue> {
        let mut origins = headers.get_all(ORIGIN).iter();
        let (Some(origin), None) = (origins.next(), origins.next()) else { return None };
        let text = origin.to_str().ok()?;
        let own = text
            .strip_prefix("http://")
            .or_else(|| text.strip_prefix("https://"))
            .is_some_and(|host| self.authority.iter().any(|name| name == host));
        (own || self.origins.iter().any(|known| known == text)).then_some(origin)
    }

    /// Lets the page's script read the answer (CORS).
    pub(crate) fn share(&self, request: &HeaderMap, response: &mut HeaderMap) {
        if let Some(origin) = self.origin(request) {
            response.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            response
                .insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after, x-request-id"));
        }
        response.insert(VARY, HeaderValue::from_static("Origin"));
    }
}

/// What a page of another origin may send.
pub(crate) fn preflight() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    for (name, value) in [
        (ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (
            ACCESS_CONTROL_ALLOW_HEADERS,
            "accept, authorization, content-digest, content-type, idempotency-key, kakehashi-device, signature, \
             signature-input",
        ),
        (ACCESS_CONTROL_MAX_AGE, "600"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
