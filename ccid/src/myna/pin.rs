//! The PIN (利用者証明用暗証番号): four digits that are never printed, never copied and wiped after use.

use std::fmt;

use zeroize::Zeroizing;

/// It is not exactly four digits 0–9.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PinFormat;

impl fmt::Display for PinFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a PIN is four digits")
    }
}

impl std::error::Error for PinFormat {}

/// A PIN. Lives in one place of the heap, so that moving it leaves no copy behind, and is wiped when dropped.
///
/// It cannot be copied:
/// ```compile_fail
/// let pin = ccid::myna::Pin::new("1234").unwrap();
/// let copy = pin.clone();
/// ```
/// nor shown:
/// ```compile_fail
/// println!("{}", ccid::myna::Pin::new("1234").unwrap());
/// ```
/// ```compile_fail
/// println!("{:?}", Some(ccid::myna::Pin::new("1234").unwrap_or_else(|_| panic!())));
/// ```
pub struct Pin(Box<Zeroizing<[u8; 4]>>);

impl Pin {
    /// From text: exactly four ASCII digits. The text stays the caller's to wipe; [`PinEntry`] needs none.
    ///
    /// # Errors
    /// [`PinFormat`] for anything else.
    pub fn new(text: &str) -> Result<Self, PinFormat> {
        let mut entry = PinEntry::new();
        for byte in text.bytes() {
            if !byte.is_ascii_digit() || !entry.push(byte - b'0') {
                return Err(PinFormat);
            }
        }
        entry.complete().ok_or(PinFormat)
    }

    pub(super) fn digits(&self) -> &[u8; 4] {
        &self.0
    }
}

/// A PIN while it is typed on a keypad, digit by digit.
pub struct PinEntry {
    digits: Box<Zeroizing<[u8; 4]>>,
    length: usize,
}

impl PinEntry {
    /// Nothing typed yet.
    pub fn new() -> Self {
        Self { digits: Box::new(Zeroizing::new([0; 4])), length: 0 }
    }

    /// A digit, 0 to 9. False when it is no digit or four are there already.
    pub fn push(&mut self, digit: u8) -> bool {
        match self.digits.get_mut(self.length).filter(|_| digit <= 9) {
            Some(place) => {
                *place = b'0' + digit;
                self.length += 1;
                true
            }
            None => false,
        }
    }

    /// Takes the last digit back.
    pub fn pop(&mut self) {
        self.length = self.length.saturating_sub(1);
        if let Some(place) = self.digits.get_mut(self.length) {
            *place = 0;
        }
    }

    /// Wipes what was typed.
    pub fn clear(&mut self) {
        self.digits.fill(0);
        self.length = 0;
    }

    /// Digits typed, 0 to 4.
    pub const fn len(&self) -> usize {
        self.length
    }

    /// Whether nothing is typed.
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The PIN when four digits are there; the entry is empty then.
    pub fn complete(&mut self) -> Option<Pin> {
        (self.length == 4).then(|| Pin(std::mem::take(self).digits))
    }
}

impl Default for PinEntry {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_keypad_makes_a_pin() {
        let mut entry = PinEntry::new();
        for digit in [1, 9, 2, 3] {
            assert!(entry.push(digit));
        }
        assert!(!entry.push(5), "four are enough");
        entry.pop();
        assert!(entry.complete().is_none());
        assert!(!entry.push(10));
        assert!(entry.push(0));
        assert_eq!(entry.complete().unwrap().digits(), b"1920");
        assert!(entry.is_empty() && entry.complete().is_none());
    }

    #[test]
    fn what_is_taken_back_is_wiped() {
        let mut entry = PinEntry::new();
        entry.push(7);
        entry.pop();
        entry.pop();
        assert_eq!((entry.len(), **entry.digits), (0, [0; 4]));
        entry.push(7);
        entry.push(8);
        entry.clear();
        assert_eq!((entry.len(), **entry.digits), (0, [0; 4]));
    }

    proptest! {
        #[test]
        fn only_four_digits_are_a_pin(text in "[0-9a-z0-9]{0,6}") {
            let good = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
            prop_assert_eq!(Pin::new(&text).is_ok(), good);
        }
    }
}
