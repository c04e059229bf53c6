//! `Signature-Input` and `Signature`, read through `sfv` and held to the one form the profile allows.
//!
//! After parsing, the field must equal its own canonical text: there is one way to write each value, so
//! nothing can hide in white space, in a second label or in a parameter given twice.

use super::Refusal;
use crate::{ALGORITHM, LABEL, TAG, base64url};
use base64ct::{Base64, Encoding};
use sfv::visitor::{
    DictionaryVisitor, EntryVisitor, Ignored, InnerListVisitor, ItemVisitor, ParameterVisitor,
};
use sfv::{BareItemFromInput, KeyRef, Parser};
use std::fmt;

/// Longest fields that are read, in bytes.
const LONGEST_INPUT: usize = 1024;
const LONGEST_SIGNATURE: usize = 128;
/// 128 bits in base64url without padding.
const SHORTEST_NONCE: usize = 22;
const LONGEST_NONCE: usize = 86;

/// What `Signature-Input` says.
#[derive(Debug, Clone)]
pub(super) struct Input<'a> {
    /// Value of `@signature-params`.
    pub(super) params: &'a str,
    pub(super) created: u64,
    pub(super) nonce: String,
    pub(super) keyid: String,
}

impl<'a> Input<'a> {
    /// Reads the field. `covered` is what it must cover: `("@method" …`, without the closing bracket.
    pub(super) fn read(field: &'a str, covered: &str) -> Result<Self, Refusal> {
        if field.len() > LONGEST_INPUT {
            return Err(Refusal::Malformed("length"));
        }
        let mut found = Found::default();
        Parser::new(field)
            .parse_dictionary_with_visitor(&mut found)
            .map_err(|_| Refusal::Malformed("structured field"))?;
        let found = found.complete()?;

        let params = field
            .strip_prefix(LABEL)
            .and_then(|rest| rest.strip_prefix('='))
            .ok_or(Refusal::Malformed("label"))?;
        if !params.starts_with('(') {
            return Err(Refusal::Malformed("component list"));
        }
        let rest = params.strip_prefix(covered).and_then(|rest| rest.strip_prefix(')'));
        let rest = rest.ok_or(Refusal::Components)?;
        if rest != found.canonical {
            return Err(Refusal::Malformed("canonical form"));
        }
        Ok(Self { params, created: found.created, nonce: found.nonce, keyid: found.keyid })
    }
}

/// Reads `Signature`: one label, 64 bytes.
pub(super) fn signature(field: &str) -> Result<[u8; 64], Refusal> {
    if field.len() > LONGEST_SIGNATURE {
        return Err(Refusal::Malformed("length"));
    }
    let mut bytes = SignatureBytes(None);
    Parser::new(field)
        .parse_dictionary_with_visitor(&mut bytes)
        .map_err(|_| Refusal::Malformed("structured field"))?;
    let signature: [u8; 64] =
        bytes.0.and_then(|bytes| bytes.try_into().ok()).ok_or(Refusal::Malformed("length"))?;
    let mut canonical = [0; 88];
    let canonical = Base64::encode(&signature, &mut canonical).ok();
    let written = field.strip_prefix(LABEL).and_then(|rest| rest.strip_prefix("=:")?.strip_suffix(':'));
    if written.is_some() && written == canonical {
        Ok(signature)
    } else {
        Err(Refusal::Malformed("canonical form"))
    }
}

/// Parameters, each as often as allowed: once.
#[derive(Default)]
struct Found {
    labels: usize,
    created: Option<u64>,
    nonce: Option<String>,
    keyid: Option<String>,
    /// Whether it is the profile's.
    alg: Option<bool>,
    tag: Option<bool>,
    /// The parameters written again, in their order.
    canonical: String,
}

struct Complete {
    created: u64,
    nonce: String,
    keyid: String,
    canonical: String,
}

impl Found {
    fn complete(self) -> Result<Complete, Refusal> {
        let nonce = self.nonce.ok_or(Refusal::Malformed("nonce"))?;
        if !base64url(&nonce) || !(SHORTEST_NONCE..=LONGEST_NONCE).contains(&nonce.len()) {
            return Err(Refusal::Malformed("nonce"));
        }
        if self.alg != Some(true) {
            return Err(Refusal::Malformed("alg"));
        }
        if self.tag != Some(true) {
            return Err(Refusal::Malformed("tag"));
        }
        Ok(Complete {
            created: self.created.ok_or(Refusal::Malformed("created"))?,
            keyid: self.keyid.filter(|keyid| base64url(keyid)).ok_or(Refusal::Malformed("keyid"))?,
            nonce,
            canonical: self.canonical,
        })
    }

