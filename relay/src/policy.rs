//! Which requests are forwarded: exact paths, POST, no query. Nothing is normalised before the comparison, so
//! `..`, `%2e`, doubled slashes and trailing dots are simply other paths, and no route has one.

use http::uri::{PathAndQuery, Scheme};
use http::{Method, Uri};
use std::collections::HashMap;

/// The upstream's routes of version 1; the relay knows no care domain, so it has its own list
/// (`frontend/domain/src/upstream/route.rs` is the app's, and a test of the house compares them).
pub const DEFAULT_ROUTES: [&str; 36] = [
    "/api/v1/status",
    "/api/v1/session/start",
    "/api/v1/session/otp",
    "/api/v1/session/refresh",
    "/api/v1/session/end",
    "/api/v1/card/challenge",
    "/api/v1/card/assertion",
    "/api/v1/person/search",
    "/api/v1/person/qualification",
    "/api/v1/person/history",
    "/api/v1/person/seen",
    "/api/v1/clients/list",
    "/api/v1/clients/add",
    "/api/v1/clients/remove",
    "/api/v1/consent/record",
    "/api/v1/consent/list",
    "/api/v1/consent/withdraw",
    "/api/v1/documents/list",
    "/api/v1/documents/open",
    "/api/v1/documents/still",
    "/api/v1/audit/list",
    "/api/v1/cases/list",
    "/api/v1/cases/events",
    "/api/v1/municipality/cases",
    "/api/v1/municipality/enter",
    "/api/v1/municipality/bulk",
    "/api/v1/filing/submit",
    "/api/v1/filing/keys",
    "/api/v1/filing/void",
    "/api/v1/filing/list",
    "/api/v1/filing/cancel",
    "/api/v1/filing/evidence",
    "/api/v1/municipality/filings",
    "/api/v1/municipality/filing",
    "/api/v1/municipality/decide",
    "/api/v1/municipality/paper",
];

/// The table.
#[derive(Debug)]
pub struct Policy {
    routes: HashMap<&'static str, Route>,
}

/// A route that is forwarded.
#[derive(Debug, Clone)]
pub struct Route {
    /// Its path, which is also its name in the audit log.
    pub path: &'static str,
    /// Where it goes.
    pub target: Uri,
}

/// The request is none that is forwarded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such route")]
pub struct NoRoute;

impl Policy {
    /// The table for an upstream at `base`; no routes given means [`DEFAULT_ROUTES`].
    ///
    /// Paths are kept for the life of the process: there is one table a process.
    pub fn new(base: &Uri, routes: &[String]) -> Result<Self, http::Error> {
        let paths: Vec<&'static str> = if routes.is_empty() {
            DEFAULT_ROUTES.to_vec()
        } else {
            routes.iter().map(|path| &*Box::leak(path.clone().into_boxed_str())).collect()
        };
        let authority = base.authority().map_or("", |authority| authority.as_str());
        let routes = paths
            .into_iter()
            .map(|path| {
                let target = Uri::builder()
                    .scheme(Scheme::HTTPS)
                    .authority(authority)
                    .path_and_query(PathAndQuery::from_static(path))
                    .build()?;
                Ok((path, Route { path, target }))
            })
            .collect::<Result<_, http::Error>>()?;
        Ok(Self { routes })
    }

    /// The paths of all routes.
    pub fn paths(&self) -> impl Iterator<Item = &'static str> {
        self.routes.keys().copied()
    }

    /// The route of a request.
    pub fn route(&self, method: &Method, uri: &Uri) -> Result<&Route, NoRoute> {
        if method != Method::POST || uri.query().is_some() {
            return Err(NoRoute);
        }
        self.routes.get(uri.path()).ok_or(NoRoute)
    }

    /// The name of a path in logs: itself if it is a route, otherwise nothing of it (it may be anything).
    pub fn name(&self, path: &str) -> &'static str {
        self.routes.get(path).map_or("-", |route| route.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn policy() -> Policy {
        Policy::new(&"https://up.example:8481".parse().unwrap(), &[]).unwrap()
    }

    #[test]
    fn exact_and_post_only() {
        let policy = policy();
        let found = policy.route(&Method::POST, &"/api/v1/person/search".parse().unwrap()).unwrap();
        assert_eq!(found.target, "https://up.example:8481/api/v1/person/search");
        for (method, uri) in [
            (Method::GET, "/api/v1/status"),
            (Method::PUT, "/api/v1/status"),
            (Method::POST, "/api/v1/status?"),
            (Method::POST, "/api/v1/status?a=1"),
            (Method::POST, "/api/v1/status/"),
            (Method::POST, "/api/v1/status."),
            (Method::POST, "/api//v1/status"),
            (Method::POST, "//api/v1/status"),
            (Method::POST, "/api/v1/x/../status"),
            (Method::POST, "/api/v1/%73tatus"),
            (Method::POST, "/api/v1/./status"),
            (Method::POST, "/api/v1%2fstatus"),
            (Method::POST, "/API/v1/status"),
            (Method::POST, "/api/v1/status;a=1"),
        ] {
            assert!(policy.route(&method, &uri.parse().unwrap()).is_err(), "{method} {uri}");
        }
        assert_eq!(policy.name("/api/v1/person/1234567890"), "-");
    }

    #[test]
    fn configured_routes_replace_the_default() {
        let policy = Policy::new(&"https://up".parse().unwrap(), &["/api/v2/x".to_owned()]).unwrap();
        assert!(policy.route(&Method::POST, &"/api/v2/x".parse().unwrap()).is_ok());
        assert!(policy.route(&Method::POST, &"/api/v1/status".parse().unwrap()).is_err());
    }

    proptest! {
        #[test]
        fn whatever_passes_is_in_the_list(path in "(/api/v1/(status|session/(start|otp)|person/search))?[/.%a-z0-9?;]{0,6}") {
            if let Ok(uri) = path.parse::<Uri>() {
                let passed = policy().route(&Method::POST, &uri).is_ok();
                prop_assert_eq!(passed, DEFAULT_ROUTES.contains(&path.as_str()));
            }
        }
    }
}
