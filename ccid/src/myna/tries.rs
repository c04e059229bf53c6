//! Tries left on a PIN or 照合番号B, and the yes to spend the last one.

use super::reference::Reference;

/// How many tries the card says are left, and on what. Made only from the card's own answer and taken away by
/// a VERIFY: nobody can try without having asked the card first.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tries {
    left: u8,
    on: Reference,
}

impl Tries {
    pub(super) const fn told(left: u8, on: Reference) -> Self {
        Self { left, on }
    }

    /// The number, 1 to 15.
    pub(super) const fn left(&self) -> u8 {
        self.left
    }

    /// Whether a wrong one now blocks the card.
    pub(super) const fn is_last(&self) -> bool {
        self.left <= 1
    }

    pub(super) const fn on(&self) -> Reference {
        self.on
    }
}

/// What the person has agreed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// Nothing was asked: enough unless one try is left.
    NotAsked,
    /// The person was told that a wrong one now blocks the card, and said yes.
    LastTry,
}
