//! Blocks (ISO/IEC 14443-4 §7.1), without CRC.

use zeroize::Zeroizing;

/// A card identifier follows.
const IDENTIFIED: u8 = 0x08;
/// The longest block, FSD without CRC: 256 bytes were announced to the card.
const LONGEST: usize = 254;

/// A block of the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block<'a> {
    /// A part of its answer.
    Information { number: u8, more: bool, data: &'a [u8] },
    /// R(ACK).
    Ack(u8),
    /// S(WTX): time for the next block, in multiples of FWT, 1 to 59.
    Extension(u8),
    /// S(DESELECT).
    Deselect,
}

impl<'a> Block<'a> {
    /// Reads a block; `None` for an invalid one. The flag tells whether it carries the card's identifier.
    pub(super) fn parse(bytes: &'a [u8]) -> Option<(Self, bool)> {
        let (&control, rest) = bytes.split_first().filter(|_| bytes.len() <= LONGEST)?;
        let identified = control & IDENTIFIED != 0;
        let rest = match (identified, rest) {
            (false, rest) => rest,
            // The upper bits tell how strong the card finds the field.
            (true, [identifier, rest @ ..]) if identifier & 0x0F == 0 => rest,
            _ => return None,
        };
        let number = control & 1;
        let block = match (control & !IDENTIFIED, rest) {
            (0x02 | 0x03, data) => Self::Information { number, more: false, data },
            (0x12 | 0x13, data) if !data.is_empty() => Self::Information { number, more: true, data },
            (0xA2 | 0xA3, []) => Self::Ack(number),
            (0xF2, &[value]) if matches!(value & 0x3F, 1..=59) => Self::Extension(value & 0x3F),
            (0xC2, []) => Self::Deselect,
            _ => return None,
        };
        Some((block, identified))
    }
}

/// What the host says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Say {
    /// The current part of the command.
    Part,
    /// R(ACK): go on with the answer, or repeat its last part.
    Ack,
    /// R(NAK): what became of the command?
    Nak,
    /// S(WTX): so much time is granted.
    Extension(u8),
    /// S(DESELECT).
    Deselect,
}

impl Say {
    /// The block, wiped after use; `part` is the command's and whether another one follows.
    pub(super) fn encode(self, number: u8, identified: bool, part: (&[u8], bool)) -> Zeroizing<Vec<u8>> {
        let (control, data, value): (u8, &[u8], u8) = match self {
            Self::Part => (0x02 | u8::from(part.1) << 4 | number, part.0, 0),
            Self::Ack => (0xA2 | number, &[], 0),
            Self::Nak => (0xB2 | number, &[], 0),
            Self::Extension(value) => (0xF2, &[], value),
            Self::Deselect => (0xC2, &[], 0),
        };
        let mut block = Zeroizing::new(Vec::with_capacity(data.len() + 3));
        if identified {
            block.extend_from_slice(&[control | IDENTIFIED, 0]);
        } else {
            block.push(control);
        }
        if value != 0 {
            block.push(value);
        }
        block.extend_from_slice(data);
        block
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blocks_are_told_apart() {
        let data = &[7, 8][..];
        let information = |number, more| Some((Block::Information { number, more, data }, false));
        assert_eq!(Block::parse(&[0x02, 7, 8]), information(0, false));
        assert_eq!(Block::parse(&[0x13, 7, 8]), information(1, true));
        assert_eq!(Block::parse(&[0xA3]), Some((Block::Ack(1), false)));
        assert_eq!(Block::parse(&[0xF2, 0xC1]), Some((Block::Extension(1), false)), "field strength aside");
        assert_eq!(Block::parse(&[0xCA, 0x40]), Some((Block::Deselect, true)));
        assert_eq!(Block::parse(&[0xAA, 0x00]), Some((Block::Ack(0), true)));
    }

    #[test]
    fn what_is_no_block_of_a_card_is_none() {
        let long = [0x02; 255];
        for bytes in [
            &[][..],
            &[0x00, 1],       // the fixed bit is missing
            &[0x06, 0, 1],    // a node address
            &[0x12],          // more of nothing
            &[0xA2, 0],       // R with data
            &[0xB2],          // R(NAK) is the host's
            &[0xF2],          // no value
            &[0xF2, 0],       // no time
            &[0xF2, 60],      // too much time
            &[0xF2, 1, 1],    // two values
            &[0xC2, 0],       // S(DESELECT) with data
            &[0xF0, 1],       // S(PARAMETERS), not announced
            &[0x0A],          // the identifier is missing
            &[0x0A, 1, 0x90], // another card's identifier
            &long,
        ] {
            assert_eq!(Block::parse(bytes), None, "{bytes:02X?}");
        }
    }

    #[test]
    fn the_host_speaks_as_the_card_does() {
        let part = (&[1, 2][..], true);
        assert_eq!(*Say::Part.encode(1, false, part), [0x13, 1, 2]);
        assert_eq!(*Say::Part.encode(0, true, (part.0, false)), [0x0A, 0, 1, 2]);
        assert_eq!(*Say::Nak.encode(1, false, part), [0xB3]);
        assert_eq!(*Say::Ack.encode(0, true, part), [0xAA, 0]);
        assert_eq!(*Say::Extension(59).encode(1, true, part), [0xFA, 0, 59]);
        assert_eq!(*Say::Deselect.encode(1, false, part), [0xC2]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Some((Block::Information { data, .. }, _)) = Block::parse(&bytes) {
                prop_assert!(data.len() < bytes.len());
            }
        }
    }
}
