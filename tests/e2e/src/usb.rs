//! A virtual reader on the virtual USB bus of one browser, with the practice cards of a stack on its shelf.

use crate::protected::Protected;
use crate::{Failure, Stack};
use kakehashi_card::bus::{UsbBus, WebUsbPolicy};
use kakehashi_card::{Bench, Build, CardFile, Shelf, VirtualDevice, VirtualReader, socket::tcp::Server};

/// The bus, the reader on it, the cards beside it.
pub struct Bus {
    usb: UsbBus,
    desk: Bench,
    _server: Server,
    _policy: WebUsbPolicy,
}

impl Bus {
    /// A reader that this stack's page may use without the browser's question.
    ///
    /// # Errors
    /// When the bus cannot be built, or the policy cannot be written.
    pub fn new(stack: &Stack) -> Result<Self, Failure> {
        Self::with(stack, VirtualReader::new(Build::default()))
    }

    /// The same with a reader that has nothing but an interface of class 0x0B.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn protected(stack: &Stack) -> Result<Self, Failure> {
        Self::with(stack, Protected(VirtualReader::new(Build::default())))
    }

    fn with(stack: &Stack, reader: impl VirtualDevice + 'static) -> Result<Self, Failure> {
        let cards = CardFile::load_dir(&stack.folder().join("cards")).map_err(|error| error.to_string())?;
        let shelf = Shelf::new(&cards).map_err(|error| error.to_string())?;
        let desk = Bench::new(reader, shelf);
        let server = Server::start(&desk)?;
        let usb = UsbBus::new(&[server.address()]).map_err(|error| error.to_string())?;
        let origin = stack.address();
        let policy =
            WebUsbPolicy::grant(&[origin.trim_end_matches('/')]).map_err(|error| error.to_string())?;
        Ok(Self { usb, desk, _server: server, _policy: policy })
    }

    /// The desk: put cards in, pull plugs, set faults.
    pub fn desk(&self) -> &Bench {
        &self.desk
    }

    /// Makes claiming the reader fail as when another program holds it, or no more.
    ///
    /// # Errors
    /// When no browser is there.
    pub fn set_busy(&self, busy: bool) -> Result<(), Failure> {
        self.usb.set_busy(0, busy).map_err(|error| error.to_string().into())
    }

    /// Makes opening the reader fail as without rights to it, or no more.
    ///
    /// # Errors
    /// When no browser is there.
    pub fn set_denied(&self, denied: bool) -> Result<(), Failure> {
        self.usb.set_denied(0, denied).map_err(|error| error.to_string().into())
    }

    /// Puts a card on the reader.
    ///
    /// # Errors
    /// When there is no such card.
    pub fn insert(&self, id: &str) -> Result<(), Failure> {
        if self.desk.insert(id) { Ok(()) } else { Err(format!("no card {id} on the shelf").into()) }
    }

    /// Tries left on the PIN of the card in the reader, as the card itself counts.
    pub fn tries_left(&self) -> Option<u8> {
        self.desk.with(|reader| reader.card().and_then(kakehashi_card::VirtualCard::tries_left))
    }

    /// Whether a file that must never be touched was touched on the card in the reader.
    pub fn forbidden_touched(&self) -> bool {
        self.desk.with(|reader| reader.card().is_some_and(|card| card.forbidden_touched()))
    }

    /// What the browser's process needs to see the bus.
    pub(crate) fn variables(&self) -> Vec<(String, String)> {
        self.usb.variables()
    }
}
