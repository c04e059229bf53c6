//! The virtual card without a reader, for either library.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use ccid::CardError;
use ccid::apdu::{Command, Response};
use ccid::atr::Atr;
use ccid::reader::CardChannel;
use kakehashi_card::{CardFile, VirtualCard};
use myna_card::Transmit;

/// The card.
pub(crate) struct Wire(pub(crate) VirtualCard);

impl Wire {
    pub(crate) fn specimen() -> Self {
        Self::with(&CardFile::specimen().unwrap())
    }

    pub(crate) fn with(file: &CardFile) -> Self {
        Self(VirtualCard::new(file).unwrap())
    }
}

impl Transmit for Wire {
    fn transmit(&mut self, command: &[u8]) -> myna_card::Result<Vec<u8>> {
        Ok(self.0.transmit(command))
    }
}

impl CardChannel for Wire {
    async fn power_on(&mut self) -> Result<Atr, CardError> {
        self.0.power();
        Ok(Atr::parse(self.0.atr()).unwrap())
    }

    async fn power_off(&mut self) -> Result<(), CardError> {
        self.0.power();
        Ok(())
    }

    async fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        Ok(Response::parse(self.0.transmit(&command.encode().unwrap())).unwrap())
    }

    async fn card_present(&mut self) -> Result<bool, CardError> {
        Ok(true)
    }

    fn extended_length(&self) -> bool {
        false
    }
}

/// Runs a future that never waits.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("nothing waits here"),
    }
}
