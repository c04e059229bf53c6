//! 公的個人認証AP: the certificate, the PIN and the key of 利用者証明用, command by command.
//!
//! The way to a signature costs as few commands as the card allows: the certificate's length comes with its
//! first 256 bytes, and the rest is asked for exactly.

use super::guard::{
    AUTH_CERTIFICATE, AUTH_KEY, AUTH_PIN, DIGEST_INFO, Guard, ISSUER_DOMAIN, JPKI, TOKEN_INFO,
};
use super::pin::Pin;
use super::tries::{Consent, Tries};
use crate::apdu::{Command, Response, StatusWord};
use crate::error::{CardError, Kind};
use crate::reader::CardChannel;
use crate::tlv::Header;

/// What one short command can read.
const SHORT: usize = 256;
/// No certificate is longer; offsets of READ BINARY end here too.
const LONGEST: usize = 0x7FFF;

/// What the token says it is (EF 0006).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// マイナンバーカード.
    MyNumberCard,
    /// 住民基本台帳カード, the card before it.
    ResidentCard,
    /// A telephone (スマホ用電子証明書).
    Phone,
    /// Some other name.
    Unknown,
}

/// What the card says to a PIN.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Right,
    Wrong(Tries),
}

/// The application behind its guard.
#[derive(Debug)]
pub struct Jpki<C> {
    card: Guard<C>,
}

impl<C: CardChannel> Jpki<C> {
    /// Puts the guard in front of this channel.
    pub const fn new(channel: C) -> Self {
        Self { card: Guard::new(channel) }
    }

    /// The channel within.
    pub fn into_channel(self) -> C {
        self.card.into_inner()
    }

    pub(super) const fn guard(&mut self) -> &mut Guard<C> {
        &mut self.card
    }

    /// Selects the application on a powered card.
    ///
    /// # Errors
    /// [`Kind::OtherCard`] when the card has no such application.
    pub async fn select(&mut self) -> Result<(), CardError> {
        match self.card.transmit(&select_application(&JPKI)).await?.status {
            StatusWord::OK => Ok(()),
            status => Err(CardError::of_status(Kind::OtherCard, status, "select 公的個人認証AP")),
        }
    }

    /// Reads 利用者証明用証明書 (DER). `part` is told which part is read next, of how many.
    ///
    /// # Errors
    /// [`Kind::NoCertificate`] when there is none, [`Kind::OtherCard`] when it is an older card.
    pub async fn certificate(
        &mut self,
        mut part: impl FnMut(u16, Option<u16>),
    ) -> Result<Vec<u8>, CardError> {
        part(1, None);
        let selected = self.card.transmit(&select_file(AUTH_CERTIFICATE)).await?.status;
        if selected != StatusWord::OK {
            return Err(self.no_certificate(selected).await?);
        }
        let first = self.read(0, SHORT).await?;
        let mut certificate = match first.status {
            StatusWord::OK | StatusWord::END_OF_FILE => first.data,
            status => return Err(self.no_certificate(status).await?),
        };
        let total = match Header::parse(&certificate) {
            Ok(header) if header.tag == 0x30 && header.total() <= LONGEST => header.total(),
            _ => return Err(CardError::new(Kind::NoCertificate, "EF 000A holds no certificate")),
        };
        let rest = total.saturating_sub(certificate.len());
        let at_once = self.card.extended_length() && rest > SHORT;
        let parts = 1 + if at_once { 1 } else { rest.div_ceil(SHORT) };
        let of = u16::try_from(parts).ok();
        let mut number: u16 = 1;
        if at_once {
            number += 1;
            part(number, of);
            // A card that does not know extended lengths says so; it is read in short steps then.
            let all = self.read(certificate.len(), rest).await?;
            if all.status == StatusWord::OK {
                certificate.extend_from_slice(&all.data);
            }
        }
        while certificate.len() < total {
            number = number.saturating_add(1);
            part(number.min(of.unwrap_or(number)), of);
            let chunk = self.read(certificate.len(), SHORT.min(total - certificate.len())).await?;
            match chunk.status {
                StatusWord::OK | StatusWord::END_OF_FILE if !chunk.data.is_empty() => {
                    certificate.extend_from_slice(&chunk.data);
                }
                status => return Err(CardError::of_status(Kind::CardMute, status, "read the certificate")),
            }
        }
        certificate.truncate(total);
        Ok(certificate)
    }

