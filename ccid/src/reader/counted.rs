//! A channel that counts what passes: for benches and tests.

use super::CardChannel;
use crate::apdu::{Command, Response};
use crate::atr::Atr;
use crate::error::CardError;
use crate::usb::Delay;

/// What has passed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Commands sent to the card.
    pub commands: usize,
    /// Times the card was powered on.
    pub power_ons: usize,
    /// Bytes of commands.
    pub sent: usize,
    /// Bytes of answers.
    pub received: usize,
}

/// Counts what passes to the channel within.
#[derive(Debug)]
pub struct Counted<C> {
    inner: C,
    count: Count,
}

impl<C> Counted<C> {
    /// Starts at zero.
    pub const fn new(inner: C) -> Self {
        Self { inner, count: Count { commands: 0, power_ons: 0, sent: 0, received: 0 } }
    }

    /// What has passed until now.
    pub const fn count(&self) -> Count {
        self.count
    }

    /// Gives the channel back.
    pub fn into_inner(self) -> C {
        self.inner
    }
}

impl<C: CardChannel> CardChannel for Counted<C> {
    async fn power_on(&mut self) -> Result<Atr, CardError> {
        self.count.power_ons += 1;
        self.inner.power_on().await
    }

    async fn power_off(&mut self) -> Result<(), CardError> {
        self.inner.power_off().await
    }

    async fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        self.count.commands += 1;
        self.count.sent += command.encode().map_or(0, |bytes| bytes.len());
        let response = self.inner.transmit(command).await?;
        self.count.received += response.data.len() + 2;
        Ok(response)
    }

    async fn card_present(&mut self) -> Result<bool, CardError> {
        self.inner.card_present().await
    }

    fn extended_length(&self) -> bool {
        self.inner.extended_length()
    }

    async fn wait_for_card(&mut self, delay: &impl Delay) -> Result<(), CardError> {
        self.inner.wait_for_card(delay).await
    }
}
