//! A command, cases 1 to 4.

use std::fmt;

use zeroize::Zeroizing;

/// Bytes that are no command or no answer, or a command that cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a command or answer of ISO/IEC 7816-4")
    }
}

impl std::error::Error for Malformed {}

/// A command to the card. Its data is wiped when it is dropped and never printed: it may be a PIN.
#[derive(Clone, PartialEq, Eq)]
pub struct Command {
    header: [u8; 4],
    data: Zeroizing<Vec<u8>>,
    expected: Option<u32>,
}

impl Command {
    /// Case 1: the four header bytes alone.
    pub fn new(cla: u8, ins: u8, p1: u8, p2: u8) -> Self {
        Self { header: [cla, ins, p1, p2], data: Zeroizing::new(Vec::new()), expected: None }
    }

    /// With command data (Lc), at most 65,535 bytes.
    #[must_use]
    pub fn with_data(mut self, data: &[u8]) -> Self {
        self.data = Zeroizing::new(data.to_vec());
        self
    }

    /// With the number of answer bytes expected (Le), 1 to 65,536; 256 and 65,536 mean "as many as there are".
    #[must_use]
    pub fn with_expected(mut self, bytes: u32) -> Self {
        self.expected = Some(bytes);
        self
    }

    /// CLA, INS, P1, P2.
    pub const fn header(&self) -> [u8; 4] {
        self.header
    }

    /// The command data; empty when there is none.
    pub fn data(&self) -> &[u8] {
        &self.data
    }

    /// The number of answer bytes expected.
    pub const fn expected(&self) -> Option<u32> {
        self.expected
    }

    /// Whether it can only be written with extended lengths.
    pub fn is_extended(&self) -> bool {
        self.data.len() > 255 || self.expected.is_some_and(|le| le > 256)
    }

    /// The bytes on the wire: the short form whenever it is possible.
    ///
    /// # Errors
    /// When data or expected length are out of range.
    pub fn encode(&self) -> Result<Zeroizing<Vec<u8>>, Malformed> {
        if self.expected.is_some_and(|le| le == 0 || le > 0x1_0000) {
            return Err(Malformed);
        }
        let length = u16::try_from(self.data.len()).map_err(|_| Malformed)?;
        let le = self.expected.map(|le| le.to_be_bytes());
        // Never grown afterwards, so that no copy of the data is left behind.
        let mut out = Zeroizing::new(Vec::with_capacity(self.data.len() + 9));
        out.extend_from_slice(&self.header);
        if self.is_extended() {
            out.push(0);
            if length > 0 {
                out.extend_from_slice(&length.to_be_bytes());
                out.extend_from_slice(&self.data);
            }
            if let Some([_, _, high, low]) = le {
                out.extend_from_slice(&[high, low]);
            }
        } else {
            let [_, low] = length.to_be_bytes();
            if low > 0 {
                out.push(low);
                out.extend_from_slice(&self.data);
            }
            if let Some([_, _, _, low]) = le {
                out.push(low);
            }
        }
        Ok(out)
    }

    /// Reads the bytes of a command, short or extended.
    ///
    /// # Errors
    /// When they are none of the seven forms.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let (&[cla, ins, p1, p2], body) = bytes.split_first_chunk().ok_or(Malformed)?;
        let command = Self::new(cla, ins, p1, p2);
        let short = |le: u8| if le == 0 { 256 } else { u32::from(le) };
        let extended = |high: u8, low: u8| match u16::from_be_bytes([high, low]) {
            0 => 0x1_0000,
            le => u32::from(le),
        };
        match *body {
            [] => Ok(command),
            [le] => Ok(command.with_expected(short(le))),
            [0, high, low] => Ok(command.with_expected(extended(high, low))),
            [0, high, low, ref rest @ ..] => {
                let length = usize::from(u16::from_be_bytes([high, low]));
                match rest.split_at_checked(length).ok_or(Malformed)? {
                    ([], _) => Err(Malformed),
                    (data, []) => Ok(command.with_data(data)),
                    (data, &[high, low]) => Ok(command.with_data(data).with_expected(extended(high, low))),
                    _ => Err(Malformed),
                }
            }
            [length, ref rest @ ..] => match rest.split_at_checked(usize::from(length)).ok_or(Malformed)? {
                ([], _) => Err(Malformed),
                (data, []) => Ok(command.with_data(data)),
                (data, &[le]) => Ok(command.with_data(data).with_expected(short(le))),
                _ => Err(Malformed),
            },
        }
    }
}

impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [cla, ins, p1, p2] = self.header;
        write!(f, "Command({cla:02X} {ins:02X} {p1:02X} {p2:02X}, {} bytes of data", self.data.len())?;
        match self.expected {
            Some(le) => write!(f, ", {le} expected)"),
            None => f.write_str(")"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hex(command: &Command) -> String {
        command.encode().unwrap().iter().map(|byte| format!("{byte:02X}")).collect()
    }

    #[test]
    fn each_case_has_its_form() {
        let read = Command::new(0, 0xB0, 0, 0);
        assert_eq!(hex(&Command::new(0, 0x20, 0, 0x80)), "00200080");
        assert_eq!(hex(&read.clone().with_expected(4)), "00B0000004");
        assert_eq!(hex(&read.clone().with_expected(256)), "00B0000000");
        assert_eq!(hex(&read.clone().with_expected(257)), "00B00000000101");
        assert_eq!(hex(&read.clone().with_expected(65_536)), "00B00000000000");
        let select = Command::new(0, 0xA4, 2, 0x0C).with_data(&[0, 0x18]);
        assert_eq!(hex(&select), "00A4020C020018");
        assert_eq!(hex(&select.with_expected(256)), "00A4020C02001800");
        let long = Command::new(0, 1, 2, 3).with_data(&[9; 256]);
        assert!(hex(&long).starts_with("0001020300010009"));
        assert!(hex(&long.with_expected(256)).ends_with("090100"));
    }

    #[test]
    fn what_cannot_be_written_is_refused() {
        assert_eq!(Command::new(0, 0, 0, 0).with_expected(0).encode(), Err(Malformed));
        assert_eq!(Command::new(0, 0, 0, 0).with_expected(65_537).encode(), Err(Malformed));
        assert_eq!(Command::new(0, 0, 0, 0).with_data(&[0; 65_536]).encode(), Err(Malformed));
    }

    #[test]
    fn data_is_never_printed() {
        let verify = Command::new(0, 0x20, 0, 0x80).with_data(b"4711");
        assert_eq!(format!("{verify:?}"), "Command(00 20 00 80, 4 bytes of data)");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            header: [u8; 4],
            data in proptest::collection::vec(any::<u8>(), 0..600),
            expected in proptest::option::of(1u32..=65_536),
        ) {
            let [cla, ins, p1, p2] = header;
            let mut command = Command::new(cla, ins, p1, p2).with_data(&data);
            if let Some(le) = expected {
                command = command.with_expected(le);
            }
            prop_assert_eq!(Command::parse(&command.encode().unwrap()).unwrap(), command);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(command) = Command::parse(&bytes) {
                prop_assert!(command.encode().unwrap().len() <= bytes.len());
            }
        }
    }
}
