//! Keys that sign, and the libraries as judge.

use std::sync::OnceLock;

use kakehashi_card::CardFile;
use p256::ecdsa::signature::hazmat::{PrehashSigner, PrehashVerifier};
use rsa::pkcs8::{DecodePrivateKey, DecodePublicKey};
use rsa::sha2::{Digest, Sha256, Sha384};
use rsa::{Pkcs1v15Sign, RsaPrivateKey, RsaPublicKey};
use x509_cert::der::asn1::{Any, BitString, Null};
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::der::{Decode, Encode};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use crate::myna::certificate::{Algorithm, Hash, KeyAlgorithm, NotJudged, SignatureJudge};

const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
pub(super) const SHA256_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
pub(super) const ECDSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
pub(super) const ECDSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");

#[derive(Debug)]
pub(super) enum Key {
    Rsa(RsaPrivateKey),
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
}

/// The root of the older generation.
pub(super) fn older() -> &'static Key {
    static KEY: OnceLock<Key> = OnceLock::new();
    KEY.get_or_init(|| specimen(|file| file.auth_key))
}

/// The root of the newer generation, under the same name.
pub(super) fn newer() -> &'static Key {
    static KEY: OnceLock<Key> = OnceLock::new();
    KEY.get_or_init(|| specimen(|file| file.sign_key))
}

/// Somebody else's.
pub(super) fn stranger() -> &'static Key {
    static KEY: OnceLock<Key> = OnceLock::new();
    KEY.get_or_init(|| rsa_of(2048))
}

pub(super) fn p256() -> &'static Key {
    static KEY: OnceLock<Key> = OnceLock::new();
    KEY.get_or_init(|| Key::P256(p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap()))
}

pub(super) fn p384() -> &'static Key {
    static KEY: OnceLock<Key> = OnceLock::new();
    KEY.get_or_init(|| Key::P384(p384::ecdsa::SigningKey::from_slice(&[7; 48]).unwrap()))
}

pub(super) fn rsa_of(bits: usize) -> Key {
    Key::Rsa(RsaPrivateKey::new(&mut rsa::rand_core::OsRng, bits).unwrap())
}

fn specimen(pem: impl Fn(CardFile) -> Option<String>) -> Key {
    Key::Rsa(RsaPrivateKey::from_pkcs8_pem(&pem(CardFile::specimen().unwrap()).unwrap()).unwrap())
}

pub(super) fn identifier(oid: ObjectIdentifier) -> AlgorithmIdentifierOwned {
    let null = oid == SHA256_WITH_RSA;
    AlgorithmIdentifierOwned { oid, parameters: null.then(|| Any::encode_from(&Null).unwrap()) }
}

impl Key {
    pub(super) fn spki(&self) -> SubjectPublicKeyInfoOwned {
        let ec = |curve: &str, point: &[u8]| SubjectPublicKeyInfoOwned {
            algorithm: AlgorithmIdentifierOwned {
                oid: EC,
                parameters: Some(Any::encode_from(&ObjectIdentifier::new_unwrap(curve)).unwrap()),
            },
            subject_public_key: BitString::from_bytes(point).unwrap(),
        };
        match self {
            Self::Rsa(key) => SubjectPublicKeyInfoOwned::from_key(key.to_public_key()).unwrap(),
            Self::P256(key) => ec("1.2.840.10045.3.1.7", key.verifying_key().to_sec1_point(false).as_bytes()),
            Self::P384(key) => ec("1.3.132.0.34", key.verifying_key().to_sec1_point(false).as_bytes()),
        }
    }

    /// How this key signs.
    pub(super) fn algorithm(&self) -> ObjectIdentifier {
        match self {
            Self::Rsa(_) => SHA256_WITH_RSA,
            Self::P256(_) => ECDSA_SHA256,
            Self::P384(_) => ECDSA_SHA384,
        }
    }

    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Rsa(key) => key.sign(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(message)).unwrap(),
            Self::P256(key) => {
                let signed: p256::ecdsa::Signature = key.sign_prehash(&Sha256::digest(message)).unwrap();
                signed.to_der().as_bytes().to_vec()
            }
            Self::P384(key) => {
                let signed: p384::ecdsa::Signature = key.sign_prehash(&Sha384::digest(message)).unwrap();
                signed.to_der().as_bytes().to_vec()
            }
        }
    }
}

/// The libraries as judge.
pub(super) struct Libraries;

impl SignatureJudge for Libraries {
    async fn verify(
        &self,
        algorithm: Algorithm,
        spki: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<bool, NotJudged> {
        let hash = match algorithm.hash {
            Hash::Sha256 => Sha256::digest(message).to_vec(),
            Hash::Sha384 => Sha384::digest(message).to_vec(),
        };
        let point =
            || SubjectPublicKeyInfoOwned::from_der(spki).unwrap().subject_public_key.to_der().unwrap();
        Ok(match algorithm.key {
            KeyAlgorithm::Rsa => {
                let scheme = match algorithm.hash {
                    Hash::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
                    Hash::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
                };
                RsaPublicKey::from_public_key_der(spki).unwrap().verify(scheme, &hash, signature).is_ok()
            }
            KeyAlgorithm::P256 => {
                let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&point()[3..]).unwrap();
                p256::ecdsa::Signature::from_der(signature)
                    .is_ok_and(|it| key.verify_prehash(&hash, &it).is_ok())
            }
            KeyAlgorithm::P384 => {
                let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(&point()[3..]).unwrap();
                p384::ecdsa::Signature::from_der(signature)
                    .is_ok_and(|it| key.verify_prehash(&hash, &it).is_ok())
            }
        })
    }
}
