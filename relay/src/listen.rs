//! The way of a request, top to bottom: received, admitted, sent to its route; there checked and forwarded.

use crate::app::App;
use crate::audit::{Audit, Entry};
use crate::enrol::Desk;
use crate::forward::{ForwardError, Upstream};
use crate::guests::{self, Guests, preflight};
use crate::headers;
use crate::limits::Limits;
use crate::metrics::{Kind, Metrics};
use crate::policy::Policy;
use crate::problem::{Code, Problem};
use crate::verify::Verifier;
use crate::visit::Visit;
use axum::extract::{ConnectInfo, Extension, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use axum::{Json, Router};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST};
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use tower::{Layer, Service};

/// Most bytes of an enrolment request.
const APPLICATION: usize = 4096;

/// Everything a request meets on its way.
#[derive(Debug)]
pub(crate) struct Way {
    pub(crate) guests: Guests,
    pub(crate) limits: Limits,
    pub(crate) verifier: Verifier,
    pub(crate) policy: Policy,
    pub(crate) upstream: Upstream,
    pub(crate) desk: Desk,
    pub(crate) audit: Audit,
    pub(crate) app: Option<App>,
    pub(crate) metrics: Metrics,
    /// An answer up to this size is read whole first.
    pub(crate) whole: usize,
}

/// What handlers are given.
type Here = State<Arc<Way>>;
type This = Extension<Arc<Visit>>;

