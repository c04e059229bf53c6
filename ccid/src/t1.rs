//! The block protocol T=1 (ISO/IEC 7816-3 §11), the side of the reader, as a state machine.
//!
//! [`T1`] is fed with what came ([`Event`]) and says what to do next ([`Step`]). It repeats blocks as the
//! protocol asks, with their sequence numbers, so that a card can tell a repetition from a new block. It
//! never sends a command again from its start: where the two sides can only agree again by S(RESYNCH), the
//! command under way has failed, because nobody knows whether the card carried it out.

mod block;
mod exchange;

pub use block::Edc;
pub use exchange::{Event, Failure, Step, T1};

/// What a card's ATR says about T=1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct T1Parameters {
    /// The most information bytes the card takes in one block, 1 to 254.
    pub ifsc: u8,
    /// BWI and CWI, as they stand in TB.
    pub waiting: u8,
    /// The check of a block.
    pub edc: Edc,
}

impl Default for T1Parameters {
    fn default() -> Self {
        Self { ifsc: 32, waiting: 0x4D, edc: Edc::Lrc }
    }
}

impl T1Parameters {
    /// The block waiting time in milliseconds: 2^BWI × 960 × 372 cycles (§11.4.3), at the slowest clock
    /// readers use.
    pub fn waiting_time(&self) -> u32 {
        // A BWI above 9 is reserved.
        100 << (self.waiting >> 4).min(9)
    }
}
