//! A CCID reader at APDU level.

use futures_util::FutureExt;
use futures_util::future::{self, Either};
use std::pin::pin;

use super::{CardChannel, POLL};
use crate::apdu::{Command, Response};
use crate::atr::Atr;
use crate::ccid::{Exchange, Failure, IccStatus, Level, Reply, Slot, Want};
use crate::error::{CardError, Kind};
use crate::usb::{Delay, Interface, Usb, UsbError};

/// For the reader's own affairs, milliseconds.
const READER: u32 = 3_000;
/// For the card's answer, and again after each time extension. Signing takes about a second.
const CARD: u32 = 10_000;

/// Bytes of a notification: one for the type, two bits for each of up to 255 slots.
const NOTICE: usize = 65;
/// Notifications taken off at once when the reader is opened.
const DRAINED: usize = 8;

/// A CCID reader with its first slot.
#[derive(Debug)]
pub struct CcidReader<U> {
    usb: U,
    interface: Interface,
    slot: Slot,
    level: Level,
    /// Whether a card was powered here and has not been seen to be gone.
    powered: bool,
}

impl<U: Usb> CcidReader<U> {
    /// Takes pipes whose interface is claimed, and asks the reader for its slot.
    ///
    /// # Errors
    /// [`Kind::UnsupportedReader`] for readers that take single characters or blocks (TPDU level); whatever
    /// the pipes say.
    pub async fn open(usb: U, interface: Interface) -> Result<Self, CardError> {
        let class = interface
            .ccid
            .ok_or_else(|| CardError::new(Kind::UnsupportedReader, "the interface has no CCID descriptor"))?;
        let level = class.level();
        let mut reader = Self {
            usb,
            slot: Slot::new(class.max_message, interface.packet),
            level,
            interface,
            powered: false,
        };
        if !matches!(level, Level::ShortApdu | Level::ExtendedApdu) {
            reader.usb.close().await;
            let detail = format!("the reader works at {level:?} level");
            return Err(CardError::new(Kind::UnsupportedReader, detail));
        }
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

    async fn run(&mut self, mut exchange: Exchange, deadline: u32) -> Result<Reply, CardError> {
        let (input, output) = (self.interface.bulk_in, self.interface.bulk_out);
        loop {
            let step = match exchange.next(&mut self.slot) {
                Want::Send(message) => self.usb.bulk_out(output, &message, deadline).await,
                Want::Receive(max) => match self.usb.bulk_in(input, max, deadline).await {
                    Ok(transfer) => {
                        exchange.received(&mut self.slot, &transfer).map_err(|it| self.failed(it))?;
                        Ok(())
                    }
                    Err(error) => Err(error),
                },
                Want::Done(reply) => {
                    self.powered &= reply.icc != Some(IccStatus::Absent);
                    return Ok(reply);
                }
            };
            match step {
                Err(UsbError::Timeout) if exchange.nothing_came(&mut self.slot) => {}
                step => step.map_err(|error| self.lost(error))?,
            }
        }
    }

    /// A transfer failed: what was owed will not be waited for again.
    fn lost(&mut self, error: UsbError) -> CardError {
        self.slot.forget();
        self.powered = false;
        error.into()
    }

    /// The reader or its bytes failed.
    fn failed(&mut self, failure: Failure) -> CardError {
        let was_powered = self.powered;
        let (kind, detail) = match failure {
            Failure::Reader { icc: IccStatus::Absent, .. } => {
                self.powered = false;
                let kind = if was_powered { Kind::CardRemoved } else { Kind::NoCard };
                (kind, "the slot is empty".into())
            }
            // Put back while nobody looked: it has lost its power, and with it everything opened.
            Failure::Reader { icc: IccStatus::Inactive, error } if was_powered => {
                self.powered = false;
                (Kind::CardRemoved, format!("the card has lost its power, error {error:02X}"))
            }
            Failure::Reader { error, .. } => (kind_of(error), format!("CCID error {error:02X}")),
            Failure::Malformed(what) => (Kind::Protocol, what.into()),
            Failure::Stale => (Kind::Protocol, "only answers to other commands".into()),
            Failure::Endless => (Kind::Timeout, "the card asks for time without end".into()),
        };
        CardError::new(kind, detail)
    }

    /// One attempt per voltage the reader can give.
    async fn activate(&mut self) -> Result<Reply, CardError> {
        let selects = self.interface.ccid.map(|class| class.power_selects()).unwrap_or_default();
        let mut last = CardError::new(Kind::CardMute, "no voltage to power the card with");
        for select in selects {
            match self.run(self.slot.power_on(select), CARD).await {
                Ok(reply) => return Ok(reply),
                Err(error) if matches!(error.kind(), Kind::CardMute | Kind::Protocol) => last = error,
                Err(error) => return Err(error),
            }
        }
        Err(last)
    }
}

/// `bError` (CCID table 6.2-2) to what a person can act on.
fn kind_of(error: u8) -> Kind {
    match error {
        // Short circuit, ATR too long, ATR checks, parity, overrun, T=1 errors, class or protocol of the
        // card unknown to the reader, mute: the card cannot be read as it lies.
        0xA2 | 0xA3 | 0xAB | 0xBB | 0xBD | 0xF3..=0xF8 | 0xFB..=0xFE => Kind::CardMute,
        0xE0 | 0xF2 => Kind::Busy,
        _ => Kind::Protocol,
    }
}

impl<U: Usb> CardChannel for CcidReader<U> {
    async fn power_on(&mut self) -> Result<Atr, CardError> {
        self.powered = false;
        // A card left powered keeps what its PIN has opened, even over a warm reset.
        let before = self.run(self.slot.status(), READER).await?;
        match before.icc {
            Some(IccStatus::Absent) => return Err(CardError::new(Kind::NoCard, "the slot is empty")),
            Some(IccStatus::Active) => {
                self.run(self.slot.power_off(), READER).await?;
            }
            _ => {}
        }
        let reply = self.activate().await?;
        let atr = Atr::parse(&reply.data).map_err(|it| CardError::new(Kind::CardMute, it.to_string()))?;
        self.powered = true;
        if let Some(class) = self.interface.ccid.filter(|class| class.wants_parameters()) {
            let protocol = atr.choose(class.protocols);
            let parameters = atr.parameters(protocol);
            self.run(self.slot.set_parameters(protocol, &parameters), CARD).await?;
        }
        Ok(atr)
    }

