//! Only pages of this machine may look in: a page elsewhere could otherwise read codes or move the clock
//! through somebody's browser.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

/// Refuses other hosts (a name turned to 127.0.0.1 by its owner) and pages of other origins.
pub(super) async fn only(request: Request, next: Next) -> Response {
    if !allowed(request.headers()) {
        return (StatusCode::FORBIDDEN, "Only for pages of this machine.\n").into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("x-frame-options"), "DENY"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn allowed(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value: &HeaderValue| value.to_str().unwrap_or("?"));
    let host = text(header::HOST).is_some_and(is_here);
    // Browsers send an origin with everything that could do harm; other programs send none.
    let origin =
        text(header::ORIGIN).is_none_or(|origin| origin.strip_prefix("http://").is_some_and(is_here));
    host && origin
}

/// `127.0.0.1`, `localhost` or `[::1]`, with or without a port.
fn is_here(authority: &str) -> bool {
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| {
        authority.strip_prefix(name).is_some_and(|rest| {
            rest.is_empty() || rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_and_no_other() {
        for here in ["127.0.0.1", "127.0.0.1:8482", "localhost:1", "[::1]:8482"] {
            assert!(is_here(here), "{here}");
        }
        for elsewhere in
            ["127.0.0.1.example", "localhost.example", "localhost:x", "example", "", "127.0.0.10"]
        {
            assert!(!is_here(elsewhere), "{elsewhere}");
        }
    }

    #[test]
    fn host_and_origin_both_count() {
        let headers = |pairs: &[(HeaderName, &str)]| {
            pairs.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect::<HeaderMap>()
        };
        let host = (header::HOST, "127.0.0.1:8482");
        assert!(allowed(&headers(std::slice::from_ref(&host))));
        assert!(allowed(&headers(&[host.clone(), (header::ORIGIN, "http://localhost:8480")])));
        for origin in ["https://evil.example", "null", "http://127.0.0.1.evil.example", "file://"] {
            assert!(!allowed(&headers(&[host.clone(), (header::ORIGIN, origin)])), "{origin}");
        }
        assert!(!allowed(&headers(&[(header::HOST, "evil.example")])));
        assert!(!allowed(&HeaderMap::new()));
    }
}
