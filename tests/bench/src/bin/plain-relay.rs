//! The relay's forwarding and nothing before it: its own server settings, header rules, office certificate,
//! connection pool and answer handling, without host, origin, credential, signature, replay, policy, limits and
//! audit. It exists to be measured beside nginx and beside the real relay, and is part of nothing else.

use bytes::Bytes;
use http::header::HOST;
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use kakehashi_relay::Config;
use kakehashi_relay::body::Body;
use kakehashi_relay::forward::Upstream;
use kakehashi_relay::headers;
use kakehashi_relay::identity::Watcher;
use kakehashi_relay::policy::Policy;
use std::convert::Infallible;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::net::TcpListener;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let path = std::env::args_os().nth(1).ok_or("plain-relay CONFIG")?;
    let config = Config::load(Path::new(&path))?;
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(serve(config))
}

async fn serve(config: Config) -> Result<(), Failure> {
    let (watcher, identity) = Watcher::new(&config.identity);
    let plain = Arc::new(Plain {
        upstream: Upstream::new(&config.upstream, identity)?,
        policy: Policy::new(&config.upstream.uri()?, &config.access.routes)?,
        whole: config.limits.answer_bytes,
    });
    tokio::spawn(watcher.run());
    let listener = TcpListener::bind(config.listen).await?;
    writeln!(std::io::stdout(), "ready {}", listener.local_addr()?)?;

    let header_time: Duration = config.limits.header_ms.into();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(header_time)
        .max_header_size(config.limits.header_bytes * 2)
        .max_buf_size(config.limits.header_bytes * 2 + 8192);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let plain = Arc::clone(&plain);
        let service = service_fn(move |request| {
            let plain = Arc::clone(&plain);
            async move { Ok::<_, Infallible>(plain.answer(request).await) }
        });
        let connection = http.serve_connection(TokioIo::new(stream), service);
        tokio::spawn(async move {
            // The load generator hangs up when it is done; there is nobody left to tell.
            let _ = connection.await;
        });
    }
}

struct Plain {
    upstream: Upstream,
    policy: Policy,
    whole: usize,
}

impl Plain {
    async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        match self.forward(request).await {
            Ok(response) => response,
            Err(error) => {
                let mut response = Response::new(Body::Whole(Some(Bytes::from(error.to_string()))));
                *response.status_mut() = StatusCode::BAD_GATEWAY;
                response
            }
        }
    }

    async fn forward(&self, request: Request<Incoming>) -> Result<Response<Body>, Failure> {
        let (parts, content) = request.into_parts();
        let route = self.policy.route(&parts.method, &parts.uri)?;
        let authority = parts.headers.get(HOST).ok_or("no Host")?;
        let content = content.collect().await?.to_bytes();
        let up = headers::up(&parts.headers, authority, &HeaderValue::from_static("bench"));
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
        Ok(self.upstream.forward(route, up, content, self.whole, now).await?)
    }
}
