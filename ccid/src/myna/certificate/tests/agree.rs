//! The crate `x509-cert` as judge: the same fields of what it makes, and nothing passes that it refuses.

use std::ops::Range;
use std::sync::OnceLock;

use proptest::prelude::*;
use x509_cert::Certificate;
use x509_cert::der::asn1::OctetString;
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::der::{Decode, Encode, ErrorKind};
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages, SubjectKeyIdentifier,
    certpolicy::CertificatePolicies,
};

use super::super::fields::Fields;
use super::keys;
use super::make::{self, CLIENT_AUTH, Wanted, extension, policies, raw};

/// What is compared, of either reading.
#[derive(Debug, PartialEq)]
struct Read {
    /// What was signed, the signature, issuer, holder, key.
    parts: [Vec<u8>; 5],
    times: [i64; 2],
    /// Signs only, signs certificates, clientAuth, authority.
    kinds: [bool; 4],
    keys: [Option<Vec<u8>>; 2],
    policies: Vec<bool>,
}

fn policy_list() -> impl Iterator<Item = ObjectIdentifier> {
    POLICIES.iter().map(|oid| ObjectIdentifier::new_unwrap(oid))
}

fn ours(der: &[u8]) -> Option<Read> {
    let fields = Fields::read(der).ok()?;
    let extensions = fields.extensions;
    Some(Read {
        parts: [fields.signed, fields.signature, fields.issuer, fields.subject, fields.spki]
            .map(<[u8]>::to_vec),
        times: [fields.validity.from, fields.validity.until],
        kinds: [
            extensions.only_signs(),
            extensions.signs_certificates(),
            extensions.client_auth,
            extensions.authority,
        ],
        keys: [extensions.authority_key, extensions.subject_key].map(|key| key.map(<[u8]>::to_vec)),
        policies: policy_list().map(|oid| extensions.has_policy(oid.as_bytes())).collect(),
    })
}

fn theirs(der: &[u8]) -> x509_cert::der::Result<Read> {
    let Certificate { tbs_certificate: tbs, signature, .. } = Certificate::from_der(der)?;
    let seconds = |time: x509_cert::time::Time| i64::try_from(time.to_unix_duration().as_secs()).unwrap();
    let usage = tbs.get::<KeyUsage>()?.map(|(_, usage)| usage.0);
    let extended = tbs.get::<ExtendedKeyUsage>()?.map(|(_, it)| it.0).unwrap_or_default();
    let list = tbs.get::<CertificatePolicies>()?.map(|(_, it)| it.0).unwrap_or_default();
    let bytes = |key: OctetString| key.as_bytes().to_vec();
    Ok(Read {
        parts: [
            tbs.to_der()?,
            signature.raw_bytes().to_vec(),
            tbs.issuer.to_der()?,
            tbs.subject.to_der()?,
            tbs.subject_public_key_info.to_der()?,
        ],
        times: [seconds(tbs.validity.not_before), seconds(tbs.validity.not_after)],
        kinds: [
            usage == Some(KeyUsages::DigitalSignature.into()),
            usage.is_some_and(|usage| usage.contains(KeyUsages::KeyCertSign)),
            extended.contains(&CLIENT_AUTH),
            tbs.get::<BasicConstraints>()?.is_some_and(|(_, it)| it.ca),
        ],
        keys: [
            tbs.get::<AuthorityKeyIdentifier>()?.and_then(|(_, it)| it.key_identifier).map(bytes),
            tbs.get::<SubjectKeyIdentifier>()?.map(|(_, it)| bytes(it.0)),
        ],
        policies: policy_list().map(|oid| list.iter().any(|it| it.policy_identifier == oid)).collect(),
    })
}

fn signer() -> impl Strategy<Value = &'static keys::Key> {
    prop_oneof![Just(keys::newer()), Just(keys::p256()), Just(keys::p384())]
}

