//! The one place where a cause becomes an answer (RFC 9457).
//!
//! Each module says what happened in its own error type; the `From` impls below say which code a person sees
//! for it (`docs/errors.md`), and [`Code`] says which status it has (`docs/api.md` §3). The cause itself goes
//! to the log, never into the answer.

use crate::enrol::EnrolError;
use crate::forward::ForwardError;
use crate::guests::Stranger;
use crate::limits::Limit;
use crate::policy::NoRoute;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use kakehashi_signing::Refusal;

/// What a person is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The page may not use this relay.
    Origin = 1,
    /// The relay is called by a name that is not its own.
    Host = 2,
    /// Too large.
    Size = 3,
    /// Not of the form.
    Form = 4,
    /// Too many in a short time.
    Rate = 5,
    /// Too many at once.
    Busy = 6,
    /// Nothing here.
    Route = 7,
    /// Sent too slowly.
    Slow = 8,
    /// Not signed.
    Unsigned = 11,
    /// The signature does not hold.
    Signature = 12,
    /// Signed at another time than now.
    Late = 13,
    /// Came before.
    Replayed = 14,
    /// The device is not enrolled.
    Device = 15,
    /// The content was changed on the way.
    Digest = 16,
    /// The enrolment code is not good.
    EnrolCode = 21,
    /// Too many wrong enrolment codes.
    EnrolAttempts = 22,
    /// No office certificate.
    NoCertificate = 31,
    /// The office certificate has run out.
    CertificateExpired = 32,
    /// The upstream does not take the office certificate.
    CertificateRefused = 33,
    /// The upstream cannot be reached.
    Unreachable = 41,
    /// The upstream takes too long.
    UpstreamSlow = 42,
    /// The upstream's answer makes no sense.
    BadAnswer = 43,
    /// The upstream is not who it should be.
    ServerCertificate = 44,
    /// Something is broken in the relay.
    Internal = 99,
}

/// A refusal on its way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// What.
    pub code: Code,
    /// After how many seconds the same may be tried again.
    pub retry_after: Option<u64>,
}

impl Code {
    /// All of them; every one has its words in the app's catalogue.
    pub const ALL: [Self; 24] = [
        Self::Origin,
        Self::Host,
        Self::Size,
        Self::Form,
        Self::Rate,
        Self::Busy,
        Self::Route,
        Self::Slow,
        Self::Unsigned,
        Self::Signature,
        Self::Late,
        Self::Replayed,
        Self::Device,
        Self::Digest,
        Self::EnrolCode,
        Self::EnrolAttempts,
        Self::NoCertificate,
        Self::CertificateExpired,
        Self::CertificateRefused,
        Self::Unreachable,
        Self::UpstreamSlow,
        Self::BadAnswer,
        Self::ServerCertificate,
        Self::Internal,
    ];

    /// The status of the answer.
    pub fn status(self) -> StatusCode {
        match self {
            Self::Origin | Self::EnrolCode => StatusCode::FORBIDDEN,
            Self::Host => StatusCode::MISDIRECTED_REQUEST,
            Self::Size => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Form => StatusCode::BAD_REQUEST,
            Self::Rate | Self::EnrolAttempts => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::NoCertificate | Self::CertificateExpired => StatusCode::SERVICE_UNAVAILABLE,
            Self::Route => StatusCode::NOT_FOUND,
            Self::Slow => StatusCode::REQUEST_TIMEOUT,
            Self::Unsigned | Self::Signature | Self::Late | Self::Replayed | Self::Device | Self::Digest => {
                StatusCode::UNAUTHORIZED
            }
            Self::CertificateRefused | Self::Unreachable | Self::BadAnswer | Self::ServerCertificate => {
                StatusCode::BAD_GATEWAY
            }
            Self::UpstreamSlow => StatusCode::GATEWAY_TIMEOUT,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Fixed for each code; the words for people are the app's.
    fn title(self) -> &'static str {
        match self {
            Self::Origin => "This page may not use this relay",
            Self::Host => "This relay has another name",
            Self::Size => "Request too large",
            Self::Form => "Request not of the form",
            Self::Rate => "Too many requests",
            Self::Busy => "Relay busy",
            Self::Route => "No such route",
            Self::Slow => "Request sent too slowly",
            Self::Unsigned => "Request not signed",
            Self::Signature => "Signature not valid",
            Self::Late => "Signed at another time",
            Self::Replayed => "Request seen before",
            Self::Device => "Device not enrolled",
            Self::Digest => "Content changed on the way",
            Self::EnrolCode => "Enrolment code not valid",
            Self::EnrolAttempts => "Too many wrong enrolment codes",
            Self::NoCertificate => "No office certificate",
            Self::CertificateExpired => "Office certificate expired",
            Self::CertificateRefused => "Office certificate refused by the upstream",
            Self::Unreachable => "Upstream not reachable",
            Self::UpstreamSlow => "Upstream too slow",
            Self::BadAnswer => "Upstream's answer not valid",
            Self::ServerCertificate => "Upstream's certificate not valid",
            Self::Internal => "Relay out of order",
        }
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RLY-{:03}", *self as u16)
    }
}

impl Problem {
    /// Without a time to wait.
    pub fn new(code: Code) -> Self {
        Self { code, retry_after: None }
    }

