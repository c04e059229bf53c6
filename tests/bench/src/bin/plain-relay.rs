//! The relay's forwarding and nothing before it: its own server settings, routes, header rules, office
//! certificate, connection pool and answer handling, without host, origin, credential, signature, replay, policy, limits and
//! audit. It exists to be measured beside nginx and beside the real relay, and is part of nothing else.

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use http::header::HOST;
use http::{HeaderValue, StatusCode};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use kakehashi_relay::Config;
use kakehashi_relay::forward::Upstream;
use kakehashi_relay::headers;
use kakehashi_relay::identity::Watcher;
use kakehashi_relay::policy::Policy;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::net::TcpListener;
use tower::Service;

type Failure = Box<dyn std::error::Error + Send + Sync>;

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
        most: config.limits.body_bytes,
        whole: config.limits.answer_bytes,
    });
    let routes = plain.policy.paths();
    let router = routes.fold(Router::new(), |router, path| router.route(path, post(answer)));
    let router = router.with_state(Arc::clone(&plain));
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
        let router = router.clone();
        let service = service_fn(move |request| router.clone().call(request));
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
    most: usize,
    whole: usize,
}

async fn answer(State(plain): State<Arc<Plain>>, request: Request) -> Response {
    let forwarded = plain.forward(request).await;
    forwarded.unwrap_or_else(|error| (StatusCode::BAD_GATEWAY, error.to_string()).into_response())
}

impl Plain {
    async fn forward(&self, request: Request) -> Result<Response, Failure> {
        let (parts, content) = request.into_parts();
        let route = self.policy.route(&parts.method, &parts.uri)?;
        let authority = parts.headers.get(HOST).ok_or("no Host")?;
        let content = to_bytes(content, self.most).await?;
        let up = headers::up(&parts.headers, authority, &HeaderValue::from_static("bench"));
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
        Ok(self.upstream.forward(route, up, content, self.whole, now).await?)
    }
}
