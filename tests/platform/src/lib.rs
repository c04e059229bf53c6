//! A faithful sandbox of the national upstream, and its development PKI.
//!
//! It plays the service behind the office's client certificate: sign-in, identity by card, search, viewing
//! rights and the five kinds of qualification information, as docs/api.md §4 says, with invented people
//! only. [`make`] makes keys, certificates and cards; [`seed`] writes a municipality; [`Platform::start`]
//! serves it, in a process of its own (`kakehashi-platform`) or inside a test.

mod access;
mod answer;
mod audit;
mod card;
mod cases;
mod client;
mod clock;
pub mod command;
mod config;
mod consent;
pub mod document;
mod error;
mod extras;
mod filing;
mod http;
mod layout;
mod municipality;
mod person;
pub mod pki;
pub mod records;
mod secret;
mod seed;
mod server;
mod session;
mod shelf;
mod state;
pub mod store;

pub use clock::{Clock, ShiftClock, SystemClock};
pub use config::{Config, Rules};
pub use error::PlatformError;
pub use layout::Layout;
pub use pki::make;
pub use seed::{DemoPerson, PasswordCost, SeedOptions, Seeded, SignIn, seed};
pub use server::{Platform, Running};
