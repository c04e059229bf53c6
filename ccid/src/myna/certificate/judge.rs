//! Who checks a signature: the browser in the app, a library in tests. No such code is downloaded.

use std::borrow::Cow;
use std::fmt;

use super::algorithm::Algorithm;
use super::der::{Der, SEQUENCE};

/// The signature could not be checked at all; why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotJudged(pub Cow<'static, str>);

impl fmt::Display for NotJudged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotJudged {}

/// Checks signatures.
#[expect(async_fn_in_trait, reason = "one thread: futures are never Send")]
pub trait SignatureJudge {
    /// Whether the key (SubjectPublicKeyInfo, DER) has signed the message. An ECDSA signature comes as
    /// certificates have it, in DER; [`plain_ecdsa`] makes the other form of it.
    ///
    /// # Errors
    /// When it cannot tell; a signature that is wrong is no error.
    async fn verify(
        &self,
        algorithm: Algorithm,
        spki: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<bool, NotJudged>;
}

/// An ECDSA signature as two numbers of `size` bytes one after the other (IEEE P1363), from Ecdsa-Sig-Value
/// (RFC 3279 §2.2.3). `None` when it is none or a number is longer.
pub fn plain_ecdsa(signature: &[u8], size: usize) -> Option<Vec<u8>> {
    let mut outer = Der::new(signature);
    let mut numbers = outer.within(SEQUENCE).ok()?;
    let mut plain = Vec::with_capacity(2 * size);
    for _ in 0..2 {
        let number = match numbers.integer().ok()? {
            [0x80..=0xFF, ..] => return None,
            [0, rest @ ..] => rest,
            number => number,
        };
        plain.resize(plain.len() + size.checked_sub(number.len())?, 0);
        plain.extend_from_slice(number);
    }
    (numbers.is_empty() && outer.is_empty()).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_filled_up_and_signs_taken_off() {
        assert_eq!(plain_ecdsa(&[0x30, 6, 2, 1, 5, 2, 1, 6], 2), Some(vec![0, 5, 0, 6]));
        assert_eq!(plain_ecdsa(&[0x30, 8, 2, 2, 0, 0x80, 2, 2, 1, 2], 2), Some(vec![0, 0x80, 1, 2]));
        for wrong in [
            &[0x30, 6, 2, 1, 0x85, 2, 1, 6][..],
            &[0x30, 9, 2, 3, 1, 2, 3, 2, 2, 1, 2],
            &[0x30, 3, 2, 1, 5],
            &[0x30, 6, 2, 1, 5, 2, 1, 6, 0],
            &[0x30, 9, 2, 1, 5, 2, 1, 6, 2, 1, 7],
        ] {
            assert_eq!(plain_ecdsa(wrong, 2), None, "{wrong:02X?}");
        }
    }

    proptest! {
        #[test]
        fn every_signature_has_one_plain_form(r in any::<[u8; 32]>(), s in any::<[u8; 32]>()) {
            let plain = [&r[..], &s].concat();
            if let Ok(signature) = p256::ecdsa::Signature::from_slice(&plain) {
                prop_assert_eq!(plain_ecdsa(signature.to_der().as_bytes(), 32), Some(plain));
            }
        }
    }
}
