//! DER (ITU-T X.690), strictly: one-byte tags, definite lengths written in the fewest bytes.

use crate::tlv::Header;

/// INTEGER.
pub(super) const INTEGER: u8 = 0x02;
/// BIT STRING.
pub(super) const BIT_STRING: u8 = 0x03;
/// OCTET STRING.
pub(super) const OCTET_STRING: u8 = 0x04;
/// OBJECT IDENTIFIER.
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
/// SEQUENCE and SEQUENCE OF.
pub(super) const SEQUENCE: u8 = 0x30;
/// SET OF.
pub(super) const SET: u8 = 0x31;
const BOOLEAN: u8 = 0x01;

/// Bytes that are not what should stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotDer;

/// One element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) value: &'a [u8],
    /// Tag, length and value.
    pub(super) whole: &'a [u8],
}

/// Reads elements one after the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Der<'a>(&'a [u8]);

impl<'a> Der<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next element, whatever it is.
    pub(super) fn any(&mut self) -> Result<Element<'a>, NotDer> {
        let header = Header::parse(self.0).map_err(|_| NotDer)?;
        let tag = u8::try_from(header.tag).map_err(|_| NotDer)?;
        let fewest = match header.length {
            0..0x80 => 2,
            0x80..0x100 => 3,
            0x100..0x1_0000 => 4,
            _ => 5,
        };
        let (whole, rest) = self.0.split_at_checked(header.total()).ok_or(NotDer)?;
        let value = whole.get(header.size..).filter(|_| header.size == fewest).ok_or(NotDer)?;
        self.0 = rest;
        Ok(Element { tag, value, whole })
    }

    /// The next element, which must have this tag.
    pub(super) fn element(&mut self, tag: u8) -> Result<Element<'a>, NotDer> {
        self.any().and_then(|element| if element.tag == tag { Ok(element) } else { Err(NotDer) })
    }

    /// The value of the next element, which must have this tag.
    pub(super) fn value(&mut self, tag: u8) -> Result<&'a [u8], NotDer> {
        self.element(tag).map(|element| element.value)
    }

    /// The elements within the next one, which must have this tag.
    pub(super) fn within(&mut self, tag: u8) -> Result<Self, NotDer> {
        self.value(tag).map(Self)
    }

    /// The value of the next element when it has this tag.
    pub(super) fn optional(&mut self, tag: u8) -> Result<Option<&'a [u8]>, NotDer> {
        if self.0.first() == Some(&tag) { self.value(tag).map(Some) } else { Ok(None) }
    }

    /// A BOOLEAN whose default is false, which is not written then.
    pub(super) fn flag(&mut self) -> Result<bool, NotDer> {
        match self.optional(BOOLEAN)? {
            None => Ok(false),
            Some([0xFF]) => Ok(true),
            Some(_) => Err(NotDer),
        }
    }

    /// The bytes of an INTEGER, in the fewest.
    pub(super) fn integer(&mut self) -> Result<&'a [u8], NotDer> {
        match self.value(INTEGER)? {
            [] | [0x00, 0x00..=0x7F, ..] | [0xFF, 0x80..=0xFF, ..] => Err(NotDer),
            bytes => Ok(bytes),
        }
    }

    /// The bytes of a BIT STRING of whole bytes.
    pub(super) fn octets(&mut self) -> Result<&'a [u8], NotDer> {
        match self.value(BIT_STRING)? {
            [0, octets @ ..] => Ok(octets),
            _ => Err(NotDer),
        }
    }

    /// The bytes of an OBJECT IDENTIFIER: numbers of seven bits a byte, each in the fewest bytes.
    pub(super) fn oid(&mut self) -> Result<&'a [u8], NotDer> {
        let oid = self.value(OBJECT_IDENTIFIER)?;
        let mut begins = true;
        for byte in oid {
            if begins && *byte == 0x80 {
                return Err(NotDer);
            }
            begins = *byte < 0x80;
        }
        if begins && !oid.is_empty() { Ok(oid) } else { Err(NotDer) }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Nothing may be left.
    pub(super) const fn end(&self) -> Result<(), NotDer> {
        if self.is_empty() { Ok(()) } else { Err(NotDer) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_shortest_definite_length_is_read() {
        let length = |bytes: &[u8]| Der::new(bytes).any().map(|element| element.value.len());
        let long = |head: &[u8], length: usize| [head, &vec![0; length]].concat();
        assert_eq!(length(&[0x04, 0x00]), Ok(0));
        assert_eq!(length(&long(&[0x04, 0x7F], 127)), Ok(127));
        assert_eq!(length(&long(&[0x04, 0x81, 0x80], 128)), Ok(128));
        assert_eq!(length(&long(&[0x04, 0x82, 0x01, 0x00], 256)), Ok(256));
        assert_eq!(length(&long(&[0x04, 0x83, 0x01, 0x00, 0x00], 65_536)), Ok(65_536));
        for head in [&[0x04, 0x81, 0x7F][..], &[0x04, 0x82, 0x00, 0xFF], &[0x04, 0x83, 0x00, 0xFF, 0xFF]] {
            assert_eq!(length(&long(head, 65_535)), Err(NotDer), "{head:02X?}");
        }
        assert_eq!(length(&[0x30, 0x80, 0x00, 0x00]), Err(NotDer), "indefinite");
        assert_eq!(length(&[0x04, 0x02, 0x00]), Err(NotDer), "a length that lies");
        assert_eq!(length(&[0x1F, 0x01, 0x00]), Err(NotDer), "a long tag");
    }

    #[test]
    fn values_have_one_form_each() {
        let flag = |bytes: &[u8]| Der::new(bytes).flag();
        assert_eq!([flag(&[]), flag(&[1, 1, 0xFF])], [Ok(false), Ok(true)]);
        assert_eq!([flag(&[1, 1, 0]), flag(&[1, 1, 1]), flag(&[1, 0])], [Err(NotDer); 3]);
        let integer = |bytes: &[u8]| Der::new(bytes).integer().is_ok();
        assert!(integer(&[2, 1, 0]) && integer(&[2, 2, 0, 0x80]) && integer(&[2, 2, 0xFF, 0x7F]));
        assert!(!integer(&[2, 0]) && !integer(&[2, 2, 0, 0x7F]) && !integer(&[2, 2, 0xFF, 0x80]));
        assert_eq!(Der::new(&[3, 2, 0, 9]).octets(), Ok(&[9][..]));
        assert_eq!([Der::new(&[3, 2, 1, 8]).octets(), Der::new(&[3, 0]).octets()], [Err(NotDer); 2]);
        assert!(Der::new(&[6, 1, 0x2A]).oid().is_ok());
        for wrong in [&[6, 0][..], &[6, 1, 0x81], &[6, 3, 0x2A, 0x80, 1], &[6, 2, 0x80, 1]] {
            assert_eq!(Der::new(wrong).oid(), Err(NotDer), "{wrong:02X?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut der = Der::new(&bytes);
            let mut read = 0;
            while let Ok(element) = der.any() {
                prop_assert!(element.whole.ends_with(element.value));
                read += element.whole.len();
            }
            prop_assert!(read <= bytes.len());
        }
    }
}
