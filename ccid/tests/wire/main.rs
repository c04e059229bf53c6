//! The driver against bytes written down: descriptors, messages, golden traces of cards, and noise.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod card_scripts;
mod descriptors;
mod messages;
mod noise;
mod script;
mod tpdu;
