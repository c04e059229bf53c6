//! Whose certificates this page trusts, out of its settings.

use crate::service::config::Jpki;
use base64ct::{Base64, Encoding};
use ccid::myna::{Flaw, Hierarchy, Roots, UnverifiedCertificate};
use domain::calendar::Time;

/// The roots and the time of a check.
#[derive(Debug)]
pub struct Trust {
    roots: Result<Roots, Flaw>,
    now: Time,
}

impl Trust {
    /// Out of the settings; without any nothing is checked.
    pub fn new(jpki: Option<&Jpki>, now: Time) -> Self {
        let test = jpki.is_some_and(|jpki| jpki.test);
        let mut roots = Roots::new(if test { Hierarchy::Test } else { Hierarchy::Production });
        let pinned = jpki.into_iter().flat_map(|jpki| &jpki.roots).try_for_each(|root| {
            let der = Base64::decode_vec(root).map_err(|_| Flaw::Form("a root of the settings"))?;
            roots.pin(&der)
        });
        Self { roots: pinned.map(|()| roots), now }
    }

    /// Checks a certificate; false when there are no roots to check it with.
    ///
    /// # Errors
    /// Why it does not hold, or that the settings do not.
    pub async fn check(&self, certificate: &[u8]) -> Result<bool, Flaw> {
        let roots = self.roots.as_ref().map_err(Clone::clone)?;
        if roots.is_empty() {
            return Ok(false);
        }
        let certificate = UnverifiedCertificate::parse(certificate)?;
        certificate.verify(roots, self.now.0, &judge()).await.map(|_| true)
    }
}

#[cfg(target_arch = "wasm32")]
fn judge() -> ccid::myna::WebCrypto {
    ccid::myna::WebCrypto
}

/// Natively there is no browser to check a signature.
#[cfg(not(target_arch = "wasm32"))]
fn judge() -> NoBrowser {
    NoBrowser
}

#[cfg(not(target_arch = "wasm32"))]
struct NoBrowser;

#[cfg(not(target_arch = "wasm32"))]
impl ccid::myna::SignatureJudge for NoBrowser {
    async fn verify(
        &self,
        _algorithm: ccid::myna::Algorithm,
        _spki: &[u8],
        _message: &[u8],
        _signature: &[u8],
    ) -> Result<bool, ccid::myna::NotJudged> {
        Err(ccid::myna::NotJudged("no browser".into()))
    }
}
