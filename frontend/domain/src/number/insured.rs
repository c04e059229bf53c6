//! 被保険者番号.

use super::text::{NumberError, checked, number_type};
use serde::{Deserialize, Serialize};

/// Insured person's number — 被保険者番号: ten digits, leading zeros count; `H` and nine digits for
/// 生活保護のみ (みなし2号). No rule for a check digit is public, so none is applied.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InsuredNumber(String);

number_type!(InsuredNumber);

impl InsuredNumber {
    /// Reads ten characters in full or half width.
    ///
    /// # Errors
    /// When there are not ten, or one is no digit (the first may be `H`).
    pub fn parse(input: &str) -> Result<Self, NumberError> {
        checked(input, 10, |at, c| c.is_ascii_digit() || (at == 0 && c == 'H')).map(Self)
    }

    /// 生活保護のみ (みなし2号): an `H` number, given by the welfare office and not from the insurer.
    pub fn is_welfare_only(&self) -> bool {
        self.0.starts_with('H')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_count_and_h_stands_first_only() {
        assert_eq!(InsuredNumber::parse("０００００1２３４５").unwrap().as_str(), "0000012345");
        assert!(InsuredNumber::parse("Ｈ１２３４５６７８９").unwrap().is_welfare_only());
        assert!(!InsuredNumber::parse("0000012345").unwrap().is_welfare_only());
        assert_eq!(InsuredNumber::parse("h123456789").unwrap().as_str(), "H123456789");
        assert_eq!(InsuredNumber::parse("1H23456789"), Err(NumberError::Character('H')));
    }
}
