//! Numbers by chance that come again with the same seed (xorshift64*).

/// A generator.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    /// From 0 up to and without `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// A byte that is not 0.
    pub(super) fn byte(&mut self) -> u8 {
        u8::try_from(self.below(255) + 1).unwrap_or(1)
    }

    pub(super) fn four(&mut self) -> [u8; 4] {
        [(); 4].map(|()| self.byte())
    }
}