    /// Asks for the tries left. Spends none.
    ///
    /// # Errors
    /// [`Kind::PinBlocked`]; [`Kind::NoPin`] when the card has no PIN to ask for.
    pub async fn tries(&mut self) -> Result<Tries, CardError> {
        const DOING: &str = "ask for tries left";
        let selected = self.card.transmit(&select_file(AUTH_PIN)).await?.status;
        if selected != StatusWord::OK {
            return Err(CardError::of_status(Kind::NoPin, selected, "select the PIN"));
        }
        let status = self.card.transmit(&Command::new(0x00, 0x20, 0x00, 0x80)).await?.status;
        match (status, status.tries_left()) {
            (_, Some(0)) | (StatusWord::BLOCKED | StatusWord::REFERENCE_BLOCKED, _) => {
                Err(CardError::of_status(Kind::PinBlocked, status, DOING).with_tries(0))
            }
            (_, Some(left)) => Ok(Tries::told(left)),
            // Nothing was presented since the card was started, and yet nothing is asked for.
            (StatusWord::OK | StatusWord::NOT_FOUND | StatusWord::REFERENCE_NOT_FOUND, _) => {
                Err(CardError::of_status(Kind::NoPin, status, DOING))
            }
            _ => Err(CardError::of_status(Kind::Protocol, status, DOING)),
        }
    }

    /// Presents the PIN: one VERIFY, or none. The answer to [`Self::tries`] is spent with it.
    pub(super) async fn verify(
        &mut self,
        pin: Pin,
        tries: Tries,
        consent: Consent,
    ) -> Result<Verdict, CardError> {
        const DOING: &str = "present the PIN";
        if tries.is_last() && consent != Consent::LastTry {
            return Err(last_try(&tries));
        }
        // A card that was moved while the PIN was typed has forgotten everything; nothing is sent to it.
        if !self.card.card_present().await? {
            return Err(CardError::new(Kind::CardRemoved, "the card was moved before the PIN was sent"));
        }
        let command = Command::new(0x00, 0x20, 0x00, 0x80).with_data(pin.digits());
        drop(pin);
        let status = match self.card.transmit(&command).await {
            Ok(response) => response.status,
            Err(error) if error.kind() == Kind::Forbidden => return Err(error),
            // It may have reached the card and been counted. Only the card can tell, when asked anew.
            Err(error) => return Err(CardError::caused_by(Kind::PinUnknown, &error)),
        };
        match (status, status.tries_left()) {
            (StatusWord::OK, _) => Ok(Verdict::Right),
            (_, Some(0)) | (StatusWord::BLOCKED | StatusWord::REFERENCE_BLOCKED, _) => {
                Err(CardError::of_status(Kind::PinBlocked, status, DOING).with_tries(0))
            }
            (_, Some(left)) => Ok(Verdict::Wrong(Tries::told(left))),
            (StatusWord(0x6300), _) => Err(CardError::of_status(Kind::WrongPin, status, DOING)),
            (StatusWord::REFERENCE_NOT_FOUND, _) => Err(CardError::of_status(Kind::NoPin, status, DOING)),
            _ => Err(CardError::of_status(Kind::PinUnknown, status, DOING)),
        }
    }

