//! Whichever reader is there: the driver is chosen by the reader's numbers and its interface.

use super::{CardChannel, CcidReader, Rcs300Reader, Rcs380Reader};
use crate::apdu::{Command, Response};
use crate::atr::Atr;
use crate::error::{CardError, Kind};
use crate::usb::descriptor::CLASS_VENDOR;
use crate::usb::readers::{Protocol, lookup};
use crate::usb::{Delay, Interface, Usb};

/// Any reader this program drives.
#[derive(Debug)]
pub enum AnyReader<U> {
    /// A reader that speaks CCID.
    Ccid(CcidReader<U>),
    /// Sony RC-S300 over its own interface.
    Rcs300(Rcs300Reader<U>),
    /// Sony's RC-S380.
    Rcs380(Rcs380Reader<U>),
}

/// Does the same with whichever reader is within.
macro_rules! each {
    ($any:expr, $reader:ident => $act:expr) => {
        match $any {
            Self::Ccid($reader) => $act,
            Self::Rcs300($reader) => $act,
            Self::Rcs380($reader) => $act,
        }
    };
}

impl<U: Usb> AnyReader<U> {
    /// Takes pipes whose interface is claimed, and asks the reader how it is.
    ///
    /// # Errors
    /// [`Kind::UnsupportedReader`] with the reader's name when no driver fits it; whatever the reader says.
    pub async fn open(mut usb: U, interface: Interface) -> Result<Self, CardError> {
        let known = lookup(interface.id);
        // A protocol of the reader's own is chosen here first.
        match known.map(|it| it.protocol) {
            Some(Protocol::Port100) => return Rcs380Reader::open(usb, interface).await.map(Self::Rcs380),
            Some(Protocol::Port400) if interface.class == CLASS_VENDOR => {
                return Rcs300Reader::open(usb, interface).await.map(Self::Rcs300);
            }
            _ => {}
        }
        if interface.ccid.is_some() {
            return CcidReader::open(usb, interface).await.map(Self::Ccid);
        }
        usb.close().await;
        let name = known.map_or("the interface has no CCID descriptor", |it| it.name);
        Err(CardError::new(Kind::UnsupportedReader, name))
    }

    /// The interface it drives.
    pub const fn interface(&self) -> &Interface {
        each!(self, reader => reader.interface())
    }

    /// The pipes.
    pub const fn usb(&self) -> &U {
        each!(self, reader => reader.usb())
    }

    /// The pipes, for what is not the card's.
    pub const fn usb_mut(&mut self) -> &mut U {
        each!(self, reader => reader.usb_mut())
    }

    /// Lets go of the reader.
    pub async fn close(&mut self) {
        each!(self, reader => reader.close().await);
    }
}

impl<U: Usb> CardChannel for AnyReader<U> {
    async fn power_on(&mut self) -> Result<Atr, CardError> {
        each!(self, reader => reader.power_on().await)
    }

    async fn power_off(&mut self) -> Result<(), CardError> {
        each!(self, reader => reader.power_off().await)
    }

    async fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        each!(self, reader => reader.transmit(command).await)
    }

    async fn card_present(&mut self) -> Result<bool, CardError> {
        each!(self, reader => reader.card_present().await)
    }

    fn extended_length(&self) -> bool {
        each!(self, reader => reader.extended_length())
    }

    async fn wait_for_card(&mut self, delay: &impl Delay) -> Result<(), CardError> {
        each!(self, reader => reader.wait_for_card(delay).await)
    }
}
