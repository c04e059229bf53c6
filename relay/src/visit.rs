//! What is known of a request while it is on its way.

use crate::{id, time};
use http::{HeaderValue, Method};
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// One request, from its begin.
#[derive(Debug)]
pub struct Visit {
    /// Its id, as in `X-Request-Id`.
    pub id: HeaderValue,
    /// When it came, since the epoch.
    pub at: Duration,
    /// The same on a clock that only goes forward.
    pub began: Instant,
    /// Where from. Never written down but as "this computer" or "another".
    pub from: IpAddr,
    /// Method, if it is one of those that occur here.
    pub method: &'static str,
    device: OnceLock<Arc<str>>,
}

impl Visit {
    /// A request that has just come.
    pub fn new(method: &Method, from: IpAddr) -> Self {
        let (id, at, method) = (id::new(), time::since_epoch(), name(method));
        Self { id, at, began: Instant::now(), from, method, device: OnceLock::new() }
    }

    /// The id as text.
    pub fn id(&self) -> &str {
        self.id.to_str().unwrap_or_default()
    }

    /// When it came, in unix seconds.
    pub fn now(&self) -> u64 {
        self.at.as_secs()
    }

    /// Thumbprint of the device's key, if it was verified, or has just been enrolled.
    pub fn device(&self) -> Option<&str> {
        self.device.get().map(|device| &**device)
    }

    /// The device has been verified, or enrolled.
    pub fn known(&self, device: Arc<str>) {
        self.device.get_or_init(|| device);
    }
}

/// Only methods that occur get into the log; others may be anything.
fn name(method: &Method) -> &'static str {
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
