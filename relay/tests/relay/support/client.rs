//! A browser's part: requests, signed or not, and what comes back.

use super::{Running, now};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use kakehashi_signing::SigningRequest;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A request that can be changed before and after signing.
#[derive(Clone)]
pub(crate) struct Outgoing {
    to: SocketAddr,
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Outgoing {
    pub(crate) fn new(running: &Running, target: &str, body: Vec<u8>) -> Self {
        let mut request = Self::get(running, target);
        request.method = "POST".into();
        request.body = body;
        request.header("content-type", "application/json").header("kakehashi-device", &running.credential)
    }

    pub(crate) fn get(running: &Running, target: &str) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert("host", running.address.to_string().parse().unwrap());
        Self { to: running.address, method: "GET".into(), target: target.into(), headers, body: Vec::new() }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().unwrap();
        self.headers.insert(name, HeaderValue::from_str(value).unwrap());
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    /// Signs as it stands.
    pub(crate) fn signed(self, running: &Running) -> Self {
        self.signed_at(running, now())
    }

    pub(crate) fn signed_at(mut self, running: &Running, created: u64) -> Self {
        let text = |name: &str| self.headers.get(name).map(|value| value.to_str().unwrap());
        let (path, query) = match self.target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (self.target.as_str(), None),
        };
        let request = SigningRequest {
            method: &self.method,
            authority: text("host").unwrap(),
            path,
            query,
            content_type: text("content-type"),
            body: &self.body,
            authorization: text("authorization"),
            idempotency_key: text("idempotency-key"),
        };
        let headers = running.device.sign_request(&request, created).unwrap();
        for (name, value) in headers.pairs() {
            self.headers.insert(name, value.parse().unwrap());
        }
        self
    }

    pub(crate) async fn send(self) -> Answer {
        let stream = TcpStream::connect(self.to).await.unwrap();
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        let mut request = Request::new(Full::new(Bytes::from(self.body)));
        *request.method_mut() = self.method.parse().unwrap();
        *request.uri_mut() = self.target.parse().unwrap();
        *request.headers_mut() = self.headers;
        let (parts, body) = sender.send_request(request).await.unwrap().into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes(),
        }
    }

    /// The head as bytes, with a `Content-Length` of its own.
    pub(crate) fn head(&self, length: usize) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.target).into_bytes();
        for (name, value) in &self.headers {
            head.extend_from_slice(name.as_str().as_bytes());
            head.extend_from_slice(b": ");
            head.extend_from_slice(value.as_bytes());
            head.extend_from_slice(b"\r\n");
        }
        head.extend_from_slice(format!("content-length: {length}\r\n\r\n").as_bytes());
        head
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Asserts that this is a refusal of this code and status, in the whole form.
    pub(crate) fn refused(&self, code: &str, status: u16) {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.body));
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.header("cache-control"), "no-store");
        let problem = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["type"], "about:blank");
        assert!(!problem["title"].as_str().unwrap().is_empty());
        assert_eq!(problem["instance"], format!("urn:uuid:{}", self.header("x-request-id")));
    }
}

/// Sends bytes as they are and reads until the relay closes or `Connection: close` ends it.
pub(crate) async fn raw(to: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(to).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut answer = Vec::new();
    // A reset after the answer is an end too.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

impl Outgoing {
    /// Sends it to another relay.
    pub(crate) fn redirect(&mut self, to: SocketAddr) {
        self.to = to;
    }
}
