//! A reader of the system's PC/SC.

use std::fmt;

use super::fault::Reach;
use super::line::Line;
use super::{Call, Fault, Protocol, Provider, Reply};
use crate::apdu::{Command, Response};
use crate::atr::Atr;
use crate::error::{CardError, Kind};
use crate::reader::CardChannel;
use crate::usb::Delay;

/// For finding out what there is, milliseconds: where no PC/SC stands behind it, the first call hangs.
const DISCOVERY: u32 = 2_000;
/// For the reader's own affairs.
const READER: u32 = 3_000;
/// For the card's answer. Signing takes about a second.
const CARD: u32 = 10_000;
/// For a connection: the browser may ask the person first.
const PERSON: u32 = 60_000;

/// One reader, and the card in it.
pub struct SmartCardReader<P: Provider, D> {
    line: Line<P>,
    delay: D,
    name: String,
    /// The protocol of the card that was started here and has not been seen to be gone.
    powered: Option<Protocol>,
}

impl<P: Provider, D> fmt::Debug for SmartCardReader<P, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmartCardReader").field("name", &self.name).field("powered", &self.powered).finish()
    }
}

impl<P: Provider, D: Delay> SmartCardReader<P, D> {
    /// Finds the readers of the system and takes one: the first with a card in it, or the first.
    ///
    /// # Errors
    /// [`Kind::ReaderNotFound`] when there is none, or no PC/SC; [`Kind::Timeout`] when there is nothing
    /// behind `navigator.smartCard`.
    pub async fn open(provider: P, delay: D) -> Result<Self, CardError> {
        let mut reader = Self { line: Line::new(provider), delay, name: String::new(), powered: None };
        let Reply::Readers(names) = reader.call(DISCOVERY, Call::Readers).await? else {
            return Err(Fault::strange().into());
        };
        for name in names {
            let first = reader.name.is_empty();
            // A reader that does not say is as good as an empty one.
            let present = reader.call(DISCOVERY, Call::Look(name.clone())).await == Ok(Reply::Present(true));
            if present || first {
                reader.name = name;
            }
            if present {
                break;
            }
        }
        if reader.name.is_empty() {
            return Err(CardError::new(Kind::ReaderNotFound, "PC/SC knows no reader"));
        }
        Ok(reader)
    }

    /// What PC/SC calls it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Leaves the card without power. Dropping does the same without waiting.
    pub async fn close(&mut self) {
        let _ = self.power_off().await;
    }

    async fn call(&mut self, deadline: u32, call: Call) -> Result<Reply, Fault> {
        let result = self.line.call(&self.delay, deadline, call).await;
        if let Err(fault) = &result
            && (fault.reach() == Reach::Context || matches!(fault.kind(), Kind::CardRemoved | Kind::NoCard))
        {
            self.powered = None;
        }
        result
    }

    /// T=1, which every card of the family speaks; T=0 so that another card can be told from a mute one.
    async fn connect(&mut self) -> Result<Protocol, Fault> {
        for protocol in [Protocol::T1, Protocol::T0] {
            match self.call(PERSON, Call::Connect(self.name.clone(), protocol)).await {
                Ok(_) => return Ok(protocol),
                Err(fault) if fault.reach() == Reach::Protocol && protocol == Protocol::T1 => {}
                Err(fault) => return Err(fault),
            }
        }
        Err(Fault::strange())
    }
}

impl<P: Provider, D: Delay> CardChannel for SmartCardReader<P, D> {
    async fn power_on(&mut self) -> Result<Atr, CardError> {
        self.power_off().await?;
        // The card may lie there powered, with something opened by whoever used it last.
        self.connect().await?;
        self.call(READER, Call::Disconnect).await?;
        let protocol = self.connect().await?;
        let atr = match self.call(READER, Call::Status).await? {
            Reply::Status(Some(bytes)) => bytes,
            Reply::Status(None) => return Err(CardError::new(Kind::CardRemoved, "the reader is empty")),
            _ => return Err(Fault::strange().into()),
        };
        let atr = Atr::parse(&atr).map_err(|it| CardError::new(Kind::CardMute, it.to_string()))?;
        self.powered = Some(protocol);
        Ok(atr)
    }

    async fn power_off(&mut self) -> Result<(), CardError> {
        self.powered = None;
        if self.line.is_idle() {
            return Ok(());
        }
        self.line.settle(&self.delay, READER).await?;
        if self.line.connected() {
            self.call(READER, Call::Disconnect).await?;
        }
        Ok(())
    }

    async fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        let refused = |text: &'static str| CardError::new(Kind::Protocol, text);
        if command.is_extended() {
            return Err(refused("short commands only: what the reader can is not known"));
        }
        let Some(protocol) = self.powered else {
            return Err(CardError::new(Kind::CardRemoved, "no card was started, or it has gone"));
        };
        let mut bytes = command.encode().map_err(|_| refused("a command that cannot be written"))?;
        // T=0 cannot say at once what is sent and what is wanted (ISO/IEC 7816-3 §12.2.5): the card tells by 61xx.
        if protocol == Protocol::T0 && !command.data().is_empty() && command.expected().is_some() {
            bytes.pop();
        }
        match self.call(CARD, Call::Transmit(bytes)).await {
            Ok(Reply::Answer(answer)) => {
                Response::parse(answer).map_err(|_| refused("an answer without a status word"))
            }
            Ok(_) => Err(Fault::strange().into()),
            // It was there when it was started.
            Err(fault) if fault.kind() == Kind::NoCard => {
                Err(CardError::caused_by(Kind::CardRemoved, &fault.into()))
            }
            Err(fault) => Err(fault.into()),
        }
    }

    async fn card_present(&mut self) -> Result<bool, CardError> {
        if self.powered.is_none() {
            let look = self.call(DISCOVERY, Call::Look(self.name.clone())).await?;
            return Ok(look == Reply::Present(true));
        }
        match self.call(READER, Call::Status).await {
            Ok(Reply::Status(Some(_))) => Ok(true),
            Ok(Reply::Status(None)) => {
                self.powered = None;
                Ok(false)
            }
            Ok(_) => Err(Fault::strange().into()),
            Err(fault) if matches!(fault.kind(), Kind::CardRemoved | Kind::NoCard) => Ok(false),
            Err(fault) => Err(fault.into()),
        }
    }

    fn extended_length(&self) -> bool {
        false
    }
}
