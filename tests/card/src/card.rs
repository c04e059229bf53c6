//! The virtual card: APDU in, APDU out (bytes from ISO/IEC 7816-4 and what public test cards answer).
//!
//! A file the product must never touch is there as a trap: the card remembers that it was selected, read
//! or presented ([`VirtualCard::forbidden_touched`]), and holds nothing of worth in it.

mod application;
mod content;
mod pin;

use std::collections::VecDeque;

use rsa::{
    Pkcs1v15Sign,
    rand_core::{OsRng, RngCore},
};

use self::application::{Application, Content};
use crate::{
    apdu::{Command, answer, status},
    file::{CardFile, CardKind, FileError},
};

const MY_NUMBER_ATR: &[u8] = &[
    0x3B, 0xDA, 0x13, 0xFF, 0x81, 0x31, 0xFB, 0x46, 0x80, 0x12, 0x39, 0x2F, 0x31, 0xC1, 0x73, 0xC6, 0x01,
    0xC0, 0x3B,
];
const RESIDENT_ATR: &[u8] = &[0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14];
const OTHER_ATR: &[u8] = &[0x3B, 0x80, 0x80, 0x01, 0x01];
/// Selecting the issuer's domain leaves every application.
const ISSUER_DOMAIN: &[u8] = &[0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00];
const LOG_LENGTH: usize = 4096;

/// One command the card was given: never its data, but for SELECT.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Logged {
    /// CLA INS P1 P2; zeros when the command was too short to have them.
    pub header: [u8; 4],
    /// What SELECT named: an application or a file identifier.
    pub selected: Option<Vec<u8>>,
    /// The card's status word.
    pub status: u16,
    /// Bytes of command and answer together.
    pub bytes: usize,
}

/// A virtual My Number card, or another card.
pub struct VirtualCard {
    id: String,
    label: String,
    kind: CardKind,
    applications: Vec<Application>,
    /// Index of the selected application.
    selected: Option<usize>,
    /// Identifier of the selected file.
    file: Option<u16>,
    forbidden: bool,
    log: VecDeque<Logged>,
    commands: u64,
    presented: u64,
    /// What was signed last and by which file's key: padding without chance always gives the same again.
    signed: Option<(u16, Vec<u8>, Vec<u8>)>,
}

impl VirtualCard {
    /// Makes the card a file describes.
    pub fn new(file: &CardFile) -> Result<Self, FileError> {
        Ok(Self {
            id: file.id.clone(),
            label: file.label.clone(),
            kind: file.kind,
            applications: content::applications(file)?,
            selected: None,
            file: None,
            forbidden: false,
            log: VecDeque::new(),
            commands: 0,
            presented: 0,
            signed: None,
        })
    }

