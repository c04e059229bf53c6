//! The allow-list, at the lowest layer: only the commands this product needs reach a card.
//!
//! The 4-digit PIN of 券面入力補助 opens the My Number (EF 0001) as well as the four attributes, so the card
//! cannot keep us from reading it; this list does. It knows where the card stands (application and file,
//! from the card's own answers), refuses short file identifiers (but for the one key), by which a file could be
//! reached past the list, and lets a PIN through only right after the card has told the tries left: once.

use crate::apdu::{Command, Response, StatusWord};
use crate::atr::Atr;
use crate::error::{CardError, Kind};
use crate::reader::CardChannel;

/// 公的個人認証AP.
pub(super) const JPKI: [u8; 10] = [0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01];
/// 券面入力補助AP.
pub(super) const INPUT_SUPPORT: [u8; 10] = [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08];
/// GlobalPlatform's Issuer Security Domain: selecting it closes everything a PIN has opened.
pub(super) const ISSUER_DOMAIN: [u8; 7] = [0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00];

/// 利用者証明用証明書.
pub(super) const AUTH_CERTIFICATE: u16 = 0x000A;
/// 利用者証明用CA証明書.
const AUTH_CA: u16 = 0x000B;
/// The token's name (CK_TOKEN_INFO).
pub(super) const TOKEN_INFO: u16 = 0x0006;
/// Which certificates the card carries.
pub(super) const AVAILABILITY: u16 = 0x0008;
/// 利用者証明用秘密鍵.
pub(super) const AUTH_KEY: u16 = 0x0017;
/// The same as P2 of the signature: its short identifier.
pub(super) const AUTH_KEY_SHORT: u8 = 0x97;
/// 利用者証明用暗証番号.
pub(super) const AUTH_PIN: u16 = 0x0018;
/// 基本4情報.
pub(super) const ATTRIBUTES: u16 = 0x0002;
/// 券面事項入力補助用暗証番号.
pub(super) const ATTRIBUTES_PIN: u16 = 0x0011;
/// 照合番号B. 照合番号A (0014) is the My Number itself and not on the list.
pub(super) const NUMBER_B: u16 = 0x0015;

/// DigestInfo of SHA-256 (RFC 8017 §9.2) up to the hash.
pub(super) const DIGEST_INFO: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    0x04, 0x20,
];

/// An application this product may enter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Application {
    Jpki,
    InputSupport,
    IssuerDomain,
}

impl Application {
    const ALL: [Self; 3] = [Self::Jpki, Self::InputSupport, Self::IssuerDomain];

    const fn identifier(self) -> &'static [u8] {
        match self {
            Self::Jpki => &JPKI,
            Self::InputSupport => &INPUT_SUPPORT,
            Self::IssuerDomain => &ISSUER_DOMAIN,
        }
    }

    /// Files that may be selected.
    const fn files(self) -> &'static [u16] {
        match self {
            Self::Jpki => &[AUTH_CERTIFICATE, AUTH_CA, TOKEN_INFO, AVAILABILITY, AUTH_KEY, AUTH_PIN],
            Self::InputSupport => &[ATTRIBUTES, ATTRIBUTES_PIN, NUMBER_B],
            Self::IssuerDomain => &[],
        }
    }

    /// Of these, files that may be read.
    const fn readable(self) -> &'static [u16] {
        match self {
            Self::Jpki => &[AUTH_CERTIFICATE, AUTH_CA, TOKEN_INFO, AVAILABILITY],
            Self::InputSupport => &[ATTRIBUTES],
            Self::IssuerDomain => &[],
        }
    }

    /// The digits of the secret that may be presented at a file.
    const fn digits(self, file: u16) -> Option<usize> {
        match (self, file) {
            (Self::Jpki, AUTH_PIN) | (Self::InputSupport, ATTRIBUTES_PIN) => Some(4),
            (Self::InputSupport, NUMBER_B) => Some(14),
            _ => None,
        }
    }
}

/// Where the card stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    /// Not known: nothing but an application may be selected.
    #[default]
    Nowhere,
    In(Application),
    At(Application, u16),
}

/// The certificate by its short identifier, from its beginning: P1 of READ BINARY.
pub(super) const AUTH_CERTIFICATE_SHORT: u8 = 0x8A;

/// What a command does, when it is on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Allowed {
    Enter(Application),
    Open(Application, u16),
    /// Opening the certificate by reading its beginning.
    ReadShort,
    AskTries,
    TryPin,
    /// Signing; the card may stand at the key's file afterwards.
    Sign,
    /// Reading, fetching the rest of an answer.
    Other,
}

/// A channel that passes only what is on the list.
#[derive(Debug)]
pub struct Guard<C> {
    inner: C,
    place: Place,
    /// The tries the card told with its last answer to a question for them.
    tries: Option<u8>,
    /// The class whose answer is waiting for GET RESPONSE.
    waiting: Option<u8>,
}

impl<C> Guard<C> {
    /// Guards this channel.
    pub const fn new(inner: C) -> Self {
        Self { inner, place: Place::Nowhere, tries: None, waiting: None }
    }

