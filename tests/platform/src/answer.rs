//! What a call is answered with: a value, a business error (HTTP 200), or a problem document.

use crate::secret::NoRandomness;
use crate::store::StoreError;
use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::fault;
use kakehashi_domain::upstream::{Answer, BusinessError};
use serde::Serialize;

/// A call's outcome.
pub(crate) type Outcome<T> = Result<Done<T>, Refusal>;

/// It was done.
#[derive(Debug)]
pub(crate) struct Done<T>(pub(crate) T);

/// It was not.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Understood and refused.
    Business(BusinessError),
    /// Not fit to be looked at, or not possible now.
    System(Problem),
}

/// A system error (RFC 9457). Says nothing of the inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Problem {
    /// Not of the form, or its signature does not hold; says which part.
    Malformed(&'static str),
    /// No session.
    NotSignedIn,
    /// This office may not.
    NotThisOffice,
    /// No such path.
    NotFound,
    /// Too many bytes.
    TooLarge,
    /// Something broke.
    Internal,
    /// Not now.
    Unavailable,
}

/// A business error by its code.
pub(crate) fn business(code: &str) -> BusinessError {
    let message = fault::find(code).map_or("", |fault| fault.what).to_owned();
    BusinessError { code: code.to_owned(), message, retry_at: None, tries_left: None }
}

/// A business error that passes with time.
pub(crate) fn wait(code: &'static str, retry_at: Time) -> BusinessError {
    BusinessError { retry_at: Some(retry_at), ..business(code) }
}

impl Problem {
    fn parts(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::Malformed(_) => (StatusCode::BAD_REQUEST, "UPS-400", "The request cannot be accepted"),
            Self::NotSignedIn => (StatusCode::UNAUTHORIZED, "UPS-401", "A session is needed"),
            Self::NotThisOffice => (StatusCode::FORBIDDEN, "UPS-403", "Not with this office's certificate"),
            Self::NotFound => (StatusCode::NOT_FOUND, "UPS-404", "There is nothing here"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "UPS-413", "The request is too large"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "UPS-500", "Something broke inside"),
            Self::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "UPS-503", "Not available now"),
        }
    }
}

/// The document of RFC 9457.
#[derive(Serialize)]
struct Document {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'static str>,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, code, title) = self.parts();
        let detail = if let Self::Malformed(part) = self { Some(part) } else { None };
        let document = Document { kind: "about:blank", title, status: status.as_u16(), code, detail };
        let mut response = (status, Json(document)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}

impl<T: Serialize> IntoResponse for Done<T> {
    fn into_response(self) -> Response {
        Json(Answer::Ok(self.0)).into_response()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Business(error) => Json(Answer::<()>::Error(error)).into_response(),
            Self::System(problem) => problem.into_response(),
        }
    }
}

impl From<BusinessError> for Refusal {
    fn from(error: BusinessError) -> Self {
        Self::Business(error)
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::System(problem)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "storing failed");
        Self::System(if error.passes() { Problem::Unavailable } else { Problem::Internal })
    }
}

impl From<NoRandomness> for Refusal {
    fn from(error: NoRandomness) -> Self {
        tracing::error!(%error, "no randomness");
        Self::System(Problem::Internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_words() {
        for problem in [
            Problem::Malformed("body"),
            Problem::NotSignedIn,
            Problem::NotThisOffice,
            Problem::NotFound,
            Problem::TooLarge,
            Problem::Internal,
            Problem::Unavailable,
        ] {
            let (status, code, _) = problem.parts();
            assert!(fault::find(code).is_some(), "{code}");
            assert_eq!(code, format!("UPS-{}", status.as_u16()));
        }
    }
}
