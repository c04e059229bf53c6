//! 保険者番号.

use super::check_digit::{CheckDigit, compare};
use super::text::{NumberError, checked, number_type};
use serde::{Deserialize, Serialize};

/// Insurer number — 保険者番号: prefecture 2, municipality 3, check digit 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InsurerNumber(String);

number_type!(InsurerNumber);

impl InsurerNumber {
    /// Reads six digits in full or half width.
    ///
    /// # Errors
    /// When there are not six characters, or one is no digit.
    pub fn parse(input: &str) -> Result<Self, NumberError> {
        checked(input, 6, |_, c| c.is_ascii_digit()).map(Self)
    }

    /// Whether the last digit agrees with the others.
    pub fn check(&self) -> CheckDigit {
        compare(&self.0.chars().filter_map(|c| c.to_digit(10)).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_municipalities_agree() {
        for number in ["102046", "102012", "102020", "102038", "102053", "121012", "092015"] {
            assert_eq!(InsurerNumber::parse(number).unwrap().check(), CheckDigit::Agrees, "{number}");
        }
    }

    #[test]
    fn one_wrong_digit_is_noticed_and_named() {
        assert_eq!(InsurerNumber::parse("102047").unwrap().check(), CheckDigit::Differs { expected: 6 });
    }

    #[test]
    fn full_width_and_spaces_are_welcome() {
        assert_eq!(InsurerNumber::parse(" １０２－０４６ ").unwrap().as_str(), "102046");
        assert_eq!(InsurerNumber::parse("10204"), Err(NumberError::Length { expected: 6, found: 5 }));
        assert_eq!(InsurerNumber::parse("10204x"), Err(NumberError::Character('X')));
        assert_eq!(InsurerNumber::parse("  "), Err(NumberError::Empty));
    }
}
