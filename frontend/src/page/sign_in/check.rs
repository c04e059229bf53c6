//! What can be said of a sign-in before it is sent.

use crate::text::{field_missing, field_wrong, sign_in as words};
use domain::number::{NumberError, UserId};
use domain::upstream::{OtpRequest, StartRequest};

/// What is wrong with the first step's fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Errors {
    pub(super) user_id: Option<String>,
    pub(super) password: Option<String>,
    pub(super) otp: Option<String>,
}

impl Errors {
    /// Nothing is wrong.
    pub(super) fn none() -> Self {
        Self::default()
    }
}

/// Checks the first step. A password is sent as it is typed.
pub(super) fn start(user_id: &str, password: &str) -> Result<StartRequest, Errors> {
    let missing = password.is_empty().then(|| words().password_missing.to_owned());
    match (UserId::parse(user_id), missing) {
        (Ok(user_id), None) => Ok(StartRequest { user_id, password: password.to_owned() }),
        (user_id, password) => {
            let user_id = user_id.err().map(|error| match error {
                NumberError::Empty => field_missing(words().user_id),
                error => field_wrong(words().user_id, &error.to_string()),
            });
            Err(Errors { user_id, password, otp: None })
        }
    }
}

/// Checks the second step: six digits, of either width, with or without spaces.
pub(super) fn otp(ticket: &str, typed: &str) -> Result<OtpRequest, Errors> {
    let otp: Option<String> = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0),
            c => c.is_ascii_digit().then_some(c),
        })
        .collect();
    match otp {
        Some(otp) if otp.len() == 6 => Ok(OtpRequest { ticket: ticket.to_owned(), otp }),
        _ => Err(Errors { otp: Some(words().otp_form.to_owned()), ..Errors::none() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_needs_both_and_leaves_the_password_alone() {
        let request = start("ｃａｒｅ01", " p w ").unwrap();
        assert_eq!((request.user_id.as_str(), request.password.as_str()), ("CARE01", " p w "));
        let errors = start("", "").unwrap_err();
        assert!(errors.user_id.is_some() && errors.password.is_some());
        assert!(start("KJ1", "p").unwrap_err().password.is_none());
    }

    #[test]
    fn one_time_passwords_are_six_digits() {
        for typed in ["123456", "１２３４５６", " 123 456 ", "123-456"] {
            assert_eq!(otp("t", typed).unwrap().otp, "123456", "{typed}");
        }
        for typed in ["", "12345", "1234567", "12345a"] {
            assert!(otp("t", typed).is_err(), "{typed}");
        }
    }
}
