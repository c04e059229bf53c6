//! Tries left on a PIN, and the yes to spend the last one.

/// How many tries the card says are left. Made only from the card's own answer and taken away by a VERIFY:
/// nobody can try without having asked the card first.
#[derive(Debug, PartialEq, Eq)]
pub struct Tries(u8);

impl Tries {
    pub(super) const fn told(left: u8) -> Self {
        Self(left)
    }

    /// The number, 1 to 15.
    pub const fn left(&self) -> u8 {
        self.0
    }

    /// Whether a wrong PIN now blocks the card.
    pub const fn is_last(&self) -> bool {
        self.0 <= 1
    }
}

/// What the person has agreed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// Nothing was asked: enough unless one try is left.
    NotAsked,
    /// The person was told that a wrong PIN now blocks the card, and said yes.
    LastTry,
}
