//! What is passed on each way: a list, so everything else is dropped, hop-by-hop fields (RFC 9110 §7.6.1) and
//! whatever `Connection` names among it.

use http::header::{
    ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONNECTION, CONTENT_TYPE, FORWARDED, HeaderMap, HeaderName,
    HeaderValue, ORIGIN, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS,
};

/// Names of our own.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
pub(crate) const DEVICE: HeaderName = HeaderName::from_static(kakehashi_signing::DEVICE_HEADER);
const SIGNATURE: HeaderName = HeaderName::from_static("signature");
const SIGNATURE_INPUT: HeaderName = HeaderName::from_static("signature-input");
const CONTENT_DIGEST: HeaderName = HeaderName::from_static("content-digest");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// From the app to the upstream. The signature travels on: it is evidence there.
const UP: [HeaderName; 9] = [
    CONTENT_TYPE,
    CONTENT_DIGEST,
    AUTHORIZATION,
    SIGNATURE,
    SIGNATURE_INPUT,
    DEVICE,
    IDEMPOTENCY_KEY,
    ACCEPT,
    ORIGIN,
];

/// From the upstream to the app.
const DOWN: [HeaderName; 2] = [CONTENT_TYPE, RETRY_AFTER];

/// The headers of the request to the upstream. `authority` is the relay's, as the device signed it.
pub fn up(from: &HeaderMap, authority: &HeaderValue, id: &HeaderValue) -> HeaderMap {
    // Those listed, two of our own, and the upstream's `Host`.
    let mut to = HeaderMap::with_capacity(UP.len() + 3);
    pass(&UP, from, &mut to);
    if let Some(forwarded) = forwarded(authority) {
        to.insert(FORWARDED, forwarded);
    }
    to.insert(REQUEST_ID, id.clone());
    to
}

/// The headers of the answer to the app.
pub(crate) fn down(from: &HeaderMap, to: &mut HeaderMap) {
    pass(&DOWN, from, to);
}

/// What every answer of the relay itself or the upstream carries.
pub(crate) fn answer(headers: &mut HeaderMap, id: HeaderValue) {
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REQUEST_ID, id);
}

/// All headers together, in bytes as on the wire.
pub(crate) fn size(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum()
}

fn pass(names: &[HeaderName], from: &HeaderMap, to: &mut HeaderMap) {
    let hop = from.contains_key(CONNECTION);
    for name in names {
        if let Some(value) = from.get(name)
            && !(hop && named_by_connection(from, name))
        {
            to.insert(name.clone(), value.clone());
        }
    }
}

/// Whether `Connection` makes this field one of this hop only.
fn named_by_connection(headers: &HeaderMap, name: &HeaderName) -> bool {
    headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|option| option.trim().eq_ignore_ascii_case(name.as_str()))
}

/// `host="…"` (RFC 7239 §4: a host with a port is quoted).
fn forwarded(authority: &HeaderValue) -> Option<HeaderValue> {
    let value = [b"host=\"".as_slice(), authority.as_bytes(), b"\"".as_slice()].concat();
    HeaderValue::from_maybe_shared(bytes::Bytes::from(value)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn only_the_listed_go_up() {
        let from = headers(&[
            ("content-type", "application/json"),
            ("authorization", "Bearer t"),
            ("accept", "application/json"),
            ("cookie", "a=b"),
            ("host", "relay"),
            ("forwarded", "for=1.2.3.4"),
            ("x-forwarded-for", "1.2.3.4"),
            ("x-request-id", "theirs"),
            ("connection", "close, Accept"),
            ("te", "trailers"),
            ("transfer-encoding", "chunked"),
            ("upgrade", "h2c"),
            ("proxy-authorization", "x"),
            ("keep-alive", "1"),
            ("trailer", "x"),
            ("user-agent", "x"),
            ("accept-encoding", "gzip"),
        ]);
        let to = up(&from, &HeaderValue::from_static("127.0.0.1:8480"), &HeaderValue::from_static("ours"));
        assert_eq!(
            to,
            headers(&[
                ("content-type", "application/json"),
                ("authorization", "Bearer t"),
                ("forwarded", "host=\"127.0.0.1:8480\""),
                ("x-request-id", "ours"),
            ]),
            "accept is named by Connection, so it is dropped too"
        );
    }

    #[test]
    fn only_the_listed_come_down() {
        let from = headers(&[
            ("content-type", "application/json"),
            ("retry-after", "3"),
            ("set-cookie", "a=b"),
            ("server", "x"),
            ("location", "https://elsewhere"),
            ("access-control-allow-origin", "*"),
            ("cache-control", "public"),
        ]);
        let mut to = HeaderMap::new();
        down(&from, &mut to);
        assert_eq!(to, headers(&[("content-type", "application/json"), ("retry-after", "3")]));
    }
}
