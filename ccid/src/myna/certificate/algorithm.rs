//! Algorithms of keys and signatures, known by their identifiers: RSA of today's card, and the elliptic
//! curves of which the card of 2028 is expected to use one.

/// What kind of key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyAlgorithm {
    /// RSA of 2048 bits or more.
    Rsa,
    /// ECDSA over NIST P-256.
    P256,
    /// ECDSA over NIST P-384.
    P384,
}

/// The hash a signature is made over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
}

/// How a signature was made: RSASSA-PKCS1-v1_5 or ECDSA, by the key, over a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Algorithm {
    /// The key's kind.
    pub key: KeyAlgorithm,
    /// The hash.
    pub hash: Hash,
}

/// What an AlgorithmIdentifier of a signature tells: it does not name the curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signed {
    Rsa(Hash),
    Ecdsa(Hash),
}

// AlgorithmIdentifiers have one form each (RFC 4055 §5, RFC 5758 §3.2, RFC 3279 §2.3.1, RFC 5480 §2.1.1).
const SHA256_WITH_RSA: &[u8] =
    &[0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B, 0x05, 0x00];
const SHA384_WITH_RSA: &[u8] =
    &[0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0C, 0x05, 0x00];
const ECDSA_SHA256: &[u8] = &[0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02];
const ECDSA_SHA384: &[u8] = &[0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x03];
const RSA_KEY: &[u8] =
    &[0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00];
const P256_KEY: &[u8] = &[
    0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE,
    0x3D, 0x03, 0x01, 0x07,
];
const P384_KEY: &[u8] = &[
    0x30, 0x10, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x05, 0x2B, 0x81, 0x04, 0x00,
    0x22,
];

/// The signature algorithm of an AlgorithmIdentifier, DER.
pub(super) fn signed(identifier: &[u8]) -> Option<Signed> {
    [
        (SHA256_WITH_RSA, Signed::Rsa(Hash::Sha256)),
        (SHA384_WITH_RSA, Signed::Rsa(Hash::Sha384)),
        (ECDSA_SHA256, Signed::Ecdsa(Hash::Sha256)),
        (ECDSA_SHA384, Signed::Ecdsa(Hash::Sha384)),
    ]
    .into_iter()
    .find_map(|(known, signed)| (known == identifier).then_some(signed))
}

/// The kind of a key, by its AlgorithmIdentifier, DER, and its bits.
pub(super) fn key(identifier: &[u8], bits: &[u8]) -> Option<KeyAlgorithm> {
    match identifier {
        RSA_KEY => rsa_of_2048_bits(bits).then_some(KeyAlgorithm::Rsa),
        // An uncompressed point: 04, x, y.
        P256_KEY => matches!(bits, [4, point @ ..] if point.len() == 64).then_some(KeyAlgorithm::P256),
        P384_KEY => matches!(bits, [4, point @ ..] if point.len() == 96).then_some(KeyAlgorithm::P384),
        _ => None,
    }
}

/// Whether RSAPublicKey (RFC 8017 §A.1.1) has a modulus of at least so many bits.
fn rsa_of_2048_bits(bits: &[u8]) -> bool {
    let mut outer = super::der::Der::new(bits);
    let Ok(mut key) = outer.within(super::der::SEQUENCE) else { return false };
    let (modulus, exponent) = (key.integer(), key.integer());
    let long = matches!(modulus, Ok([0, rest @ ..]) if rest.len() >= 256);
    long && matches!(exponent, Ok([first, ..]) if *first < 0x80) && key.is_empty() && outer.is_empty()
}

impl Signed {
    /// How the key of this kind has signed; `None` when it is no key for that.
    pub(super) const fn by(self, key: KeyAlgorithm) -> Option<Algorithm> {
        match (self, key) {
            (Self::Rsa(hash), KeyAlgorithm::Rsa)
            | (Self::Ecdsa(hash), KeyAlgorithm::P256 | KeyAlgorithm::P384) => Some(Algorithm { key, hash }),
            _ => None,
        }
    }
}
