//! Host side of USB smart-card readers and the My Number card, sans-IO, with a WebUSB back end.
//!
//! From the wire to the card:
//!
//! | module | what it knows |
//! |---|---|
//! | [`usb`] | pipes with deadlines, descriptors, which interface of a device to drive |
//! | [`t0`] [`t1`] | the protocols of contact cards, for readers that pass blocks |
//! | [`ccid`] | the CCID class: messages, one slot as a state machine fed with bytes |
//! | [`iso14443`] [`iso_dep`] | contactless cards: waking one up, its block protocol |
//! | [`reader`] | a reader made of the two: [`CardChannel`](reader::CardChannel) |
//! | [`apdu`] [`atr`] [`tlv`] | the words of ISO/IEC 7816 |
//! | [`myna`] | the My Number card: the allow-list, the PIN, one check of identity |
//! | [`socket`] | the practice reader, frames over any message pipe |
//! | [`smart_card`] | PC/SC of the system, as `navigator.smartCard` lends it |
//! | `webusb` | Chromium's WebUSB (wasm32 only) |
//!
//! Futures run on one thread and are never `Send`. Every wait has a deadline, every future may be dropped
//! at any await; what a dropped exchange left on the wire is cleared by the next one.

pub mod apdu;
pub mod atr;
pub mod ccid;
mod error;
pub mod iso14443;
pub mod iso_dep;
pub mod myna;
pub mod reader;
pub mod smart_card;
pub mod socket;
pub mod t0;
pub mod t1;
pub mod tlv;
pub mod usb;
#[cfg(target_arch = "wasm32")]
pub mod webusb;

pub use error::{CardError, Kind};
