//! Command APDUs as a card sees them: cases 1 to 4, short and extended (ISO/IEC 7816-3 §12.1).

/// Status words the virtual card answers with.
pub mod status {
    /// Done.
    pub const OK: u16 = 0x9000;
    /// The file ended before Le bytes were read.
    pub const END_OF_FILE: u16 = 0x6282;
    /// Wrong PIN; the low nibble is the number of tries left.
    pub const TRIES_LEFT: u16 = 0x63C0;
    /// Wrong length.
    pub const LENGTH: u16 = 0x6700;
    /// Secure messaging asked of an application that has none (seen in JPKI AP).
    pub const NO_SECURE_MESSAGING: u16 = 0x69FC;
    /// The command does not fit the kind of file.
    pub const FILE_KIND: u16 = 0x6981;
    /// The PIN has not been presented.
    pub const NOT_AUTHORISED: u16 = 0x6982;
    /// The referenced PIN is blocked.
    pub const BLOCKED: u16 = 0x6984;
    /// The data cannot be used.
    pub const CONDITIONS: u16 = 0x6985;
    /// No file is selected.
    pub const NO_FILE_SELECTED: u16 = 0x6986;
    /// No such application or file.
    pub const NOT_FOUND: u16 = 0x6A82;
    /// Wrong P1 or P2.
    pub const PARAMETERS: u16 = 0x6A86;
    /// No such key or PIN.
    pub const NO_REFERENCE: u16 = 0x6A88;
    /// The offset lies behind the end of the file.
    pub const OFFSET: u16 = 0x6B00;
    /// Unknown instruction.
    pub const INSTRUCTION: u16 = 0x6D00;
    /// Unknown class.
    pub const CLASS: u16 = 0x6E00;
}

/// A command APDU, taken apart.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Command<'a> {
    /// CLA INS P1 P2.
    pub header: [u8; 4],
    /// The data field; empty in cases 1 and 2.
    pub data: &'a [u8],
    /// Ne, the most bytes the host takes; `None` in cases 1 and 3.
    pub expected: Option<usize>,
    /// Whether Lc and Le were written in the extended form.
    pub extended: bool,
}

impl<'a> Command<'a> {
    /// Takes a command apart; `None` when its lengths contradict each other.
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (header, body) = bytes.split_first_chunk::<4>()?;
        let command = |data, expected, extended| Some(Self { header: *header, data, expected, extended });
        match *body {
            [] => command(&[], None, false),
            [le] => command(&[], Some(short(le)), false),
            [0, hi, lo] => command(&[], Some(long(hi, lo)), true),
            [0, hi, lo, ref rest @ ..] => {
                let (data, le) = rest.split_at_checked(usize::from(u16::from_be_bytes([hi, lo])))?;
                match *le {
                    _ if data.is_empty() => None,
                    [] => command(data, None, true),
                    [hi, lo] => command(data, Some(long(hi, lo)), true),
                    _ => None,
                }
            }
            [lc, ref rest @ ..] => {
                let (data, le) = rest.split_at_checked(usize::from(lc))?;
                match *le {
                    _ if data.is_empty() => None,
                    [] => command(data, None, false),
                    [le] => command(data, Some(short(le)), false),
                    _ => None,
                }
            }
        }
    }
}

fn short(le: u8) -> usize {
    if le == 0 { 256 } else { usize::from(le) }
}

fn long(hi: u8, lo: u8) -> usize {
    let le = usize::from(u16::from_be_bytes([hi, lo]));
    if le == 0 { 65536 } else { le }
}

/// An answer of data and status word.
pub(crate) fn answer(mut data: Vec<u8>, status: u16) -> Vec<u8> {
    data.extend(status.to_be_bytes());
    data
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts(bytes: &[u8]) -> Option<(usize, Option<usize>, bool)> {
        Command::parse(bytes).map(|c| (c.data.len(), c.expected, c.extended))
    }

    #[test]
    fn the_four_cases_in_both_forms() {
        assert_eq!(parts(&[0, 0x20, 0, 0x80]), Some((0, None, false)));
        assert_eq!(parts(&[0, 0xB0, 0, 0, 0]), Some((0, Some(256), false)));
        assert_eq!(parts(&[0, 0xB0, 0, 0, 4]), Some((0, Some(4), false)));
        assert_eq!(parts(&[0, 0xA4, 2, 0x0C, 2, 0, 0x18]), Some((2, None, false)));
        assert_eq!(parts(&[0x80, 0x2A, 0, 0x80, 1, 9, 0]), Some((1, Some(256), false)));
        assert_eq!(parts(&[0, 0xB0, 0, 0, 0, 0, 0]), Some((0, Some(65536), true)));
        assert_eq!(parts(&[0, 0xA4, 2, 0x0C, 0, 0, 2, 0, 0x18]), Some((2, None, true)));
        assert_eq!(parts(&[0x80, 0x2A, 0, 0x80, 0, 0, 1, 9, 1, 0]), Some((1, Some(256), true)));
    }

    #[test]
    fn contradicting_lengths_are_refused() {
        for bad in
            [&[0, 0x20, 0][..], &[0, 0x20, 0, 0x80, 4, 1, 2], &[0, 0, 0, 0, 1, 2, 3, 4], &[0, 0, 0, 0, 0, 1]]
        {
            assert_eq!(Command::parse(bad), None, "{bad:02X?}");
        }
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_keeps_the_data(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            if let Some(command) = Command::parse(&bytes) {
                prop_assert!(bytes.starts_with(&command.header));
                prop_assert!(command.data.len() + 4 <= bytes.len());
            }
        }

        #[test]
        fn what_is_built_is_what_is_parsed(data in proptest::collection::vec(any::<u8>(), 1..=255), le in 0u8..) {
            let length = u8::try_from(data.len()).unwrap();
            let bytes = [&[0, 0xA4, 4, 0x0C, length][..], &data, &[le]].concat();
            let command = Command::parse(&bytes).unwrap();
            prop_assert_eq!(command.data, &data[..]);
            prop_assert_eq!(command.expected, Some(if le == 0 { 256 } else { usize::from(le) }));
        }
    }
}
