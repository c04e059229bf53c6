//! Replies of the vendor interface: objects, then a status word.
//!
//! The status word says only that the reader understood; what became of the command stands in the first
//! object (tag C0). It is 9000 even when no card answered.

/// Tag C0 and its status, by what follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Done.
    Done,
    /// No card, or none that answered in time.
    Silent,
    /// The reader does not know an object or its value: the n-th of the command, from 1, or 0.
    Refused(u8),
    /// Another application has the session.
    Foreign,
    /// Something else.
    Failed,
}

/// A reply that has objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reply<'a> {
    /// The n-th object of the command that the status is about, from 1; 0 is none of them.
    pub(super) object: u8,
    /// The status.
    pub(super) status: u16,
    /// Valid bits of the answer's last byte (tag 92); 0 is all.
    pub(super) last_bits: u8,
    /// What was wrong with the answer on the air (tag 96).
    pub(super) air: u8,
    /// The card's answer (tag 97).
    pub(super) answer: Option<&'a [u8]>,
    /// The ATR the reader makes of the card (tag 5F51).
    pub(super) atr: Option<&'a [u8]>,
}

impl<'a> Reply<'a> {
    /// Reads a reply. An unknown object ends it, without harm.
    ///
    /// `None` when it is not one: too short, without the object that says what became of the command, or cut
    /// off within an object.
    pub(super) fn parse(body: &'a [u8]) -> Option<Self> {
        let (objects, status) = split(body)?;
        let failed = Self { object: 0, status, last_bits: 0, air: 0, answer: None, atr: None };
        if objects.is_empty() && status != 0x9000 {
            return Some(failed);
        }
        let mut objects = Objects(objects);
        let Some(Ok((0xC0, &[object, high, low]))) = objects.next() else { return None };
        let mut reply = Self { object, status: u16::from_be_bytes([high, low]), ..failed };
        for object in objects {
            match object.ok()? {
                (0x92, &[bits]) => reply.last_bits = bits & 7,
                (0x96, &[air, _]) => reply.air = air,
                (0x97, answer) => reply.answer = Some(answer),
                (0x5F51, atr) => reply.atr = Some(atr),
                // Version, protocol reached, the vendor's own.
                (0x80 | 0x8F | 0xFF6D, _) => {}
                _ => break,
            }
        }
        Some(reply)
    }

    /// What follows from the status.
    pub(super) const fn outcome(&self) -> Outcome {
        Outcome::of(self.status, self.object)
    }
}

impl Outcome {
    /// What a status says, about the n-th object.
    pub(super) const fn of(status: u16, object: u8) -> Self {
        match status {
            0x9000 => Self::Done,
            0x6400 | 0x6401 => Self::Silent,
            0x6700 | 0x6A80 | 0x6A81 => Self::Refused(object),
            0x698A => Self::Foreign,
            _ => Self::Failed,
        }
    }
}

/// Data and status word.
pub(super) fn split(body: &[u8]) -> Option<(&[u8], u16)> {
    let (data, status) = body.split_last_chunk()?;
    Some((data, u16::from_be_bytes(*status)))
}

/// Walks over objects; the last item is an error when they do not come out even.
struct Objects<'a>(&'a [u8]);

impl<'a> Iterator for Objects<'a> {
    type Item = Result<(u16, &'a [u8]), ()>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let object = self.take();
        if object.is_none() {
            self.0 = &[];
        }
        Some(object.ok_or(()))
    }
}

impl<'a> Objects<'a> {
    fn take(&mut self) -> Option<(u16, &'a [u8])> {
        let (&first, mut rest) = self.0.split_first()?;
        let mut tag = u16::from(first);
        if first & 0x1F == 0x1F {
            let (&second, after) = rest.split_first()?;
            (tag, rest) = (u16::from_be_bytes([first, second]), after);
        }
        let (length, rest) = match *rest {
            [length @ 0..=0x7F, ref rest @ ..] => (usize::from(length), rest),
            [0x81, length, ref rest @ ..] => (usize::from(length), rest),
            [0x82, high, low, ref rest @ ..] => (usize::from(u16::from_be_bytes([high, low])), rest),
            _ => return None,
        };
        let (value, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((tag, value))
    }
}