    fn write(&mut self, texts: &[&str]) {
        // All parameters of an honest signature.
        self.canonical.reserve(256usize.saturating_sub(self.canonical.len()));
        self.canonical.extend(texts.iter().copied());
    }

    fn parameter(&mut self, key: &str, value: &BareItemFromInput<'_>) -> Result<(), NotTheForm> {
        if key == "created" {
            let created = value
                .as_integer()
                .and_then(|integer| u64::try_from(i64::from(integer)).ok())
                .ok_or(NotTheForm)?;
            self.write(&[";created=", &created.to_string()]);
            return fill(&mut self.created, created);
        }
        let text = value.as_string().ok_or(NotTheForm)?.as_str();
        self.write(&[";", key, "=\"", text, "\""]);
        match key {
            "nonce" => fill(&mut self.nonce, text.to_owned()),
            "keyid" => fill(&mut self.keyid, text.to_owned()),
            "alg" => fill(&mut self.alg, text == ALGORITHM),
            "tag" => fill(&mut self.tag, text == TAG),
            _ => Err(NotTheForm),
        }
    }
}

fn fill<T>(place: &mut Option<T>, value: T) -> Result<(), NotTheForm> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(NotTheForm),
    }
}

/// `sfv` calls back while it parses; anything unexpected ends the parse at once.
#[derive(Debug)]
struct NotTheForm;

impl fmt::Display for NotTheForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the profile's form")
    }
}

impl std::error::Error for NotTheForm {}

impl<'de> DictionaryVisitor<'de> for &mut Found {
    type Out = ();
    type Error = NotTheForm;

    fn entry(&mut self, key: &'de KeyRef) -> Result<impl EntryVisitor<'de>, NotTheForm> {
        self.labels += 1;
        if key.as_str() == LABEL && self.labels == 1 { Ok(Entry(self)) } else { Err(NotTheForm) }
    }

    fn finish(self) -> Result<(), NotTheForm> {
        if self.labels == 1 { Ok(()) } else { Err(NotTheForm) }
    }
}

struct Entry<'a>(&'a mut Found);

impl<'de> EntryVisitor<'de> for Entry<'_> {
    type Error = NotTheForm;

    fn item(self) -> Result<impl ItemVisitor<'de>, NotTheForm> {
        Err::<Ignored, _>(NotTheForm)
    }

    fn inner_list(self) -> Result<impl InnerListVisitor<'de>, NotTheForm> {
        Ok(self)
    }
}

/// The components are compared as text afterwards; here they are only walked over.
impl<'de> InnerListVisitor<'de> for Entry<'_> {
    type Error = NotTheForm;

    fn item(&mut self) -> Result<impl ItemVisitor<'de>, NotTheForm> {
        Ok(Ignored)
    }

    fn finish(self) -> Result<impl ParameterVisitor<'de>, NotTheForm> {
        Ok(self)
    }
}

impl<'de> ParameterVisitor<'de> for Entry<'_> {
    type Out = ();
    type Error = NotTheForm;

    fn parameter(&mut self, key: &'de KeyRef, value: BareItemFromInput<'de>) -> Result<(), NotTheForm> {
        self.0.parameter(key.as_str(), &value)
    }

    fn finish(self) -> Result<(), NotTheForm> {
        Ok(())
    }
}

struct SignatureBytes(Option<Vec<u8>>);

impl<'de> DictionaryVisitor<'de> for &mut SignatureBytes {
    type Out = ();
    type Error = NotTheForm;

    fn entry(&mut self, key: &'de KeyRef) -> Result<impl EntryVisitor<'de>, NotTheForm> {
        if key.as_str() == LABEL && self.0.is_none() { Ok(SignatureEntry(self)) } else { Err(NotTheForm) }
    }

    fn finish(self) -> Result<(), NotTheForm> {
        Ok(())
    }
}

struct SignatureEntry<'a>(&'a mut SignatureBytes);

impl<'de> EntryVisitor<'de> for SignatureEntry<'_> {
    type Error = NotTheForm;

    fn item(self) -> Result<impl ItemVisitor<'de>, NotTheForm> {
        Ok(self)
    }

    fn inner_list(self) -> Result<impl InnerListVisitor<'de>, NotTheForm> {
        Err::<Ignored, _>(NotTheForm)
    }
}

impl<'de> ItemVisitor<'de> for SignatureEntry<'_> {
    type Out = ();
    type Error = NotTheForm;

    fn bare_item(
        self,
        item: BareItemFromInput<'de>,
    ) -> Result<impl ParameterVisitor<'de, Out = ()>, NotTheForm> {
        match item {
            BareItemFromInput::ByteSequence(bytes) => {
                self.0.0 = Some(bytes);
                Ok(Ignored)
            }
            _ => Err(NotTheForm),
        }
    }
}
