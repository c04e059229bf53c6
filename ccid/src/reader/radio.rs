//! A card in the field of a reader that only carries frames: the host does the card's protocol.

mod activate;

pub use activate::activate;

use super::CardChannel;
use crate::apdu::{Command, Response};
use crate::atr::Atr;
use crate::error::{CardError, Kind};
use crate::iso_dep::{Exchange, Failure, IsoDep, Want};
use crate::iso14443::{Activated, Form, Technology};

/// Attempts to activate a card, each from a field that was off.
const ATTEMPTS: u8 = 3;

/// Why no answer of a card came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RadioError {
    /// Nothing came in the time given.
    Silent,
    /// Something came that is no frame: a wrong CRC, noise, several cards at once.
    Garbled,
    /// The reader failed.
    Lost(CardError),
}

impl From<CardError> for RadioError {
    fn from(error: CardError) -> Self {
        Self::Lost(error)
    }
}

/// A reader that carries frames between host and card.
///
/// Every future may be dropped while it waits; the next call clears what was left on the wire.
#[expect(async_fn_in_trait, reason = "one thread: futures are never Send")]
pub trait Radio {
    /// Speaks this technology from now on; puts the field on, where it is off, at the latest with the first
    /// frame, and gives the card the time to start.
    async fn start(&mut self, technology: Technology) -> Result<(), CardError>;

    /// Takes the field away, long enough for every card to forget what it was told.
    async fn stop(&mut self) -> Result<(), CardError>;

    /// Sends a frame, without CRC, once, and waits at most so many microseconds for the card's answer to
    /// begin; gives it without CRC. The frame may carry a PIN: copies are wiped.
    async fn transceive(&mut self, frame: &[u8], form: Form, wait: u32) -> Result<Vec<u8>, RadioError>;

    /// Lets so many milliseconds pass.
    async fn pause(&mut self, milliseconds: u32);

    /// Activates the one card in the field. Readers that do a part of it themselves have their own way.
    async fn activate(&mut self) -> Result<Activated, CardError> {
        activate(self).await
    }

    /// Whether anything answers in the field. What answers is left half awake: the field is taken away next.
    async fn look(&mut self) -> Result<bool, CardError> {
        activate::look(self).await
    }
}

/// The card in the field of a radio.
#[derive(Debug)]
pub struct RadioCard<R> {
    radio: R,
    /// The link to the active card. It ends with the first failure: then the card may have lost its field, and
    /// nothing may be said to it before it is activated anew.
    link: Option<IsoDep>,
}

impl<R: Radio> RadioCard<R> {
    /// Over this radio, whose field is off.
    pub const fn new(radio: R) -> Self {
        Self { radio, link: None }
    }

    /// The radio.
    pub const fn radio(&self) -> &R {
        &self.radio
    }

    /// The radio, for what is not the card's.
    pub const fn radio_mut(&mut self) -> &mut R {
        &mut self.radio
    }

    /// Runs an exchange over the link; a failed one ends it.
    async fn run(
        &mut self,
        begin: impl FnOnce(&IsoDep) -> Exchange,
    ) -> Result<Result<Vec<u8>, Failure>, CardError> {
        let Some(link) = &mut self.link else { return Ok(Err(Failure::Unsettled)) };
        let mut exchange = begin(link);
        let failed = loop {
            match exchange.next(link) {
                Want::Send(block, wait) => match self.radio.transceive(&block, Form::Standard, wait).await {
                    Ok(answer) => exchange.received(link, &answer),
                    Err(RadioError::Silent) => exchange.nothing_came(link),
                    Err(RadioError::Garbled) => exchange.garbled(link),
                    Err(RadioError::Lost(error)) => break Err(error),
                },
                Want::Done(answer) => return Ok(Ok(answer)),
                Want::Failed(failure) => break Ok(Err(failure)),
            }
        };
        // Nothing was sent over a link that an earlier exchange left unsettled: it still serves for a farewell.
        if failed != Ok(Err(Failure::Unsettled)) {
            self.link = None;
        }
        failed
    }

    async fn start_card(&mut self) -> Result<Activated, CardError> {
        let mut attempt = 1;
        loop {
            self.radio.stop().await?;
            match self.radio.activate().await {
                Err(error) if attempt < ATTEMPTS && matches!(error.kind(), Kind::CardMute | Kind::NoCard) => {
                    attempt += 1;
                }
                result => return result,
            }
        }
    }
}

fn failed(failure: Failure) -> CardError {
    let (kind, detail) = match failure {
        Failure::Silent => (Kind::CardRemoved, "the card does not answer any more"),
        Failure::Unsettled => (Kind::CardRemoved, "the card is not active"),
        Failure::Garbled => (Kind::CardMute, "the card cannot be understood"),
        Failure::Rule(what) => (Kind::Protocol, what),
        Failure::Endless => (Kind::Timeout, "the card asks for time without end"),
    };
    CardError::new(kind, detail)
}

impl<R: Radio> CardChannel for RadioCard<R> {
    async fn power_on(&mut self) -> Result<Atr, CardError> {
        self.link = None;
        let card = self.start_card().await?;
        let atr = Atr::parse(&card.atr).map_err(|it| CardError::new(Kind::Protocol, it.to_string()))?;
        if card.link.guard > 0 {
            self.radio.pause(card.link.guard.div_ceil(1000)).await;
        }
        self.link = Some(IsoDep::new(card.link));
        Ok(atr)
    }

    async fn power_off(&mut self) -> Result<(), CardError> {
        // The field goes whether the card takes its leave or not: that closes what was opened.
        let _ = self.run(IsoDep::deselect).await;
        self.link = None;
        self.radio.stop().await
    }

    async fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        let refused = |text: &'static str| CardError::new(Kind::Protocol, text);
        let bytes = command.encode().map_err(|_| refused("a command that cannot be written"))?;
        let answer = self.run(|link| link.command(&bytes)).await?.map_err(failed)?;
        Response::parse(answer).map_err(|_| refused("an answer without a status word"))
    }

    async fn card_present(&mut self) -> Result<bool, CardError> {
        if self.link.is_some() {
            // A card that does not answer as it should has lost its field, or is another one.
            if self.run(IsoDep::presence).await?.is_ok() {
                return Ok(true);
            }
            self.radio.stop().await?;
            return Ok(false);
        }
        let found = self.radio.look().await;
        self.radio.stop().await?;
        found
    }

    fn extended_length(&self) -> bool {
        true
    }
}
