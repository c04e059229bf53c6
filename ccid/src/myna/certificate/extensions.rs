//! The extensions of a certificate that are looked into (RFC 5280 §4.2.1).

use super::der::{BIT_STRING, Der, NotDer, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE};

// Identifiers under id-ce, 2.5.29.
const SUBJECT_KEY: [u8; 3] = [0x55, 0x1D, 14];
const KEY_USAGE: [u8; 3] = [0x55, 0x1D, 15];
const BASIC_CONSTRAINTS: [u8; 3] = [0x55, 0x1D, 19];
const POLICIES: [u8; 3] = [0x55, 0x1D, 32];
const AUTHORITY_KEY: [u8; 3] = [0x55, 0x1D, 35];
const EXTENDED_KEY_USAGE: [u8; 3] = [0x55, 0x1D, 37];
/// id-kp-clientAuth, 1.3.6.1.5.5.7.3.2.
const CLIENT_AUTH: [u8; 8] = [0x2B, 6, 1, 5, 5, 7, 3, 2];

/// keyEncipherment and the like are named by a bit each, the first being the highest of the first byte.
const DIGITAL_SIGNATURE: u8 = 0x80;
const KEY_CERT_SIGN: u8 = 0x04;

/// What the extensions say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Extensions<'a> {
    /// The first byte of KeyUsage, and whether there is another.
    usage: Option<(u8, bool)>,
    /// Whether clientAuth is among the extended usages.
    pub(super) client_auth: bool,
    /// Whether BasicConstraints says that it is an authority's.
    pub(super) authority: bool,
    /// The list of policies, DER.
    policies: &'a [u8],
    pub(super) subject_key: Option<&'a [u8]>,
    pub(super) authority_key: Option<&'a [u8]>,
    /// Whether something is marked critical that is not known here.
    pub(super) unknown_critical: bool,
}

impl<'a> Extensions<'a> {
    /// Reads them; the same one twice is no form (RFC 5280 §4.2).
    pub(super) fn read(mut list: Der<'a>) -> Result<Self, NotDer> {
        let mut read = Self::default();
        let mut seen: Vec<&[u8]> = Vec::new();
        if list.is_empty() {
            return Err(NotDer);
        }
        while !list.is_empty() {
            let mut extension = list.within(SEQUENCE)?;
            let (oid, critical) = (extension.oid()?, extension.flag()?);
            let value = extension.value(OCTET_STRING)?;
            extension.end()?;
            if seen.contains(&oid) {
                return Err(NotDer);
            }
            seen.push(oid);
            let known = read.take(oid, value)?;
            read.unknown_critical |= critical && !known;
        }
        Ok(read)
    }

    /// Whether it may make signatures and do nothing else, as an 利用者証明用証明書 may.
    pub(super) fn only_signs(&self) -> bool {
        self.usage == Some((DIGITAL_SIGNATURE, false))
    }

    /// Whether it may sign certificates.
    pub(super) fn signs_certificates(&self) -> bool {
        self.usage.is_some_and(|(first, _)| first & KEY_CERT_SIGN != 0)
    }

    /// Whether it was issued under this policy.
    pub(super) fn has_policy(&self, policy: &[u8]) -> bool {
        let mut list = Der::new(self.policies);
        // The list was read whole before: what follows its first fault is nothing.
        while let Ok(mut information) = list.within(SEQUENCE) {
            if information.oid() == Ok(policy) {
                return true;
            }
        }
        false
    }

    /// Takes what it knows; false when it is another one.
    fn take(&mut self, oid: &[u8], value: &'a [u8]) -> Result<bool, NotDer> {
        let mut der = Der::new(value);
        match *<&[u8; 3]>::try_from(oid).unwrap_or(&[0; 3]) {
            SUBJECT_KEY => self.subject_key = Some(der.value(OCTET_STRING)?),
            AUTHORITY_KEY => self.authority_key = authority_key(der.within(SEQUENCE)?)?,
            KEY_USAGE => self.usage = Some(named_bits(der.value(BIT_STRING)?)?),
            BASIC_CONSTRAINTS => self.authority = authority(der.within(SEQUENCE)?)?,
            EXTENDED_KEY_USAGE => self.client_auth = client_auth(der.within(SEQUENCE)?)?,
            POLICIES => self.policies = policies(der.value(SEQUENCE)?)?,
            _ => return Ok(false),
        }
        der.end().map(|()| true)
    }
}

/// AuthorityKeyIdentifier: key, issuer, serial number; only the first is of use here.
fn authority_key(mut fields: Der<'_>) -> Result<Option<&[u8]>, NotDer> {
    let key = fields.optional(0x80)?;
    let issuer = fields.optional(0xA1)?;
    let serial = fields.optional(0x82)?;
    match (issuer, serial) {
        (Some([]), _) | (_, Some([])) => Err(NotDer),
        _ => fields.end().map(|()| key),
    }
}

/// A BIT STRING of named bits: no zero at its end (X.690 §11.2.2). At most nine are named.
fn named_bits(bits: &[u8]) -> Result<(u8, bool), NotDer> {
    let (unused, first) = match *bits {
        [unused, first] => (unused, first),
        [7, first, 0x80] => return Ok((first, true)),
        _ => return Err(NotDer),
    };
    if first != 0 && u32::from(unused) == first.trailing_zeros() { Ok((first, false)) } else { Err(NotDer) }
}

/// BasicConstraints: whether it is an authority's, and how many may stand between.
fn authority(mut fields: Der<'_>) -> Result<bool, NotDer> {
    let authority = fields.flag()?;
    if !fields.is_empty() {
        fields.integer()?;
    }
    fields.end().map(|()| authority)
}

fn client_auth(mut list: Der<'_>) -> Result<bool, NotDer> {
    let mut found = false;
    loop {
        found |= list.oid()? == CLIENT_AUTH;
        if list.is_empty() {
            return Ok(found);
        }
    }
}

/// Reads every policy once, with what qualifies it.
fn policies(list: &[u8]) -> Result<&[u8], NotDer> {
    let mut der = Der::new(list);
    loop {
        let mut information = der.within(SEQUENCE)?;
        information.oid()?;
        if let Some(qualifiers) = information.optional(SEQUENCE)? {
            let mut qualifiers = Der::new(qualifiers);
            loop {
                let mut qualifier = qualifiers.within(SEQUENCE)?;
                qualifier.element(OBJECT_IDENTIFIER)?;
                if qualifiers.is_empty() {
                    break;
                }
            }
        }
        information.end()?;
        if der.is_empty() {
            return Ok(list);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_bits_have_one_form() {
        assert_eq!(named_bits(&[7, 0x80]), Ok((0x80, false)));
        assert_eq!(named_bits(&[1, 0x06]), Ok((0x06, false)));
        assert_eq!(named_bits(&[0, 0x01]), Ok((0x01, false)));
        assert_eq!(named_bits(&[7, 0x80, 0x80]), Ok((0x80, true)));
        for wrong in
            [&[][..], &[0], &[0, 0], &[0, 0x80], &[7, 0xC0], &[8, 0x80], &[0, 0x80, 0], &[7, 1, 2, 3]]
        {
            assert_eq!(named_bits(wrong), Err(NotDer), "{wrong:02X?}");
        }
    }
}
