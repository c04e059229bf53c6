//! From a connection to a call: TLS, who calls, routes.

mod caller;
mod forwarded;
mod peer;
mod routes;
mod tls;

pub(crate) use caller::{Authorised, Caller, Signed};
pub(crate) use peer::Peer;
pub(crate) use routes::router;
pub(crate) use tls::server_config;
