//! Activating the card: what nobody has written down is found out, step by step.
//!
//! A step that the reader does not know is answered so, and the next is tried; the one that works is kept. No
//! step sends the card a command: requests, ATTRIB, RATS, and R(NAK), which only asks for a sign of life.

use super::command::{self, Layer, without};
use super::radio::Rcs300Radio;
use super::reply::{Outcome, split};
use crate::atr::Atr;
use crate::error::{CardError, Kind};
use crate::iso14443::{
    ACTIVATION_WAIT, Activated, Form, LONGEST_WAIT, Link, Technology, Unreadable, contactless_atr, type_a,
    type_b,
};
use crate::reader::radio::{Radio, RadioError};
use crate::usb::Usb;

/// WUPB: a card that was sent away answers too.
const WUPB: [u8; 3] = [0x05, 0x00, 0x08];
/// R(NAK) 0: an active card that has not been told anything answers R(ACK).
const SIGN_OF_LIFE: [u8; 1] = [0xB2];
/// For it, microseconds.
const SIGN_WAIT: u32 = 100_000;
/// What is tried, in this order.
const ORDER: [Layer; 3] = [Layer::Three, Layer::Four, Layer::FourSized];

/// One step of an activation and what the reader said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// What kind of card was looked for.
    pub technology: Technology,
    /// How far the reader was to go.
    pub layer: Layer,
    /// What it said: the status of tag C0.
    pub status: u16,
    /// The ATR it made of the card, if it made one.
    pub atr: Option<Vec<u8>>,
}

/// How tag 90 is written, in the order of what is likely: one source has the bits in the second byte, another
/// in the first, and nobody knows whether all of them are taken for cards without parity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Features {
    #[default]
    SecondByte,
    FirstByte,
    BlocksOnly,
    /// Not at all: a reader that stops at layer 3 builds no blocks anyway.
    Untold,
}

/// What was found out about a reader.
#[derive(Debug, Default)]
pub(super) struct Habits {
    /// Whether a card was activated with them.
    settled: bool,
    /// How Type B cards are activated, once one was.
    layer: Option<Layer>,
    /// How the reader is told which features to leave off.
    features: Features,
    pub(super) probes: Vec<Probe>,
}

impl Habits {
    pub(super) fn note(&mut self, technology: Technology, layer: Layer, status: u16, atr: Option<&[u8]>) {
        self.probes.push(Probe { technology, layer, status, atr: atr.map(<[u8]>::to_vec) });
    }

    /// The value of tag 90.
    pub(super) const fn features(&self, off: u8) -> Option<[u8; 2]> {
        match self.features {
            Features::SecondByte => Some([0, off]),
            Features::FirstByte => Some([off, 0]),
            Features::BlocksOnly => Some([0, off & !without::PARITY]),
            Features::Untold => None,
        }
    }

    /// Turns to the next way to write them; false when there is none.
    pub(super) fn other_features(&mut self) -> bool {
        self.features = match self.features {
            Features::SecondByte => Features::FirstByte,
            Features::FirstByte => Features::BlocksOnly,
            Features::BlocksOnly => Features::Untold,
            Features::Untold => return false,
        };
        true
    }
}

/// What came of asking for a sign of life.
enum Sign {
    Alive,
    Silent,
    /// The features were told in the wrong way, and the card has heard something else: from the beginning.
    Again,
}

impl<U: Usb> Rcs300Radio<U> {
    /// Activates the card in a field that was off before: Type B, the My Number card's, then Type A.
    pub(super) async fn find(&mut self) -> Result<Activated, CardError> {
        self.habits.probes.clear();
        if !self.habits.settled {
            self.habits.features = Features::default();
        }
        let card = match self.find_b().await? {
            Some(card) => Some(card),
            None => self.find_a().await?,
        };
        self.habits.settled |= card.is_some();
        let known = |probe: &Probe| !matches!(Outcome::of(probe.status, 0), Outcome::Refused(_));
        match card {
            Some(card) => Ok(card),
            None if self.habits.probes.iter().any(known) => {
                Err(CardError::new(Kind::NoCard, "nothing answers in the field"))
            }
            None => Err(CardError::new(Kind::UnsupportedReader, "the reader looks for no card")),
        }
    }

    async fn find_b(&mut self) -> Result<Option<Activated>, CardError> {
        for layer in ORDER {
            if self.habits.layer.is_some_and(|known| known != layer) {
                continue;
            }
            if let Some(card) = self.step_b(layer).await? {
                self.habits.layer = Some(layer);
                return Ok(Some(card));
            }
        }
        Ok(None)
    }

    async fn step_b(&mut self, layer: Layer) -> Result<Option<Activated>, CardError> {
        loop {
            self.renew().await?;
            return match self.switch(Technology::B, layer).await? {
                (Outcome::Done, _) if layer == Layer::Three => self.select_b().await,
                (Outcome::Done, atr) => match self.sign_of_life().await? {
                    Sign::Alive => Ok(Some(of_atr(atr.as_deref()))),
                    // It only chose the kind of radio.
                    Sign::Silent => self.select_b().await,
                    Sign::Again => continue,
                },
                // There is none, or the reader does not know this step.
                _ => Ok(None),
            };
        }
    }

