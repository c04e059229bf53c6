//! A reader with one card on it.

mod any;
mod ccid;
mod counted;
pub mod radio;
pub mod rcs300;
pub mod rcs380;

pub use self::ccid::CcidReader;
pub use any::AnyReader;
pub use counted::{Count, Counted};
pub use radio::{Radio, RadioCard, RadioError};
pub use rcs300::Rcs300Reader;
pub use rcs380::Rcs380Reader;

use crate::apdu::{Command, Response};
use crate::atr::Atr;
use crate::error::CardError;
use crate::usb::Delay;

/// Between two looks for a card, milliseconds.
const POLL: u32 = 250;

/// A way to a card: power, commands, presence.
///
/// Every future may be dropped while it waits; the next call clears what was left on the wire.
#[expect(async_fn_in_trait, reason = "one thread: futures are never Send")]
pub trait CardChannel {
    /// Starts the card from cold: whatever it had opened to someone before is closed.
    async fn power_on(&mut self) -> Result<Atr, CardError>;

    /// Takes the power away.
    async fn power_off(&mut self) -> Result<(), CardError>;

    /// One command, one answer. Never sends a command twice.
    async fn transmit(&mut self, command: &Command) -> Result<Response, CardError>;

    /// Whether a card is there now; if one was powered here, whether it is still that one. A card that was
    /// taken away and put back is absent once.
    async fn card_present(&mut self) -> Result<bool, CardError>;

    /// Whether commands with extended lengths pass.
    fn extended_length(&self) -> bool;

    /// Waits until a card is there. Has no end of its own: drop it to stop waiting.
    async fn wait_for_card(&mut self, delay: &impl Delay) -> Result<(), CardError> {
        while !self.card_present().await? {
            delay.wait(POLL).await;
        }
        Ok(())
    }
}

impl<C: CardChannel> CardChannel for &mut C {
    async fn power_on(&mut self) -> Result<Atr, CardError> {
        (**self).power_on().await
    }

    async fn power_off(&mut self) -> Result<(), CardError> {
        (**self).power_off().await
    }

    async fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        (**self).transmit(command).await
    }

    async fn card_present(&mut self) -> Result<bool, CardError> {
        (**self).card_present().await
    }

    fn extended_length(&self) -> bool {
        (**self).extended_length()
    }

    async fn wait_for_card(&mut self, delay: &impl Delay) -> Result<(), CardError> {
        (**self).wait_for_card(delay).await
    }
}
