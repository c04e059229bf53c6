//! As much of CBOR (RFC 8949) as a bundle has: definite lengths, no tags.

/// Reads items one after the other.
pub(crate) struct Cbor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cbor<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Where the next item begins.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Leaves out so many bytes.
    pub(crate) fn skip(&mut self, bytes: usize) {
        self.take(bytes);
    }

    pub(crate) fn number(&mut self) -> usize {
        self.head(0)
    }

    pub(crate) fn bytes(&mut self) -> &'a [u8] {
        let length = self.head(2);
        self.take(length)
    }

    pub(crate) fn text(&mut self) -> &'a str {
        let length = self.head(3);
        std::str::from_utf8(self.take(length)).unwrap()
    }

    /// The number of items that follow.
    pub(crate) fn array(&mut self) -> usize {
        self.head(4)
    }

    /// The number of pairs that follow.
    pub(crate) fn map(&mut self) -> usize {
        self.head(5)
    }

    fn head(&mut self, wanted: u8) -> usize {
        let first = self.take(1)[0];
        assert_eq!(first >> 5, wanted, "another type at {}", self.at - 1);
        let more = match first & 0x1F {
            small @ 0..24 => return usize::from(small),
            size @ 24..28 => 1 << (size - 24),
            other => panic!("length form {other} at {}", self.at - 1),
        };
        self.take(more).iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte))
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let taken = &self.bytes[self.at..self.at + length];
        self.at += length;
        taken
    }
}
