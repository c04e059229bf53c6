//! Who sent a request: device credential, signature, time, nonce.

use crate::headers::DEVICE;
use http::request::Parts;
use kakehashi_signing::{
    Credential, CredentialError, Received, Refusal, ReplayCache, UnverifiedCredential, VerifyingKey, WINDOW,
};
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

/// Credentials kept verified. Only those the issuer has signed get in, so nobody else can fill it.
const KEPT: usize = 4096;

/// Checks requests against the issuer's key.
pub struct Verifier {
    issuer: VerifyingKey,
    replay: ReplayCache,
    devices: RwLock<HashMap<Box<str>, Arc<Device>>>,
}

/// An enrolled device.
#[derive(Debug)]
pub struct Device {
    /// Thumbprint of its key.
    pub id: Arc<str>,
    credential: Credential,
    key: VerifyingKey,
}

impl Verifier {
    /// `nonces` bounds the replay cache; `now` in unix seconds is the start of this process.
    pub fn new(issuer: VerifyingKey, nonces: usize, now: u64) -> Self {
        let replay = ReplayCache::new(nonces, WINDOW, now);
        Self { issuer, replay, devices: RwLock::default() }
    }

    /// Everything but the content, which has not been read yet; its digest is covered by the signature.
    /// `office` is the one this relay stands for, as far as it knows it.
    pub fn verify(
        &self,
        request: &Parts,
        authority: &str,
        office: Option<&str>,
        now: u64,
    ) -> Result<Arc<Device>, Refusal> {
        let received = Received {
            method: request.method.as_str(),
            authority,
            path: request.uri.path(),
            query: request.uri.query(),
            headers: &request.headers,
        };
        let claim = received.claim()?;
        let device = self.device(request, now)?;
        if office.is_some_and(|office| office != device.credential.office) {
            return Err(Refusal::Credential(CredentialError::Issuer));
        }
        if claim.keyid() != &*device.id {
            return Err(Refusal::OtherKey);
        }
        claim.check(&device.key, now, WINDOW)?;
        self.replay.take(&claim, now)?;
        Ok(device)
    }

    /// The device of a request's credential.
    fn device(&self, request: &Parts, now: u64) -> Result<Arc<Device>, Refusal> {
        let mut values = request.headers.get_all(DEVICE).iter();
        let text = match (values.next(), values.next()) {
            (Some(value), None) => {
                value.to_str().map_err(|_| Refusal::Credential(CredentialError::Malformed))?
            }
            (None, _) => return Err(Refusal::CredentialMissing),
            _ => return Err(Refusal::Credential(CredentialError::Malformed)),
        };
        // Whole entries only are ever in the map, so a panic elsewhere does not spoil it.
        let known = self.devices.read().unwrap_or_else(PoisonError::into_inner).get(text).cloned();
        let device = match known {
            Some(device) => device,
            None => self.learn(text, now)?,
        };
        if now >= device.credential.exp {
            return Err(Refusal::Credential(CredentialError::Expired));
        }
        Ok(device)
    }

    fn learn(&self, text: &str, now: u64) -> Result<Arc<Device>, Refusal> {
        let credential = UnverifiedCredential::decode(text)
            .and_then(|credential| credential.verify(&self.issuer, now, WINDOW))
            .map_err(Refusal::Credential)?;
        let key = VerifyingKey::new(&credential.key)?;
        let device = Arc::new(Device { id: credential.device.as_str().into(), credential, key });
        let mut devices = self.devices.write().unwrap_or_else(PoisonError::into_inner);
        if devices.len() >= KEPT {
            devices.clear();
        }
        devices.insert(text.into(), Arc::clone(&device));
        Ok(device)
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier").finish_non_exhaustive()
    }
}
