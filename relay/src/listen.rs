//! The way of a request, top to bottom.

use crate::app::App;
use crate::audit::{Audit, Entry, Record};
use crate::body::Body;
use crate::enrol::Desk;
use crate::forward::{ForwardError, Upstream};
use crate::guests::{Guests, preflight};
use crate::headers;
use crate::id;
use crate::limits::Limits;
use crate::policy::Policy;
use crate::problem::{Code, Problem};
use crate::time;
use crate::verify::Verifier;
use bytes::Bytes;
use http::header::{ACCESS_CONTROL_REQUEST_METHOD, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderValue, Method, Request, Response};
use hyper::body::Incoming;
use std::net::IpAddr;
use std::sync::Arc;

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
    /// An answer up to this size is read whole first.
    pub(crate) whole: usize,
}

/// What is known of a request while it is on its way.
struct Traveller<'a> {
    id: Arc<str>,
    from: IpAddr,
    now: u64,
    /// Its line in the audit log, if its kind has one.
    line: Option<Record<'a>>,
}

impl Way {
    /// One request, one answer.
    pub(crate) async fn answer(&self, request: Request<Incoming>, from: IpAddr) -> Response<Body> {
        let (parts, content) = request.into_parts();
        let kind = Kind::of(&parts);
        // From here on there is a line in the log, even if the caller goes away.
        let mut traveller = self.receive(&parts, kind, from);

        let result = self.walk(&parts, content, kind, &mut traveller).await;

        let code = result.as_ref().err().map(|problem| problem.code);
        let mut response = result.unwrap_or_else(|problem| problem.response(&traveller.id));
        if kind != Kind::Page || code.is_some() {
            if let Ok(id) = HeaderValue::from_str(&traveller.id) {
                headers::answer(response.headers_mut(), id);
            }
            self.guests.share(&parts.headers, response.headers_mut());
        }
        if let Some(line) = traveller.line
            && line.end(response.status(), code.map(|code| code as u16)).await.is_err()
        {
            return Problem::new(Code::Internal).response(&traveller.id);
        }
        response
    }

