//! Commands on their way to the card: whole, as TPDUs of T=0, or in blocks of T=1.

use super::run::Trouble;
use super::{CARD, CcidReader};
use crate::apdu::Command;
use crate::ccid::{Failure, IccStatus, Level};
use crate::error::{CardError, Kind};
use crate::t0::{self, T0};
use crate::t1::{self, Event, T1};
use crate::usb::Usb;

/// How a powered card is spoken to.
#[derive(Debug)]
pub(super) enum Link {
    /// The reader takes whole commands.
    Apdu,
    /// The reader takes TPDUs.
    T0,
    /// The reader takes blocks; what the two sides have agreed on. It stays here over a dropped future.
    T1(Box<T1>),
}

/// What the reader brought from the card, instead of a block.
enum Missed {
    Garbled,
    Nothing,
}

impl<U: Usb> CcidReader<U> {
    /// One command at APDU level.
    pub(super) async fn whole(&mut self, command: &[u8]) -> Result<Vec<u8>, CardError> {
        let exchange = match self.level {
            Level::ExtendedApdu => self.slot.transfer_chained(command),
            _ => self.slot.transfer(command),
        };
        Ok(self.run(exchange, CARD).await?.data)
    }

    /// One command at T=0. After a silence nothing is repeated: the protocol has no means to tell whether
    /// the card has carried it out.
    pub(super) async fn characters(&mut self, command: &Command) -> Result<Vec<u8>, CardError> {
        let (mut t0, mut step) = T0::new(command);
        loop {
            match step {
                t0::Step::Send(tpdu) => {
                    let exchange = self.slot.transfer_block(&tpdu, 0);
                    step = t0.next(self.run(exchange, CARD).await?.data);
                }
                t0::Step::Done(answer) => return Ok(answer),
                t0::Step::Failed(why) => return Err(CardError::new(Kind::Protocol, why)),
            }
        }
    }

    /// One command at T=1.
    pub(super) async fn blocks(&mut self, command: &[u8]) -> Result<Vec<u8>, CardError> {
        let Link::T1(t1) = &mut self.link else { return Err(lost_link()) };
        let step = t1.command(command);
        match self.follow(step).await? {
            Ok(answer) => Ok(answer),
            Err(failure) => Err(told(failure)),
        }
    }

    /// Does what T=1 says until it is through.
    pub(super) async fn follow(
        &mut self,
        mut step: t1::Step,
    ) -> Result<Result<Vec<u8>, t1::Failure>, CardError> {
        loop {
            let (block, times) = match step {
                t1::Step::Send(block, times) => (block, times),
                t1::Step::Done(answer) => return Ok(Ok(answer)),
                t1::Step::Failed(failure) => return Ok(Err(failure)),
            };
            let came = self.pass(&block, times).await?;
            let Link::T1(t1) = &mut self.link else { return Err(lost_link()) };
            step = t1.next(match &came {
                Ok(bytes) => Event::Block(bytes),
                Err(Missed::Garbled) => Event::Garbled,
                Err(Missed::Nothing) => Event::Nothing,
            });
        }
    }

    /// One block there and one back, or the reader's word that none came.
    async fn pass(&mut self, block: &[u8], times: u8) -> Result<Result<Vec<u8>, Missed>, CardError> {
        let Link::T1(t1) = &self.link else { return Err(lost_link()) };
        let deadline = CARD + t1.patience(times);
        // `bBWI` 0 and 1 both mean one waiting time; readers know 0 best.
        let waiting = if times > 1 { times } else { 0 };
        match self.exchange(self.slot.transfer_block(block, waiting), deadline).await {
            Ok(reply) => Ok(Ok(reply.data)),
            // Parity, overrun; mute. The card is still there and powered: the protocol has its rules for it.
            Err(Trouble::Failed(Failure::Reader { error: 0xFC | 0xFD, icc: IccStatus::Active })) => {
                Ok(Err(Missed::Garbled))
            }
            Err(Trouble::Failed(Failure::Reader { error: 0xFE, icc: IccStatus::Active })) => {
                Ok(Err(Missed::Nothing))
            }
            Err(trouble) => Err(self.told(trouble)),
        }
    }
}

/// What a failure of T=1 is to a person.
pub(super) fn told(failure: t1::Failure) -> CardError {
    let (kind, detail) = match failure {
        t1::Failure::Lost => (Kind::CardMute, "T=1: the answer was lost"),
        t1::Failure::Dead => (Kind::CardMute, "T=1: the card does not answer"),
        t1::Failure::Aborted => (Kind::Protocol, "T=1: the card gave up the chain"),
        t1::Failure::Endless => (Kind::Timeout, "T=1: the card comes to no end"),
    };
    CardError::new(kind, detail)
}

fn lost_link() -> CardError {
    CardError::new(Kind::Protocol, "the card is not at T=1")
}
