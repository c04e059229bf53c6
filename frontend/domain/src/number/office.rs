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

/// 事業所区分: what the third character says (総合事業における事業所番号の考え方).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OfficeKind {
    /// `0`: 地域包括支援センター (serials 0001–4999).
    SupportCentre,
    /// `0`: 総合事業, from before letters (serials 5000–9999).
    FormerProgramme,
    /// `1`: 医科
    Medical,
    /// `3`: 歯科
    Dental,
    /// `4`: 薬局
    Pharmacy,
    /// `5`: 介護老人保健施設
    HealthFacility,
    /// `6`: 訪問看護ステーション
    VisitingNurses,
    /// `7`: 指定事業所
    Designated,
    /// `8`: 基準該当
    Equivalent,
    /// `9`: 地域密着型
    Community,
    /// `A`: 総合事業
    Programme,
    /// A character without a known meaning.
    Other(char),
}

impl OfficeNumber {
    /// Its kind.
    pub fn kind(&self) -> OfficeKind {
        let late = self.0.get(5..6).is_some_and(|digit| digit >= "5");
        match self.0.chars().nth(2).unwrap_or_default() {
            '0' if late => OfficeKind::FormerProgramme,
            '0' => OfficeKind::SupportCentre,
            '1' => OfficeKind::Medical,
            '3' => OfficeKind::Dental,
            '4' => OfficeKind::Pharmacy,
            '5' => OfficeKind::HealthFacility,
            '6' => OfficeKind::VisitingNurses,
            '7' => OfficeKind::Designated,
            '8' => OfficeKind::Equivalent,
            '9' => OfficeKind::Community,
            'A' => OfficeKind::Programme,
            other => OfficeKind::Other(other),
        }
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
    fn the_third_character_is_the_kind() {
        for (number, kind) in [
            ("1000400000", OfficeKind::SupportCentre),
            ("1000450000", OfficeKind::FormerProgramme),
            ("1070400005", OfficeKind::Designated),
            ("1090400001", OfficeKind::Community),
            ("10A0400008", OfficeKind::Programme),
            ("10B0400008", OfficeKind::Other('B')),
        ] {
            assert_eq!(OfficeNumber::parse(number).unwrap().kind(), kind, "{number}");
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