fn usages() -> impl Strategy<Value = KeyUsage> {
    (1u16..512).prop_map(|bits| KeyUsage(x509_cert::der::flagset::FlagSet::new(bits).unwrap()))
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let times = (0i64..8_000_000_000, 0i64..8_000_000_000);
    let extensions = (
        prop::option::of(usages()),
        prop::option::of(any::<bool>()),
        prop::option::of((any::<bool>(), prop::option::of(any::<u8>()))),
        prop::option::of(prop::collection::vec(prop::sample::select(&POLICIES[..]), 1..4)),
        prop::option::of(prop::collection::vec(any::<u8>(), 0..150)),
    );
    let serial = prop::collection::vec(1u8..=0x7F, 1..20);
    (signer(), serial, "[A-Z0-9]{1,12}", times, signer(), extensions).prop_map(
        |(signer, serial, name, (from, until), key, (usage, client, authority, policy, noise))| {
            let mut wanted = Wanted::under(signer);
            (wanted.serial, wanted.from, wanted.until) = (serial, from, until);
            (wanted.subject, wanted.spki) = (format!("CN={name},C=JP"), key.spki());
            wanted.extensions.retain(|it| it.extn_id == make::authority_key(&[]).extn_id);
            if let Some(usage) = usage {
                wanted = wanted.with(extension(true, &usage));
            }
            if let Some(client) = client {
                let kind =
                    if client { CLIENT_AUTH } else { ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.4") };
                wanted = wanted.with(extension(false, &ExtendedKeyUsage(vec![kind])));
            }
            if let Some((ca, path_len_constraint)) = authority {
                wanted = wanted.with(extension(ca, &BasicConstraints { ca, path_len_constraint }));
            }
            if let Some(named) = policy {
                wanted = wanted.with(policies(&named));
            }
            if let Some(noise) = noise {
                wanted = wanted.with(raw(ObjectIdentifier::new_unwrap("1.3.6.1.4.1.99999.7"), false, &noise));
            }
            wanted
        },
    )
}

const POLICIES: [&str; 3] = ["1.2.392.200149.8.5.1.0.30", "1.2.3.4", "2.5.29.32.0"];

/// Made once: the signature is not looked at here.
fn good() -> &'static [u8] {
    static GOOD: OnceLock<Vec<u8>> = OnceLock::new();
    GOOD.get_or_init(|| Wanted::good().make())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_theirs_makes_ours_reads_the_same(wanted in wanted()) {
        let der = wanted.make();
        prop_assert_eq!(ours(&der), theirs(&der).ok());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6000))]

    #[test]
    fn what_ours_lets_pass_theirs_does_too(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut der = good().to_vec();
        let mut named = false;
        for (at, byte) in changes {
            let at = at.index(der.len());
            der[at] = byte;
            named |= names().iter().any(|name| name.contains(&at));
        }
        prop_assert_eq!(difference(&der, named), None);
    }
}

/// Every byte of a good certificate with every value; of the long numbers of key and signature only the heads.
#[test]
fn no_single_byte_makes_a_difference() {
    let fields = Fields::read(good()).unwrap();
    let (names, key, signature) = (names(), place(fields.spki), place(fields.signature));
    let heads = |at: &usize| !(key.start + 40..key.end - 8).contains(at) && *at < signature.start + 4;
    for at in (0..good().len()).filter(heads) {
        let named = names.iter().any(|name| name.contains(&at));
        let mut der = good().to_vec();
        for byte in 0..=u8::MAX {
            der[at] = byte;
            assert_eq!(difference(&der, named), None, "byte {at} is {byte:02X}");
        }
    }
}

/// Where ours reads what theirs refuses, or reads otherwise.
///
/// Theirs looks at the letters of names as well, which nobody here reads; and it knows only a part of the tags
/// and identifiers there may be.
fn difference(der: &[u8], named: bool) -> Option<String> {
    let ours = ours(der)?;
    match theirs(der) {
        Ok(theirs) => (ours != theirs).then(|| format!("{ours:?} {theirs:?}")),
        Err(why) if named || matches!(why.kind(), ErrorKind::OidMalformed | ErrorKind::TagUnknown { .. }) => {
            None
        }
        Err(why) => Some(why.to_string()),
    }
}

/// Where issuer and holder stand in the good certificate.
fn names() -> [Range<usize>; 2] {
    let fields = Fields::read(good()).unwrap();
    [fields.issuer, fields.subject].map(place)
}

fn place(part: &[u8]) -> Range<usize> {
    let at = good().windows(part.len()).position(|window| window == part).unwrap();
    at..at + part.len()
}