/// All of it as one service: one request with its [`ConnectInfo`], one answer.
pub(crate) fn service(
    way: Arc<Way>,
) -> impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send {
    let router = Router::new()
        .route("/livez", get("ok"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .route("/relay/status", get(status))
        .route("/relay/enrol", post(enrol));
    // Whoever asks for a route that is none has to be known too before he is told so.
    let routes = way.policy.paths().chain(["/api/", "/api/{*other}"]);
    let router = routes.fold(router, |router, path| router.route(path, any(api)));
    let router = router.fallback(page).method_not_allowed_fallback(nowhere).with_state(Arc::clone(&way));
    // Around the router, not in it: an address that is none is received and admitted like any other.
    from_fn_with_state(way, receive).layer(router)
}

/// Gives a request its id and its line in the log, and the answer what every answer carries.
async fn receive(
    State(way): Here,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    let visit = Arc::new(Visit::new(request.method(), from.ip()));
    let page = way.guests.page(request.headers());
    // From here on there is a line in the log, even if the caller goes away.
    let (kind, route) = way.kind(&request);
    let line = route.map(|route| way.audit.begin(Entry::new(Arc::clone(&visit), route)));

    request.extensions_mut().insert(Arc::clone(&visit));
    let mut response = way.admit(request, page.as_ref(), visit.from, next).await.into_response();

    let problem = response.extensions_mut().remove::<Problem>();
    way.metrics.count(kind, problem.map(|problem| problem.code), visit.began.elapsed());
    if let Some(problem) = problem {
        response = problem.response(visit.id());
    }
    // Files of the app have their own.
    if !response.headers().contains_key(CACHE_CONTROL) {
        headers::answer(response.headers_mut(), visit.id.clone());
        guests::share(page, response.headers_mut());
    }
    if let Some(line) = line
        && line.end(response.status(), problem.map(|problem| problem.code as u16)).await.is_err()
    {
        return Problem::new(Code::Internal).response(visit.id());
    }
    response
}

impl Way {
    /// Lets a request in, for as long as it takes.
    async fn admit(
        &self,
        request: Request,
        page: Option<&HeaderValue>,
        from: IpAddr,
        next: Next,
    ) -> Result<Response, Problem> {
        // Is it us that is called, and by a page that may?
        self.guests.admit(&request, page)?;
        // Is there room, and room for one from there?
        let _place = self.limits.enter(from)?;
        self.limits.size(request.headers())?;
        let path = request.uri().path();
        if guests::asks(&request) && (path.starts_with("/api/") || path.starts_with("/relay/")) {
            return Ok(preflight());
        }
        Ok(next.run(request).await)
    }

    /// What it is about, and its route's name in the audit log, if its kind has lines there.
    fn kind(&self, request: &Request) -> (Kind, Option<&'static str>) {
        match request.uri().path() {
            _ if guests::asks(request) => (Kind::Page, None),
            "/relay/enrol" => (Kind::Enrol, Some("/relay/enrol")),
            path if path.starts_with("/api/") => (Kind::Api, Some(self.policy.name(path))),
            _ => (Kind::Page, None),
        }
    }
}

/// A signed request on its way to the upstream.
async fn api(State(way): Here, Extension(visit): This, request: Request) -> Result<Response, Problem> {
    let (parts, content) = request.into_parts();
    // How often, from there?
    way.limits.address(visit.from)?;
    // Who is it? Signature, time, and never the same twice.
    let authority = parts.headers.get(HOST).ok_or(Problem::new(Code::Host))?;
    let office = way.upstream.identity();
    let device = way.verifier.verify(
        &parts,
        authority.to_str().unwrap_or_default(),
        office.as_ref().and_then(|identity| identity.office.as_deref()),
        visit.now(),
    )?;
    visit.known(Arc::clone(&device.id));
    // How often, by this device?
    way.limits.device(&device.id)?;
    // Where to?
    let route = way.policy.route(&parts.method, &parts.uri)?;
    // With what? Exactly what was signed.
    let content = way.limits.content(content).await?;
    kakehashi_signing::check_digest(&parts.headers, &content)?;
    // What cannot be written down is not done.
    if !way.audit.well() {
        return Err(Problem::new(Code::Internal));
    }
    // Off, with the office's certificate.
    let up = headers::up(&parts.headers, authority, &visit.id);
    let forwarded = way.upstream.forward(route, up, content, way.whole, visit.now()).await;
    forwarded.map_err(|error| {
        log(&error, visit.id());
        Problem::from(&error)
    })
}

/// A device that wants to be known.
async fn enrol(State(way): Here, Extension(visit): This, request: Request) -> Result<Response, Problem> {
    let (parts, content) = request.into_parts();
    way.limits.address(visit.from)?;
    let kind = parts.headers.get(CONTENT_TYPE);
    let json = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    let content = way.limits.content(content).await?;
    if !json || content.len() > APPLICATION {
        return Err(Problem::new(Code::Form));
    }
    let identity = way.upstream.identity();
    let office = identity.as_ref().and_then(|identity| identity.office.as_deref());
    let admission = way.desk.enrol(&content, office, visit.from, visit.now()).map_err(|error| {
        tracing::info!(error = &error as &dyn std::error::Error, "A device was not enrolled.");
        Problem::from(error)
    })?;
    visit.known(admission.device.into());
    Ok(([(CONTENT_TYPE, "application/json")], admission.json).into_response())
}

async fn ready(State(way): Here, Extension(visit): This) -> Result<&'static str, Problem> {
    if !way.audit.well() {
        return Err(Problem::new(Code::Internal));
    }
    way.upstream.ready(visit.now()).map_err(|error| Problem::from(&error))?;
    Ok("ok")
}

async fn status(State(way): Here, Extension(visit): This) -> Json<serde_json::Value> {
    let identity = way.upstream.identity();
    Json(serde_json::json!({
        "office": identity.as_ref().and_then(|identity| identity.office.as_deref()),
        "certificate": identity.as_ref().map(|identity| serde_json::json!({"not_after": identity.not_after})),
        "now": visit.now(),
    }))
}

/// Numbers for a monitor, and for nobody else.
async fn metrics(State(way): Here, Extension(visit): This) -> Result<Response, Problem> {
    if !way.metrics.told(visit.from) {
        return Err(Problem::new(Code::Route));
    }
    let days = way.upstream.identity().map(|identity| identity.days_left(visit.now()));
    let page = way.metrics.page(days).map_err(|_| Problem::new(Code::Internal))?;
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], page).into_response())
}

/// A file of the app.
async fn page(State(way): Here, request: Request) -> Result<Response, Problem> {
    let app = way.app.as_ref().ok_or(Problem::new(Code::Route))?;
    app.serve(request).await.map_err(|_| Problem::new(Code::Route))
}

/// A route that is called in another way than its own.
async fn nowhere() -> Problem {
    Problem::new(Code::Route)
}

fn log(error: &ForwardError, id: &str) {
    tracing::warn!(
        error = error as &dyn std::error::Error,
        request = id,
        "A request could not be forwarded."
    );
}
