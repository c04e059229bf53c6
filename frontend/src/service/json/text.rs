//! Strings and their escapes.

use super::Unreadable;
use super::reader::Reader;

impl Reader<'_> {
    /// A string.
    pub(super) fn string(&mut self) -> Result<String, Unreadable> {
        self.take(b'"')?;
        let mut copy = String::new();
        loop {
            let from = self.at;
            while !matches!(self.byte(), b'"' | b'\\' | 0..=0x1F) {
                self.at += 1;
            }
            copy.push_str(self.text.get(from..self.at).ok_or(Unreadable)?);
            let stop = self.byte();
            self.at += 1;
            match stop {
                b'"' => return Ok(copy),
                b'\\' => copy.push(self.escaped()?),
                // A control character, or the end of the document.
                _ => return Err(Unreadable),
            }
        }
    }

    /// What follows a backslash.
    fn escaped(&mut self) -> Result<char, Unreadable> {
        let letter = self.byte();
        self.at += 1;
        Ok(match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.unicode()?,
            _ => return Err(Unreadable),
        })
    }

    /// Four hexadecimal digits, or two times four for what lies beyond 16 bits (RFC 8259 §7).
    fn unicode(&mut self) -> Result<char, Unreadable> {
        let first = self.hexadecimal()?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first).ok_or(Unreadable);
        }
        if self.text.get(self.at..self.at + 2) != Some("\\u") {
            return Err(Unreadable);
        }
        self.at += 2;
        let second = self.hexadecimal()?.checked_sub(0xDC00).filter(|low| *low < 0x400).ok_or(Unreadable)?;
        char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + second).ok_or(Unreadable)
    }

    fn hexadecimal(&mut self) -> Result<u32, Unreadable> {
        let digits = self.text.get(self.at..self.at + 4).ok_or(Unreadable)?;
        self.at += 4;
        if digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            u32::from_str_radix(digits, 16).map_err(|_| Unreadable)
        } else {
            Err(Unreadable)
        }
    }
}
