//! Something to lay a card on: a reader of the browser's, or the practice reader.

use super::practice::PracticePipe;
use super::run::Seconds;
use ccid::CardError;
use ccid::apdu::{Command, Response};
use ccid::atr::Atr;
use ccid::reader::{self, CardChannel};
#[cfg(target_arch = "wasm32")]
use ccid::smart_card::{self, SmartCardReader};
use ccid::socket::FrameUsb;
use ccid::usb::{Delay, Interface, Setup, Usb, UsbError, UsbId};
#[cfg(target_arch = "wasm32")]
use ccid::webusb::{self, WebUsb};

/// An opened reader of any kind.
pub enum AnyReader {
    /// Driven here, over WebUSB or the practice reader's socket.
    Driven(reader::AnyReader<AnyUsb>),
    /// Lent by the system's PC/SC, in an Isolated Web App.
    #[cfg(target_arch = "wasm32")]
    System(SmartCardReader<smart_card::Browser, webusb::Timers>),
}

/// The pipes of either kind of reader.
pub enum AnyUsb {
    /// Over WebUSB.
    #[cfg(target_arch = "wasm32")]
    Usb(WebUsb),
    /// Of the training mode.
    Practice(Box<FrameUsb<PracticePipe, Seconds>>),
}

/// A device that the page may open, as the browser shows it.
#[derive(Clone)]
pub struct Found {
    /// What stands on it, when it is known or says so.
    pub name: String,
    /// The numbers by which it says what it is.
    pub id: UsbId,
    /// Its interfaces.
    pub interfaces: Vec<Interface>,
    #[cfg(target_arch = "wasm32")]
    device: webusb::Device,
}

/// Where to look for a reader.
pub enum Where {
    /// Among those the page may already use.
    Known,
    /// In the browser's list; only in answer to a press.
    Chosen,
    /// This one.
    This(Found),
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
        Where::This(found) => this(&found).await.map(Some),
        Where::Practice(pipe) => {
            let (usb, interface) = FrameUsb::open(pipe, Seconds).await?;
            let reader = reader::AnyReader::open(AnyUsb::Practice(Box::new(usb)), interface).await?;
            Ok(Some(AnyReader::Driven(reader)))
        }
    }
}

/// A reader of the system, where the browser lends it; else the first of the known readers that opens, or the
/// first one's reason.
#[cfg(target_arch = "wasm32")]
async fn known() -> Result<Option<AnyReader>, CardError> {
    // Whatever is wrong with PC/SC, a reader may still be reached directly.
    if smart_card::supported()
        && let Ok(reader) = smart_card::open().await
    {
        return Ok(Some(AnyReader::System(reader)));
    }
    let mut first = None;
    for device in webusb::list().await? {
        match open_device(&device).await {
            Ok(reader) => return Ok(Some(reader)),
            Err(error) => first = first.or(Some(error)),
        }
    }
    first.map_or(Ok(None), Err)
}

#[cfg(target_arch = "wasm32")]
async fn this(found: &Found) -> Result<AnyReader, CardError> {
    open_device(&found.device).await
}

/// The devices this page may open, without opening them.
///
/// # Errors
/// When the browser has no WebUSB, or the page may not use it.
#[cfg(target_arch = "wasm32")]
pub async fn list() -> Result<Vec<Found>, CardError> {
    Ok(webusb::list().await?.into_iter().map(Found::of).collect())
}

/// Opens the browser's list of readers; only in answer to a press.
///
/// # Errors
/// When none was chosen.
#[cfg(target_arch = "wasm32")]
pub async fn choose() -> Result<Found, CardError> {
    webusb::request().await.map(Found::of)
}

#[cfg(target_arch = "wasm32")]
impl Found {
    fn of(device: webusb::Device) -> Self {
        Self { name: device.name(), id: device.id(), interfaces: device.interfaces(), device }
    }
}

#[cfg(target_arch = "wasm32")]
async fn chosen() -> Result<AnyReader, CardError> {
    open_device(&webusb::request().await?).await
}

#[cfg(target_arch = "wasm32")]
async fn open_device(device: &webusb::Device) -> Result<AnyReader, CardError> {
    let (usb, interface) = device.pipes().await?;
    reader::AnyReader::open(AnyUsb::Usb(usb), interface).await.map(AnyReader::Driven)
}

/// Calls back when a known reader is plugged in, as long as what it returns lives.
#[cfg(target_arch = "wasm32")]
pub fn on_connect(call: impl Fn() + 'static) -> Option<webusb::Listener> {
    webusb::on_connect(move |_| call()).ok()
}

