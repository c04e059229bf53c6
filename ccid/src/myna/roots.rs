//! The pinned roots of the JPKI: who may have issued a card's certificate.
//!
//! They are given by the caller and never come off a card: a card that lies about its certificate would lie
//! about its root as well. In the sandbox they are the test authority's (`pki/jpki/root-N.pem`); in use they
//! are the root certificates of 利用者証明用 that J-LIS publishes (<https://www.jpki.go.jp/ca/index.html>), all
//! generations that are still valid, each compared with the fingerprint published beside it before it is put
//! into the app's configuration. All generations bear one and the same name, so that the name alone says
//! nothing: a certificate's root is the one whose key identifier it names, whose name it gives its issuer,
//! and whose key has really signed it.

use super::certificate::{Flaw, KeyAlgorithm, UnverifiedCertificate, Validity};

/// 1.2.392.200149.8.5.1.3.30.
const POLICY: [u8; 11] = [0x2A, 0x83, 0x08, 0x8C, 0x9B, 0x55, 0x08, 0x05, 0x01, 0x03, 0x1E];
/// 1.2.392.200149.8.5.1.0.30.
const TEST_POLICY: [u8; 11] = [0x2A, 0x83, 0x08, 0x8C, 0x9B, 0x55, 0x08, 0x05, 0x01, 0x00, 0x1E];

/// Which of the two authorities the roots belong to. Their certificates never pass for each other's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hierarchy {
    /// The JPKI, which issues to the public.
    Production,
    /// JPKI-TEST and authorities made for tests and training.
    Test,
}

impl Hierarchy {
    /// The policy of its 利用者証明用証明書, an object identifier in DER.
    pub(super) fn policy(self) -> &'static [u8] {
        match self {
            Self::Production => &POLICY,
            Self::Test => &TEST_POLICY,
        }
    }
}

/// Pinned roots.
#[derive(Debug)]
pub struct Roots {
    hierarchy: Hierarchy,
    roots: Vec<Root>,
}

/// One pinned root.
#[derive(Debug)]
pub(super) struct Root {
    pub(super) key_id: Vec<u8>,
    /// The name, DER.
    pub(super) name: Vec<u8>,
    pub(super) validity: Validity,
    pub(super) key: KeyAlgorithm,
    pub(super) spki: Vec<u8>,
}

impl Roots {
    /// None yet: nothing verifies.
    pub const fn new(hierarchy: Hierarchy) -> Self {
        Self { hierarchy, roots: Vec::new() }
    }

    /// Pins a root certificate, DER. Its own signature is not checked: it is trusted because the caller
    /// trusts it. One that has expired may stay; certificates under it are refused for that reason then.
    ///
    /// # Errors
    /// When it is no certificate of an authority over itself.
    pub fn pin(&mut self, der: &[u8]) -> Result<(), Flaw> {
        self.roots.push(UnverifiedCertificate::parse(der)?.into_root()?);
        Ok(())
    }

    /// How many are pinned.
    pub const fn len(&self) -> usize {
        self.roots.len()
    }

    /// Whether none is.
    pub const fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }

    pub(super) const fn hierarchy(&self) -> Hierarchy {
        self.hierarchy
    }

    /// The root with this key identifier and this name.
    pub(super) fn issuer(&self, key_id: &[u8], name: &[u8]) -> Option<&Root> {
        self.roots.iter().find(|root| root.key_id == key_id && root.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use x509_cert::der::oid::ObjectIdentifier;

    #[test]
    fn policies_are_what_their_numbers_say() {
        for (hierarchy, text) in [
            (Hierarchy::Production, "1.2.392.200149.8.5.1.3.30"),
            (Hierarchy::Test, "1.2.392.200149.8.5.1.0.30"),
        ] {
            assert_eq!(hierarchy.policy(), ObjectIdentifier::new_unwrap(text).as_bytes());
        }
    }
}
