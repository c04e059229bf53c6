//! How much at once: requests in flight, requests a second, bytes and seconds of a request's content.

use crate::config;
use crate::places::{Place, Places};
use axum::body::{Body, Bytes, to_bytes};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use http_body_util::LengthLimitError;
use std::error::Error;
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

/// All limits on requests.
#[derive(Debug)]
pub(crate) struct Limits {
    in_flight: Places,
    addresses: Rate<IpAddr>,
    devices: Rate<Arc<str>>,
    header_bytes: usize,
    body_bytes: usize,
    body_time: Duration,
}

/// Which limit a request ran into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Limit {
    #[error("too many requests at the same time")]
    Busy,
    #[error("too many requests in a short time; {0} s to wait")]
    Rate(u64),
    #[error("the request is too large")]
    Size,
    #[error("the content did not arrive in time")]
    Slow,
    #[error("the content broke off")]
    Broken,
}

impl Limits {
    pub(crate) fn new(config: &config::Limits) -> Self {
        Self {
            in_flight: Places::new(config.in_flight, config.address_in_flight),
            addresses: Rate::new(config.address_per_second),
            devices: Rate::new(config.device_per_second),
            header_bytes: config.header_bytes,
            body_bytes: config.body_bytes,
            body_time: config.body_ms.into(),
        }
    }

    /// A place among the requests in flight, given back when dropped. Nobody waits in line: a busy relay
    /// says so at once.
    pub(crate) fn enter(&self, address: IpAddr) -> Result<Place, Limit> {
        self.in_flight.try_enter(address).ok_or(Limit::Busy)
    }

    /// Headers and the announced length of the content.
    pub(crate) fn size(&self, headers: &HeaderMap) -> Result<(), Limit> {
        if crate::headers::size(headers) > self.header_bytes {
            return Err(Limit::Size);
        }
        let announced =
            headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        match announced {
            Some(length) if length > self.body_bytes as u64 => Err(Limit::Size),
            _ => Ok(()),
        }
    }

    pub(crate) fn address(&self, address: IpAddr) -> Result<(), Limit> {
        self.addresses.take(&address)
    }

    pub(crate) fn device(&self, device: &Arc<str>) -> Result<(), Limit> {
        self.devices.take(device)
    }

    /// Reads the content whole, within size and time. Mostly it is one piece, which is not copied.
    pub(crate) async fn content(&self, body: Body) -> Result<Bytes, Limit> {
        let reading = tokio::time::timeout(self.body_time, to_bytes(body, self.body_bytes));
        reading.await.map_err(|_| Limit::Slow)?.map_err(|error| match error.source() {
            Some(cause) if cause.is::<LengthLimitError>() => Limit::Size,
            _ => Limit::Broken,
        })
    }

    /// Forgets addresses and devices that have been quiet.
    pub(crate) fn tidy(&self) {
        self.addresses.limiter.retain_recent();
        self.devices.limiter.retain_recent();
    }
}

/// So many a second for each key, and as many at once.
#[derive(Debug)]
struct Rate<K: Hash + Eq + Clone> {
    limiter: DefaultKeyedRateLimiter<K>,
    clock: DefaultClock,
}

impl<K: Hash + Eq + Clone> Rate<K> {
    fn new(per_second: u32) -> Self {
        let quota = Quota::per_second(NonZeroU32::new(per_second).unwrap_or(NonZeroU32::MIN));
        Self { limiter: RateLimiter::keyed(quota), clock: DefaultClock::default() }
    }

    fn take(&self, key: &K) -> Result<(), Limit> {
        self.limiter.check_key(key).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            Limit::Rate(wait.as_secs() + 1)
        })
    }
}