/// Calls back when a known reader is unplugged, as long as what it returns lives.
#[cfg(target_arch = "wasm32")]
pub fn on_disconnect(call: impl Fn() + 'static) -> Option<webusb::Listener> {
    webusb::on_disconnect(move |_| call()).ok()
}

/// Hears when readers come and go.
#[cfg(target_arch = "wasm32")]
pub type Plugged = Option<webusb::Listener>;

/// Hands a call on to whichever it is.
macro_rules! either {
    ($self:ident, $usb:ident => $call:expr) => {
        match $self {
            #[cfg(target_arch = "wasm32")]
            Self::Usb($usb) => $call,
            Self::Practice($usb) => $call,
        }
    };
}

/// The same for readers.
macro_rules! any {
    ($self:ident, $reader:ident => $call:expr) => {
        match $self {
            Self::Driven($reader) => $call,
            #[cfg(target_arch = "wasm32")]
            Self::System($reader) => $call,
        }
    };
}

impl AnyReader {
    /// The interface that is driven; none where the system drives it.
    pub fn interface(&self) -> Option<&Interface> {
        match self {
            Self::Driven(reader) => Some(reader.interface()),
            #[cfg(target_arch = "wasm32")]
            Self::System(_) => None,
        }
    }

    /// Lets go of it.
    pub async fn close(&mut self) {
        any!(self, reader => reader.close().await);
    }
}

impl CardChannel for AnyReader {
    async fn power_on(&mut self) -> Result<Atr, CardError> {
        any!(self, reader => reader.power_on().await)
    }

    async fn power_off(&mut self) -> Result<(), CardError> {
        any!(self, reader => reader.power_off().await)
    }

    async fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        any!(self, reader => reader.transmit(command).await)
    }

    async fn card_present(&mut self) -> Result<bool, CardError> {
        any!(self, reader => reader.card_present().await)
    }

    fn extended_length(&self) -> bool {
        any!(self, reader => reader.extended_length())
    }

    async fn wait_for_card(&mut self, delay: &impl Delay) -> Result<(), CardError> {
        any!(self, reader => reader.wait_for_card(delay).await)
    }
}

impl Usb for AnyUsb {
    async fn bulk_out(&mut self, endpoint: u8, data: &[u8], deadline: u32) -> Result<(), UsbError> {
        either!(self, usb => usb.bulk_out(endpoint, data, deadline).await)
    }

    async fn bulk_in(&mut self, endpoint: u8, max: usize, deadline: u32) -> Result<Vec<u8>, UsbError> {
        either!(self, usb => usb.bulk_in(endpoint, max, deadline).await)
    }

    async fn interrupt_in(&mut self, endpoint: u8, max: usize) -> Result<Vec<u8>, UsbError> {
        either!(self, usb => usb.interrupt_in(endpoint, max).await)
    }

    async fn control_in(&mut self, setup: Setup, deadline: u32) -> Result<Vec<u8>, UsbError> {
        either!(self, usb => usb.control_in(setup, deadline).await)
    }

    async fn pause(&mut self, milliseconds: u32) {
        either!(self, usb => usb.pause(milliseconds).await);
    }

    async fn close(&mut self) {
        either!(self, usb => usb.close().await);
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

#[cfg(not(target_arch = "wasm32"))]
async fn this(_found: &Found) -> Result<AnyReader, CardError> {
    Err(CardError::new(ccid::Kind::NoWebUsb, "no browser"))
}

/// Finds none.
///
/// # Errors
/// Always.
#[cfg(not(target_arch = "wasm32"))]
pub async fn list() -> Result<Vec<Found>, CardError> {
    Err(CardError::new(ccid::Kind::NoWebUsb, "no browser"))
}

/// Finds none.
///
/// # Errors
/// Always.
#[cfg(not(target_arch = "wasm32"))]
pub async fn choose() -> Result<Found, CardError> {
    Err(CardError::new(ccid::Kind::NoWebUsb, "no browser"))
}

/// Hears nothing.
#[cfg(not(target_arch = "wasm32"))]
pub type Plugged = Option<()>;

/// Never calls.
#[cfg(not(target_arch = "wasm32"))]
pub fn on_disconnect(_call: impl Fn() + 'static) -> Plugged {
    None
}

/// Never calls.
#[cfg(not(target_arch = "wasm32"))]
pub fn on_connect(_call: impl Fn() + 'static) -> Option<()> {
    None
}
