//! The slot: a card, or none, with or without power.

use super::{
    chain::{Chains, Step},
    descriptor::Build,
    message::{Message, Reply, answer_kind, error, from_host},
};
use crate::card::VirtualCard;

const FAILED: u8 = 0x40;
const T1: u8 = 1;
/// T=1: Fi/Di, LRC, guard time, BWI/CWI, clock stop, IFSC, NAD.
const PARAMETERS: [u8; 7] = [0x13, 0x10, 0x00, 0x46, 0x00, 0xFB, 0x00];

/// The one slot both interfaces lead to.
pub(super) struct Slot {
    pub(super) card: Option<VirtualCard>,
    powered: bool,
    parameters: [u8; 7],
}

impl Slot {
    pub(super) fn new() -> Self {
        Self { card: None, powered: false, parameters: PARAMETERS }
    }

    /// The state of the card in bStatus: 0 active, 1 without power, 2 absent.
    pub(super) fn card_state(&self) -> u8 {
        match self.card {
            Some(_) if self.powered => 0,
            Some(_) => 1,
            None => 2,
        }
    }

    /// Switches the card's power off.
    pub(super) fn power_off(&mut self) {
        self.powered = false;
        self.parameters = PARAMETERS;
        if let Some(card) = &mut self.card {
            card.power();
        }
    }

    /// Carries out a message; `step` is what a transfer means.
    pub(super) fn execute(
        &mut self,
        build: &Build,
        chains: &mut Chains,
        message: &Message,
        step: Option<Step>,
    ) -> Reply {
        if message.slot != 0 {
            return Reply { slot: message.slot, ..failure(message, error::SLOT) };
        }
        match message.kind {
            from_host::SLOT_STATUS => done(message, 0, Vec::new()),
            from_host::POWER_ON => self.power_on(message),
            from_host::POWER_OFF => {
                self.power_off();
                done(message, 1, Vec::new())
            }
            from_host::GET_PARAMETERS | from_host::RESET_PARAMETERS | from_host::SET_PARAMETERS => {
                self.parameters(message)
            }
            from_host::TRANSFER => match step {
                Some(step) => self.transfer(build, chains, message, step),
                None => failure(message, error::LEVEL),
            },
            _ => failure(message, error::UNSUPPORTED),
        }
    }

    fn power_on(&mut self, message: &Message) -> Reply {
        let Some(card) = &mut self.card else { return failure(message, error::MUTE) };
        if message.specific[0] > 3 {
            return failure(message, error::POWER_SELECT);
        }
        if self.powered {
            card.warm_reset();
        } else {
            card.power();
        }
        self.powered = true;
        done(message, 0, card.atr().to_vec())
    }

    fn parameters(&mut self, message: &Message) -> Reply {
        if self.card_state() != 0 {
            return failure(message, error::MUTE);
        }
        match message.kind {
            from_host::SET_PARAMETERS if message.specific[0] != T1 => {
                return failure(message, error::PROTOCOL);
            }
            from_host::SET_PARAMETERS => match message.data.as_slice().try_into() {
                Ok(parameters) => self.parameters = parameters,
                Err(_) => return failure(message, error::LENGTH),
            },
            from_host::RESET_PARAMETERS => self.parameters = PARAMETERS,
            _ => {}
        }
        done(message, T1, self.parameters.to_vec())
    }

    fn transfer(&mut self, build: &Build, chains: &mut Chains, message: &Message, step: Step) -> Reply {
        let Some(card) = self.card.as_mut().filter(|_| self.powered) else {
            return failure(message, error::MUTE);
        };
        match step {
            Step::More => done(message, 0x10, Vec::new()),
            Step::WrongLevel => failure(message, error::LEVEL),
            Step::WrongLength => failure(message, error::APDU_LENGTH),
            Step::Continue => {
                let (part, chain) = chains.part();
                done(message, chain, part)
            }
            Step::Apdu(apdu) => {
                chains.answer(build, card.transmit(&apdu));
                let (part, chain) = chains.part();
                done(message, chain, part)
            }
        }
    }
}

fn done(message: &Message, last: u8, data: Vec<u8>) -> Reply {
    let kind = answer_kind(message.kind);
    Reply { kind, slot: 0, sequence: message.sequence, status: 0, error: 0, last, data }
}

/// A message that failed with this bError.
pub(super) fn failure(message: &Message, error: u8) -> Reply {
    Reply { status: FAILED, error, ..done(message, 0, Vec::new()) }
}
