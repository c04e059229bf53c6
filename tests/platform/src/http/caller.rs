//! Who calls. Checked in the order of docs/api.md §4: certificate → office, signature → device,
//! token → staff; then only is the body looked at.

use super::{Peer, forwarded};
use crate::answer::{Problem, Refusal};
use crate::session::{Member, member};
use crate::state::Shared;
use crate::{Clock, SystemClock};
use axum::body::{Body, Bytes};
use axum::extract::FromRequest;
use http::{HeaderMap, Request, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use kakehashi_domain::number::OfficeNumber;
use kakehashi_signing::{
    DEVICE_HEADER, Jwk, Received, UnverifiedCredential, VerifyingKey, WINDOW, check_digest,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Names what is to be done once only.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// A call from a device of an office, without a session.
#[derive(Debug)]
pub(crate) struct Signed<T> {
    pub(crate) caller: Caller,
    pub(crate) body: T,
}

/// A call of somebody who is signed in.
#[derive(Debug)]
pub(crate) struct Authorised<T> {
    pub(crate) caller: Caller,
    pub(crate) member: Member,
    pub(crate) body: T,
}

/// Office and device of a call.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// By its certificate.
    pub(crate) office: OfficeNumber,
    /// Thumbprint of the key that signed.
    pub(crate) device: String,
    /// That key.
    pub(crate) key: Jwk,
    /// `Idempotency-Key`, where there is one.
    pub(crate) idempotency_key: Option<String>,
    /// The page's origin, as the browser said it.
    pub(crate) origin: Option<String>,
    /// The signature, to be kept with what was done.
    pub(crate) evidence: Evidence,
}

/// What shows later that this device asked.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Evidence {
    path: String,
    authority: String,
    content_digest: String,
    signature_input: String,
    signature: String,
}

impl<T: DeserializeOwned> FromRequest<Shared> for Signed<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request<Body>, state: &Shared) -> Result<Self, Refusal> {
        let (caller, _, bytes) = arrive(request, state).await?;
        Ok(Self { caller, body: parse(&bytes)? })
    }
}

impl<T: DeserializeOwned> FromRequest<Shared> for Authorised<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request<Body>, state: &Shared) -> Result<Self, Refusal> {
        let (caller, headers, bytes) = arrive(request, state).await?;
        let token = text(&headers, header::AUTHORIZATION.as_str())
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or(Problem::NotSignedIn)?;
        let member = member(state, &caller, token).await?;
        Ok(Self { caller, member, body: parse(&bytes)? })
    }
}

/// Certificate and signature.
async fn arrive(request: Request<Body>, state: &Shared) -> Result<(Caller, HeaderMap, Bytes), Refusal> {
    let (parts, body) = request.into_parts();
    let office = parts.extensions.get::<Peer>().and_then(|peer| peer.office.clone());
    let office =
        office.filter(|number| state.offices.contains(number.as_str())).ok_or(Problem::NotThisOffice)?;
    // Numbers stand in bodies, never in a URL: so a URL has nothing but its path.
    if parts.uri.query().is_some() {
        return Err(Problem::Malformed("query").into());
    }
    let bytes = read(&parts.headers, body, state.rules.body_limit).await?;
    let authority = authority(&parts.headers)?;
    let received = Received {
        method: parts.method.as_str(),
        authority,
        path: parts.uri.path(),
        query: None,
        headers: &parts.headers,
    };
    let (device, key) = device(state, &office, &received, &bytes)?;
    let header = |name: &str| text(&parts.headers, name).unwrap_or_default().to_owned();
    let evidence = Evidence {
        path: parts.uri.path().to_owned(),
        authority: authority.to_owned(),
        content_digest: header("content-digest"),
        signature_input: header("signature-input"),
        signature: header("signature"),
    };
    let origin = text(&parts.headers, header::ORIGIN.as_str()).map(str::to_owned);
    let idempotency_key = text(&parts.headers, IDEMPOTENCY_KEY).map(str::to_owned);
    let caller = Caller { office, device, key, idempotency_key, origin, evidence };
    Ok((caller, parts.headers, bytes))
}

/// The whole body, or not too much of it.
async fn read(headers: &HeaderMap, body: Body, limit: usize) -> Result<Bytes, Problem> {
    let said = text(headers, header::CONTENT_LENGTH.as_str()).and_then(|text| text.parse::<u64>().ok());
    if said.is_some_and(|length| length > limit as u64) {
        return Err(Problem::TooLarge);
    }
    match Limited::new(body, limit).collect().await {
        Ok(whole) => Ok(whole.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Problem::TooLarge),
        Err(_) => Err(Problem::Malformed("body")),
    }
}

/// What the browser called; the service itself when nobody stands between.
fn authority(headers: &HeaderMap) -> Result<&str, Problem> {
    let name = header::FORWARDED.as_str();
    if headers.contains_key(name) {
        text(headers, name).and_then(forwarded::host).ok_or(Problem::Malformed("forwarded"))
    } else {
        text(headers, header::HOST.as_str()).ok_or(Problem::Malformed("host"))
    }
}

/// The device whose key signed. The credential is the relay's word; here it only brings the key, and its
/// office must be the certificate's.
fn device(
    state: &Shared,
    office: &OfficeNumber,
    received: &Received<'_>,
    body: &[u8],
) -> Result<(String, Jwk), Problem> {
    let credential = text(received.headers, DEVICE_HEADER).ok_or(Problem::Malformed("device"))?;
    let credential = UnverifiedCredential::decode(credential).map_err(|_| Problem::Malformed("device"))?;
    let claimed = credential.claimed();
    let malformed = |_| Problem::Malformed("signature");
    let claim = received.claim().map_err(malformed)?;
    if claim.keyid() != claimed.device {
        return Err(Problem::Malformed("signature"));
    }
    // Signatures go by the machine's clock, like the devices that make them.
    let now = u64::try_from(SystemClock.now().0).unwrap_or_default();
    let key = VerifyingKey::new(&claimed.key).map_err(malformed)?;
    claim.check(&key, now, WINDOW).map_err(malformed)?;
    check_digest(received.headers, body).map_err(malformed)?;
    state.replay.take(&claim, now).map_err(|refusal| match refusal {
        kakehashi_signing::Refusal::Full => Problem::Unavailable,
        _ => Problem::Malformed("signature"),
    })?;
    if claimed.office != office.as_str() {
        return Err(Problem::NotThisOffice);
    }
    Ok((claimed.device.clone(), claimed.key.clone()))
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    if names_nul(bytes) {
        return Err(Problem::Malformed("body"));
    }
    serde_json::from_slice(bytes).map_err(|_| Problem::Malformed("body"))
}

/// Whether a text in it holds U+0000, which nobody writes and PostgreSQL does not keep.
fn names_nul(json: &[u8]) -> bool {
    let mut at = 0;
    while let Some(byte) = json.get(at) {
        if *byte == b'\\' && json.get(at + 1..at + 6) == Some(b"u0000") {
            return true;
        }
        // Whatever a backslash is followed by is no beginning of another.
        at += if *byte == b'\\' { 2 } else { 1 };
    }
    false
}

/// A header that stands once and is plain text.
fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_is_seen_and_nothing_else_is_one() {
        for json in [r#""\u0000""#, r#"{"a":"x\\\u0000y"}"#, r#""\\\\\u0000""#] {
            assert!(names_nul(json.as_bytes()), "{json}");
        }
        for json in [r#""\\u0000""#, r#""u0000""#, r#""\u0001\n""#, "\\"] {
            assert!(!names_nul(json.as_bytes()), "{json}");
        }
    }
}
