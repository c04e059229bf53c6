//! 電子請求 user ID and the IDs of staff.

use super::text::{NumberError, normalise, number_type};
use serde::{Deserialize, Serialize};

/// User ID at sign-in: `KJ` and twelve digits for the office user (事業所ユーザ), or an issued ID of
/// 4–20 letters, digits, `.`, `_` for administrators (管理者ユーザ) and staff (一般ユーザ).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UserId(String);

number_type!(UserId);

impl UserId {
    /// Reads an ID in full or half width; letters are kept in upper case.
    ///
    /// # Errors
    /// When it is empty, too short or long, or holds another character.
    pub fn parse(input: &str) -> Result<Self, NumberError> {
        let text = normalise(input);
        if text.is_empty() {
            return Err(NumberError::Empty);
        }
        if let Some(wrong) = text.chars().find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_'))) {
            return Err(NumberError::Character(wrong));
        }
        match text.len() {
            found if looks_like_office_user(&text) && found != 14 => {
                Err(NumberError::Length { expected: 14, found })
            }
            found if found < 4 => Err(NumberError::Length { expected: 4, found }),
            found if found > 20 => Err(NumberError::Length { expected: 20, found }),
            _ => Ok(Self(text)),
        }
    }

    /// Whether this is the office user's own ID (事業所ユーザ).
    pub fn is_office_user(&self) -> bool {
        looks_like_office_user(&self.0)
    }
}

fn looks_like_office_user(text: &str) -> bool {
    text.strip_prefix("KJ").is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn office_user_has_kj_and_twelve_digits() {
        assert!(UserId::parse("ｋｊ107040000501").unwrap().is_office_user());
        assert_eq!(UserId::parse("KJ1070"), Err(NumberError::Length { expected: 14, found: 6 }));
        assert!(!UserId::parse("care01").unwrap().is_office_user());
    }
}