    fn after(code: Code, seconds: u64) -> Self {
        Self { code, retry_after: Some(seconds) }
    }

    /// The answer; `id` is the request's.
    pub(crate) fn response(self, id: &str) -> Response {
        let (code, status) = (self.code, self.code.status());
        let text = format!(
            r#"{{"type":"about:blank","title":"{}","status":{},"code":"{code}","instance":"urn:uuid:{id}"}}"#,
            code.title(),
            status.as_u16(),
        );
        let mut response = (status, [(CONTENT_TYPE, "application/problem+json")], text).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// A handler's refusal: the first of the relay's steps knows the request's id and writes it out.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.code.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Stranger> for Problem {
    fn from(cause: Stranger) -> Self {
        Self::new(match cause {
            Stranger::Host => Code::Host,
            Stranger::Origin => Code::Origin,
        })
    }
}

impl From<Limit> for Problem {
    fn from(cause: Limit) -> Self {
        match cause {
            Limit::Busy => Self::after(Code::Busy, 1),
            Limit::Rate(seconds) => Self::after(Code::Rate, seconds),
            Limit::Size => Self::new(Code::Size),
            Limit::Slow => Self::new(Code::Slow),
            Limit::Broken => Self::new(Code::Form),
        }
    }
}

impl From<Refusal> for Problem {
    fn from(cause: Refusal) -> Self {
        Self::new(match cause {
            Refusal::Missing => Code::Unsigned,
            Refusal::Malformed(_) | Refusal::Components | Refusal::Header(_) | Refusal::Signature => {
                Code::Signature
            }
            Refusal::Late => Code::Late,
            Refusal::Replayed => Code::Replayed,
            Refusal::Full => return Self::after(Code::Busy, 60),
            Refusal::Digest => Code::Digest,
            Refusal::Key | Refusal::CredentialMissing | Refusal::Credential(_) | Refusal::OtherKey => {
                Code::Device
            }
        })
    }
}

impl From<NoRoute> for Problem {
    fn from(NoRoute: NoRoute) -> Self {
        Self::new(Code::Route)
    }
}

impl From<EnrolError> for Problem {
    fn from(cause: EnrolError) -> Self {
        match cause {
            EnrolError::Form => Self::new(Code::Form),
            EnrolError::Code => Self::new(Code::EnrolCode),
            EnrolError::Attempts(seconds) => Self::after(Code::EnrolAttempts, seconds),
            EnrolError::NoOffice => Self::new(Code::NoCertificate),
            EnrolError::State(_) | EnrolError::Key(_) => Self::new(Code::Internal),
        }
    }
}

impl From<&ForwardError> for Problem {
    fn from(cause: &ForwardError) -> Self {
        match cause {
            ForwardError::NoIdentity => Self::new(Code::NoCertificate),
            ForwardError::Expired => Self::new(Code::CertificateExpired),
            ForwardError::IdentityRefused(_) => Self::new(Code::CertificateRefused),
            ForwardError::Unreachable(_) => Self::after(Code::Unreachable, 10),
            ForwardError::Slow => Self::after(Code::UpstreamSlow, 10),
            ForwardError::BadAnswer(_) => Self::new(Code::BadAnswer),
            ForwardError::ServerCertificate(_) => Self::new(Code::ServerCertificate),
        }
    }
}
