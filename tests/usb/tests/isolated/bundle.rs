//! A Signed Web Bundle: integrity block version 2b, web bundle version b2 (WICG/webpackage), one Ed25519 key.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tempfile::TempDir;

use crate::cbor::Cbor;

/// Where `make iwa` leaves its work.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/iwa")
}

pub(crate) struct Bundle {
    /// `webBundleId` of the integrity block.
    pub(crate) id: String,
    /// The public key.
    pub(crate) key: Vec<u8>,
    signature: Vec<u8>,
    /// The integrity block as it was before it was signed, and the signature's attributes.
    unsigned: Vec<u8>,
    attributes: Vec<u8>,
    /// The web bundle within.
    pub(crate) content: Vec<u8>,
}

/// What the bundle holds for one address.
pub(crate) struct Response {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Bundle {
    /// The one that the update manifest names.
    pub(crate) fn built() -> Self {
        let updates = fs::read(folder().join("update.json")).expect("no bundle; make iwa builds it");
        let updates: Value = serde_json::from_slice(&updates).unwrap();
        let name = updates["versions"][0]["src"].as_str().unwrap();
        Self::parse(&fs::read(folder().join(name)).unwrap())
    }

    fn parse(file: &[u8]) -> Self {
        let mut block = Cbor::new(file);
        assert_eq!(block.array(), 4);
        assert_eq!(block.bytes(), "🖋📦".as_bytes());
        assert_eq!(block.bytes(), b"2b\0\0");
        assert_eq!((block.map(), block.text()), (1, "webBundleId"));
        let id = block.text().to_owned();
        let stack = block.at();
        assert_eq!((block.array(), block.array()), (1, 2), "one signature");
        let attributes = block.at();
        assert_eq!((block.map(), block.text()), (1, "ed25519PublicKey"));
        let key = block.bytes().to_vec();
        let attributes = file[attributes..block.at()].to_vec();
        let signature = block.bytes().to_vec();
        // What was signed had an empty stack.
        let unsigned = [&file[..stack], &[0x80]].concat();
        Self { id, key, signature, unsigned, attributes, content: file[block.at()..].to_vec() }
    }

    /// Whether the signature is good for this content, in openssl's judgement.
    pub(crate) fn verifies(&self, content: &[u8]) -> bool {
        let folder = TempDir::new().unwrap();
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            path
        };
        let hash = Command::new("openssl")
            .args(["dgst", "-sha512", "-binary"])
            .arg(write("content", content))
            .output()
            .expect("openssl")
            .stdout;
        let mut data = Vec::new();
        for part in [&hash, &self.unsigned, &self.attributes] {
            data.extend(u64::try_from(part.len()).unwrap().to_be_bytes());
            data.extend_from_slice(part);
        }
        // SubjectPublicKeyInfo of Ed25519 (RFC 8410).
        let info = [&[0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00], &self.key[..]]
            .concat();
        let checked = Command::new("openssl")
            .args(["pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey"])
            .arg(write("key", &info))
            .arg("-sigfile")
            .arg(write("signature", &self.signature))
            .arg("-in")
            .arg(write("data", &data))
            .output()
            .expect("openssl");
        checked.status.success()
    }

    /// Everything in the bundle, by address.
    pub(crate) fn responses(&self) -> BTreeMap<String, Response> {
        let mut bundle = Cbor::new(&self.content);
        assert_eq!(bundle.array(), 5);
        assert_eq!(bundle.bytes(), "🌐📦".as_bytes());
        assert_eq!(bundle.bytes(), b"b2\0\0");
        let mut lengths = Cbor::new(bundle.bytes());
        let sections: Vec<_> = (0..lengths.array() / 2).map(|_| (lengths.text(), lengths.number())).collect();
        assert_eq!(bundle.array(), sections.len());
        let mut index = Vec::new();
        let mut all = BTreeMap::new();
        for (name, length) in sections {
            let start = bundle.at();
            match name {
                "index" => {
                    for _ in 0..bundle.map() {
                        let url = bundle.text().to_owned();
                        assert_eq!(bundle.array(), 2);
                        index.push((url, bundle.number(), bundle.number()));
                    }
                }
                "responses" => {
                    for (url, offset, length) in &index {
                        let at = start + offset;
                        all.insert(url.clone(), Response::parse(&self.content[at..at + length]));
                    }
                    bundle.skip(length);
                }
                _ => bundle.skip(length),
            }
            assert_eq!(bundle.at(), start + length, "section {name}");
        }
        assert_eq!(bundle.bytes(), (self.content.len() as u64).to_be_bytes());
        all
    }
}

impl Response {
    fn parse(bytes: &[u8]) -> Self {
        let mut response = Cbor::new(bytes);
        assert_eq!(response.array(), 2);
        let mut map = Cbor::new(response.bytes());
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let headers = (0..map.map()).map(|_| (text(map.bytes()), text(map.bytes()))).collect();
        Self { headers, body: response.bytes().to_vec() }
    }
}

/// RFC 4648 in small letters, without padding.
pub(crate) fn base32(bytes: &[u8]) -> String {
    let bit = |at: usize| bytes.get(at / 8).is_some_and(|byte| byte >> (7 - at % 8) & 1 == 1);
    (0..(bytes.len() * 8).div_ceil(5))
        .map(|group| (0..5).fold(0, |sum, at| sum << 1 | usize::from(bit(group * 5 + at))))
        .map(|value| char::from(b"abcdefghijklmnopqrstuvwxyz234567"[value]))
        .collect()
}
