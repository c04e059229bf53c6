//! A virtual reader on the virtual USB bus of one browser, with the practice cards of a stack on its shelf.

use crate::protected::Protected;
use crate::{Failure, Stack};
use kakehashi_card::bus::{UsbBus, WebUsbPolicy};
use kakehashi_card::{Bench, Build, CardFile, Shelf, VirtualDevice, VirtualReader, socket::tcp::Server};

/// The bus, the reader on it, the cards beside it.
pub struct Bus {
    usb: UsbBus,
    desks: Vec<Bench>,
    /// The desk whose reader is plugged in.
    at: usize,
    shelf: Shelf,
    _servers: Vec<Server>,
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
        Self::with_readers(stack, vec![Box::new(reader)])
    }

    /// Several readers and one shelf; the first reader is plugged in.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn with_readers(stack: &Stack, readers: Vec<Box<dyn VirtualDevice>>) -> Result<Self, Failure> {
        let cards = CardFile::load_dir(&stack.folder().join("cards")).map_err(|error| error.to_string())?;
        let shelf = Shelf::new(&cards).map_err(|error| error.to_string())?;
        let desks: Vec<Bench> =
            readers.into_iter().map(|reader| Bench::with_device(reader, shelf.clone())).collect();
        desks.iter().skip(1).for_each(Bench::unplug);
        let servers = desks.iter().map(Server::start).collect::<Result<Vec<_>, _>>()?;
        let addresses: Vec<_> = servers.iter().map(Server::address).collect();
        let usb = UsbBus::new(&addresses).map_err(|error| error.to_string())?;
        let origin = stack.address();
        let policy =
            WebUsbPolicy::grant(&[origin.trim_end_matches('/')]).map_err(|error| error.to_string())?;
        Ok(Self { usb, desks, at: 0, shelf, _servers: servers, _policy: policy })
    }

    /// The desk: put cards in, pull plugs, set faults.
    pub fn desk(&self) -> &Bench {
        &self.desks[self.at]
    }

    /// The cards there are.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// Pulls the plug of the present reader, its card back to the shelf, and plugs in another one.
    pub fn turn_to(&mut self, at: usize) {
        if at != self.at {
            self.desk().remove();
            self.desk().unplug();
            self.at = at;
            self.desk().plug();
        }
    }

    /// Makes claiming the reader fail as when another program holds it, or no more.
    ///
    /// # Errors
    /// When no browser is there.
    pub fn set_busy(&self, busy: bool) -> Result<(), Failure> {
        self.usb.set_busy(self.at, busy).map_err(|error| error.to_string().into())
    }

    /// Makes opening the reader fail as without rights to it, or no more.
    ///
    /// # Errors
    /// When no browser is there.
    pub fn set_denied(&self, denied: bool) -> Result<(), Failure> {
        self.usb.set_denied(self.at, denied).map_err(|error| error.to_string().into())
    }

    /// Puts a card on the reader.
    ///
    /// # Errors
    /// When there is no such card.
    pub fn insert(&self, id: &str) -> Result<(), Failure> {
        if self.desk().insert(id) { Ok(()) } else { Err(format!("no card {id} on the shelf").into()) }
    }

    /// Tries left on the PIN of the card in the reader, as the card itself counts.
    pub fn tries_left(&self) -> Option<u8> {
        self.desk().with(|reader| reader.card().and_then(kakehashi_card::VirtualCard::tries_left))
    }

    /// Whether a file that must never be touched was touched on the card in the reader.
    pub fn forbidden_touched(&self) -> bool {
        self.desk().with(|reader| reader.card().is_some_and(|card| card.forbidden_touched()))
    }

    /// What the browser's process needs to see the bus.
    pub(crate) fn variables(&self) -> Vec<(String, String)> {
        self.usb.variables()
    }
}
