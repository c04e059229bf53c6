//! Sony RC-S300 (Port-400): a reader that lends its radio over an interface of its own.
//!
//! Commands travel in CCID's Escape messages over an interface of class FF, which any page may claim. The host
//! opens a transparent session, has the reader look for a card, and then speaks ISO/IEC 14443-4 with the card
//! itself.
//!
//! No Type B card has been reported over this interface by anyone. Everything that is not known for certain is
//! tried in turn, harmlessly, before the first command goes to the card, and remembered: how far the reader
//! activates a card by itself, in which of two bytes it wants its features switched off, whether it builds
//! blocks. Hence [`EXPERIMENTAL`].

mod activate;
mod command;
mod radio;
mod reply;
mod session;
#[cfg(test)]
mod tests;

pub use activate::Probe;
pub use command::Layer;
pub use radio::Rcs300Radio;

use super::radio::RadioCard;
use crate::error::CardError;
use crate::usb::{Interface, Usb};

/// Whether this driver still waits for a person who has tried it on a real reader with a real card.
pub const EXPERIMENTAL: bool = true;

/// An RC-S300 and the card in its field.
pub type Rcs300Reader<U> = RadioCard<Rcs300Radio<U>>;

impl<U: Usb> RadioCard<Rcs300Radio<U>> {
    /// Takes pipes whose interface is claimed, ends whatever session was left open, and begins one.
    ///
    /// # Errors
    /// [`Kind::Busy`](crate::Kind::Busy) when another program keeps the session; whatever the pipes say.
    pub async fn open(usb: U, interface: Interface) -> Result<Self, CardError> {
        let mut radio = Rcs300Radio::new(usb, interface);
        match radio.begin().await {
            Ok(()) => Ok(Self::new(radio)),
            Err(error) => {
                radio.close().await;
                Err(error)
            }
        }
    }

    /// The interface it drives.
    pub const fn interface(&self) -> &Interface {
        &self.radio().interface
    }

    /// The pipes.
    pub const fn usb(&self) -> &U {
        &self.radio().usb
    }

    /// The pipes, for what is not the card's.
    pub const fn usb_mut(&mut self) -> &mut U {
        &mut self.radio_mut().usb
    }

    /// What the last activation tried and what the reader said: for a report.
    pub fn probes(&self) -> &[Probe] {
        &self.radio().habits.probes
    }

    /// Takes the field away, ends the session and lets go of the reader.
    pub async fn close(&mut self) {
        self.radio_mut().close().await;
    }
}
