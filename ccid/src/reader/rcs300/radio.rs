//! The reader as a radio: frames to the card and back.

use super::activate::Habits;
use super::command::{self, Frame, Layer, without};
use super::reply::{Outcome, Reply};
use super::session::Trouble;
use crate::ccid::Slot;
use crate::error::{CardError, Kind};
use crate::iso14443::{Activated, Form, Technology};
use crate::reader::radio::{Radio, RadioError};
use crate::usb::{Interface, Usb};

/// The longest frame that passes the reader.
const LONGEST: usize = 290;
/// How long the reader may look for a card, microseconds.
const LOOK: u32 = 1_000_000;
/// Afterwards, milliseconds.
const SWITCHED: u32 = 20;
/// Before a busy reader is asked what became of a command, milliseconds.
const BUSY: u32 = 50;

/// The radio of an RC-S300.
#[derive(Debug)]
pub struct Rcs300Radio<U> {
    pub(super) usb: U,
    pub(super) interface: Interface,
    pub(super) slot: Slot,
    /// A message of whole packets has left whose empty packet has not.
    pub(super) unended: bool,
    /// How long the card may take for the message that is under way, microseconds.
    pub(super) owed: u32,
    /// Whether a session was begun here and nothing has failed since.
    pub(super) session: bool,
    /// Whether the field is on.
    pub(super) field: bool,
    technology: Technology,
    /// The last frame ended within a byte: the reader remembers that.
    short: bool,
    /// What was found out about this reader.
    pub(super) habits: Habits,
}

impl<U: Usb> Rcs300Radio<U> {
    /// Over these pipes; nothing is sent.
    pub(super) fn new(usb: U, interface: Interface) -> Self {
        Self {
            usb,
            slot: Slot::new(u32::MAX, interface.packet),
            interface,
            unended: false,
            owed: 0,
            session: false,
            field: false,
            technology: Technology::B,
            short: false,
            habits: Habits::default(),
        }
    }

    /// Has the reader look for a card. Gives what it said, and the ATR it makes of the card.
    pub(super) async fn switch(
        &mut self,
        technology: Technology,
        layer: Layer,
    ) -> Result<(Outcome, Option<Vec<u8>>), CardError> {
        // After the field and directly before the frames: a field switched on in between loses the card.
        self.field_on().await?;
        self.technology = technology;
        self.short = false;
        let body = self.patient(&command::switch(technology, layer), LOOK, 1).await?;
        let reply = self.read(&body)?;
        let (outcome, atr) = (reply.outcome(), reply.atr.map(<[u8]>::to_vec));
        self.habits.note(technology, layer, reply.status, atr.as_deref());
        match outcome {
            Outcome::Done => self.usb.pause(SWITCHED).await,
            Outcome::Foreign => {
                self.session = false;
                return Err(Trouble::Busy.into());
            }
            _ => {}
        }
        Ok((outcome, atr))
    }

    async fn frame(&mut self, data: &[u8], form: Form, wait: u32) -> Result<Vec<u8>, RadioError> {
        let command = data.first().is_some_and(|first| first & 0xE2 == 0x02);
        let off = match (self.technology, form) {
            (Technology::B, _) => without::BLOCKS | without::PARITY,
            (Technology::A, Form::Standard) => without::BLOCKS,
            (Technology::A, _) => without::BLOCKS | without::CRC,
        };
        let last_bits = match form {
            Form::Short => Some(7),
            _ if self.short => Some(0),
            _ => None,
        };
        loop {
            let features = self.habits.features(off);
            let body = command::transceive(&Frame { features, last_bits, wait, data });
            let body = match self.message(&body, wait).await {
                // Whether the card got what the reader was too busy for, only the card can tell: it is asked.
                Err(Trouble::Busy) => {
                    self.usb.pause(BUSY).await;
                    return Err(RadioError::Silent);
                }
                result => result.map_err(CardError::from)?,
            };
            self.short = form == Form::Short;
            let reply = self.read(&body)?;
            let refused = matches!(reply.outcome(), Outcome::Refused(0 | 1));
            if refused && !command && self.habits.other_features() {
                continue;
            }
            return self.heard(&reply);
        }
    }

    fn heard(&mut self, reply: &Reply<'_>) -> Result<Vec<u8>, RadioError> {
        if reply.air != 0 {
            return Err(RadioError::Garbled);
        }
        match reply.outcome() {
            Outcome::Done if reply.last_bits != 0 => Err(RadioError::Garbled),
            Outcome::Done => reply.answer.map(<[u8]>::to_vec).ok_or(RadioError::Silent),
            Outcome::Silent => Err(RadioError::Silent),
            Outcome::Foreign => {
                self.session = false;
                Err(CardError::from(Trouble::Busy).into())
            }
            Outcome::Refused(_) | Outcome::Failed => {
                self.session = false;
                Err(CardError::new(Kind::Protocol, "the reader does not carry the frame").into())
            }
        }
    }
}

impl<U: Usb> Radio for Rcs300Radio<U> {
    async fn start(&mut self, technology: Technology) -> Result<(), CardError> {
        self.switch(technology, Layer::Three).await.map(|_| ())
    }

    async fn stop(&mut self) -> Result<(), CardError> {
        if self.session { self.field_off().await } else { self.begin().await }
    }

    async fn transceive(&mut self, frame: &[u8], form: Form, wait: u32) -> Result<Vec<u8>, RadioError> {
        if !self.session {
            return Err(CardError::new(Kind::CardRemoved, "the session is over").into());
        }
        if frame.len() > LONGEST {
            return Err(CardError::new(Kind::Protocol, "a frame the reader cannot carry").into());
        }
        self.frame(frame, form, wait).await
    }

    async fn pause(&mut self, milliseconds: u32) {
        self.usb.pause(milliseconds).await;
    }

    async fn activate(&mut self) -> Result<Activated, CardError> {
        self.find().await
    }

    async fn look(&mut self) -> Result<bool, CardError> {
        match self.find().await {
            Err(error) if error.kind() == Kind::NoCard => Ok(false),
            Err(error) if matches!(error.kind(), Kind::CardMute | Kind::OtherCard) => Ok(true),
            result => result.map(|_| true),
        }
    }
}
