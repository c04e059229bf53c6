//! A card on a table, for tests: no reader, no browser, no time.

use ccid::apdu::{Command, Response};
use ccid::atr::Atr;
use ccid::reader::CardChannel;
use ccid::usb::Delay;
use ccid::{CardError, Kind};
use kakehashi_card::{CardFile, VirtualCard};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// A card that is put on and taken away by the test; counts VERIFY commands that carry a PIN.
#[derive(Clone)]
pub(super) struct Table {
    pub(super) card: Rc<RefCell<VirtualCard>>,
    pub(super) there: Rc<Cell<bool>>,
    pub(super) verifies: Rc<Cell<u32>>,
}

impl Table {
    pub(super) fn with(tries_left: u8) -> Self {
        let file = CardFile { tries_left, ..CardFile::specimen().unwrap() };
        let card = VirtualCard::new(&file).unwrap();
        Self { card: Rc::new(RefCell::new(card)), there: Rc::new(Cell::new(true)), verifies: Rc::default() }
    }

    fn needs_card(&self) -> Result<(), CardError> {
        if self.there.get() { Ok(()) } else { Err(CardError::new(Kind::CardRemoved, "gone")) }
    }
}

impl CardChannel for Table {
    async fn power_on(&mut self) -> Result<Atr, CardError> {
        self.needs_card()?;
        let mut card = self.card.borrow_mut();
        card.power();
        Ok(Atr::parse(card.atr()).unwrap())
    }

    async fn power_off(&mut self) -> Result<(), CardError> {
        Ok(())
    }

    async fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        self.needs_card()?;
        if command.header()[1] == 0x20 && !command.data().is_empty() {
            self.verifies.set(self.verifies.get() + 1);
        }
        let answer = self.card.borrow_mut().transmit(&command.encode().unwrap());
        Ok(Response::parse(answer).unwrap())
    }

    async fn card_present(&mut self) -> Result<bool, CardError> {
        Ok(self.there.get())
    }

    fn extended_length(&self) -> bool {
        false
    }
}

/// Every wait is over at once: the card is looked at whenever nothing else is to be done.
pub(super) struct AtOnce;

impl Delay for AtOnce {
    async fn wait(&self, _milliseconds: u32) {}
}