    /// REQB and ATTRIB by hand. A card the reader has found already answers again.
    async fn select_b(&mut self) -> Result<Option<Activated>, CardError> {
        for request in [type_b::REQB, WUPB] {
            let Some(atqb) = self.ask(&request, ACTIVATION_WAIT).await? else { continue };
            let atqb = type_b::Atqb::parse(&atqb).map_err(unreadable)?;
            let answer = self.ask(&atqb.attrib(), ACTIVATION_WAIT).await?.ok_or_else(mute)?;
            return atqb.activated(&answer).map(Some).map_err(unreadable);
        }
        Ok(None)
    }

    async fn find_a(&mut self) -> Result<Option<Activated>, CardError> {
        // Two looks: a card that once missed RATS is not yet one of another kind.
        for _ in 0..2 {
            self.renew().await?;
            match self.switch(Technology::A, Layer::Three).await?.0 {
                Outcome::Done => {}
                Outcome::Silent => return Ok(None),
                _ => return self.find_active_a().await,
            }
            if let Some(ats) = self.ask(&type_a::RATS, ACTIVATION_WAIT).await? {
                return type_a::activated(&ats).map(Some).map_err(unreadable);
            }
        }
        Err(unreadable(Unreadable::OtherProtocol))
    }

    /// The reader does it all, RATS as well.
    async fn find_active_a(&mut self) -> Result<Option<Activated>, CardError> {
        loop {
            self.renew().await?;
            match self.switch(Technology::A, Layer::Four).await?.0 {
                Outcome::Done => {}
                _ => return Ok(None),
            }
            let body = self.patient(&command::ATS, 0, 1).await?;
            let ats = split(&body).filter(|(_, status)| *status == 0x9000).map(|(ats, _)| ats);
            match self.sign_of_life().await? {
                Sign::Alive => {
                    return Ok(Some(
                        ats.and_then(|ats| type_a::activated(ats).ok()).unwrap_or_else(cautious),
                    ));
                }
                Sign::Silent => return Err(mute()),
                Sign::Again => {}
            }
        }
    }

    /// Whether a card is active and hears blocks as the host builds them.
    async fn sign_of_life(&mut self) -> Result<Sign, CardError> {
        match self.ask(&SIGN_OF_LIFE, SIGN_WAIT).await?.as_deref() {
            None => Ok(Sign::Silent),
            Some(&[block]) if block & 0xF6 == 0xA2 => Ok(Sign::Alive),
            // The card took it for a command: the reader has put it into a block of its own.
            Some(_) if self.habits.other_features() => Ok(Sign::Again),
            Some(_) => {
                let what = "the reader builds the card's blocks itself";
                Err(CardError::new(Kind::UnsupportedReader, what))
            }
        }
    }

    /// A card forgets where an earlier step led it.
    async fn renew(&mut self) -> Result<(), CardError> {
        if self.field {
            self.field_off().await?;
        }
        Ok(())
    }

    async fn ask(&mut self, frame: &[u8], wait: u32) -> Result<Option<Vec<u8>>, CardError> {
        match self.transceive(frame, Form::Standard, wait).await {
            Ok(answer) => Ok(Some(answer)),
            Err(RadioError::Silent) => Ok(None),
            Err(RadioError::Garbled) => {
                Err(CardError::new(Kind::CardMute, "several cards, or one that lies badly"))
            }
            Err(RadioError::Lost(error)) => Err(error),
        }
    }
}

/// A card of Type B that the reader has activated, by the ATR it makes: application data, protocol info and
/// the answer to ATTRIB are its historical bytes.
fn of_atr(atr: Option<&[u8]>) -> Activated {
    let atr = atr.and_then(|atr| Atr::parse(atr).ok());
    let card = atr.as_ref().and_then(|atr| match *atr.historical() {
        [ref told @ .., answer] if told.len() == 7 => {
            let atqb = type_b::Atqb::parse(&[&[0x50, 0, 0, 0, 0], told].concat()).ok()?;
            atqb.activated(&[answer]).ok()
        }
        _ => None,
    });
    card.unwrap_or_else(cautious)
}

/// A card of which nothing is known: the shortest frames, the longest patience.
fn cautious() -> Activated {
    Activated { link: Link { frame: 16, wait: LONGEST_WAIT, guard: 0 }, atr: contactless_atr(&[]) }
}

fn mute() -> CardError {
    CardError::new(Kind::CardMute, "the card fell silent while it was activated")
}

fn unreadable(what: Unreadable) -> CardError {
    match what {
        Unreadable::OtherProtocol => CardError::new(Kind::OtherCard, "a card of another protocol"),
        Unreadable::Form => CardError::new(Kind::CardMute, "an answer of another form"),
        Unreadable::Check => CardError::new(Kind::CardMute, "several cards lie on the reader"),
    }
}
