//! The PIN (利用者証明用暗証番号, 券面事項入力補助用暗証番号) and 照合番号B: digits that are never printed, never
//! copied and wiped after use.

use std::fmt;

use zeroize::Zeroizing;

/// It is not exactly as many digits 0–9 as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PinFormat;

impl fmt::Display for PinFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a PIN is four digits, 照合番号B fourteen")
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
pub struct Pin(Digits<4>);

impl Pin {
    /// From text: exactly four ASCII digits. The text stays the caller's to wipe; [`PinEntry`] needs none.
    ///
    /// # Errors
    /// [`PinFormat`] for anything else.
    pub fn new(text: &str) -> Result<Self, PinFormat> {
        PinEntry::of(text).and_then(|mut entry| entry.complete()).ok_or(PinFormat)
    }

    pub(super) fn digits(&self) -> &[u8] {
        &**self.0
    }
}

/// 照合番号B: date of birth (year of the era, month, day: 6 digits), year in which the card expires (4 digits),
/// security code (4 digits), all from the card's face. Kept as a [`Pin`] is.
///
/// ```compile_fail
/// println!("{:?}", ccid::myna::VerificationNumberB::new("55021720352285").unwrap());
/// ```
/// ```compile_fail
/// let copy = ccid::myna::VerificationNumberB::new("55021720352285").unwrap().clone();
/// ```
pub struct VerificationNumberB(Digits<14>);

impl VerificationNumberB {
    /// From text: exactly fourteen ASCII digits. The text stays the caller's to wipe.
    ///
    /// # Errors
    /// [`PinFormat`] for anything else.
    pub fn new(text: &str) -> Result<Self, PinFormat> {
        NumberBEntry::of(text).and_then(|mut entry| entry.complete()).ok_or(PinFormat)
    }

    pub(super) fn digits(&self) -> &[u8] {
        &**self.0
    }
}

/// Digits in one place of the heap.
type Digits<const N: usize> = Box<Zeroizing<[u8; N]>>;

/// A PIN while it is typed on a keypad, digit by digit.
pub type PinEntry = DigitEntry<4>;
/// 照合番号B while it is typed.
pub type NumberBEntry = DigitEntry<14>;

/// So many digits while they are typed.
pub struct DigitEntry<const N: usize> {
    digits: Digits<N>,
    length: usize,
}

impl DigitEntry<4> {
    /// The PIN when four digits are there; the entry is empty then.
    pub fn complete(&mut self) -> Option<Pin> {
        self.take().map(Pin)
    }
}

impl DigitEntry<14> {
    /// The number when fourteen digits are there; the entry is empty then.
    pub fn complete(&mut self) -> Option<VerificationNumberB> {
        self.take().map(VerificationNumberB)
    }
}

impl<const N: usize> DigitEntry<N> {
    /// Nothing typed yet.
    pub fn new() -> Self {
        Self { digits: Box::new(Zeroizing::new([0; N])), length: 0 }
    }

    /// A digit, 0 to 9. False when it is no digit or all are there already.
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

    /// Digits typed.
    pub const fn len(&self) -> usize {
        self.length
    }

    /// Whether nothing is typed.
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The digits when all are there.
    fn take(&mut self) -> Option<Digits<N>> {
        (self.length == N).then(|| std::mem::take(self).digits)
    }

    /// Typed from text; `None` when it is more than fits or no digits.
    fn of(text: &str) -> Option<Self> {
        let mut entry = Self::new();
        text.bytes().all(|byte| byte.is_ascii_digit() && entry.push(byte - b'0')).then_some(entry)
    }
}

impl<const N: usize> Default for DigitEntry<N> {
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

        #[test]
        fn only_fourteen_digits_are_number_b(text in "[0-9]{12,16}|[0-9a ]{14}") {
            let good = text.len() == 14 && text.bytes().all(|byte| byte.is_ascii_digit());
            let number = VerificationNumberB::new(&text);
            prop_assert_eq!(number.is_ok(), good);
            if let Ok(number) = number {
                prop_assert_eq!(number.digits(), text.as_bytes());
            }
        }
    }
}
