//! An application of the card: its files and what opens them.

use std::collections::BTreeMap;

use rsa::RsaPrivateKey;

use super::pin::Pin;
use crate::apdu::status;

/// What an elementary file holds.
pub(super) enum Content {
    Data(Vec<u8>),
    Pin(Pin),
    /// The file of a PIN that is not set: what VERIFY answers.
    NoPin(u16),
    Key(Box<RsaPrivateKey>),
    /// A key that does not sign as an RSA key does.
    OtherKey,
}

/// An elementary file.
pub(super) struct File {
    pub(super) content: Content,
    /// The PIN file that must have been presented.
    opened_by: Option<u16>,
    /// Another that does as well.
    also_opened_by: Option<u16>,
    /// A file the product must never touch.
    pub(super) forbidden: bool,
}

impl File {
    pub(super) fn free(data: Vec<u8>) -> Self {
        Self { content: Content::Data(data), opened_by: None, also_opened_by: None, forbidden: false }
    }

    pub(super) fn protected(data: Vec<u8>, pin: u16) -> Self {
        Self { content: Content::Data(data), opened_by: Some(pin), also_opened_by: None, forbidden: false }
    }

    pub(super) fn key(key: RsaPrivateKey, pin: u16) -> Self {
        Self {
            content: Content::Key(Box::new(key)),
            opened_by: Some(pin),
            also_opened_by: None,
            forbidden: false,
        }
    }

    pub(super) fn other_key(pin: u16) -> Self {
        Self { content: Content::OtherKey, opened_by: Some(pin), also_opened_by: None, forbidden: false }
    }

    pub(super) fn pin(pin: Pin) -> Self {
        Self { content: Content::Pin(pin), opened_by: None, also_opened_by: None, forbidden: false }
    }

    pub(super) fn no_pin(answer: u16) -> Self {
        Self { content: Content::NoPin(answer), opened_by: None, also_opened_by: None, forbidden: false }
    }

    /// The same, also opened by another PIN.
    pub(super) fn or_by(self, pin: u16) -> Self {
        Self { also_opened_by: Some(pin), ..self }
    }

    pub(super) fn forbidden(self) -> Self {
        Self { forbidden: true, ..self }
    }
}

/// An application and its files by identifier.
pub(super) struct Application {
    pub(super) aid: &'static [u8],
    pub(super) files: BTreeMap<u16, File>,
}

impl Application {
    /// The file with a short identifier: the low five bits of its identifier.
    pub(super) fn short(&self, identifier: u8) -> Option<u16> {
        self.files.keys().copied().find(|fid| fid & 0x1F == u16::from(identifier))
    }

    /// The file, if what protects it has been presented.
    pub(super) fn open(&self, fid: u16) -> Result<&File, u16> {
        let file = self.files.get(&fid).ok_or(status::NOT_FOUND)?;
        match file.opened_by {
            Some(pin)
                if ![Some(pin), file.also_opened_by].into_iter().flatten().any(|it| self.presented(it)) =>
            {
                Err(status::NOT_AUTHORISED)
            }
            _ => Ok(file),
        }
    }

    /// The PIN in a file.
    pub(super) fn pin(&mut self, fid: u16) -> Option<&mut Pin> {
        match &mut self.files.get_mut(&fid)?.content {
            Content::Pin(pin) => Some(pin),
            _ => None,
        }
    }

    /// Forgets every PIN presented.
    pub(super) fn forget(&mut self) {
        for file in self.files.values_mut() {
            if let Content::Pin(pin) = &mut file.content {
                pin.forget();
            }
        }
    }

    fn presented(&self, fid: u16) -> bool {
        matches!(self.files.get(&fid).map(|file| &file.content), Some(Content::Pin(pin)) if pin.verified())
    }
}
