//! A failure on its way to the screen: a code of the catalogue and what came with it.

use super::json;
use domain::calendar::Time;
use domain::fault::{self, Fault};
use domain::upstream::BusinessError;
use serde::Deserialize;
use std::borrow::Cow;

/// What a person can be told about a failure. The words come from [`domain::fault`], by the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Stable code, `RLY-041`; shown even when the catalogue does not know it.
    pub code: Cow<'static, str>,
    /// Not before then is a new try of use.
    pub retry_at: Option<Time>,
    /// Tries left before a lock, where the other side says so.
    pub tries_left: Option<u8>,
    /// For the help desk and beside the words: a reader's name. Never personal data.
    pub detail: Option<String>,
    /// Names the request in the relay's and the upstream's logs; no personal data in it.
    pub request: Option<String>,
}

/// Code for what nobody foresaw; also shown for codes that this version does not know.
pub const UNFORESEEN: &str = "APP-099";

impl Problem {
    /// A problem that is only a code.
    pub const fn new(code: &'static str) -> Self {
        Self { code: Cow::Borrowed(code), retry_at: None, tries_left: None, detail: None, request: None }
    }

    /// The catalogue's words; those of `APP-099` when the code is not in it.
    pub fn fault(&self) -> Option<&'static Fault> {
        fault::find(&self.code).or_else(|| fault::find(UNFORESEEN))
    }

    /// Whether this is the code.
    pub fn is(&self, code: &str) -> bool {
        self.code == code
    }

    /// From the body of a refused request (RFC 9457), or from the bare status when there is none.
    pub fn from_response(status: u16, body: &[u8], now: Time, retry_after_s: Option<i64>) -> Self {
        #[derive(Deserialize)]
        struct Document {
            code: Option<String>,
            instance: Option<String>,
        }
        let document: Option<Document> = json::read(body).ok();
        let (code, instance) = document.map_or((None, None), |document| (document.code, document.instance));
        Self {
            code: code.filter(|code| plausible(code)).map_or(Cow::Borrowed(by_status(status)), Cow::Owned),
            retry_at: retry_after_s.map(|seconds| now.plus(seconds)),
            tries_left: None,
            detail: None,
            request: instance,
        }
    }
}

impl From<BusinessError> for Problem {
    fn from(error: BusinessError) -> Self {
        let code = if plausible(&error.code) { Cow::Owned(error.code) } else { Cow::Borrowed(UNFORESEEN) };
        Self { code, retry_at: error.retry_at, tries_left: error.tries_left, ..Self::new(UNFORESEEN) }
    }
}

/// Whether a text from outside has the form of a code, so that it may be shown.
fn plausible(code: &str) -> bool {
    code.split_once('-').is_some_and(|(group, number)| {
        (2..=4).contains(&group.len())
            && group.bytes().all(|b| b.is_ascii_uppercase())
            && number.len() == 3
            && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// What a status means when its body does not say: a proxy in between, or another server altogether.
fn by_status(status: u16) -> &'static str {
    match status {
        401 => "UPS-401",
        403 => "UPS-403",
        404 => "RLY-007",
        408 => "RLY-008",
        413 => "RLY-003",
        429 => "RLY-005",
        502 => "RLY-041",
        503 => "UPS-503",
        504 => "RLY-042",
        500..=599 => "UPS-500",
        _ => "APP-004",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_names_the_code() {
        let body =
            br#"{"type":"about:blank","title":"x","status":401,"code":"RLY-013","instance":"urn:uuid:1"}"#;
        let problem = Problem::from_response(401, body, Time(0), None);
        assert_eq!(problem.code, "RLY-013");
        assert_eq!(problem.request.as_deref(), Some("urn:uuid:1"));
        assert_eq!(problem.fault().unwrap().code, "RLY-013");
    }

    #[test]
    fn without_a_body_the_status_speaks_and_every_word_is_in_the_catalogue() {
        for status in 300..600 {
            let problem = Problem::from_response(status, b"<html>", Time(100), Some(30));
            assert!(fault::find(&problem.code).is_some(), "{status}: {}", problem.code);
            assert_eq!(problem.retry_at, Some(Time(130)));
        }
        assert_eq!(Problem::from_response(503, b"", Time(0), None).code, "UPS-503");
    }

    #[test]
    fn an_unknown_code_keeps_its_name_and_borrows_words() {
        let problem = Problem::from_response(500, br#"{"code":"UPS-777"}"#, Time(0), None);
        assert_eq!(problem.code, "UPS-777");
        assert_eq!(problem.fault().unwrap().code, UNFORESEEN);
    }

    #[test]
    fn what_is_no_code_is_never_shown() {
        let evil =
            BusinessError { code: "<b>".into(), message: String::new(), retry_at: None, tries_left: None };
        assert_eq!(Problem::from(evil).code, UNFORESEEN);
        assert_eq!(Problem::from_response(500, br#"{"code":"a b"}"#, Time(0), None).code, "UPS-500");
    }
}
