//! Exchanges with the reader over its pipes, and what their failures mean.

use super::CcidReader;
use crate::ccid::{Exchange, Failure, IccStatus, Reply, Want};
use crate::error::{CardError, Kind};
use crate::usb::{Usb, UsbError};

/// Why an exchange did not come to its end.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The reader or its bytes failed; the pipes work.
    Failed(Failure),
    /// The pipes failed.
    Lost(CardError),
}

impl<U: Usb> CcidReader<U> {
    /// One exchange; the reader's own word on why it failed is left to the caller.
    pub(super) async fn exchange(&mut self, mut exchange: Exchange, deadline: u32) -> Result<Reply, Trouble> {
        let (input, output) = (self.interface.bulk_in, self.interface.bulk_out);
        loop {
            let step = match exchange.next(&mut self.slot) {
                Want::Send(message) => self.usb.bulk_out(output, &message, deadline).await,
                Want::Receive(max) => match self.usb.bulk_in(input, max, deadline).await {
                    Ok(transfer) => {
                        exchange.received(&mut self.slot, &transfer).map_err(Trouble::Failed)?;
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
                step => step.map_err(|error| Trouble::Lost(self.lost(error)))?,
            }
        }
    }

    /// One exchange that is to succeed.
    pub(super) async fn run(&mut self, exchange: Exchange, deadline: u32) -> Result<Reply, CardError> {
        let result = self.exchange(exchange, deadline).await;
        result.map_err(|trouble| self.told(trouble))
    }

    /// What the trouble is to a person.
    pub(super) fn told(&mut self, trouble: Trouble) -> CardError {
        match trouble {
            Trouble::Failed(failure) => self.failed(failure),
            Trouble::Lost(error) => error,
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
