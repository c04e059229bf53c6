//! A certificate taken apart (RFC 5280 §4.1): the parts that are checked, as slices of its bytes.

use super::algorithm::{self, Signed};
use super::der::{Der, INTEGER, NotDer, SEQUENCE, SET};
use super::extensions::Extensions;
use super::time::Validity;
use super::{Flaw, KeyAlgorithm};

/// Neither its number nor its holder's name is kept apart: nobody here needs to know them.
#[derive(Clone, Copy)]
pub(in super::super) struct Fields<'a> {
    /// What was signed.
    pub(super) signed: &'a [u8],
    /// How; `None` for an algorithm not known here.
    pub(super) algorithm: Option<Signed>,
    pub(super) signature: &'a [u8],
    pub(super) issuer: &'a [u8],
    pub(super) subject: &'a [u8],
    pub(super) validity: Validity,
    /// SubjectPublicKeyInfo.
    pub(super) spki: &'a [u8],
    /// The key's kind; `None` for one not known here.
    pub(super) key: Option<KeyAlgorithm>,
    pub(super) extensions: Extensions<'a>,
}

/// Says which part has no form.
fn part<T>(name: &'static str, read: Result<T, NotDer>) -> Result<T, Flaw> {
    read.map_err(|NotDer| Flaw::Form(name))
}

impl<'a> Fields<'a> {
    pub(super) fn read(der: &'a [u8]) -> Result<Self, Flaw> {
        const WHOLE: &str = "certificate";
        let mut outer = Der::new(der);
        let mut certificate = part(WHOLE, outer.within(SEQUENCE))?;
        part("what follows it", outer.end())?;
        let tbs = part(WHOLE, certificate.element(SEQUENCE))?;
        let algorithm = part("signature algorithm", identifier(&mut certificate))?;
        let signature = part("signature", certificate.octets())?;
        part(WHOLE, certificate.end())?;

        let mut fields = Der::new(tbs.value);
        part("version", version(&mut fields))?;
        part("serial number", serial(&mut fields))?;
        let inner = part("signature algorithm", identifier(&mut fields))?;
        if inner != algorithm {
            return Err(Flaw::Form("signature algorithm"));
        }
        let issuer = part("issuer", name(&mut fields))?;
        let validity = part("validity", Validity::read(&mut fields))?;
        let subject = part("subject", name(&mut fields))?;
        let spki = part("public key", fields.element(SEQUENCE))?;
        let key = part("public key", key(spki.value))?;
        // Unique identifiers, which RFC 5280 §4.1.2.8 forbids to issue, are no form here.
        let extensions = part("extensions", extensions(&mut fields))?;
        part(WHOLE, fields.end())?;
        Ok(Self {
            signed: tbs.whole,
            algorithm: algorithm::signed(algorithm),
            signature,
            issuer,
            subject,
            validity,
            spki: spki.whole,
            key,
            extensions,
        })
    }
}

/// Only the third version has extensions.
fn version(fields: &mut Der<'_>) -> Result<(), NotDer> {
    if fields.value(0xA0)? == [INTEGER, 1, 2] { Ok(()) } else { Err(NotDer) }
}

/// A whole number of at most 20 bytes and a sign. It is looked at and forgotten.
fn serial(fields: &mut Der<'_>) -> Result<(), NotDer> {
    if fields.integer()?.len() <= 21 { Ok(()) } else { Err(NotDer) }
}

/// AlgorithmIdentifier, whole: an identifier and at most one parameter.
fn identifier<'a>(der: &mut Der<'a>) -> Result<&'a [u8], NotDer> {
    let element = der.element(SEQUENCE)?;
    let mut inner = Der::new(element.value);
    inner.oid()?;
    if !inner.is_empty() {
        inner.any()?;
    }
    inner.end().map(|()| element.whole)
}

/// Name, whole: a list of sets of attributes.
fn name<'a>(fields: &mut Der<'a>) -> Result<&'a [u8], NotDer> {
    let element = fields.element(SEQUENCE)?;
    let mut list = Der::new(element.value);
    while !list.is_empty() {
        let mut set = list.within(SET)?;
        while !set.is_empty() {
            let mut attribute = set.within(SEQUENCE)?;
            attribute.oid()?;
            attribute.any()?;
            attribute.end()?;
        }
    }
    Ok(element.whole)
}

/// SubjectPublicKeyInfo.
fn key(spki: &[u8]) -> Result<Option<KeyAlgorithm>, NotDer> {
    let mut spki = Der::new(spki);
    let (identifier, bits) = (identifier(&mut spki)?, spki.octets()?);
    spki.end().map(|()| algorithm::key(identifier, bits))
}

fn extensions<'a>(fields: &mut Der<'a>) -> Result<Extensions<'a>, NotDer> {
    let Some(value) = fields.optional(0xA3)? else { return Ok(Extensions::default()) };
    let mut outer = Der::new(value);
    let list = outer.within(SEQUENCE)?;
    outer.end()?;
    Extensions::read(list)
}
