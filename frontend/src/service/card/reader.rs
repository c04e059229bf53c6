//! Something to lay a card on: a reader of the browser's, or the practice reader.

use super::practice::PracticePipe;
use super::run::Seconds;
use ccid::CardError;
use ccid::apdu::{Command, Response};
use ccid::atr::Atr;
use ccid::reader::{CardChannel, CcidReader};
use ccid::socket::FrameUsb;
#[cfg(target_arch = "wasm32")]
use ccid::webusb::{self, Device, WebUsb};

/// An opened reader of either kind.
pub enum AnyReader {
    /// Over WebUSB.
    #[cfg(target_arch = "wasm32")]
    Usb(CcidReader<WebUsb>),
    /// Of the training mode.
    Practice(Box<CcidReader<FrameUsb<PracticePipe, Seconds>>>),
}

/// Opens a reader this page may already use; `None` when there is none.
///
/// # Errors
/// When there are readers and none of them can be opened; the first one's reason.
#[cfg(target_arch = "wasm32")]
pub async fn known() -> Result<Option<AnyReader>, CardError> {
    let mut first = None;
    for device in webusb::list().await? {
        match open(&device).await {
            Ok(reader) => return Ok(Some(reader)),
            Err(error) => first = first.or(Some(error)),
        }
    }
    first.map_or(Ok(None), Err)
}

/// Lets the person choose a reader and opens it. Only in answer to a press.
///
/// # Errors
/// When none is chosen or the chosen one cannot be opened.
#[cfg(target_arch = "wasm32")]
pub async fn chosen() -> Result<AnyReader, CardError> {
    open(&webusb::request().await?).await
}

/// Calls back when a known reader is plugged in, as long as what it returns lives.
#[cfg(target_arch = "wasm32")]
pub fn on_connect(call: impl Fn() + 'static) -> Option<webusb::Listener> {
    webusb::on_connect(move |_| call()).ok()
}

#[cfg(target_arch = "wasm32")]
async fn open(device: &Device) -> Result<AnyReader, CardError> {
    device.open().await.map(AnyReader::Usb)
}

/// Opens the practice reader.
///
/// # Errors
/// When its socket is gone or silent.
pub async fn practice(pipe: PracticePipe) -> Result<AnyReader, CardError> {
    let (usb, interface) = FrameUsb::open(pipe, Seconds).await?;
    Ok(AnyReader::Practice(Box::new(CcidReader::open(usb, interface).await?)))
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

/// Natively there is no browser to ask: these stand in, so that everything else can be tested.
#[cfg(not(target_arch = "wasm32"))]
mod native {
    use super::{AnyReader, CardError};
    use ccid::Kind;

    /// No reader.
    ///
    /// # Errors
    /// Always.
    pub async fn known() -> Result<Option<AnyReader>, CardError> {
        Err(CardError::new(Kind::NoWebUsb, "no browser"))
    }

    /// No reader.
    ///
    /// # Errors
    /// Always.
    pub async fn chosen() -> Result<AnyReader, CardError> {
        Err(CardError::new(Kind::NoWebUsb, "no browser"))
    }

    /// Never calls.
    pub fn on_connect(_call: impl Fn() + 'static) -> Option<()> {
        None
    }
}
#[cfg(not(target_arch = "wasm32"))]
pub use native::{chosen, known, on_connect};
