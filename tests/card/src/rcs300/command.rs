//! Pseudo-APDUs and their objects, read strictly: what no known host has sent is an error here.

/// A command of the vendor's interface.
#[derive(Debug, PartialEq)]
pub(super) enum Command {
    /// Manage Session.
    Manage(Vec<Object>),
    /// Transparent Exchange.
    Exchange(Vec<Object>),
    /// Switch Protocol.
    Switch(Vec<Object>),
    /// Get Data with this P1.
    GetData(u8),
    /// The firmware's version.
    Version,
    /// A command that changes the reader itself.
    Forbidden(u8),
    /// Anything else.
    Unknown,
}

/// Tag and value.
pub(super) type Object = (u16, Vec<u8>);

/// Reset, firmware, self test, front-end parameters, keys, targets and speeds that stay.
const FORBIDDEN: [u8; 10] = [0x53, 0x54, 0x55, 0x57, 0x5A, 0x5C, 0x61, 0x62, 0x82, 0x86];

impl Command {
    pub(super) fn parse(body: &[u8]) -> Self {
        let short = |length: u8, rest: &[u8]| {
            let (objects, end) = rest.split_at_checked(usize::from(length))?;
            (end == [0]).then(|| self::objects(objects))?
        };
        let command = match *body {
            [0xFF, 0x50, 0x00, 0x00, length, ref rest @ ..] => short(length, rest).map(Self::Manage),
            [0xFF, 0x50, 0x00, 0x02, length, ref rest @ ..] => short(length, rest).map(Self::Switch),
            [0xFF, 0x50, 0x00, 0x01, 0x00, high, low, ref rest @ ..] => {
                let length = usize::from(u16::from_be_bytes([high, low]));
                let parts = rest.split_at_checked(length).filter(|(_, end)| *end == [0, 0, 0]);
                parts.and_then(|(objects, _)| self::objects(objects)).map(Self::Exchange)
            }
            [0xFF, 0xCA, p1, 0x00] => Some(Self::GetData(p1)),
            [0xFF, 0x56, 0x00, 0x00] => Some(Self::Version),
            [0xFF, instruction, ..] if FORBIDDEN.contains(&instruction) => Some(Self::Forbidden(instruction)),
            _ => None,
        };
        command.unwrap_or(Self::Unknown)
    }
}

/// Objects that come out even.
fn objects(mut bytes: &[u8]) -> Option<Vec<Object>> {
    let mut objects = Vec::new();
    while let [first, rest @ ..] = bytes {
        let (tag, rest) = match rest {
            [second, rest @ ..] if first & 0x1F == 0x1F => (u16::from_be_bytes([*first, *second]), rest),
            _ => (u16::from(*first), rest),
        };
        let (length, rest) = match rest {
            [length @ 0..=0x7F, rest @ ..] => (usize::from(*length), rest),
            [0x81, length, rest @ ..] => (usize::from(*length), rest),
            [0x82, high, low, rest @ ..] => (usize::from(u16::from_be_bytes([*high, *low])), rest),
            _ => return None,
        };
        let (value, rest) = rest.split_at_checked(length)?;
        objects.push((tag, value.to_vec()));
        bytes = rest;
    }
    Some(objects)
}

/// An object in bytes, its length as short as it can be.
pub(super) fn object(tag: u16, value: &[u8]) -> Vec<u8> {
    let [high, low] = tag.to_be_bytes();
    let mut bytes = if high == 0 { vec![low] } else { vec![high, low] };
    match value.len() {
        length @ 0..=0x7F => bytes.push(length.to_le_bytes()[0]),
        length @ 0x80..=0xFF => bytes.extend([0x81, length.to_le_bytes()[0]]),
        length => {
            let [low, high, ..] = length.to_le_bytes();
            bytes.extend([0x82, high, low]);
        }
    }
    bytes.extend(value);
    bytes
}

/// The object that says what became of a command: about its n-th object, or 0.
pub(super) fn status(object: usize, status: u16) -> Vec<u8> {
    let [high, low] = status.to_be_bytes();
    self::object(0xC0, &[u8::try_from(object).unwrap_or(u8::MAX), high, low])
}
