//! Native keys: a device's (tests, load generators) and the relay's issuer key.

use crate::{
    ALGORITHM, Credential, CredentialError, Jwk, SignatureHeaders, SigningError, SigningRequest, Stamp,
    VerifyingKey,
};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64ct::{Base64UrlUnpadded, Encoding};
use std::fmt;

/// A device's key pair, doing natively what WebCrypto does in the browser.
#[derive(Debug)]
pub struct DeviceKey {
    pair: Pair,
    thumbprint: String,
}

/// The relay's issuer key: signs credentials. Relays that share it accept each other's devices.
#[derive(Debug)]
pub struct IssuerKey {
    pair: Pair,
}

/// Why a key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyError {
    /// Not a P-256 private key in PKCS#8.
    Malformed,
    /// The crypto library could not make or use a key.
    Library,
    /// The request itself cannot be signed.
    Request(SigningError),
}

impl DeviceKey {
    /// A new key.
    pub fn generate() -> Result<Self, KeyError> {
        Self::of(Pair::generate()?)
    }

    /// From PKCS#8 DER.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, KeyError> {
        Self::of(Pair::from_pkcs8(der)?)
    }

    /// As PKCS#8 DER.
    pub fn to_pkcs8(&self) -> Result<Vec<u8>, KeyError> {
        self.pair.to_pkcs8()
    }

    /// The public key.
    pub fn jwk(&self) -> Result<Jwk, KeyError> {
        self.pair.jwk()
    }

    /// The thumbprint, which is the `keyid` of every signature.
    pub fn thumbprint(&self) -> &str {
        &self.thumbprint
    }

    /// Signs bytes; raw r‖s.
    pub fn sign(&self, message: &[u8]) -> Result<[u8; 64], KeyError> {
        self.pair.sign(message)
    }

    /// Signs a request at a time, with a fresh nonce.
    pub fn sign_request(
        &self,
        request: &SigningRequest<'_>,
        created: u64,
    ) -> Result<SignatureHeaders, KeyError> {
        let mut random = [0; 16];
        aws_lc_rs::rand::fill(&mut random).map_err(|_| KeyError::Library)?;
        let nonce = Base64UrlUnpadded::encode_string(&random);
        self.sign_stamped(request, &Stamp { created, nonce: &nonce, keyid: &self.thumbprint })
    }

    /// Signs a request with everything given.
    pub fn sign_stamped(
        &self,
        request: &SigningRequest<'_>,
        stamp: &Stamp<'_>,
    ) -> Result<SignatureHeaders, KeyError> {
        let prepared = request.prepare(stamp).map_err(KeyError::Request)?;
        let signature = self.pair.sign(prepared.base().as_bytes())?;
        Ok(prepared.headers(&signature))
    }

    fn of(pair: Pair) -> Result<Self, KeyError> {
        let thumbprint = pair.jwk()?.thumbprint();
        Ok(Self { pair, thumbprint })
    }
}

impl IssuerKey {
    /// A new key.
    pub fn generate() -> Result<Self, KeyError> {
        Ok(Self { pair: Pair::generate()? })
    }

    /// From PKCS#8 DER.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, KeyError> {
        Ok(Self { pair: Pair::from_pkcs8(der)? })
    }

    /// As PKCS#8 DER.
    pub fn to_pkcs8(&self) -> Result<Vec<u8>, KeyError> {
        self.pair.to_pkcs8()
    }

    /// The public half, to verify credentials with.
    pub fn verifying_key(&self) -> Result<VerifyingKey, KeyError> {
        VerifyingKey::new(&self.pair.jwk()?).map_err(|_| KeyError::Malformed)
    }

    /// Signs a credential.
    pub fn issue(&self, credential: &Credential) -> Result<String, KeyError> {
        let text = credential.to_be_signed().map_err(|_: CredentialError| KeyError::Malformed)?;
        let signature = self.pair.sign(text.as_bytes())?;
        Ok(Credential::assemble(&text, &signature))
    }
}

/// A P-256 key pair.
struct Pair(EcdsaKeyPair);

impl Pair {
    fn generate() -> Result<Self, KeyError> {
        EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map(Self).map_err(|_| KeyError::Library)
    }

    fn from_pkcs8(der: &[u8]) -> Result<Self, KeyError> {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der)
            .map(Self)
            .map_err(|_| KeyError::Malformed)
    }

    fn to_pkcs8(&self) -> Result<Vec<u8>, KeyError> {
        let document = self.0.to_pkcs8v1().map_err(|_| KeyError::Library)?;
        Ok(document.as_ref().to_vec())
    }

    fn jwk(&self) -> Result<Jwk, KeyError> {
        Jwk::from_point(self.0.public_key().as_ref()).map_err(|_| KeyError::Malformed)
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], KeyError> {
        let signature = self.0.sign(&SystemRandom::new(), message).map_err(|_| KeyError::Library)?;
        signature.as_ref().try_into().map_err(|_| KeyError::Library)
    }
}

impl fmt::Debug for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(ALGORITHM)
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => f.write_str("not a P-256 private key in PKCS#8"),
            Self::Library => f.write_str("the crypto library failed"),
            Self::Request(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for KeyError {}
