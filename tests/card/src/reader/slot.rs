//! The slot: a card, or none, with or without power.

use super::{
    chain::{Chains, Step},
    descriptor::{Build, Level},
    message::{Message, Reply, answer_kind, error, from_host},
    tpdu::Contact,
};
use crate::{card::VirtualCard, contact::BlockFault};

const FAILED: u8 = 0x40;
const AUTO_VOLTAGE: u16 = 0x08;
const T1: u8 = 1;
/// T=1: Fi/Di, LRC, guard time, BWI/CWI, clock stop, IFSC, NAD.
const PARAMETERS: [u8; 7] = [0x13, 0x10, 0x00, 0x46, 0x00, 0xFB, 0x00];

/// A slot; both interfaces lead to it.
pub(super) struct Slot {
    pub(super) card: Option<VirtualCard>,
    powered: bool,
    protocol: u8,
    parameters: Vec<u8>,
    /// What lies between the reader and a powered card at TPDU level.
    pub(super) contact: Option<Contact>,
}

impl Slot {
    pub(super) fn new() -> Self {
        Self { card: None, powered: false, protocol: T1, parameters: PARAMETERS.to_vec(), contact: None }
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
        (self.protocol, self.parameters) = (T1, PARAMETERS.to_vec());
        self.contact = None;
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
        due: &[BlockFault],
    ) -> Reply {
        match message.kind {
            from_host::SLOT_STATUS => done(message, 0, Vec::new()),
            from_host::POWER_ON => self.power_on(build, message),
            from_host::POWER_OFF => {
                self.power_off();
                done(message, 1, Vec::new())
            }
            from_host::GET_PARAMETERS | from_host::RESET_PARAMETERS | from_host::SET_PARAMETERS => {
                self.parameters(build, message)
            }
            from_host::TRANSFER if build.level == Level::Tpdu => self.tpdu(message, due),
            from_host::TRANSFER => match step {
                Some(step) => self.transfer(build, chains, message, step),
                None => failure(message, error::LEVEL),
            },
            _ => failure(message, error::UNSUPPORTED),
        }
    }

    fn power_on(&mut self, build: &Build, message: &Message) -> Reply {
        let Some(card) = &mut self.card else { return failure(message, error::MUTE) };
        let select = message.specific[0];
        if select > 3 {
            return failure(message, error::POWER_SELECT);
        }
        if !build.does(AUTO_VOLTAGE) && build.voltage != 0 && select != build.voltage {
            self.power_off();
            return failure(message, error::MUTE);
        }
        if self.powered {
            card.warm_reset();
        } else {
            card.power();
        }
        self.powered = true;
        let atr = build.atr.unwrap_or(card.atr());
        self.contact = (build.level == Level::Tpdu).then(|| Contact::new(build, atr));
        done(message, 0, atr.to_vec())
    }

    fn parameters(&mut self, build: &Build, message: &Message) -> Reply {
        if self.card_state() != 0 {
            return failure(message, error::MUTE);
        }
        let most = if build.level == Level::Tpdu { 0..=T1 } else { T1..=T1 };
        match (message.kind, message.specific[0], message.data.len()) {
            (from_host::SET_PARAMETERS, protocol, _) if !most.contains(&protocol) => {
                return failure(message, error::PROTOCOL);
            }
            (from_host::SET_PARAMETERS, 0, 5) | (from_host::SET_PARAMETERS, T1, 7) => {
                (self.protocol, self.parameters) = (message.specific[0], message.data.clone());
            }
            (from_host::SET_PARAMETERS, ..) => return failure(message, error::LENGTH),
            (from_host::RESET_PARAMETERS, ..) => (self.protocol, self.parameters) = (T1, PARAMETERS.to_vec()),
            _ => {}
        }
        if let (Some(contact), [speed, ..]) = (&mut self.contact, &self.parameters[..]) {
            contact.set(build, self.protocol, *speed);
        }
        done(message, self.protocol, self.parameters.clone())
    }

    fn tpdu(&mut self, message: &Message, due: &[BlockFault]) -> Reply {
        let (Some(card), Some(contact), true) = (&mut self.card, &mut self.contact, self.powered) else {
            return failure(message, error::MUTE);
        };
        match contact.transfer(&message.data, due, &mut |apdu| card.transmit(apdu)) {
            Ok(answer) => done(message, 0, answer),
            Err(error) => failure(message, error),
        }
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
    Reply { kind, slot: message.slot, sequence: message.sequence, status: 0, error: 0, last, data }
}

/// A message that failed with this bError.
pub(super) fn failure(message: &Message, error: u8) -> Reply {
    Reply { status: FAILED, error, ..done(message, 0, Vec::new()) }
}
