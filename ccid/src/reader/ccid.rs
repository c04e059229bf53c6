//! A CCID reader at any level but that of characters.
//!
//! `run` is the way of one message and its answer; `activate` brings a card up, to its protocol and speed;
//! `link` carries commands to it.

mod activate;
mod link;
mod run;

use futures_util::FutureExt;
use futures_util::future::{self, Either};
use std::pin::pin;

use super::{CardChannel, POLL};
use crate::apdu::{Command, Response};
use crate::atr::Atr;
use crate::ccid::{Failure, IccStatus, Level, Slot, quirk};
use crate::error::{CardError, Kind};
use crate::usb::{Delay, Interface, Usb};
use link::Link;
use run::Trouble;

/// For the reader's own affairs, milliseconds. libccid waits 100, and up to a second for readers it knows to
/// be slow; a page has nothing to gain from a shorter wait.
const READER: u32 = 3_000;
/// For the card's answer, and again after each time extension. Signing takes about a second.
const CARD: u32 = 10_000;

/// Bytes of a notification: one for the type, two bits for each of up to 255 slots.
const NOTICE: usize = 65;
/// Notifications taken off at once when the reader is opened.
const DRAINED: usize = 8;

/// Slots that are looked at: no reader has more, whatever its descriptor says.
const SLOTS: u8 = 16;

/// A CCID reader with the slot that has a card.
#[derive(Debug)]
pub struct CcidReader<U> {
    usb: U,
    interface: Interface,
    slot: Slot,
    level: Level,
    /// How the powered card is spoken to.
    link: Link,
    /// Milliseconds for the reader's own answers.
    patience: u32,
    /// Whether a card was powered here and has not been seen to be gone.
    powered: bool,
}

impl<U: Usb> CcidReader<U> {
    /// Takes pipes whose interface is claimed, and asks the reader for its slots.
    ///
    /// # Errors
    /// [`Kind::UnsupportedReader`] for readers that take single characters; whatever the pipes say.
    pub async fn open(usb: U, mut interface: Interface) -> Result<Self, CardError> {
        let class = interface
            .ccid
            .ok_or_else(|| CardError::new(Kind::UnsupportedReader, "the interface has no CCID descriptor"))?;
        let class = quirk::corrected(class, interface.id);
        interface.ccid = Some(class);
        let mut reader = Self {
            usb,
            slot: Slot::new(class.max_message, interface.packet),
            level: class.level(),
            link: Link::Apdu,
            patience: quirk::patience(interface.id, READER),
            interface,
            powered: false,
        };
        if reader.level == Level::Character {
            reader.usb.close().await;
            return Err(CardError::new(Kind::UnsupportedReader, reader.level.name()));
        }
        // A page that is gone may have left half an answer.
        reader.slot.forget();
        reader.drain();
        match reader.card_present().await {
            Ok(_) => Ok(reader),
            Err(error) => {
                reader.usb.close().await;
                Err(error)
            }
        }
    }

    /// The interface it drives.
    pub const fn interface(&self) -> &Interface {
        &self.interface
    }

    /// The pipes.
    pub const fn usb(&self) -> &U {
        &self.usb
    }

    /// The pipes, for what is not the card's.
    pub const fn usb_mut(&mut self) -> &mut U {
        &mut self.usb
    }

    /// Lets go of the reader.
    pub async fn close(&mut self) {
        self.powered = false;
        self.usb.close().await;
    }

    /// Whether the reader's program is known to be too old to be relied on.
    pub fn is_outdated(&self) -> bool {
        quirk::is_outdated(self.interface.id)
    }

