//! Identity by card: a challenge, and the card's answer to it.

pub(crate) mod assertion;
mod certificate;
mod challenge;
mod trust;

pub(crate) use assertion::assertion;
pub(crate) use challenge::challenge;
pub(crate) use trust::Trust;
