//! Why a certificate does not hold.

use std::borrow::Cow;
use std::fmt;

/// The first check that a certificate failed. Times are seconds since 1970-01-01 00:00 UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// It is no certificate of RFC 5280; the part that has no form.
    Form(&'static str),
    /// No root at hand bears the key identifier and the name that it gives its issuer.
    Issuer,
    /// The root that it names did not sign it.
    Signature,
    /// It is not valid before this time.
    NotYetValid(i64),
    /// It was valid until this time.
    Expired(i64),
    /// Its root is not valid before this time.
    RootNotYetValid(i64),
    /// Its root was valid until this time.
    RootExpired(i64),
    /// Its key is for something else: signatures on papers, an authority, a server.
    Usage,
    /// It was issued under another policy than that of 利用者証明用証明書.
    Policy,
    /// Something in it is marked critical and not known here.
    UnknownCritical,
    /// Its key or its signature is of an algorithm not known here.
    Algorithm,
    /// Its signature could not be checked on this machine; why.
    NotJudged(Cow<'static, str>),
}

impl Flaw {
    /// Every code of the error catalogue that [`Self::code`] gives.
    pub const CODES: [&'static str; 8] =
        ["CARD-041", "CARD-042", "CARD-043", "CARD-044", "CARD-045", "CARD-046", "CARD-047", "CARD-048"];

    /// The stable code of the error catalogue.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Form(_) => "CARD-041",
            Self::Issuer | Self::Signature => "CARD-042",
            Self::NotYetValid(_) => "CARD-043",
            Self::Expired(_) => "CARD-044",
            Self::RootNotYetValid(_) | Self::RootExpired(_) => "CARD-045",
            Self::Usage | Self::Policy | Self::UnknownCritical => "CARD-046",
            Self::Algorithm => "CARD-047",
            Self::NotJudged(_) => "CARD-048",
        }
    }

    /// The time that the message tells, where it tells one.
    pub const fn time(&self) -> Option<i64> {
        match self {
            Self::NotYetValid(time)
            | Self::Expired(time)
            | Self::RootNotYetValid(time)
            | Self::RootExpired(time) => Some(*time),
            _ => None,
        }
    }

    /// For the help desk: never personal data.
    pub fn detail(&self) -> &str {
        match self {
            Self::Form(part) => part,
            Self::Issuer => "no such root",
            Self::Signature => "not signed by its root",
            Self::NotYetValid(_) => "not yet valid",
            Self::Expired(_) => "expired",
            Self::RootNotYetValid(_) => "root not yet valid",
            Self::RootExpired(_) => "root expired",
            Self::Usage => "key usage",
            Self::Policy => "policy",
            Self::UnknownCritical => "unknown critical extension",
            Self::Algorithm => "unknown algorithm",
            Self::NotJudged(why) => why,
        }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())?;
        f.write_str(": ")?;
        f.write_str(self.detail())
    }
}

impl std::error::Error for Flaw {}