    /// The card's name on the shelf.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What a person reads when choosing it.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The answer to reset.
    pub fn atr(&self) -> &'static [u8] {
        match self.kind {
            CardKind::MyNumber | CardKind::Phone | CardKind::Next => MY_NUMBER_ATR,
            CardKind::Resident => RESIDENT_ATR,
            CardKind::Other => OTHER_ATR,
        }
    }

    /// Power on or off: nothing stays selected, no PIN stays presented.
    pub fn power(&mut self) {
        self.leave();
    }

    /// A warm reset: what was presented stays presented, as seen on test cards.
    pub fn warm_reset(&mut self) {
        self.file = None;
    }

    /// Answers one command.
    pub fn transmit(&mut self, apdu: &[u8]) -> Vec<u8> {
        let command = Command::parse(apdu);
        let (data, status) = match command {
            Some(command) => self.execute(&command).unwrap_or_else(|status| (Vec::new(), status)),
            None => (Vec::new(), status::LENGTH),
        };
        let bytes = apdu.len() + data.len() + 2;
        self.remember(apdu, command.as_ref(), status, bytes);
        answer(data, status)
    }

    /// Whether a file that must never be touched was selected, read or presented.
    pub fn forbidden_touched(&self) -> bool {
        self.forbidden
    }

    /// The last commands, oldest first.
    pub fn log(&self) -> impl Iterator<Item = &Logged> {
        self.log.iter()
    }

    /// How many commands the card has been given.
    pub fn commands(&self) -> u64 {
        self.commands
    }

    /// How many PINs the card has been given, right or wrong, whichever of its PINs they were for.
    pub fn presented(&self) -> u64 {
        self.presented
    }

    /// Tries left on the PIN of 利用者証明用; `None` on a card without it.
    pub fn tries_left(&mut self) -> Option<u8> {
        let jpki = self.applications.iter_mut().find(|a| a.aid == content::JPKI)?;
        jpki.pin(content::AUTH_PIN).map(|pin| pin.left())
    }

    /// Tries left on the PIN of 券面入力補助 and on 照合番号B; `None` on a card without them.
    pub fn attributes_tries_left(&mut self) -> Option<(u8, u8)> {
        let application = self.applications.iter_mut().find(|a| a.aid == content::ATTRIBUTES)?;
        let pin = application.pin(content::ATTRIBUTES_PIN)?.left();
        Some((pin, application.pin(content::NUMBER_B)?.left()))
    }

    fn execute(&mut self, command: &Command<'_>) -> Result<(Vec<u8>, u16), u16> {
        match command.header {
            [0x00, 0xA4, p1, p2] => self.select(p1, p2, command.data),
            [0x00, 0xB0, p1, p2] => self.read(p1, p2, command),
            [0x00, 0x20, p1, p2] => self.verify(p1, p2, command),
            [0x00, 0x84, p1, p2] => challenge(p1, p2, command),
            [0x80, 0x2A, p1, p2] => self.sign(p1, p2, command),
            [0x08, ..] if self.selected.is_some() => Err(status::NO_SECURE_MESSAGING),
            [0x00 | 0x80, ..] => Err(status::INSTRUCTION),
            _ => Err(status::CLASS),
        }
    }

    fn select(&mut self, p1: u8, p2: u8, name: &[u8]) -> Result<(Vec<u8>, u16), u16> {
        match (p1, p2) {
            (0x04, 0x0C) if name == ISSUER_DOMAIN && self.kind != CardKind::Other => self.leave(),
            (0x04, 0x0C) => {
                let found = self.applications.iter().position(|a| a.aid == name).ok_or(status::NOT_FOUND)?;
                if self.selected != Some(found) {
                    self.leave();
                    self.selected = Some(found);
                }
                self.file = None;
            }
            (0x02, 0x0C) => {
                let application = self.selected.ok_or(status::PARAMETERS)?;
                let fid = u16::from_be_bytes(name.try_into().map_err(|_| status::LENGTH)?);
                if !self.applications[application].files.contains_key(&fid) {
                    return Err(status::NOT_FOUND);
                }
                self.touch(fid);
            }
            _ => return Err(status::PARAMETERS),
        }
        Ok((Vec::new(), status::OK))
    }

    fn read(&mut self, p1: u8, p2: u8, command: &Command<'_>) -> Result<(Vec<u8>, u16), u16> {
        let offset = if p1 & 0x80 == 0 {
            usize::from(u16::from_be_bytes([p1, p2]))
        } else if p1 & 0x60 == 0 {
            self.touch_short(p1 & 0x1F, status::NOT_FOUND)?;
            usize::from(p2)
        } else {
            return Err(status::PARAMETERS);
        };
        let Content::Data(data) = &self.opened()?.content else { return Err(status::FILE_KIND) };
        let expected = command.expected.filter(|_| command.data.is_empty()).ok_or(status::LENGTH)?;
        let rest = data.get(offset..).filter(|rest| !rest.is_empty()).ok_or(status::OFFSET)?;
        let any = expected == if command.extended { 65536 } else { 256 };
        match rest.get(..expected) {
            Some(part) => Ok((part.to_vec(), status::OK)),
            None if any => Ok((rest.to_vec(), status::OK)),
            None => Ok((rest.to_vec(), status::END_OF_FILE)),
        }
    }

    fn verify(&mut self, p1: u8, p2: u8, command: &Command<'_>) -> Result<(Vec<u8>, u16), u16> {
        if p1 != 0 {
            return Err(status::PARAMETERS);
        }
        let fid = self.referenced(p2)?;
        let application = self.selected.ok_or(status::NO_FILE_SELECTED)?;
        if let Some(Content::NoPin(answer)) =
            self.applications[application].files.get(&fid).map(|it| &it.content)
        {
            return Ok((Vec::new(), *answer));
        }
        let pin = self.applications[application].pin(fid).ok_or(status::FILE_KIND)?;
        match (command.data, command.expected) {
            ([], None) => Ok((Vec::new(), pin.query())),
            ([], Some(_)) => Err(status::LENGTH),
            (presented, _) => {
                self.presented += 1;
                Ok((Vec::new(), pin.verify(presented)))
            }
        }
    }

    /// Only P1 = 00: the host brings the DigestInfo, the card pads (PKCS#1 v1.5, type 1) and signs.
    fn sign(&mut self, p1: u8, p2: u8, command: &Command<'_>) -> Result<(Vec<u8>, u16), u16> {
        if p1 != 0 {
            return Err(status::PARAMETERS);
        }
        let fid = self.referenced(p2)?;
        let key = match &self.opened()?.content {
            Content::Key(key) => key,
            Content::OtherKey => return Err(status::CONDITIONS),
            _ => return Err(status::NO_REFERENCE),
        };
        if command.data.is_empty() || command.data.len() > 245 || command.expected.is_none_or(|le| le < 256) {
            return Err(status::LENGTH);
        }
        if let Some((by, signed, signature)) = &self.signed
            && *by == fid
            && signed == command.data
        {
            return Ok((signature.clone(), status::OK));
        }
        let signature =
            key.sign(Pkcs1v15Sign::new_unprefixed(), command.data).map_err(|_| status::CONDITIONS)?;
        self.signed = Some((fid, command.data.to_vec(), signature.clone()));
        Ok((signature, status::OK))
    }

    /// P2 of VERIFY and of the signature: 80 is the selected file, 80|sfi names one.
    fn referenced(&mut self, p2: u8) -> Result<u16, u16> {
        match p2 {
            0x80 => {}
            0x81..=0x9F => self.touch_short(p2 & 0x1F, status::NO_REFERENCE)?,
            _ => return Err(status::PARAMETERS),
        }
        let fid = self.file.ok_or(status::NO_FILE_SELECTED)?;
        self.touch(fid);
        Ok(fid)
    }

    fn opened(&self) -> Result<&application::File, u16> {
        let (Some(application), Some(fid)) = (self.selected, self.file) else {
            return Err(status::NO_FILE_SELECTED);
        };
        self.applications[application].open(fid)
    }

    fn touch_short(&mut self, identifier: u8, missing: u16) -> Result<(), u16> {
        let application = self.selected.ok_or(status::NO_FILE_SELECTED)?;
        let fid = self.applications[application].short(identifier).ok_or(missing)?;
        self.touch(fid);
        Ok(())
    }

    fn touch(&mut self, fid: u16) {
        self.file = Some(fid);
        let file = self.selected.and_then(|at| self.applications[at].files.get(&fid));
        self.forbidden |= file.is_some_and(|file| file.forbidden);
    }

    fn leave(&mut self) {
        self.selected = None;
        self.file = None;
        for application in &mut self.applications {
            application.forget();
        }
    }

    fn remember(&mut self, apdu: &[u8], command: Option<&Command<'_>>, status: u16, bytes: usize) {
        if self.log.len() == LOG_LENGTH {
            self.log.pop_front();
        }
        let header = apdu.first_chunk().copied().unwrap_or_default();
        let selected = command.filter(|c| c.header[1] == 0xA4).map(|c| c.data.to_vec());
        self.log.push_back(Logged { header, selected, status, bytes });
        self.commands += 1;
    }
}

fn challenge(p1: u8, p2: u8, command: &Command<'_>) -> Result<(Vec<u8>, u16), u16> {
    if (p1, p2) != (0, 0) {
        return Err(status::PARAMETERS);
    }
    let mut random = vec![0; command.expected.filter(|n| *n <= 256).ok_or(status::LENGTH)?];
    OsRng.fill_bytes(&mut random);
    Ok((random, status::OK))
}