    async fn power_off(&mut self) -> Result<(), CardError> {
        let reply = self.run(self.slot.power_off(), READER).await;
        self.powered = false;
        reply.map(|_| ())
    }

    async fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        let refused = |text: &'static str| CardError::new(Kind::Protocol, text);
        if command.is_extended() && !self.extended_length() {
            return Err(refused("the reader takes short commands only"));
        }
        let bytes = command.encode().map_err(|_| refused("a command that cannot be written"))?;
        let exchange = match self.level {
            Level::ExtendedApdu => self.slot.transfer_chained(&bytes),
            _ => self.slot.transfer(&bytes),
        };
        let reply = self.run(exchange, CARD).await?;
        Response::parse(reply.data).map_err(|_| refused("an answer without a status word"))
    }

    async fn card_present(&mut self) -> Result<bool, CardError> {
        let reply = self.run(self.slot.status(), READER).await?;
        Ok(match reply.icc {
            Some(IccStatus::Active) => true,
            // It was powered here and is not any more: taken away and put back.
            Some(IccStatus::Inactive) => !std::mem::take(&mut self.powered),
            _ => false,
        })
    }

    fn extended_length(&self) -> bool {
        self.level == Level::ExtendedApdu
    }

    async fn wait_for_card(&mut self, delay: &impl Delay) -> Result<(), CardError> {
        while !self.card_present().await? {
            self.notified(delay).await;
        }
        Ok(())
    }
}
