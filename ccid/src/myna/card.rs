//! A card behind its guard, and the commands of ISO/IEC 7816-4 as this family of cards takes them.

use zeroize::{Zeroize, Zeroizing};

use super::guard::{Guard, ISSUER_DOMAIN};
use super::reference::Reference;
use super::tries::{Consent, Tries};
use crate::apdu::{Command, Response, StatusWord};
use crate::error::{CardError, Kind};
use crate::reader::CardChannel;
use crate::tlv::Header;

/// What one short command can read.
const SHORT: usize = 256;
/// No file is longer; offsets of READ BINARY end here too.
const LONGEST: usize = 0x7FFF;

/// What the card says to a secret.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Right,
    Wrong(Tries),
}

/// Why a file was not read.
#[derive(Debug)]
pub(super) enum Unread {
    /// The card refuses to read it from the beginning.
    Refused(StatusWord),
    /// What it holds is not what should stand there.
    Empty,
    /// Something went wrong on the way.
    Failed(CardError),
}

impl From<CardError> for Unread {
    fn from(error: CardError) -> Self {
        Self::Failed(error)
    }
}

/// The card.
#[derive(Debug)]
pub(super) struct Card<C> {
    pub(super) guard: Guard<C>,
}

impl<C: CardChannel> Card<C> {
    pub(super) const fn new(channel: C) -> Self {
        Self { guard: Guard::new(channel) }
    }

    /// Selects an application.
    pub(super) async fn enter(&mut self, identifier: &[u8]) -> Result<StatusWord, CardError> {
        let select = Command::new(0x00, 0xA4, 0x04, 0x0C).with_data(identifier);
        Ok(self.guard.transmit(&select).await?.status)
    }

    /// Selects a file of the application.
    pub(super) async fn open(&mut self, file: u16) -> Result<StatusWord, CardError> {
        let select = Command::new(0x00, 0xA4, 0x02, 0x0C).with_data(&file.to_be_bytes());
        Ok(self.guard.transmit(&select).await?.status)
    }

    /// Reads a file that holds one TLV: its length comes with its first 256 bytes, and the rest is asked for
    /// exactly. Tried first by the short identifier, where one is given, which spares selecting the file; a
    /// card that does not know it, or does not go on from there, is asked in full. `part` is told which part
    /// is read next, of how many.
    pub(super) async fn object(
        &mut self,
        file: u16,
        short: Option<u8>,
        tag: u32,
        part: &mut dyn FnMut(u16, Option<u16>),
    ) -> Result<Zeroizing<Vec<u8>>, Unread> {
        part(1, None);
        if let Some(short) = short {
            let read = Command::new(0x00, 0xB0, short, 0x00).with_expected(256);
            let first = self.whole(&read).await?;
            match self.rest_of(first, tag, part).await {
                Err(Unread::Failed(error)) if error.status().is_none() => return Err(error.into()),
                Err(_) => part(1, None),
                read => return read,
            }
        }
        let opened = self.open(file).await?;
        if opened != StatusWord::OK {
            return Err(Unread::Refused(opened));
        }
        let first = self.read(0, SHORT).await?;
        self.rest_of(first, tag, part).await
    }

    /// Reads on in the open file, of which this is the beginning.
    async fn rest_of(
        &mut self,
        mut first: Response,
        tag: u32,
        part: &mut dyn FnMut(u16, Option<u16>),
    ) -> Result<Zeroizing<Vec<u8>>, Unread> {
        if !matches!(first.status, StatusWord::OK | StatusWord::END_OF_FILE) {
            return Err(Unread::Refused(first.status));
        }
        let total = match Header::parse(&first.data) {
            Ok(header) if header.tag == tag && header.total() <= LONGEST => header.total(),
            _ => return Err(Unread::Empty),
        };
        // Never grown afterwards, so that no copy of what it holds is left behind.
        let mut object = Zeroizing::new(Vec::with_capacity(total));
        take(&mut object, &mut first, total);
        let rest = total - object.len();
        let at_once = self.guard.extended_length() && rest > SHORT;
        let parts = 1 + if at_once { 1 } else { rest.div_ceil(SHORT) };
        let of = u16::try_from(parts).ok();
        let mut number: u16 = 1;
        if at_once {
            number += 1;
            part(number, of);
            // A card that does not know extended lengths says so; it is read in short steps then.
            let mut all = self.read(object.len(), rest).await?;
            if all.status == StatusWord::OK {
                take(&mut object, &mut all, total);
            }
        }
        while object.len() < total {
            number = number.saturating_add(1);
            part(number.min(of.unwrap_or(number)), of);
            let mut chunk = self.read(object.len(), SHORT.min(total - object.len())).await?;
            match chunk.status {
                StatusWord::OK | StatusWord::END_OF_FILE if !chunk.data.is_empty() => {
                    take(&mut object, &mut chunk, total);
                }
                status => return Err(CardError::of_status(Kind::CardMute, status, "read the file").into()),
            }
        }
        Ok(object)
    }

