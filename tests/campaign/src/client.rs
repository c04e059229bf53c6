//! One call as the app makes it: signed by the device, on a connection of its own.

use crate::Failure;
use crate::lane::{AUTHORITY, Lane, odd, seconds};
use http::StatusCode;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use kakehashi_domain::filing::FilingKey;
use kakehashi_domain::upstream::{Answer, BusinessError};
use kakehashi_signing::{DEVICE_HEADER, SigningRequest};
use serde::Serialize;
use serde_json::Value;
use std::net::SocketAddr;
use std::time::Duration;

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Heard {
    /// `ok`, as JSON.
    Ok(Value),
    /// A business error.
    Refused(String),
    /// A problem document of relay or upstream.
    System(StatusCode),
    /// Nothing, or nothing whole.
    Nothing,
}

impl Lane {
    /// A call by whoever is signed in.
    pub(crate) async fn call(
        &self,
        path: &str,
        body: &impl Serialize,
        key: Option<&FilingKey>,
        patience: Duration,
    ) -> Result<Heard, Failure> {
        let token = self.token.lock().await.clone();
        self.send(path, body, key, &token, patience).await
    }

    /// The same with a token, or without one.
    pub(crate) async fn send(
        &self,
        path: &str,
        body: &impl Serialize,
        key: Option<&FilingKey>,
        token: &str,
        patience: Duration,
    ) -> Result<Heard, Failure> {
        let request = self.request(path, body, key, token)?;
        Ok(match exchange(self.front(), request, patience).await {
            None => Heard::Nothing,
            Some((StatusCode::OK, body)) => match serde_json::from_slice::<Answer<Value>>(&body) {
                Ok(Answer::Ok(value)) => Heard::Ok(value),
                Ok(Answer::Error(BusinessError { code, .. })) => Heard::Refused(code),
                Err(_) => Heard::Nothing,
            },
            Some((status, _)) => Heard::System(status),
        })
    }

    /// A signed request.
    pub(crate) fn request(
        &self,
        path: &str,
        body: &impl Serialize,
        key: Option<&FilingKey>,
        token: &str,
    ) -> Result<http::Request<Full<Bytes>>, Failure> {
        let body = serde_json::to_vec(body)?;
        let authorization = (!token.is_empty()).then(|| format!("Bearer {token}"));
        let key = key.map(|key| key.0.as_str());
        let signing = SigningRequest {
            method: "POST",
            authority: AUTHORITY,
            path,
            content_type: Some("application/json"),
            body: &body,
            authorization: authorization.as_deref(),
            idempotency_key: key,
            ..SigningRequest::default()
        };
        let signed = self.key.sign_request(&signing, seconds()?).map_err(odd)?;
        let mut request = http::Request::post(path)
            .header("host", AUTHORITY)
            .header("content-type", "application/json")
            .header(DEVICE_HEADER, &self.credential);
        for (name, value) in signed.pairs() {
            request = request.header(name, value);
        }
        for (name, value) in [("authorization", authorization.as_deref()), ("idempotency-key", key)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        Ok(request.body(Full::from(body))?)
    }
}

/// Sends a request on a new connection; its whole answer, if it comes in time.
pub(crate) async fn exchange(
    address: SocketAddr,
    request: http::Request<Full<Bytes>>,
    patience: Duration,
) -> Option<(StatusCode, Bytes)> {
    let all = async {
        let stream = tokio::net::TcpStream::connect(address).await.ok()?;
        stream.set_nodelay(true).ok()?;
        let (mut line, connection) = handshake(TokioIo::new(stream)).await.ok()?;
        // Ends with this call: whoever is not waited for any more is hung up on.
        let mut tasks = tokio::task::JoinSet::new();
        tasks.spawn(connection);
        let answer = line.send_request(request).await.ok()?;
        let status = answer.status();
        let body = answer.into_body().collect().await.ok()?.to_bytes();
        Some((status, body))
    };
    tokio::time::timeout(patience, all).await.ok().flatten()
}

impl Heard {
    /// Whether nobody is signed in any more.
    pub(crate) fn is_session_over(&self) -> bool {
        match self {
            Self::Refused(code) => matches!(code.as_str(), "UPS-105" | "UPS-106"),
            Self::System(status) => *status == StatusCode::UNAUTHORIZED,
            Self::Ok(_) | Self::Nothing => false,
        }
    }
}
