//! Something to lay a card on: a reader of the browser's, or the practice reader.

use super::practice::PracticePipe;
use super::run::Seconds;
use ccid::CardError;
use ccid::apdu::{Command, Response};
use ccid::atr::Atr;
use ccid::reader::{CardChannel, CcidReader};
use ccid::socket::FrameUsb;
#[cfg(target_arch = "wasm32")]
use ccid::webusb::{self, WebUsb};

/// An opened reader of either kind.
pub enum AnyReader {
    /// Over WebUSB.
    #[cfg(target_arch = "wasm32")]
    Usb(CcidReader<WebUsb>),
    /// Of the training mode.
    Practice(Box<CcidReader<FrameUsb<PracticePipe, Seconds>>>),
}

/// Where to look for a reader.
pub enum Where {
    /// Among those the page may already use.
    Known,
    /// In the browser's list; only in answer to a press.
    Chosen,
    /// At the practice reader.
    Practice(PracticePipe),
}

/// Opens a reader; `None` when none may be used yet.
///
/// # Errors
/// When a reader is there and cannot be opened, or none was chosen.
pub async fn open(place: Where) -> Result<Option<AnyReader>, CardError> {
    match place {
        Where::Known => known().await,
        Where::Chosen => chosen().await.map(Some),
        Where::Practice(pipe) => {
            let (usb, interface) = FrameUsb::open(pipe, Seconds).await?;
            let reader = CcidReader::open(usb, interface).await?;
            Ok(Some(AnyReader::Practice(Box::new(reader))))
        }
    }
}

/// The first of the known readers that opens, or the first one's reason.
#[cfg(target_arch = "wasm32")]
async fn known() -> Result<Option<AnyReader>, CardError> {
    let mut first = None;
    for device in webusb::list().await? {
        match device.open().await {
            Ok(reader) => return Ok(Some(AnyReader::Usb(reader))),
            Err(error) => first = first.or(Some(error)),
        }
    }
    first.map_or(Ok(None), Err)
}

#[cfg(target_arch = "wasm32")]
async fn chosen() -> Result<AnyReader, CardError> {
    webusb::request().await?.open().await.map(AnyReader::Usb)
}

/// Calls back when a known reader is plugged in, as long as what it returns lives.
#[cfg(target_arch = "wasm32")]
pub fn on_connect(call: impl Fn() + 'static) -> Option<webusb::Listener> {
    webusb::on_connect(move |_| call()).ok()
}

impl AnyReader {
    /// Lets go of the reader.
    pub async fn close(&mut self) {
        match self {
            #[cfg(target_arch = "wasm32")]
            Self::Usb(reader) => reader.close().await,
            Self::Practice(reader) => reader.close().await,
        }
    }
}

/// Hands a call on to whichever it is.
macro_rules! either {
    ($self:ident, $reader:ident => $call:expr) => {
        match $self {
            #[cfg(target_arch = "wasm32")]
            Self::Usb($reader) => $call,
            Self::Practice($reader) => $call,
        }
    };
}

impl CardChannel for AnyReader {
    async fn power_on(&mut self) -> Result<Atr, CardError> {
        either!(self, reader => reader.power_on().await)
    }

    async fn power_off(&mut self) -> Result<(), CardError> {
        either!(self, reader => reader.power_off().await)
    }

    async fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        either!(self, reader => reader.transmit(command).await)
    }

    async fn card_present(&mut self) -> Result<bool, CardError> {
        either!(self, reader => reader.card_present().await)
    }

    fn extended_length(&self) -> bool {
        either!(self, reader => reader.extended_length())
    }
}

// Natively there is no browser to ask: these stand in, so that everything else can be tested.

#[cfg(not(target_arch = "wasm32"))]
async fn known() -> Result<Option<AnyReader>, CardError> {
    Err(CardError::new(ccid::Kind::NoWebUsb, "no browser"))
}

#[cfg(not(target_arch = "wasm32"))]
async fn chosen() -> Result<AnyReader, CardError> {
    Err(CardError::new(ccid::Kind::NoWebUsb, "no browser"))
}

/// Never calls.
#[cfg(not(target_arch = "wasm32"))]
pub fn on_connect(_call: impl Fn() + 'static) -> Option<()> {
    None
}
