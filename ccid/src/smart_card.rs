//! Chromium's Web Smart Card API, `navigator.smartCard`: PC/SC of the system, lent to Isolated Web Apps.
//!
//! With it every reader works that the system's PC/SC knows, class 0x0B or not. What is known of it (the
//! draft at wicg.github.io/web-smart-card, and Chromium 156):
//!
//! - It is there only on ChromeOS since 143, only in Isolated Web Apps that declare `smart-card`, and PC/SC
//!   comes from the extension Smart Card Connector. Chromium 156 on Linux lacks the attribute; with its feature
//!   switched on by hand the first call was seen to hang, and in another run to end the page's process. So
//!   every call has a deadline, and nothing is called where `supported` says no.
//! - A context does one thing at a time; a second call meanwhile fails with `InvalidStateError`. A promise
//!   cannot be called back. So a call whose caller has gone is waited for before the next one starts, and
//!   what it brings is used for the books and nothing else: no command is ever sent a second time.
//! - A card keeps what its PIN has opened over `disconnect("leave")` and `"reset"`; only without power it
//!   forgets. So a card is always left by `"unpower"`, and started by connecting, taking the power away, and
//!   connecting again.
//!
//! Not known, for lack of such a machine: how a refused permission is told (both names that browsers use for
//! it are read as refusal); whether the person is asked again for the second `connect` of one start; whether a
//! context that hangs frees its reader when the page drops it; which code a provider gives when the card or
//! the reader goes half-way (those that fit are all read as removal). No part of it has met a real provider.
//!
//! The logic stands over [`Provider`] and runs natively in tests; only `browser` is wasm.

#[cfg(target_arch = "wasm32")]
mod bindings;
#[cfg(target_arch = "wasm32")]
mod browser;
mod fault;
mod line;
mod provider;
mod reader;

#[cfg(target_arch = "wasm32")]
pub use browser::{Browser, open, supported};
pub use fault::Fault;
pub use provider::{Call, Pending, Protocol, Provider, Reply};
pub use reader::SmartCardReader;
