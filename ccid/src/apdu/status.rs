//! Status words and their names (ISO/IEC 7816-4 table 5 and 6).

use std::fmt;

/// SW1 and SW2.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatusWord(pub u16);

impl StatusWord {
    /// Done.
    pub const OK: Self = Self(0x9000);
    /// The file ended before the length asked for.
    pub const END_OF_FILE: Self = Self(0x6282);
    /// The length is wrong.
    pub const WRONG_LENGTH: Self = Self(0x6700);
    /// A PIN is missing.
    pub const SECURITY_NOT_SATISFIED: Self = Self(0x6982);
    /// The PIN is blocked (not seen on this card family).
    pub const BLOCKED: Self = Self(0x6983);
    /// The PIN is blocked, as this card family says it.
    pub const REFERENCE_BLOCKED: Self = Self(0x6984);
    /// The file or application does not exist.
    pub const NOT_FOUND: Self = Self(0x6A82);
    /// P1 or P2 is wrong; for SELECT EF: no application is selected.
    pub const WRONG_PARAMETERS: Self = Self(0x6A86);
    /// The key or PIN referred to does not exist.
    pub const REFERENCE_NOT_FOUND: Self = Self(0x6A88);
    /// The offset lies beyond the end of the file.
    pub const BEYOND_END: Self = Self(0x6B00);

    /// SW1.
    pub const fn sw1(self) -> u8 {
        self.0.to_be_bytes()[0]
    }

    /// SW2.
    pub const fn sw2(self) -> u8 {
        self.0.to_be_bytes()[1]
    }

    /// Tries left, of `63Cx`.
    pub const fn tries_left(self) -> Option<u8> {
        match self.0 {
            0x63C0..=0x63CF => Some(self.sw2() & 0x0F),
            _ => None,
        }
    }

    /// Bytes waiting for GET RESPONSE, of `61xx`.
    pub const fn more(self) -> Option<u32> {
        match (self.sw1(), self.sw2()) {
            (0x61, 0) => Some(256),
            (0x61, bytes) => Some(bytes as u32),
            _ => None,
        }
    }

    /// The right Le, of `6Cxx`.
    pub const fn right_length(self) -> Option<u32> {
        match (self.sw1(), self.sw2()) {
            (0x6C, 0) => Some(256),
            (0x6C, bytes) => Some(bytes as u32),
            _ => None,
        }
    }

    /// In words, for the help desk.
    pub const fn name(self) -> &'static str {
        match self.0 {
            0x9000 => "done",
            0x6282 => "end of file reached",
            0x6283 => "file deactivated",
            0x6300 => "verification failed",
            0x63C0..=0x63CF => "verification failed, tries counted",
            0x6581 => "memory failure",
            0x6700 => "wrong length",
            0x6881 | 0x6882 | 0x69FC => "channel or secure messaging not supported",
            0x6981 => "wrong kind of file",
            0x6982 => "security status not satisfied",
            0x6983 => "authentication method blocked",
            0x6984 => "referenced file locked",
            0x6985 => "conditions of use not satisfied",
            0x6986 => "no current file",
            0x6A80 => "wrong data",
            0x6A81 => "function not supported",
            0x6A82 => "file or application not found",
            0x6A86 => "wrong parameters P1 P2",
            0x6A88 => "referenced data not found",
            0x6B00 => "offset beyond the end",
            0x6D00 => "instruction not supported",
            0x6E00 => "class not supported",
            0x6F00 => "no precise diagnosis",
            0x6100..=0x61FF => "more data available",
            0x6C00..=0x6CFF => "wrong Le",
            _ => "unknown",
        }
    }
}

impl fmt::Display for StatusWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04X} {}", self.0, self.name())
    }
}

impl fmt::Debug for StatusWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04X}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_status_word_carries() {
        assert_eq!(StatusWord(0x63C2).tries_left(), Some(2));
        assert_eq!(StatusWord(0x6300).tries_left(), None);
        assert_eq!(StatusWord(0x61FF).more(), Some(255));
        assert_eq!(StatusWord(0x6100).more(), Some(256));
        assert_eq!(StatusWord(0x6C10).right_length(), Some(16));
        assert_eq!(StatusWord::OK.more(), None);
        assert_eq!(StatusWord::NOT_FOUND.to_string(), "6A82 file or application not found");
    }
}
