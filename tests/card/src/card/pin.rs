//! A PIN with its counter.

use crate::apdu::status;

/// A PIN: what opens it, how many tries are left, whether it has been presented.
#[derive(Debug)]
pub(super) struct Pin {
    /// `None`: nothing opens it.
    secret: Option<Vec<u8>>,
    left: u8,
    most: u8,
    verified: bool,
}

impl Pin {
    /// A PIN that `left` wrong tries would block; success sets the counter to `most`.
    pub(super) fn new(secret: Option<&str>, left: u8, most: u8) -> Self {
        Self { secret: secret.map(|s| s.as_bytes().to_vec()), left: left.min(most), most, verified: false }
    }

    /// Whether it has been presented since the application was selected.
    pub(super) fn verified(&self) -> bool {
        self.verified
    }

    /// Tries left.
    pub(super) fn left(&self) -> u8 {
        self.left
    }

    /// Forgets that it was presented.
    pub(super) fn forget(&mut self) {
        self.verified = false;
    }

    /// VERIFY without data: tells the tries left, spends none.
    pub(super) fn query(&self) -> u16 {
        status::TRIES_LEFT + u16::from(self.left)
    }

    /// VERIFY: a try is spent before anything is compared; success gives them all back.
    ///
    /// The try that exhausts the counter answers 63C0, every later one 6984. A PIN of the wrong length
    /// costs a try as well: whether a real card is milder is not known, so this one is not.
    pub(super) fn verify(&mut self, presented: &[u8]) -> u16 {
        self.verified = false;
        let Some(left) = self.left.checked_sub(1) else { return status::BLOCKED };
        self.left = left;
        if self.secret.as_deref() == Some(presented) {
            self.left = self.most;
            self.verified = true;
            return status::OK;
        }
        self.query()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_wrong_tries_block_it_for_good() {
        let mut pin = Pin::new(Some("1234"), 3, 3);
        assert_eq!(pin.query(), 0x63C3);
        assert_eq!([b"0000", b"0001", b"0002"].map(|p| pin.verify(p)), [0x63C2, 0x63C1, 0x63C0]);
        assert_eq!((pin.verify(b"1234"), pin.query(), pin.verified()), (0x6984, 0x63C0, false));
    }

    #[test]
    fn success_gives_the_tries_back_and_a_wrong_try_closes_again() {
        let mut pin = Pin::new(Some("1234"), 1, 3);
        assert_eq!((pin.verify(b"1234"), pin.left(), pin.verified()), (0x9000, 3, true));
        assert_eq!((pin.verify(b"123"), pin.verified()), (0x63C2, false));
    }

    #[test]
    fn a_pin_without_a_secret_opens_for_nothing() {
        assert_eq!(Pin::new(None, 5, 5).verify(b""), 0x63C4);
    }
}