    /// Signs a SHA-256 hash (RSASSA-PKCS1-v1_5), after the PIN.
    ///
    /// # Errors
    /// [`Kind::SignatureRefused`] when the card does not sign.
    pub async fn sign(&mut self, digest: &[u8; 32]) -> Result<Vec<u8>, CardError> {
        let selected = self.card.transmit(&select_file(AUTH_KEY)).await?.status;
        if selected != StatusWord::OK {
            return Err(CardError::of_status(Kind::SignatureRefused, selected, "select the key"));
        }
        let mut info = [0; DIGEST_INFO.len() + 32];
        let (head, hash) = info.split_at_mut(DIGEST_INFO.len());
        head.copy_from_slice(&DIGEST_INFO);
        hash.copy_from_slice(digest);
        let sign = Command::new(0x80, 0x2A, 0x00, 0x80).with_data(&info).with_expected(256);
        let response = self.whole(&sign).await?;
        match response.status {
            StatusWord::OK if !response.data.is_empty() => Ok(response.data),
            status => Err(CardError::of_status(Kind::SignatureRefused, status, "sign")),
        }
    }

    /// What the token says it is.
    ///
    /// # Errors
    /// Whatever the channel says; a token without a name is [`TokenKind::Unknown`].
    pub async fn token_kind(&mut self) -> Result<TokenKind, CardError> {
        if self.card.transmit(&select_file(TOKEN_INFO)).await?.status != StatusWord::OK {
            return Ok(TokenKind::Unknown);
        }
        let label = self.read(0, 32).await?.data;
        Ok(match label.trim_ascii_end() {
            b"JPKIAPICCTOKEN2" => TokenKind::MyNumberCard,
            b"JPKIAPICCTOKEN" => TokenKind::ResidentCard,
            b"JPKIAPGPSETOKEN" | b"JPKIAPIOSTOKEN" => TokenKind::Phone,
            _ => TokenKind::Unknown,
        })
    }

    /// Closes what the PIN has opened and takes the power away. Tries everything, complains about nothing:
    /// a card that cannot be reached any more has lost its power.
    pub async fn finish(&mut self) {
        let _ = self.card.transmit(&select_application(&ISSUER_DOMAIN)).await;
        let _ = self.card.power_off().await;
    }

    /// The certificate's file is missing or closed: whose card is it then?
    async fn no_certificate(&mut self, status: StatusWord) -> Result<CardError, CardError> {
        let kind = match self.token_kind().await? {
            TokenKind::ResidentCard | TokenKind::Phone => Kind::OtherCard,
            TokenKind::MyNumberCard | TokenKind::Unknown => Kind::NoCertificate,
        };
        Ok(CardError::of_status(kind, status, "read the certificate"))
    }

    async fn read(&mut self, offset: usize, length: usize) -> Result<Response, CardError> {
        let [high, low] = u16::try_from(offset).unwrap_or(u16::MAX).to_be_bytes();
        let read = |le| Command::new(0x00, 0xB0, high, low).with_expected(le);
        let response = self.whole(&read(u32::try_from(length).unwrap_or(256))).await?;
        match response.status.right_length() {
            Some(right) => self.whole(&read(right)).await,
            None => Ok(response),
        }
    }

    /// One command, and GET RESPONSE while the card says that there is more.
    async fn whole(&mut self, command: &Command) -> Result<Response, CardError> {
        let mut response = self.card.transmit(command).await?;
        while let Some(more) = response.status.more() {
            let [class, ..] = command.header();
            let rest = self.card.transmit(&Command::new(class, 0xC0, 0, 0).with_expected(more)).await?;
            if rest.data.is_empty() && rest.status.more().is_some() || response.data.len() > LONGEST {
                return Err(CardError::new(Kind::Protocol, "an answer without end"));
            }
            response.data.extend_from_slice(&rest.data);
            response.status = rest.status;
        }
        Ok(response)
    }
}

pub(super) fn last_try(tries: &Tries) -> CardError {
    CardError::new(Kind::LastTry, "one try is left and nobody has said yes to it").with_tries(tries.left())
}

fn select_application(identifier: &[u8]) -> Command {
    Command::new(0x00, 0xA4, 0x04, 0x0C).with_data(identifier)
}

fn select_file(file: u16) -> Command {
    Command::new(0x00, 0xA4, 0x02, 0x0C).with_data(&file.to_be_bytes())
}