    /// Looks for a card in every slot and selects the first that has one; otherwise the first slot.
    async fn find(&mut self) -> Result<IccStatus, CardError> {
        let slots = self.interface.ccid.map_or(0, |class| class.max_slot).min(SLOTS - 1);
        for index in 0..=slots {
            self.slot.select(index);
            match self.exchange(self.slot.status(), self.patience).await {
                Ok(reply) => {
                    if let Some(present @ (IccStatus::Active | IccStatus::Inactive)) = reply.icc {
                        return Ok(present);
                    }
                }
                // A slot that the descriptor has and the reader has not.
                Err(Trouble::Failed(Failure::Reader { .. })) if index > 0 => {}
                Err(trouble) => return Err(self.told(trouble)),
            }
        }
        self.slot.select(0);
        Ok(IccStatus::Absent)
    }

    /// How much to ask the interrupt endpoint for: whole packets of any size.
    const fn notice(&self) -> usize {
        NOTICE.next_multiple_of(if self.interface.packet == 0 { 64 } else { self.interface.packet as usize })
    }

    /// Takes away what the interrupt endpoint has to tell of the time before, and leaves it listening: some
    /// readers stop when nobody does. What comes later is a hint to look at the slots, never more.
    fn drain(&mut self) {
        let (endpoint, most) = (self.interface.interrupt, self.notice());
        if endpoint != 0 {
            (0..DRAINED).all(|_| matches!(self.usb.interrupt_in(endpoint, most).now_or_never(), Some(Ok(_))));
        }
    }

    /// Waits until the reader tells of a change, or for a moment.
    async fn notified(&mut self, delay: &impl Delay) {
        let (endpoint, most) = (self.interface.interrupt, self.notice());
        if endpoint == 0 {
            return delay.wait(POLL).await;
        }
        let (notice, moment) = (pin!(self.usb.interrupt_in(endpoint, most)), pin!(delay.wait(POLL)));
        let told = future::select(notice, moment).await;
        // An endpoint that fails at once would make this a busy loop.
        if let Either::Left((Err(_), moment)) = told {
            moment.await;
        }
    }
}

impl<U: Usb> CardChannel for CcidReader<U> {
    async fn power_on(&mut self) -> Result<Atr, CardError> {
        self.powered = false;
        // A card left powered keeps what its PIN has opened, even over a warm reset.
        match self.find().await? {
            IccStatus::Absent | IccStatus::Unknown => {
                return Err(CardError::new(Kind::NoCard, "the slot is empty"));
            }
            IccStatus::Active => {
                self.run(self.slot.power_off(), self.patience).await?;
            }
            IccStatus::Inactive => {}
        }
        self.activate().await
    }

    async fn power_off(&mut self) -> Result<(), CardError> {
        let reply = self.run(self.slot.power_off(), self.patience).await;
        self.powered = false;
        reply.map(|_| ())
    }

    async fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        let refused = |text: &'static str| CardError::new(Kind::Protocol, text);
        if command.is_extended() && !self.extended_length() {
            return Err(refused("the reader takes short commands only"));
        }
        let bytes = command.encode().map_err(|_| refused("a command that cannot be written"))?;
        let answer = match self.link {
            Link::Apdu => self.whole(&bytes).await,
            Link::T0 => self.characters(command).await,
            Link::T1(_) => self.blocks(&bytes).await,
        };
        Response::parse(answer?).map_err(|_| refused("an answer without a status word"))
    }

    async fn card_present(&mut self) -> Result<bool, CardError> {
        if !self.powered {
            return Ok(self.find().await? != IccStatus::Absent);
        }
        let reply = self.run(self.slot.status(), self.patience).await?;
        Ok(match reply.icc {
            Some(IccStatus::Active) => true,
            // It was powered here and is not any more: taken away and put back.
            Some(IccStatus::Inactive) => !std::mem::take(&mut self.powered),
            _ => false,
        })
    }

    fn extended_length(&self) -> bool {
        match self.link {
            Link::Apdu => self.level == Level::ExtendedApdu,
            Link::T0 => false,
            Link::T1(_) => true,
        }
    }

    async fn wait_for_card(&mut self, delay: &impl Delay) -> Result<(), CardError> {
        while !self.card_present().await? {
            self.notified(delay).await;
        }
        Ok(())
    }
}
