//! How fast filings are received, with nothing in their way. Writing, signing and connecting come before the
//! clock starts: what is timed is a request on its way, at work in relay and sandbox, and its whole answer.

use crate::Failure;
use crate::lane::Lane;
use crate::person::Letter;
use futures_util::future::try_join_all;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use kakehashi_domain::upstream::route;
use std::time::Duration;
use tokio::time::Instant;

type Request = http::Request<Full<Bytes>>;

impl Lane {
    /// So many filings at an even pace on so many connections in turn: ms from when each was due, so that one
    /// that is late because of the one before counts so.
    ///
    /// # Errors
    /// When one is not received, or there are not people enough.
    pub async fn paced(
        &self,
        count: usize,
        per_second: u32,
        connections: usize,
    ) -> Result<Vec<f64>, Failure> {
        let lanes = self.requests(count, connections).await?;
        let begin = Instant::now() + Duration::from_millis(50);
        let work = lanes.into_iter().enumerate().map(|(lane, (mut line, requests))| async move {
            let mut times = Vec::new();
            for (turn, request) in requests.into_iter().enumerate() {
                let place = u32::try_from(turn * connections + lane)?;
                let due = begin + Duration::from_secs(1) * place / per_second;
                tokio::time::sleep_until(due).await;
                received(&mut line, request).await?;
                times.push(due.elapsed().as_secs_f64() * 1e3);
            }
            Ok::<_, Failure>(times)
        });
        Ok(try_join_all(work).await?.concat())
    }

    /// So many filings as fast as they are received, on so many connections at once: filings a second.
    ///
    /// # Errors
    /// As [`Lane::paced`].
    pub async fn flood(&self, count: usize, connections: usize) -> Result<f64, Failure> {
        let lanes = self.requests(count, connections).await?;
        let begin = Instant::now();
        let work = lanes.into_iter().map(|(mut line, requests)| async move {
            for request in requests {
                received(&mut line, request).await?;
            }
            Ok::<_, Failure>(())
        });
        try_join_all(work).await?;
        let count = u32::try_from(count)?;
        Ok(f64::from(count) / begin.elapsed().as_secs_f64())
    }

    /// Bytes of what is signed in a filing, about.
    ///
    /// # Errors
    /// When nobody is left.
    pub fn statement(&self) -> Result<String, Failure> {
        Ok(Letter::write(self, &self.person()?)?.request.statement)
    }

    /// Signed requests, dealt out to connections. A signature holds a minute.
    async fn requests(
        &self,
        count: usize,
        connections: usize,
    ) -> Result<Vec<(SendRequest<Full<Bytes>>, Vec<Request>)>, Failure> {
        let token = self.token.lock().await.clone();
        let mut lanes = Vec::new();
        for _ in 0..connections {
            let stream = tokio::net::TcpStream::connect(self.front()).await?;
            stream.set_nodelay(true)?;
            let (line, connection) = handshake(TokioIo::new(stream)).await?;
            tokio::spawn(connection);
            lanes.push((line, Vec::new()));
        }
        for at in 0..count {
            let letter = Letter::write(self, &self.person()?)?;
            let request = self.request(route::FILING_SUBMIT, &letter.request, Some(&letter.key), &token)?;
            if let Some((_, requests)) = lanes.get_mut(at % connections) {
                requests.push(request);
            }
        }
        Ok(lanes)
    }
}

/// Sends a request; it must be received.
async fn received(line: &mut SendRequest<Full<Bytes>>, request: Request) -> Result<(), Failure> {
    line.ready().await?;
    let answer = line.send_request(request).await?;
    let body = answer.into_body().collect().await?.to_bytes();
    if body.starts_with(br#"{"ok":{"received":"#) {
        Ok(())
    } else {
        Err(format!("not received: {}", String::from_utf8_lossy(&body)).into())
    }
}