    /// Asks for the tries left. Spends none.
    pub(super) async fn tries(&mut self, on: Reference) -> Result<Tries, CardError> {
        const DOING: &str = "ask for tries left";
        let selected = self.open(on.file()).await?;
        if selected != StatusWord::OK {
            return Err(CardError::of_status(on.missing(), selected, "select the PIN"));
        }
        let status = self.guard.transmit(&Command::new(0x00, 0x20, 0x00, 0x80)).await?.status;
        match (status, status.tries_left()) {
            (_, Some(0)) | (StatusWord::BLOCKED | StatusWord::REFERENCE_BLOCKED, _) => {
                Err(CardError::of_status(on.blocked(), status, DOING).with_tries(0))
            }
            (_, Some(left)) => Ok(Tries::told(left, on)),
            // Nothing was presented since the card was started, and yet nothing is asked for.
            (StatusWord::OK | StatusWord::NOT_FOUND | StatusWord::REFERENCE_NOT_FOUND, _) => {
                Err(CardError::of_status(on.missing(), status, DOING))
            }
            _ => Err(CardError::of_status(Kind::Protocol, status, DOING)),
        }
    }

    /// Presents a secret, a command made by [`verify`]: one VERIFY, or none. The answer to [`Self::tries`] is
    /// spent with it.
    pub(super) async fn present(
        &mut self,
        secret: Command,
        on: Reference,
        tries: &Tries,
        consent: Consent,
    ) -> Result<Verdict, CardError> {
        const DOING: &str = "present the PIN";
        if tries.on() != on {
            return Err(CardError::new(
                Kind::Forbidden,
                "the card was asked for the tries on something else",
            ));
        }
        if tries.is_last() && consent != Consent::LastTry {
            return Err(last_try(tries));
        }
        // A card that was moved while the PIN was typed has forgotten everything; nothing is sent to it.
        if !self.guard.card_present().await? {
            return Err(CardError::new(Kind::CardRemoved, "the card was moved before the PIN was sent"));
        }
        let told = self.guard.transmit(&secret).await;
        drop(secret);
        let status = match told {
            Ok(response) => response.status,
            Err(error) if error.kind() == Kind::Forbidden => return Err(error),
            // It may have reached the card and been counted. Only the card can tell, when asked anew.
            Err(error) => return Err(CardError::caused_by(Kind::PinUnknown, &error)),
        };
        match (status, status.tries_left()) {
            (StatusWord::OK, _) => Ok(Verdict::Right),
            (_, Some(0)) | (StatusWord::BLOCKED | StatusWord::REFERENCE_BLOCKED, _) => {
                Err(CardError::of_status(on.blocked(), status, DOING).with_tries(0))
            }
            (_, Some(left)) => Ok(Verdict::Wrong(Tries::told(left, on))),
            (StatusWord(0x6300), _) => Err(CardError::of_status(on.wrong(), status, DOING)),
            (StatusWord::REFERENCE_NOT_FOUND, _) => Err(CardError::of_status(on.missing(), status, DOING)),
            _ => Err(CardError::of_status(Kind::PinUnknown, status, DOING)),
        }
    }

    /// Closes what a PIN has opened and takes the power away. Tries everything, complains about nothing: a
    /// card that cannot be reached any more has lost its power.
    pub(super) async fn rest(&mut self) {
        let _ = self.enter(&ISSUER_DOMAIN).await;
        let _ = self.guard.power_off().await;
    }

    /// Reads a part of the open file.
    pub(super) async fn read(&mut self, offset: usize, length: usize) -> Result<Response, CardError> {
        let [high, low] = u16::try_from(offset).unwrap_or(u16::MAX).to_be_bytes();
        let read = |le| Command::new(0x00, 0xB0, high, low).with_expected(le);
        let response = self.whole(&read(u32::try_from(length).unwrap_or(256))).await?;
        match response.status.right_length() {
            Some(right) => self.whole(&read(right)).await,
            None => Ok(response),
        }
    }

    /// One command, and GET RESPONSE while the card says that there is more.
    pub(super) async fn whole(&mut self, command: &Command) -> Result<Response, CardError> {
        let mut response = self.guard.transmit(command).await?;
        while let Some(more) = response.status.more() {
            let [class, ..] = command.header();
            let rest = self.guard.transmit(&Command::new(class, 0xC0, 0, 0).with_expected(more)).await?;
            if rest.data.is_empty() && rest.status.more().is_some() || response.data.len() > LONGEST {
                return Err(CardError::new(Kind::Protocol, "an answer without end"));
            }
            response.data.extend_from_slice(&rest.data);
            response.status = rest.status;
        }
        Ok(response)
    }
}

/// Moves what is still wanted of an answer, and wipes the answer.
fn take(object: &mut Vec<u8>, answer: &mut Response, total: usize) {
    let wanted = answer.data.len().min(total - object.len());
    object.extend_from_slice(answer.data.get(..wanted).unwrap_or_default());
    answer.data.zeroize();
}

/// VERIFY with this secret, of which it holds the only copy once the caller has dropped its own.
pub(super) fn verify(secret: &[u8]) -> Command {
    Command::new(0x00, 0x20, 0x00, 0x80).with_data(secret)
}

pub(super) fn last_try(tries: &Tries) -> CardError {
    CardError::new(Kind::LastTry, "one try is left and nobody has said yes to it").with_tries(tries.left())
}
