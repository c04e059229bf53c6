//! 事業所番号.

use super::check_digit::{CheckDigit, compare};
use super::text::{NumberError, checked, number_type};
use serde::{Deserialize, Serialize};

/// Office number — 介護保険事業所番号: prefecture 2, kind 1 (a letter for 総合事業), area 2, serial 4,
/// check digit 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OfficeNumber(String);

number_type!(OfficeNumber);

impl OfficeNumber {
    /// Reads ten characters in full or half width.
    ///
    /// # Errors
    /// When there are not ten, or one cannot stand there (letters only third, never I, O, Q).
    pub fn parse(input: &str) -> Result<Self, NumberError> {
        checked(input, 10, |at, c| c.is_ascii_digit() || (at == 2 && letter_value(c).is_some())).map(Self)
    }

    /// Whether the last digit agrees with the others. Official samples fail this: warn, never refuse.
    pub fn check(&self) -> CheckDigit {
        compare(
            &self.0.chars().filter_map(|c| c.to_digit(10).or_else(|| letter_value(c))).collect::<Vec<_>>(),
        )
    }
}

/// A=10, B=11 … Z=32; I, O and Q are left out (総合事業における事業所番号の考え方).
fn letter_value(letter: char) -> Option<u32> {
    "ABCDEFGHJKLMNPRSTUVWXYZ".chars().position(|c| c == letter).and_then(|at| u32::try_from(at + 10).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_vectors_agree() {
        for number in ["1070400005", "1070400013", "1000400000", "1090400001", "10A0400008"] {
            assert_eq!(OfficeNumber::parse(number).unwrap().check(), CheckDigit::Agrees, "{number}");
        }
    }

    #[test]
    fn official_samples_differ_and_are_still_numbers() {
        for number in ["0300000100", "0300000005"] {
            assert!(matches!(OfficeNumber::parse(number).unwrap().check(), CheckDigit::Differs { .. }));
        }
    }

    #[test]
    fn letters_stand_third_only_and_never_i_o_q() {
        assert_eq!(OfficeNumber::parse("1A70400005"), Err(NumberError::Character('A')));
        assert_eq!(OfficeNumber::parse("10I0400008"), Err(NumberError::Character('I')));
    }
}