    fn receive(&self, parts: &Parts, kind: Kind, from: IpAddr) -> Traveller<'_> {
        let (id, at) = (id::new(), time::since_epoch());
        let route = match kind {
            Kind::Enrol => Some("/relay/enrol"),
            Kind::Api => Some(self.policy.name(parts.uri.path())),
            _ => None,
        };
        let line = route.map(|route| {
            let method = method(&parts.method);
            self.audit.begin(Entry::new(at, method, route, Arc::clone(&id), from.is_loopback()))
        });
        Traveller { id, from, now: at.as_secs(), line }
    }

    async fn walk(
        &self,
        parts: &Parts,
        content: Incoming,
        kind: Kind,
        traveller: &mut Traveller<'_>,
    ) -> Result<Response<Body>, Problem> {
        // Is it us that is called, and by a page that may?
        let authority = self.guests.admit(parts)?;
        // Is there room?
        let _place = self.limits.enter()?;
        self.limits.size(&parts.headers)?;
        match kind {
            Kind::Preflight => Ok(preflight()),
            Kind::Live => Ok(text("ok")),
            Kind::Ready => self.ready(traveller),
            Kind::Status => Ok(self.status(traveller)),
            Kind::Enrol => self.enrol(parts, content, traveller).await,
            Kind::Api => self.api(parts, authority, content, traveller).await,
            Kind::Page => self.page(parts).await,
        }
    }

    /// A signed request on its way to the upstream.
    async fn api(
        &self,
        parts: &Parts,
        authority: &HeaderValue,
        content: Incoming,
        traveller: &mut Traveller<'_>,
    ) -> Result<Response<Body>, Problem> {
        // How often, from there?
        self.limits.address(traveller.from)?;
        // Who is it? Signature, time, and never the same twice.
        let office = self.upstream.identity();
        let device = self.verifier.verify(
            parts,
            authority.to_str().unwrap_or_default(),
            office.as_ref().and_then(|identity| identity.office.as_deref()),
            traveller.now,
        )?;
        if let Some(line) = &mut traveller.line {
            line.device(Arc::clone(&device.id));
        }
        // How often, by this device?
        self.limits.device(&device.id)?;
        // Where to?
        let route = self.policy.route(&parts.method, &parts.uri)?;
        // With what? Exactly what was signed.
        let content = self.limits.content(content).await?;
        kakehashi_signing::check_digest(&parts.headers, &content)?;
        // What cannot be written down is not done.
        if !self.audit.well() {
            return Err(Problem::new(Code::Internal));
        }
        // Off, with the office's certificate.
        let id = HeaderValue::from_str(&traveller.id).map_err(|_| Problem::new(Code::Internal))?;
        let up = headers::up(&parts.headers, authority, &id);
        let forwarded = self.upstream.forward(route, up, content, self.whole, traveller.now).await;
        forwarded.map_err(|error| {
            log(&error, &traveller.id);
            Problem::from(&error)
        })
    }

    /// A device that wants to be known.
    async fn enrol(
        &self,
        parts: &Parts,
        content: Incoming,
        traveller: &mut Traveller<'_>,
    ) -> Result<Response<Body>, Problem> {
        self.limits.address(traveller.from)?;
        if parts.method != Method::POST {
            return Err(Problem::new(Code::Route));
        }
        let json = parts
            .headers
            .get(CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
        let content = self.limits.content(content).await?;
        if !json || content.len() > APPLICATION {
            return Err(Problem::new(Code::Form));
        }
        let identity = self.upstream.identity();
        let office = identity.as_ref().and_then(|identity| identity.office.as_deref());
        let admission =
            self.desk.enrol(&content, office, traveller.from, traveller.now).map_err(|error| {
                tracing::info!(error = &error as &dyn std::error::Error, "A device was not enrolled.");
                Problem::from(error)
            })?;
        if let Some(line) = &mut traveller.line {
            line.device(admission.device.into());
        }
        Ok(json_answer(admission.json))
    }

    fn ready(&self, traveller: &Traveller<'_>) -> Result<Response<Body>, Problem> {
        if !self.audit.well() {
            return Err(Problem::new(Code::Internal));
        }
        self.upstream.ready(traveller.now).map_err(|error| Problem::from(&error))?;
        Ok(text("ok"))
    }

    fn status(&self, traveller: &Traveller<'_>) -> Response<Body> {
        let identity = self.upstream.identity();
        let status = serde_json::json!({
            "office": identity.as_ref().and_then(|identity| identity.office.as_deref()),
            "certificate": identity.as_ref().map(|identity| serde_json::json!({"not_after": identity.not_after})),
            "now": traveller.now,
        });
        json_answer(status.to_string())
    }

    /// A file of the app.
    async fn page(&self, parts: &Parts) -> Result<Response<Body>, Problem> {
        let app = self.app.as_ref().ok_or(Problem::new(Code::Route))?;
        app.serve(&parts.method, &parts.uri, &parts.headers).await.map_err(|_| Problem::new(Code::Route))
    }
}

/// What a request is about, by its path alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Preflight,
    Live,
    Ready,
    Status,
    Enrol,
    Api,
    Page,
}

impl Kind {
    fn of(parts: &Parts) -> Self {
        let path = parts.uri.path();
        let ours = path.starts_with("/api/") || path.starts_with("/relay/");
        match path {
            _ if ours
                && parts.method == Method::OPTIONS
                && parts.headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD) =>
            {
                Self::Preflight
            }
            "/livez" if parts.method == Method::GET => Self::Live,
            "/readyz" if parts.method == Method::GET => Self::Ready,
            "/relay/status" if parts.method == Method::GET => Self::Status,
            "/relay/enrol" => Self::Enrol,
            _ if path.starts_with("/api/") => Self::Api,
            _ => Self::Page,
        }
    }
}

fn text(text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::whole(text));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

fn json_answer(json: impl Into<Bytes>) -> Response<Body> {
    let mut response = Response::new(Body::whole(json));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// Only methods that occur get into the log; others may be anything.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::PATCH => "PATCH",
        Method::OPTIONS => "OPTIONS",
        _ => "-",
    }
}

fn log(error: &ForwardError, id: &str) {
    tracing::warn!(
        error = error as &dyn std::error::Error,
        request = id,
        "A request could not be forwarded."
    );
}
