//! The reader: one value after another.

use super::Unreadable;
use domain::raw::Raw;

/// Values within values. Nothing here is deeper than ten.
const DEEPEST: u8 = 64;

/// A document and how far it is read.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    depth: u8,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// Nothing but white space may follow.
    pub(super) fn end(&mut self) -> Result<(), Unreadable> {
        if self.peek() == 0 && self.at == self.text.len() { Ok(()) } else { Err(Unreadable) }
    }

    /// The next byte that is no white space, not taken; 0 at the end (and no JSON begins with a 0 byte).
    pub(super) fn peek(&mut self) -> u8 {
        while matches!(self.byte(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
        self.byte()
    }

    /// The byte here; 0 at the end.
    pub(super) fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    /// Takes this byte, after white space.
    pub(super) fn take(&mut self, byte: u8) -> Result<(), Unreadable> {
        if self.peek() == byte && byte != 0 {
            self.at += 1;
            Ok(())
        } else {
            Err(Unreadable)
        }
    }

    fn word(&mut self, word: &str) -> Result<(), Unreadable> {
        self.peek();
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            self.at += word.len();
            Ok(())
        } else {
            Err(Unreadable)
        }
    }

    /// A value, whatever it is.
    pub(super) fn value(&mut self) -> Result<Raw, Unreadable> {
        match self.peek() {
            b'{' => self
                .inside(b'}', Vec::new(), |reader, members| {
                    let name = reader.string()?;
                    reader.take(b':')?;
                    members.push((name, reader.value()?));
                    Ok(())
                })
                .map(Raw::Object),
            b'[' => self
                .inside(b']', Vec::new(), |reader, items| {
                    items.push(reader.value()?);
                    Ok(())
                })
                .map(Raw::List),
            b'"' => self.string().map(Raw::Text),
            b'-' | b'0'..=b'9' => self.number(),
            b't' => self.word("true").map(|()| Raw::Bool(true)),
            b'f' => self.word("false").map(|()| Raw::Bool(false)),
            _ => self.word("null").map(|()| Raw::Null),
        }
    }

    /// A number as it is written; whether it fits is for whoever asked for it.
    fn number(&mut self) -> Result<Raw, Unreadable> {
        let from = self.at;
        self.at += usize::from(self.byte() == b'-');
        let leading_zero = self.byte() == b'0';
        if self.digits()? > 1 && leading_zero {
            return Err(Unreadable);
        }
        if self.byte() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), b'e' | b'E') {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), b'+' | b'-'));
            self.digits()?;
        }
        self.text.get(from..self.at).map(|digits| Raw::Number(digits.to_owned())).ok_or(Unreadable)
    }

    /// How many digits stand here; at least one.
    fn digits(&mut self) -> Result<usize, Unreadable> {
        let from = self.at;
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == from { Err(Unreadable) } else { Ok(self.at - from) }
    }

    /// What stands between brackets, one after another.
    fn inside<T>(
        &mut self,
        end: u8,
        mut all: T,
        mut one: impl FnMut(&mut Self, &mut T) -> Result<(), Unreadable>,
    ) -> Result<T, Unreadable> {
        self.at += 1;
        if self.depth == DEEPEST {
            return Err(Unreadable);
        }
        self.depth += 1;
        if self.peek() != end {
            one(self, &mut all)?;
            while self.peek() != end {
                self.take(b',')?;
                one(self, &mut all)?;
            }
        }
        self.depth -= 1;
        self.take(end)?;
        Ok(all)
    }
}
