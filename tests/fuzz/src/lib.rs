//! Fuzz targets: whatever a reader, a card or a browser may say, read by the code that reads it.
//!
//! A target is a function of bytes that panics when something does not hold: that a protocol comes to its end,
//! that a command goes out once, that what is accepted is written again as it was read. `make fuzz` runs each
//! with libFuzzer; a plain `cargo test` replays the corpus through the same functions.

mod bytes;
mod target;

use std::sync::OnceLock;

/// A target and its name.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 14] = [
    ("apdu", target::apdu::run),
    ("atr", target::atr::run),
    ("attributes", target::attributes::run),
    ("certificate", target::certificate::run),
    ("descriptor", target::descriptor::run),
    ("iso14443", target::iso14443::run),
    ("iso_dep", target::iso_dep::run),
    ("port100", target::port100::run),
    ("rcs300", target::rcs300::run),
    ("slot", target::slot::run),
    ("smart_card", target::smart_card::run),
    ("t0", target::t0::run),
    ("t1", target::t1::run),
    ("tlv", target::tlv::run),
];

/// Runs the target that `KAKEHASHI_FUZZ` names.
///
/// # Panics
/// When there is none of that name, and when something does not hold.
pub fn named(data: &[u8]) {
    static CHOSEN: OnceLock<fn(&[u8])> = OnceLock::new();
    let run = CHOSEN.get_or_init(|| {
        let name = std::env::var("KAKEHASHI_FUZZ").unwrap_or_default();
        let found = TARGETS.iter().find(|(known, _)| *known == name);
        found.map_or_else(|| panic!("there is no target named {name:?}"), |(_, run)| *run)
    });
    run(data);
}
