//! Enrolling a device: one-time codes, the issuer key, the credential.
//!
//! A code is a file in `codes/`, named by the hash of the code, with its end inside. Whoever renames the file
//! first has used it, across processes; there is nothing else to keep in step.

mod attempts;
mod code;
mod issuer;

pub use issuer::issuer_key;

use crate::config;
use attempts::Attempts;
use code::Codes;
use kakehashi_signing::{Credential, IssuerKey, Jwk, KeyError, VerifyingKey};
use serde::{Deserialize, Serialize};
use std::io;
use std::net::IpAddr;
use std::path::Path;

/// Most characters of a device's name.
const LABEL: usize = 64;

/// The enrolment desk.
#[derive(Debug)]
pub struct Desk {
    issuer: IssuerKey,
    codes: Codes,
    attempts: Attempts,
    device_seconds: u64,
}

/// `POST /relay/enrol`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Application {
    code: String,
    public_key: Jwk,
    label: String,
}

/// A device that has been enrolled.
#[derive(Debug)]
pub struct Admission {
    /// Thumbprint of its key.
    pub device: String,
    /// The answer's JSON.
    pub json: Vec<u8>,
}

/// The answer.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    credential: &'a str,
    office: &'a str,
    expires_at: u64,
}

/// Why a device is not enrolled.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// The request is not of the form.
    #[error("the enrolment request is not of the form")]
    Form,
    /// Wrong, used or expired.
    #[error("the enrolment code is not good")]
    Code,
    /// Too many wrong ones; seconds to wait.
    #[error("too many wrong enrolment codes; {0} s to wait")]
    Attempts(u64),
    /// Without a certificate the relay does not know its office.
    #[error("the office is not known yet")]
    NoOffice,
    /// The state folder fails.
    #[error("the state folder cannot be used")]
    State(#[from] io::Error),
    /// The issuer key fails.
    #[error("the issuer key cannot be used")]
    Key(#[from] KeyError),
}

impl Desk {
    /// Opens the desk with an issuer key.
    pub fn new(issuer: IssuerKey, state: &Path, config: &config::Enrol) -> Self {
        Self {
            issuer,
            codes: Codes::new(state),
            attempts: Attempts::new(config.attempts, config.wait_minutes * 60),
            device_seconds: config.device_days * 86_400,
        }
    }

    /// Reads an application, uses its code up, and admits the device.
    pub fn enrol(
        &self,
        content: &[u8],
        office: Option<&str>,
        from: IpAddr,
        now: u64,
    ) -> Result<Admission, EnrolError> {
        let office = office.ok_or(EnrolError::NoOffice)?;
        let application: Application = serde_json::from_slice(content).map_err(|_| EnrolError::Form)?;
        let label = application.label.trim();
        let length = label.chars().count();
        if length == 0 || length > LABEL || label.chars().any(char::is_control) {
            return Err(EnrolError::Form);
        }
        VerifyingKey::new(&application.public_key).map_err(|_| EnrolError::Form)?;
        self.attempts.check(from, now)?;
        if !self.codes.redeem(&application.code, now)? {
            self.attempts.failed(from, now);
            return Err(EnrolError::Code);
        }
        let expires_at = now + self.device_seconds;
        let credential = Credential::new(office, application.public_key, label, now, expires_at);
        let text = self.issuer.issue(&credential)?;
        tracing::info!(device = %credential.device, "A device has been enrolled.");
        let json = serde_json::to_vec(&Answer { credential: &text, office, expires_at })
            .map_err(|_| EnrolError::Form)?;
        Ok(Admission { device: credential.device, json })
    }
}

/// Makes a new one-time code; for the administrator to hand over.
pub fn new_code(state: &Path, config: &config::Enrol, now: u64) -> io::Result<String> {
    Codes::new(state).issue(now, config.code_minutes * 60)
}
