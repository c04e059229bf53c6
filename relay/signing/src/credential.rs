//! The device credential (`docs/api.md` §2): what a relay's issuer key says about a device.

use crate::Jwk;
use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The longest credential that is read, in characters. A label of 64 characters stays far below it.
const LONGEST: usize = 2048;

/// What is said about a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credential {
    /// Version of this layout: 1.
    pub v: u8,
    /// The office's number (事業所番号).
    pub office: String,
    /// Thumbprint of `key`.
    pub device: String,
    /// The device's public key.
    pub key: Jwk,
    /// The name people gave the device.
    pub label: String,
    /// Issued at, unix seconds.
    pub iat: u64,
    /// Good until, unix seconds.
    pub exp: u64,
}

/// A credential as it arrived: well-formed, but signed by nobody knows whom.
#[derive(Debug, Clone)]
pub struct UnverifiedCredential {
    #[cfg(feature = "verify")]
    pub(crate) signed: String,
    #[cfg(feature = "verify")]
    pub(crate) signature: [u8; 64],
    pub(crate) credential: Credential,
}

/// Why a text is no credential, or not a good one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialError {
    /// Not of the form, or its thumbprint is not that of its key.
    Malformed,
    /// A version this code does not know.
    Version,
    /// Not signed by the issuer.
    Issuer,
    /// Not yet or no longer valid.
    Expired,
}

impl Credential {
    /// A credential for this key.
    pub fn new(office: &str, key: Jwk, label: &str, iat: u64, exp: u64) -> Self {
        let device = key.thumbprint();
        Self { v: 1, office: office.to_owned(), device, key, label: label.to_owned(), iat, exp }
    }

    /// The text the issuer signs: base64url of the JSON. The signature is over its ASCII bytes.
    pub fn to_be_signed(&self) -> Result<String, CredentialError> {
        let json = serde_json::to_vec(self).map_err(|_| CredentialError::Malformed)?;
        Ok(Base64UrlUnpadded::encode_string(&json))
    }

    /// The whole credential from [`Self::to_be_signed`] and its raw signature r‖s.
    pub fn assemble(to_be_signed: &str, signature: &[u8; 64]) -> String {
        format!("{to_be_signed}.{}", Base64UrlUnpadded::encode_string(signature))
    }
}

impl UnverifiedCredential {
    /// Reads a credential. Nothing it says may be relied on before it is verified.
    pub fn decode(text: &str) -> Result<Self, CredentialError> {
        if text.len() > LONGEST {
            return Err(CredentialError::Malformed);
        }
        let (signed, signature_text) = text.split_once('.').ok_or(CredentialError::Malformed)?;
        let mut signature = [0; 64];
        match Base64UrlUnpadded::decode(signature_text, &mut signature) {
            Ok(decoded) if decoded.len() == 64 => {}
            _ => return Err(CredentialError::Malformed),
        }
        let json = Base64UrlUnpadded::decode_vec(signed).map_err(|_| CredentialError::Malformed)?;
        let credential: Credential = serde_json::from_slice(&json).map_err(|_| CredentialError::Malformed)?;
        if credential.v != 1 {
            return Err(CredentialError::Version);
        }
        if credential.device != credential.key.thumbprint() {
            return Err(CredentialError::Malformed);
        }
        Ok(Self {
            #[cfg(feature = "verify")]
            signed: signed.to_owned(),
            #[cfg(feature = "verify")]
            signature,
            credential,
        })
    }

    /// What it claims. For showing a device its own credential, or for a verifier that holds no issuer key
    /// and takes from it only the public key to check the request's signature with.
    pub fn claimed(&self) -> &Credential {
        &self.credential
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "the credential is malformed",
            Self::Version => "the credential has an unknown version",
            Self::Issuer => "the credential is not signed by the issuer",
            Self::Expired => "the credential is outside its time of validity",
        })
    }
}

impl std::error::Error for CredentialError {}