    /// The channel within, for what is not a command: waiting, closing.
    pub fn into_inner(self) -> C {
        self.inner
    }

    fn allowed(&self, command: &Command) -> Option<Allowed> {
        let data = command.data();
        match (command.header(), command.expected()) {
            ([0x00, 0xA4, 0x04, 0x0C], None) => {
                let application = Application::ALL.into_iter().find(|it| it.identifier() == data)?;
                Some(Allowed::Enter(application))
            }
            ([0x00, 0xA4, 0x02, 0x0C], None) => {
                let (Place::In(application) | Place::At(application, _)) = self.place else { return None };
                let file = u16::from_be_bytes(data.try_into().ok()?);
                application.files().contains(&file).then_some(Allowed::Open(application, file))
            }
            ([0x00, 0xB0, AUTH_CERTIFICATE_SHORT, 0x00], Some(256)) if data.is_empty() => match self.place {
                Place::In(Application::Jpki) | Place::At(Application::Jpki, _) => Some(Allowed::ReadShort),
                _ => None,
            },
            // P1 with the highest bit would name a file by its short identifier.
            ([0x00, 0xB0, 0x00..=0x7F, _], Some(_)) if data.is_empty() => match self.place {
                Place::At(application, file) if application.readable().contains(&file) => {
                    Some(Allowed::Other)
                }
                _ => None,
            },
            ([0x00, 0x20, 0x00, 0x80], None) => {
                let Place::At(application, file) = self.place else { return None };
                let digits = application.digits(file)?;
                if data.is_empty() {
                    return Some(Allowed::AskTries);
                }
                let right = data.len() == digits && data.iter().all(u8::is_ascii_digit);
                self.tries.filter(|left| right && *left > 0).map(|_| Allowed::TryPin)
            }
            // The key by its short identifier, one fixed value, or selected before.
            ([0x80, 0x2A, 0x00, reference], Some(256)) => {
                let there = match (reference, self.place) {
                    (AUTH_KEY_SHORT, Place::In(Application::Jpki) | Place::At(Application::Jpki, _)) => true,
                    (0x80, place) => place == Place::At(Application::Jpki, AUTH_KEY),
                    _ => false,
                };
                let hash = data.strip_prefix(&DIGEST_INFO)?;
                (there && hash.len() == 32).then_some(Allowed::Sign)
            }
            ([class, 0xC0, 0x00, 0x00], Some(1..=256)) if data.is_empty() => {
                (self.waiting == Some(class)).then_some(Allowed::Other)
            }
            _ => None,
        }
    }

    /// Forgets what is no longer sure once this command is sent.
    fn before(&mut self, allowed: Allowed) {
        self.waiting = None;
        match allowed {
            Allowed::Enter(_) => (self.place, self.tries) = (Place::Nowhere, None),
            Allowed::Open(application, _) => (self.place, self.tries) = (Place::In(application), None),
            Allowed::Sign | Allowed::ReadShort => {
                (self.place, self.tries) = (Place::In(Application::Jpki), None)
            }
            Allowed::AskTries | Allowed::TryPin => self.tries = None,
            Allowed::Other => {}
        }
    }

    /// Learns from the answer.
    fn after(&mut self, allowed: Allowed, class: u8, status: StatusWord) {
        self.waiting = status.more().map(|_| class);
        let done = status == StatusWord::OK;
        match allowed {
            Allowed::ReadShort if done || status == StatusWord::END_OF_FILE || self.waiting.is_some() => {
                self.place = Place::At(Application::Jpki, AUTH_CERTIFICATE);
            }
            Allowed::Enter(application) if done => self.place = Place::In(application),
            Allowed::Open(application, file) if done => self.place = Place::At(application, file),
            Allowed::AskTries | Allowed::TryPin => self.tries = status.tries_left(),
            _ => {}
        }
    }

    fn nowhere(&mut self) {
        (self.place, self.tries, self.waiting) = (Place::Nowhere, None, None);
    }
}

impl<C: CardChannel> CardChannel for Guard<C> {
    async fn power_on(&mut self) -> Result<Atr, CardError> {
        self.nowhere();
        self.inner.power_on().await
    }

    async fn power_off(&mut self) -> Result<(), CardError> {
        self.nowhere();
        self.inner.power_off().await
    }

    async fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        let Some(allowed) = self.allowed(command) else {
            let [cla, ins, p1, p2] = command.header();
            let detail = format!("not on the list: {cla:02X} {ins:02X} {p1:02X} {p2:02X}");
            return Err(CardError::new(Kind::Forbidden, detail));
        };
        self.before(allowed);
        match self.inner.transmit(command).await {
            Ok(response) => {
                self.after(allowed, command.header()[0], response.status);
                Ok(response)
            }
            Err(error) => {
                self.nowhere();
                Err(error)
            }
        }
    }

    async fn card_present(&mut self) -> Result<bool, CardError> {
        self.inner.card_present().await
    }

    fn extended_length(&self) -> bool {
        self.inner.extended_length()
    }
}
